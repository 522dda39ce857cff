// «Del»: the dialog with links, QR code and texts. Links between pages bring along the release, and the
// places and period that the next page knows. A link to a figure scrolls to it. No dependencies.
"use strict";

(() => {
  const pages = JSON.parse(document.getElementById("sider").textContent);
  const main = () => document.querySelector('[data-testid="stMain"], main');

  // --- Links: what they bring along ------------------------------------------------------------------
  const written = new WeakMap();

  /** The link's own address with what it brings along. The release stays until a link says otherwise. */
  function complete(link, own) {
    const url = new URL(own, location.href);
    const here = new URLSearchParams(location.search);
    const bring = (key) => {
      if (here.has(key) && !url.searchParams.has(key)) url.searchParams.set(key, here.get(key));
    };
    if (url.pathname === "/del") {
      if (!link.closest(".del-indhold")) url.searchParams.set("til", location.pathname + location.search);
    } else {
      bring("d");
      if (url.pathname !== location.pathname) for (const key of pages[url.pathname].valg ?? []) bring(key);
    }
    return url.pathname + url.search + url.hash;
  }

  function keep(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || link.origin !== location.origin || link.classList.contains("nyeste")) return;
    if (!(link.pathname in pages) && link.pathname !== "/del") return;
    const now = link.getAttribute("href");
    if (now.startsWith("#")) return;
    // A link is completed each time from what the page gave it, not from what was put in last time.
    const seen = written.get(link);
    const own = seen?.now === now ? seen.own : now;
    const full = complete(link, own);
    if (full !== now) link.setAttribute("href", full);
    written.set(link, { own, now: full });
  }
  for (const type of ["pointerdown", "click", "contextmenu"]) document.addEventListener(type, keep, true);

  // --- The dialog -----------------------------------------------------------------------------------
  let dialog = null;
  let body = null;
  let request = 0;

  function build() {
    dialog = document.createElement("dialog");
    dialog.className = "del";
    dialog.setAttribute("aria-labelledby", "del-titel");
    dialog.innerHTML =
      '<div class="del-hoved"><h2 id="del-titel" tabindex="-1">Del</h2>' +
      '<button type="button" class="del-luk">Luk</button></div><div class="del-krop"></div>';
    body = dialog.querySelector(".del-krop");
    dialog.querySelector(".del-luk").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    // Keys pressed here are not for the page behind.
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    document.body.append(dialog);
  }

  async function open(link) {
    if (!dialog) build();
    const mine = ++request;
    const opener = document.activeElement === document.body ? link : document.activeElement;
    body.textContent = "Henter …";
    body.setAttribute("aria-busy", "true");
    dialog.showModal();
    dialog.querySelector("#del-titel").focus({ preventScroll: true });
    dialog.addEventListener("close", () => {
      const back = [opener, link].find((element) => element?.isConnected) ?? main()?.querySelector("h1");
      back?.focus({ preventScroll: true });
    }, { once: true });
    try {
      const answer = await fetch(link.href, { headers: { "X-Indblik": "fragment" } });
      const html = await answer.text();
      if (mine !== request) return;
      if (!answer.ok && answer.status !== 404) throw new Error(String(answer.status));
      body.innerHTML = html;
      offerNative(body);
    } catch {
      if (mine !== request) return;
      body.innerHTML =
        '<div class="besked fejl" role="alert"><p><strong>Linket kunne ikke laves.</strong> ' +
        'Prøv igen om lidt, eller <a target="_blank">åbn det på sin egen side</a>.</p></div>';
      body.querySelector("a").href = link.href;
    }
    body.removeAttribute("aria-busy");
    dialog.scrollTop = 0;
  }

  /** The phone's own way of sharing, where there is one. */
  function offerNative(root) {
    if (!navigator.share || !matchMedia("(pointer: coarse)").matches) return;
    for (const button of root.querySelectorAll("[data-del-nativ]")) button.hidden = false;
  }
  offerNative(document);

  function say(root, text) {
    const place = root?.querySelector("[data-del-besked]");
    if (place) place.textContent = text;
  }

  async function copy(button) {
    const field = document.getElementById(button.dataset.delKopi);
    const root = button.closest(".del-indhold");
    let done = true;
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.focus();
      field.select();
      done = document.execCommand("copy");
      button.focus();
    }
    if (!done) {
      field.focus();
      field.select();
      say(root, "Teksten er markeret, så du selv kan kopiere den.");
      return;
    }
    const label = button.dataset.navn ??= button.textContent;
    button.textContent = "Kopieret";
    button.classList.add("kopieret");
    say(root, "Kopieret.");
    setTimeout(() => {
      button.textContent = label;
      button.classList.remove("kopieret");
      say(root, "");
    }, 2500);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-del-kopi], [data-del-nativ]");
    if (button?.dataset.delKopi) copy(button);
    else if (button) {
      const { titel, tekst, delNativ } = button.dataset;
      navigator.share({ title: titel, text: tekst, url: delNativ }).catch(() => {});
      return;
    }
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (link && plain && !event.defaultPrevented && link.origin === location.origin && link.pathname === "/del" && !link.target) {
      event.preventDefault();
      open(link);
    }
  });

  // --- A link to a figure ---------------------------------------------------------------------------
  /** Scroll to what the hash names once it is there, and again while charts above it take their place. */
  function findFigure() {
    let id = "";
    try {
      id = decodeURIComponent(location.hash.slice(1));
    } catch {
      return;
    }
    if (!id || id === "stMain" || id === "indhold") return;
    const end = performance.now() + 8000;
    let over = false;
    const stop = () => { over = true; };
    for (const type of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(type, stop, { once: true, passive: true });
    const hash = location.hash;
    const look = () => {
      if (over || location.hash !== hash || performance.now() > end) return;
      const element = document.getElementById(id);
      const area = main();
      if (element && area) {
        const away = element.getBoundingClientRect().top - area.getBoundingClientRect().top;
        if (Math.abs(away - 16) > 4) element.scrollIntoView({ block: "start", behavior: "instant" });
      }
      setTimeout(look, 200);
    };
    look();
  }
  findFigure();
  addEventListener("popstate", (event) => {
    if (event.state?.indblik) findFigure();
  });
})();
