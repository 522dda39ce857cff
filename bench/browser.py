"""What a browser sees: time to the first painted chart, time from click to another chart, bytes."""

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, Page

# Every animation frame: is there a chart with marks, and what do they look like? Times in ms. A chart is live
# when a choice is answered with another chart: for our own pages from the mark «svarer» on (foerst.js; the bench
# makes a choice at that moment and waits for the answer). The page is whole when Streamlit's own has come.
_PROBE = """
window.__graf = {first: null, live: null, whole: null, hash: "", armed: null, changed: null, until: null, hover: false};
const look = () => {
  const seen = document.getElementById("foerst") ?? document;  // the live page behind it is not seen yet
  const marks = [...seen.querySelectorAll("svg.marks path, svg.marks .mark-text text")];
  const big = [...seen.querySelectorAll("svg.marks")].some(s => s.getBoundingClientRect().width > 200);
  const hash = marks.map(m => m.getAttribute("d") || m.textContent).join("|");
  const g = window.__graf;
  if (big && marks.length > 5) {
    if (g.first === null) g.first = performance.now();
    const waits = document.getElementById("foerst");
    if (g.live === null && (!waits || performance.getEntriesByName("svarer").length)) g.live = performance.now();
    if (g.whole === null && !waits) g.whole = performance.now();
    if (g.armed !== null && g.changed === null && !g.until && hash !== g.hash) g.changed = performance.now();
    if (g.armed === null) g.hash = hash;
  }
  if (g.until && g.armed && g.changed === null && document.querySelector(g.until)?.getClientRects().length) {
    g.changed = performance.now();
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
addEventListener("pointerdown", () => { const g = window.__graf; if (g.armed === 0) g.armed = performance.now(); }, true);
addEventListener("pointermove", () => {
  const g = window.__graf;
  if (g.hover && g.armed === 0) g.armed = performance.now();
}, true);
addEventListener("change", () => { const g = window.__graf; if (g.armed === 0) g.armed = performance.now(); }, true);
"""


_NOT_NEEDED = (
    # Pages of the browser's own that a new window loads behind the address bar: two fifths of the processor time.
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
    # What Playwright switches off; the last list given to Chromium is the only one that counts.
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter",
    "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
)  # fmt: skip
FLAGS = (
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-features=" + ",".join(_NOT_NEEDED),
)  # fmt: skip
"""How Chromium is started here and in the tests: as root, in a container, without a screen."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One cold load: ms to first content, first chart, live chart and whole page, bytes over the wire, ms per click.

    `early` is the ms from a choice made as soon as the chart was live to another chart, where one was made.
    """

    first_content: float
    first_chart: float
    live_chart: float
    whole_page: float
    wire_bytes: int
    early: float
    clicks: list[float]


def find_chromium() -> str:
    """Path of an installed Chromium, Chrome or Edge. Raises SystemExit if there is none."""
    names = (
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "microsoft-edge",
    )
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise SystemExit("Chromium findes ikke; kør make test først, eller sæt CHROMIUM")
    return found


def look(
    browser: Browser,
    address: str,
    click: Callable[[Page, int], None],
    *,
    clicks: int,
    slow: bool = False,
    pause: float = 0.15,
    early: Callable[[Page], None] | None = None,
) -> Seen:
    """A cold load of `address` in a fresh context, with a choice as soon as one is answered (`early`), then `clicks` clicks.

    `pause`: seconds that the visitor looks before each of them.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(_PROBE)
    cdp = context.new_cdp_session(page)
    received = _count_bytes(cdp)
    if slow:
        cdp.send("Network.emulateNetworkConditions",
                 {"offline": False, "latency": 50, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000})  # fmt: skip
    page.goto(address, wait_until="commit")
    _await(page, "window.__graf.live !== null", 60)
    answered = 0.0
    if early:
        page.evaluate("window.__graf.armed = 0")
        early(page)
        answered = _changed(page)
    _await(page, "window.__graf.whole !== null", 60)
    first, live, whole = page.evaluate(
        "[window.__graf.first, window.__graf.live, window.__graf.whole]"
    )
    painted = "performance.getEntriesByName('first-contentful-paint')"
    _await(page, f"{painted}.length > 0", 10)  # the browser tells of it a moment later
    content = page.evaluate(f"{painted}[0].startTime")
    page.wait_for_timeout(400)  # what is still on its way belongs to the first load
    bytes_first = received[0]
    times: list[float] = []
    for number in range(clicks):
        page.evaluate(
            "Object.assign(window.__graf, {armed: null, changed: null, until: null, hover: false})"
        )
        page.wait_for_timeout(1000 * pause)
        page.evaluate("window.__graf.armed = 0")
        click(page, number)
        times.append(_changed(page))
    context.close()
    return Seen(content, first, live, whole, bytes_first, answered, times)


def _changed(page: Page) -> float:
    """Ms from the input event to another chart. Raises TimeoutError."""
    _await(page, "window.__graf.changed !== null", 30)
    taken: float = page.evaluate("window.__graf.changed - window.__graf.armed")
    return taken


def _await(page: Page, condition: str, seconds: float) -> None:
    """Poll a condition from outside: inside the page, the content security policy forbids eval."""
    until = time.monotonic() + seconds
    while not page.evaluate(condition):
        if time.monotonic() > until:
            raise TimeoutError(f"{condition} efter {seconds} s på {page.url}")
        page.wait_for_timeout(20)


def _count_bytes(cdp: CDPSession) -> list[int]:
    total = [0]
    cdp.send("Network.enable")

    def finished(event: dict[str, float]) -> None:
        total[0] += int(event["encodedDataLength"])

    def frame(event: dict[str, dict[str, str]]) -> None:
        # binary frames arrive as base64
        total[0] += len(event["response"]["payloadData"]) * 3 // 4

    cdp.on("Network.loadingFinished", finished)
    cdp.on("Network.webSocketFrameReceived", frame)
    return total
