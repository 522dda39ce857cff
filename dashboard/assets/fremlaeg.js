// The stage: one screen at a time, all of them in the document already. Keys, panels, the address, the window
// with notes (BroadcastChannel) and those who follow on their phones. No dependencies.
"use strict";

(() => {
  const stage = document.getElementById("scene");
  const screens = [...stage.querySelectorAll(".skaerm")];
  const last = screens.length;
  const panel = document.getElementById("panel");
  const panelTitle = document.getElementById("panel-titel");
  const panelBody = document.getElementById("panel-krop");
  const black = document.getElementById("sort");
  const message = document.getElementById("melding");
  const query = stage.dataset.forespoergsel;
  let number = Number(stage.dataset.nr);
  let shown = ""; // what the panel shows

  // --- Titles and talking points of one's own that were too long for the link ---------------------------
  try {
    const own = JSON.parse(localStorage.getItem("indblik-koereplan") ?? "[]");
    const refs = screens.map((screen) => screen.dataset.ref);
    if (own.length === refs.length && own.every((item, i) => item.ref === refs[i])) {
      own.forEach((item, i) => {
        if (item.titel) screens[i].querySelector(".budskab").textContent = item.titel;
        const notes = document.querySelector(`[data-noter="${i + 1}"]`);
        if (item.tale && notes) notes.replaceChildren(Object.assign(document.createElement("p"), { textContent: item.tale }));
      });
    }
  } catch { /* no storage: the link's own texts stand */ }

  // --- Steps ------------------------------------------------------------------------------------------
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("indblik-fremlaeg") : null;

  function address(next) {
    return `${location.pathname}?${query}&nr=${next}`;
  }

  function show(next, { tell = true } = {}) {
    next = Math.min(Math.max(next, 1), last);
    const changed = next !== number;
    const start = performance.now();
    screens[number - 1].hidden = true;
    screens[next - 1].hidden = false;
    number = next;
    stage.dataset.nr = String(number);
    for (const link of document.querySelectorAll("#knapper [data-trin]")) {
      link.href = address(Math.min(Math.max(number + Number(link.dataset.trin), 1), last));
    }
    if (!changed) return;
    if (black.hidden === false) toggleBlack();
    if (shown) fill(shown);
    history.replaceState(history.state, "", address(number));
    message.textContent = `${number} af ${last}: ${screens[number - 1].querySelector(".budskab").textContent}`;
    performance.measure("skift", { start, end: performance.now() });
    if (tell) channel?.postMessage({ k: query, nr: number });
    report();
  }

  channel?.addEventListener("message", ({ data }) => {
    if (data?.k !== query) return;
    if (data.hej) channel.postMessage({ k: query, nr: number });
    else if (data.gaa) show(number + data.gaa);
  });
  channel?.postMessage({ k: query, nr: number });

  // --- Panels -----------------------------------------------------------------------------------------
  const TITLES = { kilder: "Kilder", qr: "Åbn visningen", noter: "Talepunkt", hjaelp: "Taster", foelg: "Følg med" };
  let followers = ""; // HTML of the panel for those who follow

  function fill(what) {
    panelTitle.textContent = TITLES[what];
    panel.dataset.vis = what;
    if (what === "foelg") panelBody.innerHTML = followers;
    else {
      const source = what === "hjaelp" ? document.getElementById("taster") : document.querySelector(`[data-${what}="${number}"]`);
      panelBody.replaceChildren(source.cloneNode(true));
      panelBody.firstElementChild.removeAttribute("id");
    }
  }

  function open(what) {
    if (shown === what) return close();
    shown = what;
    fill(what);
    if (!panel.open) panel.show();
    panelTitle.focus({ preventScroll: true });
  }

  function close() {
    shown = "";
    if (panel.open) panel.close();
    screens[number - 1].querySelector(".budskab").focus({ preventScroll: true });
  }

  function toggleBlack() {
    black.hidden = !black.hidden;
    document.documentElement.classList.toggle("er-sort", !black.hidden);
  }

  async function fullScreen() {
    try {
      if (document.fullscreenElement) await document.exitFullscreen();
      else await document.documentElement.requestFullscreen({ navigationUI: "hide" });
    } catch {
      message.textContent = "Browseren tillader ikke fuld skærm her.";
    }
  }

  function leave() {
    location.href = document.querySelector("[data-slut]").href;
  }

  const ACTIONS = { sort: toggleBlack, fuld: fullScreen, foelg: startFollowing };
  const act = (what) => (ACTIONS[what] ?? (() => open(what)))();

  // --- Those who follow -------------------------------------------------------------------------------
  const KEPT = `indblik-foelg:${query}`;
  let session = null;
  try { session = JSON.parse(sessionStorage.getItem(KEPT)); } catch { /* none */ }
  if (session) report();
  let sending = false;
  let sent = 0;

  async function post(path, body) {
    const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  /** Tell the server which screen is shown: one request at a time, the latest number wins. */
  async function report() {
    if (!session || sending) return;
    sending = true;
    try {
      while (sent !== number) {
        const next = number;
        await post(`/fremlaeg/session/${session.id}`, { hemmelighed: session.hemmelighed, nr: next });
        sent = next;
      }
    } catch (error) {
      if (error.message === "404") {
        session = null;
        try { sessionStorage.removeItem(KEPT); } catch { /* none */ }
      } else setTimeout(report, 1500);
    } finally {
      sending = false;
    }
  }

  async function startFollowing() {
    if (shown === "foelg") return close();
    if (!session) {
      try {
        session = await post("/fremlaeg/session", { forespoergsel: query, nr: number });
        sent = number;
        try { sessionStorage.setItem(KEPT, JSON.stringify(session)); } catch { /* none */ }
      } catch {
        followers = "<p>Der kan ikke følges med lige nu. Prøv igen om lidt.</p>";
        open("foelg");
        return;
      }
    }
    followers = `<div class="stor-qr">${session.qr}</div><p class="adresse"></p><p>Koden viser skærmene på salens egne telefoner, mens du fremlægger.</p>`;
    open("foelg");
    panelBody.querySelector(".adresse").textContent = session.adresse;
  }

  // --- Keys, buttons, touch ---------------------------------------------------------------------------
  const KEYS = {
    ArrowRight: () => show(number + 1), PageDown: () => show(number + 1), " ": () => show(number + 1),
    ArrowLeft: () => show(number - 1), PageUp: () => show(number - 1), Home: () => show(1), End: () => show(last),
    b: toggleBlack, k: () => open("kilder"), q: () => open("qr"), n: () => open("noter"), f: fullScreen, "?": () => open("hjaelp"),
    Escape: () => { if (!black.hidden) toggleBlack(); else if (shown) close(); else if (!document.fullscreenElement) leave(); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const onControl = event.target.closest?.("button, a[href]");
    if (onControl && (event.key === " " || event.key === "Enter")) return;
    const action = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });

  document.addEventListener("click", (event) => {
    const step = event.target.closest("[data-trin]");
    const button = event.target.closest("[data-vis]");
    if (step) {
      event.preventDefault();
      show(number + Number(step.dataset.trin));
    } else if (button && button.tagName === "BUTTON") act(button.dataset.vis);
    else if (event.target.closest("[data-luk]")) close();
    else if (event.target === black) toggleBlack();
  });

  let start = null;
  stage.addEventListener("touchstart", (event) => { start = event.touches.length === 1 ? event.touches[0].clientX : null; }, { passive: true });
  stage.addEventListener("touchend", (event) => {
    const moved = start === null ? 0 : event.changedTouches[0].clientX - start;
    if (Math.abs(moved) > 60) show(number + (moved < 0 ? 1 : -1));
  }, { passive: true });

  // --- The buttons show while the pointer moves or something in them has focus -----------------------------
  const buttons = document.getElementById("knapper");
  let timer = 0;
  function awake() {
    buttons.classList.add("vaagen");
    clearTimeout(timer);
    timer = setTimeout(() => buttons.classList.remove("vaagen"), 2500);
  }
  for (const type of ["pointermove", "pointerdown", "focusin"]) document.addEventListener(type, awake, { passive: true });
  document.documentElement.classList.add("med-script");
  awake();
})();
