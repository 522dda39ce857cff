// The page's first content is in the HTML and readable at once. When the live page is whole, it takes that
// place: same scroll position, same focus, no jump. Without a connection the first content simply stays.
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

  /** Whether the script has run to its end, its parts are loaded and its charts in sight are drawn. */
  function whole() {
    const main = live();
    if (app()?.dataset.testScriptState !== "notRunning" || !main?.querySelector("h1")) return false;
    if (!main.querySelector("footer.bund") || main.querySelector('[data-testid="stSkeleton"]')) return false;
    since ||= performance.now();
    if (performance.now() - since > LATEST) return true;
    return [...main.querySelectorAll(".graf")].every((place) => place.firstElementChild || !place.clientWidth);
  }

  /** The same link or button in the live page as the one that has focus in the first content. */
  function counterpart(element) {
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
  const observer = new MutationObserver(look);
  observer.observe(root, { subtree: true, childList: true, attributeFilter: ["data-test-script-state", "data-vist"] });
  const timer = setInterval(look, 500);

  // A place named after «#» can be shown at once.
  const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (place && first.contains(place)) place.scrollIntoView({ behavior: "instant" });
})();
