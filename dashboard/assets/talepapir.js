// The window with notes: follows the stage in the same browser (BroadcastChannel), can step it, and keeps time.
"use strict";

(() => {
  const root = document.getElementById("talepapir");
  const query = root.dataset.forespoergsel;
  const last = Number(root.dataset.antal);
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("indblik-fremlaeg") : null;
  let number = Number(root.dataset.nr);
  let heard = false;

  try {
    const own = JSON.parse(localStorage.getItem("indblik-koereplan") ?? "[]");
    const sheets = [...root.querySelectorAll("[data-nr][data-ref]")];
    if (own.length === sheets.length && own.every((item, i) => item.ref === sheets[i].dataset.ref)) {
      own.forEach((item, i) => {
        if (item.titel) sheets[i].querySelector(".overskrift").textContent = item.titel;
        if (item.tale) sheets[i].querySelector(".talepunkt").textContent = item.tale;
      });
    }
  } catch { /* no storage */ }

  function show(next) {
    number = Math.min(Math.max(next, 1), last);
    root.dataset.nr = String(number);
    for (const one of root.querySelectorAll("[data-nr][data-ref]")) one.hidden = Number(one.dataset.nr) !== number;
    for (const one of root.querySelectorAll("[data-naeste]")) one.hidden = Number(one.dataset.naeste) !== number;
  }

  function step(by) {
    if (heard) channel.postMessage({ k: query, gaa: by });
    else show(number + by);
  }

  channel?.addEventListener("message", ({ data }) => {
    if (data?.k !== query || !data.nr) return;
    heard = true;
    show(data.nr);
  });
  channel?.postMessage({ k: query, hej: true });

  const KEYS = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS) || event.target.closest("button")) return;
    event.preventDefault();
    step(KEYS[event.key]);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.trin) step(Number(button.dataset.trin));
    else if (button && "nulstil" in button.dataset) start = Date.now();
    tick();
  });

  let start = Date.now();
  const two = (n) => String(n).padStart(2, "0");
  function tick() {
    const now = new Date();
    const gone = Math.floor((Date.now() - start) / 1000);
    document.getElementById("ur").textContent = `${two(now.getHours())}.${two(now.getMinutes())}`;
    document.getElementById("gaaet").textContent = `${Math.floor(gone / 60)}.${two(gone % 60)} gået`;
  }
  tick();
  setInterval(tick, 1000);
})();
