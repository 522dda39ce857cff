// What the pages need in the browser besides Streamlit: menu, links between pages, talpas panel,
// notice when the connection is lost. Runs before Streamlit's own scripts. No dependencies.
"use strict";

(() => {
  // --- Streamlit: where the server is, and that its English dialogs stay away ---------------------
  // Named here, Streamlit connects at once instead of asking /<page>/_stcore/health first.
  window.__streamlit = {
    BACKEND_BASE_URL: location.origin,
    HOST_CONFIG: {
      allowedOrigins: [location.origin],
      useExternalAuthToken: false,
      enableCustomParentMessages: false,
      blockErrorDialogs: true,
      disableFullscreenMode: true,
    },
  };

  // Streamlit fetches its icon font (375 kB) on every visit. It comes by itself when an icon is shown.
  const loadFont = document.fonts.load.bind(document.fonts);
  document.fonts.load = (font, text) =>
    font.includes("Material Symbols") ? Promise.resolve([]) : loadFont(font, text);

  const pages = JSON.parse(document.getElementById("sider").textContent);
  const app = () => document.querySelector('[data-testid="stApp"]');
  const main = () => document.querySelector('[data-testid="stMain"], main');
  const connected = () => app()?.dataset.testConnectionState === "CONNECTED";

  // --- Menu --------------------------------------------------------------------------------------
  const bar = document.getElementById("bjaelke");
  const menuButton = bar.querySelector(".menu-knap");
  const groupButtons = [...bar.querySelectorAll(".gruppe-knap")];

  const isOpen = (button) => button.getAttribute("aria-expanded") === "true";
  const setOpen = (button, open) => button.setAttribute("aria-expanded", String(open));
  const visible = (element) => element.getClientRects().length > 0;
  /** On a narrow screen «Menu» opens everything at once, and the group names are only headings. */
  const narrow = () => visible(menuButton);

  function closeGroups(except) {
    const all = narrow();
    for (const button of groupButtons) if (button !== except) setOpen(button, all);
  }

  let wasNarrow = null;
  function adapt() {
    if (narrow() === wasNarrow) return;
    wasNarrow = narrow();
    for (const button of groupButtons) {
      if (wasNarrow) button.setAttribute("tabindex", "-1");
      else button.removeAttribute("tabindex");
    }
    setOpen(menuButton, false);
    closeGroups();
  }
  addEventListener("resize", adapt);
  adapt();

  function closeMenus() {
    closeGroups();
    setOpen(menuButton, false);
  }

  bar.addEventListener("click", (event) => {
    const button = event.target.closest(".gruppe-knap, .menu-knap");
    if (!button) return;
    if (button !== menuButton && narrow()) return;
    const open = !isOpen(button);
    if (button !== menuButton) closeGroups(button);
    setOpen(button, open);
  });

  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = narrow() ? isOpen(menuButton) && menuButton : groupButtons.find(isOpen);
      if (!open) return;
      closeMenus();
      open.focus();
      event.stopPropagation();
      return;
    }
    const group = event.target.closest(".menu-gruppe");
    if (!group) return;
    const button = group.querySelector(".gruppe-knap");
    const links = [...(narrow() ? bar : group).querySelectorAll(".menu-gruppe a")];
    const at = links.indexOf(document.activeElement);
    const beside = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    let target;
    if (event.key === "ArrowDown") {
      closeGroups(button);
      setOpen(button, true);
      target = links[Math.min(at + 1, links.length - 1)];
    } else if (event.key === "ArrowUp") {
      target = at > 0 ? links[at - 1] : narrow() ? menuButton : button;
    } else if (event.key === "Home" && at >= 0) target = links[0];
    else if (event.key === "End" && at >= 0) target = links.at(-1);
    else if (beside && !narrow()) {
      closeGroups();
      target = groupButtons.at((groupButtons.indexOf(button) + beside) % groupButtons.length);
    }
    if (!target) return;
    event.preventDefault();
    target.focus();
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest(".menu, .menu-knap")) closeMenus();
  });
  bar.addEventListener("focusout", ({ target, relatedTarget }) => {
    // Tabbing on from a group closes it; a click elsewhere is handled above.
    if (!relatedTarget) return;
    if (relatedTarget.closest(".menu-gruppe") !== target.closest(".menu-gruppe")) closeGroups();
    if (!bar.contains(relatedTarget)) closeMenus();
  });

  function markCurrent() {
    for (const link of document.querySelectorAll("#bjaelke a")) {
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    for (const group of bar.querySelectorAll(".menu-gruppe")) {
      group.classList.toggle("aktuel", group.querySelector("[aria-current]") !== null);
    }
  }

  // --- Links between pages -------------------------------------------------------------------------
  // Streamlit loads the page of the address when the browser says it went back or forward; so a link
  // changes the address and says so. Everything else about a link is left to the browser.
  const positions = new Map();
  let here = location.href;

  function focusOn(element) {
    if (!element) return;
    if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
    element.focus({ preventScroll: true });
  }
  const focusMain = () => focusOn(main()?.querySelector("h1") ?? main());

  /** Calls `done` when the page after a change of address has its own heading, or after 10 seconds. */
  function whenShown(done) {
    const before = main()?.querySelector("h1");
    const text = before?.textContent;
    let started = false;
    const finish = (ok) => {
      observer.disconnect();
      clearTimeout(timer);
      if (ok) done();
    };
    const observer = new MutationObserver(() => {
      const state = app()?.dataset.testScriptState;
      if (state === "running") started = true;
      const heading = main()?.querySelector("h1");
      const isNew = heading && (heading !== before || heading.textContent !== text);
      if (isNew || (started && state === "notRunning")) finish(true);
    });
    const timer = setTimeout(() => finish(true), 10000);
    observer.observe(document.getElementById("root"), {
      subtree: true, childList: true, characterData: true, attributeFilter: ["data-test-script-state"],
    });
    return () => finish(false);
  }
  let stopWaiting = () => {};

  /** Shows the place the address names after «#», once Streamlit has drawn it, with all it is folded into. */
  function showPlace() {
    const id = location.hash.slice(1);
    if (!id) return;
    const find = () => {
      const place = document.getElementById(id);
      if (!place || !main()?.contains(place)) return false;
      for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      place.scrollIntoView({ behavior: "instant" });
      focusOn(place.querySelector(":scope > summary") ?? place);
      return true;
    };
    if (find()) return;
    const observer = new MutationObserver(() => { if (find()) observer.disconnect(); });
    observer.observe(document.getElementById("root") ?? document.body, { subtree: true, childList: true });
    setTimeout(() => observer.disconnect(), 10000);
  }
  addEventListener("hashchange", showPlace);
  showPlace();

  /** Scrolls the page to a place, again while it grows, until the visitor does something. */
  function scrollMain(top) {
    const until = performance.now() + 5000;
    let theirs = false;
    for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      addEventListener(kind, () => { theirs = true; }, { once: true, passive: true });
    }
    const step = () => {
      const box = main();
      if (theirs || !box || performance.now() > until) return;
      box.scrollTo({ top, behavior: "instant" });
      if (Math.abs(box.scrollTop - top) > 2) setTimeout(step, 100);
    };
    step();
  }

  function arrived({ top, focus }) {
    stopWaiting();
    closeMenus();
    closePanel(false);
    markCurrent();
    if (pages[location.pathname]) document.title = pages[location.pathname].titel;
    here = location.href;
    if (top === 0) scrollMain(0);
    stopWaiting = whenShown(() => {
      scrollMain(top);
      if (focus) focusMain();
      if (top === 0) showPlace();
    });
  }

  /** Whether a click on a link is ours: a plain click on a page of the site, while Streamlit is there. */
  function isPageLink(link, event) {
    return (
      event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey &&
      (!link.target || link.target === "_self") && !link.hasAttribute("download") &&
      link.origin === location.origin && link.pathname in pages && connected() &&
      !(link.hash && link.pathname === location.pathname && link.search === location.search)
    );
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented) return;
    if (link.hash === "#stMain" && link.classList.contains("spring-til")) {
      event.preventDefault();
      focusMain();
    } else if (isFigureLink(link, event)) {
      event.preventDefault();
      openPanel(link);
    } else if (isPageLink(link, event)) {
      event.preventDefault();
      positions.set(here, main()?.scrollTop ?? 0);
      if (link.href !== location.href) history.pushState({}, "", link.href);
      dispatchEvent(new PopStateEvent("popstate", { state: { indblik: true } }));
    } else if (link.hash && link.hash === location.hash && link.pathname === location.pathname) {
      setTimeout(showPlace);  // no change of address, so the browser only scrolls
    }
  });

  addEventListener("popstate", (event) => {
    if (event.state?.indblik) arrived({ top: 0, focus: true });
    else if (new URL(here).pathname !== location.pathname) {
      positions.set(here, main()?.scrollTop ?? 0);
      arrived({ top: positions.get(location.href) ?? 0, focus: true });
    } else here = location.href;
  });

  // --- Talpas: the passport of a figure ------------------------------------------------------------
  const panel = document.getElementById("talpas");
  const panelBody = document.getElementById("talpas-krop");
  const panelTitle = document.getElementById("talpas-titel");
  let opener = null;
  let request = 0;

  function isFigureLink(link, event) {
    return (
      panel && link.origin === location.origin && link.pathname.startsWith("/tal/") &&
      event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey && !link.target
    );
  }

  /** The address of a figure, in the release that the page shows. */
  function figureAddress(link) {
    const url = new URL(link.href);
    const release = new URLSearchParams(location.search).get("d");
    if (release && !url.searchParams.has("d")) url.searchParams.set("d", release);
    return url;
  }

  async function openPanel(link) {
    const mine = ++request;
    if (!panel.contains(link)) {
      opener?.removeAttribute("aria-expanded");
      opener = link;
      link.setAttribute("aria-expanded", "true");
    }
    const url = figureAddress(link);
    panelBody.setAttribute("aria-busy", "true");
    if (!panel.open) {
      panelBody.textContent = "Henter …";
      panel.show();
      document.documentElement.classList.add("talpas-aaben");
    }
    focusOn(panelTitle);
    try {
      const answer = await fetch(url, { headers: { "X-Indblik": "fragment" } });
      const html = await answer.text();
      if (mine !== request) return;
      if (!answer.ok && answer.status !== 404) throw new Error(String(answer.status));
      panelBody.innerHTML = html;
    } catch {
      if (mine !== request) return;
      panelBody.innerHTML =
        '<div class="besked fejl" role="alert"><p><strong>Talpasset kunne ikke hentes.</strong> ' +
        'Prøv igen om lidt, eller <a target="_blank">åbn tallet på sin egen side</a>.</p></div>';
      panelBody.querySelector("a").href = url.href;
    }
    panelBody.removeAttribute("aria-busy");
    panelBody.scrollTop = 0;
  }

  function closePanel(returnFocus = true) {
    if (!panel?.open) return;
    request += 1;
    panel.close();
    document.documentElement.classList.remove("talpas-aaben");
    opener?.removeAttribute("aria-expanded");
    if (returnFocus) {
      if (opener?.isConnected) opener.focus();
      else focusMain();
    }
    opener = null;
  }

  async function copyCitation(button) {
    const article = button.closest("[data-citation]");
    if (!article) return;
    const text = article.dataset.citation;
    try {
      await navigator.clipboard.writeText(text);
      const label = button.textContent;
      button.textContent = "Kopieret";
      setTimeout(() => { button.textContent = label; }, 2000);
    } catch {
      // Without permission to the clipboard: show the text, selected, ready for Ctrl+C.
      let field = article.querySelector("textarea.henvisning");
      if (!field) {
        field = document.createElement("textarea");
        field.className = "henvisning";
        field.readOnly = true;
        field.rows = 4;
        field.setAttribute("aria-label", "Henvisning, markeret til kopiering");
        button.after(field);
      }
      field.value = text;
      field.focus();
      field.select();
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-handling]");
    if (button?.dataset.handling === "luk") closePanel();
    if (button?.dataset.handling === "kopier") copyCitation(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel?.open && !event.defaultPrevented) closePanel();
  });

  // --- Language: the names that Streamlit and Vega give to things, for those who hear the page --------
  const WORDS = new Map(Object.entries({
    Open: "Åbn", Close: "Luk", Dismiss: "Luk", Clear: "Ryd", "Clear value": "Ryd", "Clear all": "Ryd alle",
    "Selected values": "Valgt", Increment: "Mere", Decrement: "Mindre", Search: "Søg", Fullscreen: "Fuld skærm", "Close fullscreen": "Luk fuld skærm",
    "Choose an option": "Vælg", "Choose options": "Vælg", "Show data": "Vis tal", "Show chart": "Vis diagram",
    "Download as PNG": "Hent som PNG", "Download as SVG": "Hent som SVG", "Download as CSV": "Hent som CSV",
    "Copy to clipboard": "Kopiér", "Copy Vega-Lite spec": "Kopiér diagrammets opskrift", "Link to heading": "Link til overskriften",
    "Show password text": "Vis tekst", "Vega visualization": "Diagram",
    visualization: "diagram", axis: "akse", legend: "forklaring", title: "titel", bar: "søjle", point: "punkt",
    "group mark container": "gruppe", "line mark container": "linjer", "line mark": "linje", "rect mark container": "søjler",
    "rule mark container": "streger", "rule mark": "streg", "symbol mark container": "punkter", "symbol mark": "punkt",
    "text mark container": "tekster", "text mark": "tekst", "area mark container": "flader", "area mark": "flade",
    "rect mark": "søjle", "trail mark container": "linjer", "arc mark container": "cirkeludsnit",
  }));
  const NAMED = ["aria-label", "placeholder", "aria-roledescription"];
  const NAMED_SELECTOR = NAMED.map((name) => `[${name}]`).join(",");

  /** `X-axis titled 'År' for a time scale with values from 2018 to 2021` in Danish; undefined if it is not English. */
  function inDanish(text) {
    const known = WORDS.get(text);
    if (known) return known;
    // `Download as PNG: <what the chart shows>`
    const [, name, rest] = /^([^:]+)(: .*)$/s.exec(text) ?? [];
    if (WORDS.has(name)) return WORDS.get(name) + rest;
    const removes = /^Remove (.*)$/s.exec(text);
    if (removes) return `Fjern ${removes[1]}`;
    const heading = /^(?:Title|Subtitle) text '(.*)'$/s.exec(text);
    if (heading) return heading[1];
    const scale = /^(X-axis|Y-axis|.*legend)(?: titled '(.*)')? for .*? with (.*)$/is.exec(text);
    if (!scale) return undefined;
    const what = { "X-axis": "Vandret akse", "Y-axis": "Lodret akse" }[scale[1]] ?? "Forklaring";
    const range = scale[3].replace(/^values from (.*) to (.*)$/s, "fra $1 til $2")
      .replace(/^(\d+) values?: /, "$1 værdier: ").replace(/, ending with /, " … ");
    return `${what}${scale[2] ? ` «${scale[2]}»` : ""}, ${range}`;
  }

  function translate(element) {
    for (const name of NAMED) {
      const text = element.getAttribute(name);
      const danish = text && inDanish(text);
      if (danish) element.setAttribute(name, danish);
    }
  }

  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") translate(target);
      for (const node of addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        translate(node);
        for (const inside of node.querySelectorAll(NAMED_SELECTOR)) translate(inside);
      }
    }
  }).observe(document.body, { subtree: true, childList: true, attributeFilter: NAMED });

  // --- Connection ------------------------------------------------------------------------------------
  // Streamlit connects again by itself, at growing intervals. Here is what it does not do: say in Danish
  // what is wrong, go on with the new files after a redeploy, and not wait out the interval.
  const connection = document.getElementById("forbindelse");
  const LOST = "Forbindelsen er afbrudt. Siden forsøger igen …";
  const KEPT = "indblik-genindlaest";
  let everConnected = false;
  let answeredSince = 0;
  let timer = 0;
  let unheard = 0;  // when the server was asked for a run, if nothing has come from it since; 0 = it has answered

  function say(text, { link = false } = {}) {
    if (connection.firstChild?.textContent === text && !connection.hidden) return;
    connection.replaceChildren(text);
    if (link) {
      const again = document.createElement("a");
      again.href = location.href;
      again.textContent = "Genindlæs siden";
      again.addEventListener("click", (event) => { event.preventDefault(); location.reload(); });
      connection.append(" ", again);
    }
    connection.hidden = !text;
  }

  /** Loads the page again at the same address and place, for one reason once in `seconds`. Whether it does. */
  function reloadHere(reason, seconds) {
    const now = Date.now();
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
      const last = Math.max(0, ...Object.values(kept.at ?? {}));
      if (now - last < 15000 || now - (kept.at?.[reason] ?? 0) < 1000 * seconds) return false;
      const told = { at: { ...kept.at, [reason]: now }, href: location.href, top: main()?.scrollTop ?? 0 };
      sessionStorage.setItem(KEPT, JSON.stringify(told));
    } catch { return false; }  // without a memory it could go on for ever
    location.reload();
    return true;
  }

  function returnToPlace() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
      if (kept.href !== location.href || !kept.top) return;
      sessionStorage.setItem(KEPT, JSON.stringify({ at: kept.at }));
      whenShown(() => scrollMain(kept.top));
    } catch { /* the page opens at its top */ }
  }

  /** What the server answers now: a status, or 0 if nothing came. */
  async function answers(patience = 4000) {
    try {
      const answer = await fetch("/klar", { cache: "no-store", signal: AbortSignal.timeout(patience) });
      return answer.status;
    } catch { return 0; }
  }

  /** Says what is wrong, and tries again until the page is connected. */
  async function findOut() {
    clearTimeout(timer);
    const status = await answers();
    if (connected()) return;
    // Streamlit's own next attempt can be long in coming; so the server gets eight seconds, then the page is loaded again.
    answeredSince = status === 200 ? answeredSince || performance.now() : 0;
    if (status === 0) {
      say(navigator.onLine ? LOST : "Der er ingen netforbindelse. Siden kommer igen af sig selv.");
    } else if (status === 431) {
      say("Browseren sender for mange cookies til serveren. Slet cookies for dette websted.", { link: true });
    } else if (status === 503) {
      say("Serveren er ved at starte eller har ingen tal at vise. Siden forsøger igen …");
    } else if (performance.now() - answeredSince > 8000 && !reloadHere("tavs", 600)) {
      say("Serveren svarer, men siden kan ikke holde forbindelsen. Et netværk undervejs kan spærre for den.", { link: true });
    } else if (everConnected) say(LOST);
    else say("Siden er længe om at svare. Den forsøger igen …", { link: true });
    timer = setTimeout(findOut, status === 200 ? 1000 : 2500);
  }

  /** After a redeploy the scripts have other names, and those of this page are gone. */
  async function followNewFiles() {
    const names = (text) => [...text.matchAll(/(?:static\/js|aktiver)\/[\w.-]+\.js/g)].map((found) => found[0]);
    const own = [...document.querySelectorAll("script[src]")].flatMap((script) => names(script.src));
    try {
      const page = await (await fetch(location.href, { cache: "no-store" })).text();
      const now = new Set(names(page));
      const gone = own.filter((name) => !now.has(name));
      if (now.size && gone.length) reloadHere("nye filer", 60);
    } catch { /* the next time it is connected */ }
  }

  addEventListener("vite:preloadError", (event) => {
    // A script file that Streamlit wanted is not there: the files have changed since this page was opened.
    event.preventDefault();
    if (!reloadHere("mangler", 60)) say("Noget af siden kunne ikke hentes.", { link: true });
  });
  addEventListener("online", () => { if (everConnected && !connected()) findOut(); });

  function connectionChanged() {
    const state = app()?.dataset.testConnectionState;
    clearTimeout(timer);
    if (state === "CONNECTED") {
      if (everConnected && !connection.hidden) {
        say("Forbindelsen er tilbage.");
        timer = setTimeout(() => say(""), 3000);
      } else say("");
      // The server never heard of the last choice, and goes on with the one before: so must the button that was pressed.
      const lost = everConnected && unheard;
      unheard = 0;
      if (lost && reloadHere("uhørt valg", 15)) return;
      if (everConnected) {
        // Perhaps to another server, which knows nothing of this page: without a run of the address now, it
        // would take the visitor's next choice for a first visit and answer with what the address says.
        dispatchEvent(new PopStateEvent("popstate", { state: {} }));
        followNewFiles();
      }
      everConnected = true;
    } else if (state === "DISCONNECTED_FOREVER") {
      // Streamlit has given up. The view is in the address, so the page can be opened again.
      if (!reloadHere("opgivet", 120)) say("Forbindelsen er afbrudt.", { link: true });
    } else {
      answeredSince = 0;
      timer = setTimeout(findOut, everConnected ? 1500 : 10000);
    }
  }

  // A laptop that slept, or something on the way, can leave a web socket dead without either end being told. So a
  // sign of life is asked for after a pause, and when a choice is not answered; without one Streamlit connects again.
  const WAITING = "Serveren er længe om at svare. Vent et øjeblik …";
  const SIGN = 3;  // bytes of asking for a sign of life; all else is asking for a run
  const TICK = 2000;
  const PAUSE = 5000;
  let awake = Date.now();
  let asked = 0;

  async function askForLife(patience) {
    if (!connected()) return;
    asked = Date.now();
    const sign = { stCommVersion: 1, type: "SEND_APP_HEARTBEAT", ackTimeoutMilliseconds: patience };
    postMessage(sign, location.origin);
    // The connections that the browser keeps for later may be dead too; each is given up when it has been tried.
    if (await answers(1000) === 0) for (let n = 0; n < 5; n += 1) answers(1000);
  }

  function lookAround() {
    if (document.visibilityState === "hidden") return;
    const paused = Date.now() - awake > PAUSE;
    awake = Date.now();
    const waited = unheard && awake - unheard;
    if (waited > 3000 && connected()) say(WAITING);
    if (paused) askForLife(2500);
    else if (waited > 6000 && awake - asked > 6000) askForLife(5000);
  }

  function heard() {
    unheard = 0;
    if (connection.firstChild?.textContent === WAITING) say("");
  }

  if (connection) {
    window.WebSocket = class extends WebSocket {
      constructor(...given) {
        super(...given);
        this.addEventListener("message", heard);
      }

      send(data) {
        if (data.byteLength > SIGN) unheard ||= Date.now();
        super.send(data);
      }
    };
    setInterval(lookAround, TICK);
    document.addEventListener("visibilitychange", lookAround);
    addEventListener("online", () => askForLife(2500));
    let state;
    new MutationObserver(() => {
      const now = app()?.dataset.testConnectionState;
      if (now === state) return;
      const stillLost = state && state !== "CONNECTED" && now !== "CONNECTED" && now !== "DISCONNECTED_FOREVER";
      state = now;
      if (!stillLost) connectionChanged();  // between two attempts nothing has changed for the visitor
    }).observe(document.getElementById("root"), {
      subtree: true, childList: true, attributeFilter: ["data-test-connection-state"],
    });
    connectionChanged();
    returnToPlace();
  }
})();
