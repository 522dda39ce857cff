// The page's first content is in the HTML, readable at once, and its rows of buttons answer at once: each is a
// link to a view whose first content is fetched and put here. When the live page is whole and shows the same
// view, it takes that place: same scroll position, same focus, no jump. Without a connection this simply stays.
"use strict";

(() => {
  const first = document.getElementById("foerst");
  const root = document.getElementById("root");
  const scripts = document.getElementById("streamlit");

  let begun = false;
  function begin() {
    if (begun || !scripts) return;
    begun = true;
    document.head.append(document.importNode(scripts.content, true));
  }
  if (!first || !root) {
    document.documentElement.classList.add("levende");
    begin();
    return;
  }
  // The first content is painted before Streamlit's scripts are asked for. In a tab that is not in sight
  // nothing is painted, so they do not wait for ever.
  new PerformanceObserver((list) => {
    if (list.getEntriesByName("first-contentful-paint").length) setTimeout(begin);
  }).observe({ type: "paint", buffered: true });
  setTimeout(begin, 1000);
  const LATEST = 4000;  // ms a live page waits for its charts

  const live = () => document.querySelector('[data-testid="stMain"]');
  const app = () => document.querySelector('[data-testid="stApp"]');
  let since = 0;

  // --- A choice before the live page is there -------------------------------------------------------------
  const BUTTON = ".foerst-knapper a";
  const HEARD = 800;          // ms after which a run that was asked for has begun, or will not
  const fetched = new Map();  // address → promise of the first content's HTML
  const pressed = [];         // choices that wait for the one before: [words over the row, word on the button]
  let busy = false;           // whether one is being answered
  let chosen = false;         // whether any has been made
  let told = true;            // whether the live page's script has been asked for the view that is shown here
  let askedAt = null;         // when it was, until it has begun to run

  function content(address) {
    let promise = fetched.get(address);
    if (!promise) {
      promise = fetch(address, { headers: { Accept: "text/html" } }).then(async (answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const block = page.querySelector("#foerst > .foerst-blok");
        if (!block) throw new Error("intet indhold");
        return block;
      });
      promise.catch(() => fetched.delete(address));
      fetched.set(address, promise);
    }
    return promise;
  }

  const nameOf = (button) => [button.closest(".foerst-valg").querySelector("p").textContent, button.textContent];
  const named = (name) => [...first.querySelectorAll(".foerst-knapper > *")]
    .find((button) => nameOf(button).join() === name.join());

  /** One choice after the other: what a button leads to is told for the view that stands. */
  async function choose(name) {
    pressed.push(name);
    if (busy) return;
    busy = chosen = true;
    first.setAttribute("aria-busy", "true");
    while (pressed.length) {
      const next = pressed.shift(), button = named(next);
      const address = button?.getAttribute("href");
      if (!address) continue;
      try {
        first.replaceChildren((await content(address)).cloneNode(true));
      } catch {
        location.assign(address);
        return;
      }
      history.replaceState(history.state, "", address);
      told = !app();  // a live page that has not begun reads the address when it does
      const again = named(next);
      if (again && !again.matches("a")) again.tabIndex = -1;
      again?.focus({ preventScroll: true });
    }
    busy = false;
    first.removeAttribute("aria-busy");
    since = 0;
    look();
  }

  /** Have the live page's script run for the address that is shown here, once it can be asked. Whether it was just now. */
  function tell() {
    if (told || app()?.dataset.testConnectionState !== "CONNECTED" || app().dataset.testScriptState !== "notRunning") return false;
    told = true;
    askedAt = performance.now();
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    return true;
  }

  first.addEventListener("click", (event) => {
    const link = event.target.closest?.(BUTTON);
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    choose(nameOf(link));
  });
  for (const kind of ["pointerover", "pointerdown"]) {
    first.addEventListener(kind, (event) => {
      const link = event.target.closest?.(BUTTON);
      if (link) content(link.getAttribute("href")).catch(() => {});
    }, { passive: true });
  }

  /** Whether the charts of the live page are those of the view that is shown here. */
  const sameView = (main) => [...first.querySelectorAll(".graf[data-graf]")].every((place) =>
    main.querySelector(`.graf[data-figur="${CSS.escape(place.dataset.figur)}"]`)?.dataset.graf === place.dataset.graf);

  /** Whether the script has run to its end, its parts are loaded and its charts in sight are drawn. */
  function whole() {
    const main = live();
    if (app()?.dataset.testScriptState !== "notRunning" || !main?.querySelector("h1")) return false;
    if (busy || tell() || (askedAt !== null && performance.now() - askedAt < HEARD)) return false;
    if (!main.querySelector("footer.bund") || main.querySelector('[data-testid="stSkeleton"]')) return false;
    since ||= performance.now();
    if (performance.now() - since > LATEST) return true;
    if (chosen && !sameView(main)) return false;
    return [...main.querySelectorAll(".graf")].every((place) => place.firstElementChild || !place.clientWidth);
  }

  /** The same link or button in the live page as the one that has focus in the first content. */
  function counterpart(element) {
    if (element.closest(".foerst-knapper")) {
      return [...live().querySelectorAll('[data-testid="stButtonGroup"] button, [role="radiogroup"] label input')]
        .find((button) => (button.closest("label") ?? button).textContent.trim() === element.textContent.trim());
    }
    const href = element.getAttribute("href");
    return href ? [...live().querySelectorAll("a")].find((link) => link.getAttribute("href") === href) : null;
  }

  function replace() {
    observer.disconnect();
    clearInterval(timer);
    const main = live();
    const top = first.scrollTop;
    const focused = first.contains(document.activeElement) ? document.activeElement : null;
    const next = focused && counterpart(focused);
    document.documentElement.classList.add("levende");
    first.remove();
    if (top && !location.hash) main.scrollTo({ top, behavior: "instant" });
    if (next) next.focus({ preventScroll: true });
  }

  const look = () => { if (whole()) replace(); };
  const observer = new MutationObserver((changes) => {
    if (changes.some((change) => change.attributeName === "data-test-script-state")) askedAt = null;
    look();
  });
  observer.observe(root, { subtree: true, childList: true, attributeFilter: ["data-test-script-state", "data-vist"] });
  const timer = setInterval(look, 500);
  performance.mark("svarer");  // from now on a choice is answered in place

  // A place named after «#» can be shown at once.
  const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (place && first.contains(place)) place.scrollIntoView({ behavior: "instant" });
})();
