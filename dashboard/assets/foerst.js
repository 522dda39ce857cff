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
  const fetched = new Map();  // address → promise of the first content's HTML
  let chosen = 0;             // which choice is being fetched; a later one calls it off
  let told = true;            // whether the live page's script has been asked for the view that is shown here
  let heard = true;           // … and has begun to run for it

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

  async function choose(link) {
    const address = link.getAttribute("href"), mine = ++chosen;
    // The same button may lead somewhere else in the new view: it is found again by its place.
    const at = [...first.querySelectorAll(".foerst-knapper > *")].indexOf(link);
    first.setAttribute("aria-busy", "true");
    let block;
    try {
      block = (await content(address)).cloneNode(true);
    } catch {
      if (mine === chosen && first.isConnected) location.assign(address);
      return;
    }
    if (mine !== chosen || !first.isConnected) return;
    first.removeAttribute("aria-busy");
    first.replaceChildren(block);
    history.replaceState(history.state, "", address);
    const again = first.querySelectorAll(".foerst-knapper > *")[at];
    if (again) {
      if (!again.matches("a")) again.tabIndex = -1;
      again.focus({ preventScroll: true });
    }
    told = !app();  // a live page that has not begun reads the address when it does
    since = 0;
    tell();
  }

  /** Have the live page's script run for the address that is shown here, once it can be asked. Whether it now was. */
  function tell() {
    if (told || app()?.dataset.testConnectionState !== "CONNECTED" || app().dataset.testScriptState !== "notRunning") return false;
    told = true;
    heard = false;
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    return true;
  }

  first.addEventListener("click", (event) => {
    const link = event.target.closest?.(BUTTON);
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    choose(link);
  });
  first.addEventListener("pointerover", (event) => {
    const link = event.target.closest?.(BUTTON);
    if (link) content(link.getAttribute("href")).catch(() => {});
  }, { passive: true });

  /** Whether the charts of the live page are those of the view that is shown here. */
  const sameView = (main) => [...first.querySelectorAll(".graf[data-graf]")].every((place) =>
    main.querySelector(`.graf[data-figur="${CSS.escape(place.dataset.figur)}"]`)?.dataset.graf === place.dataset.graf);

  /** Whether the script has run to its end, its parts are loaded and its charts in sight are drawn. */
  function whole() {
    const main = live();
    if (app()?.dataset.testScriptState !== "notRunning" || !main?.querySelector("h1")) return false;
    if (tell() || !heard || first.hasAttribute("aria-busy")) return false;
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

  const look = () => {
    if (app() && app().dataset.testScriptState !== "notRunning") heard = true;
    if (whole()) replace();
  };
  const observer = new MutationObserver(look);
  observer.observe(root, { subtree: true, childList: true, attributeFilter: ["data-test-script-state", "data-vist"] });
  const timer = setInterval(look, 500);
  performance.mark("svarer");  // from now on a choice is answered in place

  // A place named after «#» can be shown at once.
  const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (place && first.contains(place)) place.scrollIntoView({ behavior: "instant" });
})();
