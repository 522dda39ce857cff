"""Browsers in front of several replicas: when one dies or all are replaced, the same view comes back by itself."""

import http.client
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from deploy.cluster import COOKIE, Cluster
from tests.browser.conftest import settled
from tests.clusters import REPLICAS, needs_programs, running_cluster

pytestmark = [pytest.mark.faults, needs_programs]
SHEET = "k=fleksjob_niveau~fleksjob_timer"
VIEW = "/udforsk?i=nettoledige-kontanthjaelp&o=101.000&vis=indeks"
BACK_SECONDS = 5.0

_SHOWN = """() => [location.pathname + location.search,
  document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState,
  document.querySelector("[data-testid=stApp]")?.dataset.testScriptState,
  document.querySelector("[data-testid=stMain]")?.innerText]"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with running_cluster(tmp_path_factory.mktemp("klynge")) as started:
        yield started


@pytest.fixture
def visit(browser: Browser, cluster: Cluster) -> Iterator[Callable[[str, int], Page]]:
    """Opens an address on the replica one names."""
    contexts = []

    def go(path: str, replica: int) -> Page:
        contexts.append(context := browser.new_context(locale="da-DK"))
        name, _, value = cluster.cookie(replica).partition("=")
        context.add_cookies([{"name": name, "value": value, "url": cluster.url}])
        page = context.new_page()
        page.goto(cluster.url + path)
        return page

    yield go
    for context in contexts:
        context.close()


def _replica(page: Page, cluster: Cluster) -> int:
    """The replica that the proxy last sent a browser to."""
    kept = next(one for one in page.context.cookies() if one.get("name") == COOKIE)
    names = [cluster.cookie(number) for number in range(REPLICAS)]
    return names.index(f"{COOKIE}={kept.get('value')}")


def _view(page: Page) -> tuple[str, str, str]:
    """Address, connection and text; the text only when the page's script has run to its end."""
    address, connection, script, text = page.evaluate(_SHOWN)
    done = connection == "CONNECTED" and script == "notRunning"
    return address, connection, re.sub(r"\s+", " ", text) if done else ""


def _until(page: Page, true: Callable[[], object], seconds: float, what: str) -> float:
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < seconds, f"not within {seconds} s: {what}"
        page.wait_for_timeout(50)
    return time.monotonic() - begun


def _post(cluster: Cluster, path: str, body: object, replica: int) -> dict[str, str]:
    origin = f"localhost:{cluster.port}"
    headers = {"Host": origin, "Origin": f"http://{origin}", "Cookie": cluster.cookie(replica)}
    with closing(http.client.HTTPConnection("127.0.0.1", cluster.port, timeout=30)) as connection:
        connection.request("POST", path, json.dumps(body), headers)
        answer = connection.getresponse()
        assert answer.status in (200, 201)
        return json.loads(answer.read())


def test_when_a_replica_dies_the_same_view_is_on_another_within_seconds(
    cluster: Cluster, visit: Callable[[str, int], Page]
) -> None:
    started = _post(cluster, "/fremlaeg/session", {"forespoergsel": SHEET, "nr": 1}, 1)
    page = visit(VIEW, 0)
    settled(page)
    phone = visit(f"/foelg/{started['id']}", 0)
    expect(phone.locator("#tilstand")).to_have_text("Du følger med.")
    before = _view(page)
    assert before[0].startswith(VIEW.partition("?")[0])
    assert _replica(page, cluster) == _replica(phone, cluster) == 0

    frames: list[float] = []
    page.on(
        "websocket", lambda ws: ws.on("framereceived", lambda _: frames.append(time.monotonic()))
    )
    cluster.replicas[0].kill()
    took = _until(
        page,
        lambda: _replica(page, cluster) != 0 and _view(page) == before,
        BACK_SECONDS,
        f"the view {before[0]} on another replica",
    )
    print(f"the view was back on another replica after {took:.1f} s")
    # The other replica knows nothing of the page. It has drawn it all again, and the next choice counts.
    _until(
        page,
        lambda: frames and time.monotonic() - frames[-1] > 0.5,
        15,
        "a run on the other replica",
    )
    assert _view(page) == before
    page.get_by_test_id("stButtonGroup").get_by_text("Antal", exact=True).first.click()
    expect(page).not_to_have_url(re.compile("vis=indeks"))
    settled(page)
    _post(
        cluster,
        f"/fremlaeg/session/{started['id']}",
        {"hemmelighed": started["hemmelighed"], "nr": 2},
        1,
    )
    expect(phone.locator("#foelger")).to_have_attribute("data-nr", "2", timeout=5000)
    cluster.start(0)


def test_a_rolling_update_loses_no_view(
    cluster: Cluster, visit: Callable[[str, int], Page]
) -> None:
    if not cluster.replicas[0].running:
        cluster.start(0)
    cluster.wait(0)
    addresses = [VIEW, "/kilder", "/udforsk?vis=indeks"]
    pages = [visit(addresses[number], number) for number in range(REPLICAS)]
    for page in pages:
        settled(page)
    before = [_view(page) for page in pages]
    old = [replica.process.pid for replica in cluster.replicas]

    rolling = threading.Thread(target=cluster.roll)
    rolling.start()
    apart = 0.0
    while rolling.is_alive():
        for page in pages:
            address, connection, _ = _view(page)
            assert address in addresses or address in {view[0] for view in before}
            expect(page.locator("main h1, [data-testid=stMain] h1").first).to_be_visible()
            apart += 0 if connection == "CONNECTED" else 0.3
        pages[0].wait_for_timeout(300)
    rolling.join()
    assert not set(old) & {replica.process.pid for replica in cluster.replicas}
    for page, view in zip(pages, before, strict=True):
        _until(page, lambda page=page, view=view: _view(page) == view, BACK_SECONDS, view[0])
    print(f"pages were without connection for about {apart / len(pages):.1f} s each")
