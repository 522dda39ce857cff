// Charts: the server draws them (/graf/…), this fetches the one that fits the place, keeps the last one in
// sight until the next is there, and answers the pointer: the value under it, and its series brought forward.
"use strict";

(() => {
  const STEP = 40, NARROWEST = 280, WIDEST = 1280;
  const TRIES = [400, 1500, 4000];
  const fetched = new Map();  // address → promise of the SVG text
  const shown = new Map();    // figure → the SVG last in sight

  const widthFor = (place) =>
    Math.min(Math.max(Math.round(place.clientWidth / STEP) * STEP, NARROWEST), WIDEST);

  /** Where the chart of a place is drawn for a width, with other values in its address if given; one spelling for each chart. */
  function addressFor(place, width, changed = {}) {
    const [path, query] = place.dataset.graf.split("?");
    const parameters = new URLSearchParams(query);
    for (const [name, value] of Object.entries({ ...changed, b: width })) {
      if (value === "") parameters.delete(name);
      else parameters.set(name, value);
    }
    parameters.sort();
    return `${path}?${parameters}`;
  }

  /** The text of a chart; asked for once, forgotten if it failed. The latest sixty are kept. */
  function text(address) {
    let promise = fetched.get(address);
    if (!promise) {
      promise = fetch(address).then((answer) => {
        if (answer.ok) return answer.text();
        throw Object.assign(new Error(String(answer.status)), { status: answer.status });
      });
      promise.catch(() => fetched.delete(address));
      fetched.set(address, promise);
      if (fetched.size > 60) fetched.delete(fetched.keys().next().value);
    }
    return promise;
  }

  const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

  async function patiently(address) {
    for (const wait of TRIES) {
      try {
        return await text(address);
      } catch (error) {
        if (error.status && error.status !== 503) throw error;
        await pause(wait);
      }
    }
    return text(address);
  }

  function put(place, address, svg) {
    place.replaceChildren(svg);
    place.dataset.vist = address;
    place.classList.remove("graf-mangler");
    place.removeAttribute("aria-busy");
    shown.set(place.dataset.figur, svg);
  }

  function missing(place) {
    const note = document.createElement("p");
    note.className = "note";
    note.append("Grafen kunne ikke hentes. Tallene står under Tabel. ");
    const again = document.createElement("button");
    again.type = "button";
    again.className = "knap rolig";
    again.textContent = "Hent grafen igen";
    again.addEventListener("click", () => draw(place));
    note.append(again);
    place.replaceChildren(note);
    place.classList.add("graf-mangler");
    place.removeAttribute("aria-busy");
    place.removeAttribute("role");
  }

  async function draw(place) {
    if (!place.clientWidth) return;  // in a tab that is not open; it is drawn when it gets a width
    const address = addressFor(place, widthFor(place));
    if (place.dataset.vist === address || place.dataset.hentes === address) return;
    place.dataset.hentes = address;
    place.setAttribute("aria-busy", "true");
    try {
      const markup = await patiently(address);
      if (place.dataset.hentes !== address || !place.isConnected) return;
      const box = document.createElement("div");
      box.innerHTML = markup;
      const svg = box.querySelector("svg");
      svg.setAttribute("aria-hidden", "true");
      place.setAttribute("role", "img");
      put(place, address, svg);
    } catch {
      if (place.dataset.hentes === address) missing(place);
    } finally {
      if (place.dataset.hentes === address) delete place.dataset.hentes;
    }
  }

  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      clearTimeout(target.grafTimer);
      if (target.dataset.vist) target.grafTimer = setTimeout(() => draw(target), 120);
      else draw(target);
    }
  });

  function take(place) {
    if (place.dataset.graf === undefined || place.grafKendt === place.dataset.graf) return;
    place.grafKendt = place.dataset.graf;
    const before = shown.get(place.dataset.figur);
    const ready = document.querySelector(`#foerst .graf[data-figur="${CSS.escape(place.dataset.figur)}"] > svg`);
    if (!place.firstElementChild && (ready ?? before)) {
      // Until the new one is there the last one stays: no hole in the page.
      const svg = ready ? ready.cloneNode(true) : before;
      place.replaceChildren(svg);
      const drawnFor = ready?.parentElement.dataset;
      if (drawnFor && drawnFor.graf === place.dataset.graf && Number(drawnFor.bredde) === widthFor(place)) {
        put(place, addressFor(place, widthFor(place)), svg);
      }
    }
    sizes.observe(place);
    draw(place);
  }

  const root = document.getElementById("root");
  if (!root) return;
  new MutationObserver((changes) => {
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (attributeName === "aria-valuetext") slid(target);
      else if (type === "attributes" && target.dataset.testScriptState === "notRunning") settle();
      else if (type === "attributes") take(target);
      for (const node of addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        if (node.matches(".graf[data-graf]")) take(node);
        for (const place of node.querySelectorAll(".graf[data-graf]")) take(place);
      }
    }
  }).observe(root, { subtree: true, childList: true, attributeFilter: ["data-graf", "data-test-script-state", "aria-valuetext"] });
  addEventListener("online", () => {
    for (const place of document.querySelectorAll("#root .graf[data-graf]:not([data-vist])")) draw(place);
  });

  // --- One click ahead ------------------------------------------------------------------------------------
  // The chart that a choice leads to is asked for when the pointer is over it or a finger on it, and shown when it is
  // made. The server's answer follows with the words; were it another chart, that one stands.
  const OPTION = '[data-testid="stButtonGroup"] button, [role="radiogroup"] label, [role="option"]';
  const ANSWERED = 1500;  // ms after which a run that has made no difference is over
  let press = 0;          // which press a chart is fetched for; a later press or answer calls it off
  let open = false;       // pressed, and not answered yet
  let held = false;       // a finger is down

  /** The key of the widget that an option belongs to: a list that is open stands apart, and its field has the focus. */
  function keyOf(option) {
    const own = option.matches('[role="option"]') ? document.activeElement : option;
    return /st-key-\S+-(\w+)/.exec(own?.closest?.('[class*="st-key-"]')?.className ?? "")?.[1];
  }

  function ahead(option, word, use) {
    const key = keyOf(option);
    if (!key) return;
    for (const place of root.querySelectorAll(".graf[data-forud]")) {
      const value = JSON.parse(place.dataset.forud)[key]?.[word];
      if (value === undefined || !place.clientWidth) continue;
      const address = addressFor(place, widthFor(place), { [key]: value });
      const asked = text(address);
      asked.catch(() => {});
      if (use) use(place, address, asked);
    }
  }

  function showAhead(place, address, asked) {
    const from = place.dataset.graf, mine = press;
    asked.then((markup) => {
      if (mine !== press || !place.isConnected || place.dataset.graf !== from) return;
      const box = document.createElement("div");
      box.innerHTML = markup;
      const svg = box.querySelector("svg");
      svg.setAttribute("aria-hidden", "true");
      place.replaceChildren(svg);
      place.dataset.foran = address;
      shown.set(place.dataset.figur, svg);
      const wait = () => setTimeout(() => {
        if (mine !== press) return;
        if (held) wait();
        else if (isIdle()) settle();
      }, ANSWERED);
      wait();
    }, () => {});
  }

  const isIdle = () => root.querySelector("[data-test-script-state]")?.dataset.testScriptState === "notRunning";

  /** When the server has answered, a chart shown ahead stands in a place that has been made anew, or it goes. */
  function settle() {
    press += 1;
    open = false;
    for (const place of root.querySelectorAll(".graf[data-foran]")) {
      delete place.dataset.foran;
      delete place.dataset.vist;
      draw(place);
    }
  }

  /** A slider under a finger: the chart follows, and the server is told when the finger is lifted. */
  function slid(field) {
    press += 1;
    ahead(field, field.getAttribute("aria-valuetext"), showAhead);
    open = true;
  }

  const optionOf = (event) => event.target.closest?.(OPTION);
  const wordOf = (option) => option.textContent.trim();
  for (const kind of ["pointerdown", "pointerup", "pointercancel"]) {
    addEventListener(kind, () => { held = kind === "pointerdown"; }, { capture: true, passive: true });
  }
  for (const kind of ["pointerover", "pointerdown"]) {
    addEventListener(kind, (event) => {
      const option = optionOf(event);
      if (option) ahead(option, wordOf(option));
    }, { capture: true, passive: true });
  }
  addEventListener("click", (event) => {
    const option = optionOf(event);
    // A radio's label is clicked, and then its field: one press. A list's own field is no choice.
    if (!option || event.target.matches("input")) return;
    press += 1;
    // What a choice leads to is told for the view that stands: two presses at once lead somewhere else.
    if (!open) ahead(option, wordOf(option), showAhead);
    open = true;
  }, { capture: true });

  // --- What the pointer is on ---------------------------------------------------------------------------
  const tip = document.createElement("div");
  tip.className = "graf-tip";
  tip.hidden = true;
  document.body.append(tip);
  const NAMED = ".graf svg [aria-label]:not([aria-hidden])";
  let lit = null;

  /** `København, 4. kv. 2022: 32` and `København: linje` are both of the series «København». */
  const seriesOf = (name) => name.split(/[:,]/)[0];

  function light(svg, series) {
    if (lit?.svg === svg && lit.series === series) return;
    dim();
    const named = [...svg.querySelectorAll("[aria-label]:not([aria-hidden])")];
    const all = new Set(named.map((mark) => mark.getAttribute("aria-label"))
      .filter((name) => name.endsWith(": linje")).map(seriesOf));
    if (all.size < 2 || !all.has(series)) return;
    for (const mark of named) {
      const other = seriesOf(mark.getAttribute("aria-label"));
      if (other !== series && all.has(other) && mark.getAttribute("opacity") !== "0") mark.classList.add("daempet");
    }
    lit = { svg, series };
  }

  function dim() {
    if (!lit) return;
    for (const mark of lit.svg.querySelectorAll(".daempet")) mark.classList.remove("daempet");
    lit = null;
  }

  function say(mark, x, y) {
    const name = mark.getAttribute("aria-label");
    if (name.endsWith(": linje")) { tip.hidden = true; return; }
    tip.textContent = name;
    tip.hidden = false;
    const { width, height } = tip.getBoundingClientRect();
    tip.style.left = `${Math.min(Math.max(8, x - width / 2), innerWidth - width - 8)}px`;
    tip.style.top = `${y - height - 14 < 8 ? y + 18 : y - height - 14}px`;
  }

  addEventListener("pointermove", (event) => {
    const svg = event.target.closest?.(".graf svg");
    if (!svg) {
      tip.hidden = true;
      dim();
      return;
    }
    const mark = event.target.closest(NAMED);
    if (mark) {
      say(mark, event.clientX, event.clientY);
      light(svg, seriesOf(mark.getAttribute("aria-label")));
      return;
    }
    tip.hidden = true;
    const written = event.target.closest("text")?.textContent;
    if (written) light(svg, seriesOf(written).replace(/ [\d.,]+( %)?$/, ""));
    else dim();
  }, { passive: true });
  addEventListener("scroll", () => { tip.hidden = true; }, { capture: true, passive: true });
})();
