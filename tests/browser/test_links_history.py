"""Back, forward and reload in a real browser: through views of one page and across pages; and hostile links."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WAIT_MS, settled
from tests.browser.test_links_states import READ
from tests.running import Server

Visit = Callable[[Page, str], Page]
SHOWN = ("headings", "widgets", "charts", "search")


def complete(page: Page, seen: dict[str, Any]) -> bool:
    """Whether widgets and charts are there: they are fetched when first needed, and a page may stand still before."""
    own = urlsplit(page.url).path.strip("/") + "-"
    charts = page.locator(".graf").count()
    return len(seen["charts"]) == charts and all(
        v for k, v in seen["widgets"].items() if k.startswith(own)
    )


def view(page: Page) -> dict[str, Any]:
    """Headings, widgets, chart texts and query, when they have stood still for half a second."""
    settled(page)
    before: dict[str, Any] = {}
    for _ in range(WAIT_MS // 500):
        seen = page.evaluate(READ)
        now = {name: seen[name] for name in SHOWN}
        if now == before and complete(page, now):
            return now
        before = now
        page.wait_for_timeout(500)
    return before


def expect_view(page: Page, wanted: dict[str, Any]) -> None:
    """The page comes to show a view seen before."""
    settled(page)  # after a reload there is another document
    for _ in range(WAIT_MS // 500):
        seen = page.evaluate(READ)
        if {name: seen[name] for name in SHOWN} == wanted:
            return
        page.wait_for_timeout(500)
    assert {name: seen[name] for name in SHOWN} == wanted


def choose(page: Page, key: str, label: str) -> None:
    page.locator(f".st-key-{key}").get_by_text(label, exact=True).click()


def test_back_forward_and_reload_restore_each_view(page: Page, visit: Visit) -> None:
    visit(page, "/udforsk")
    first = view(page)
    choose(page, "udforsk-vis", "Antal")
    expect(page).to_have_url(re.compile("vis=antal"))
    second = view(page)
    choose(page, "udforsk-o", "Aarhus")
    expect(page).to_have_url(re.compile("o="))
    third = view(page)
    assert first["widgets"] != second["widgets"] != third["widgets"]
    page.locator(".bund").get_by_role("link", name="Om Indblik").click()
    expect(page.locator("h1")).to_have_text("Om Indblik")
    about = view(page)
    for wanted in (third, second, first):
        page.go_back()
        expect_view(page, wanted)
    page.go_forward()
    expect_view(page, second)
    page.reload()
    expect_view(page, second)
    page.go_forward()
    expect_view(page, third)
    page.go_forward()
    expect_view(page, about)
    page.go_back()
    expect_view(page, third)


def test_choosing_again_after_back_starts_a_new_way_forward(page: Page, visit: Visit) -> None:
    visit(page, "/beslutninger?status=delvist")
    start = view(page)
    choose(page, "beslutninger-status", "Leveret 2")
    expect(page).to_have_url(re.compile("status=leveret"))
    page.go_back()
    expect_view(page, start)
    page.locator(".st-key-beslutninger-status").get_by_role("radio").last.click()
    expect(page).to_have_url(re.compile("status=ikke-fundet"))
    page.go_back()
    expect_view(page, start)


def test_a_link_keeps_the_order_of_its_indicators(page: Page, visit: Visit) -> None:
    """The first indicator leads; looking at the table of a shared view must not turn it round."""
    visit(page, "/udforsk?i=personer-i-fleksjob.ledighedsydelse")
    seen = view(page)
    page.get_by_role("tab", name="Tabel").click()
    choose(page, "udforsk-vis", "Antal")
    page.wait_for_timeout(1000)
    settled(page)
    now = page.evaluate(READ)
    assert now["widgets"]["udforsk-i"] == seen["widgets"]["udforsk-i"]


PAYLOADS = [
    "![x](//evil.example/p.png)",
    "[Log ind](https://evil.example)",
    "<img src=//evil.example/x onerror=alert(1)>",
    "<style>*{display:none}</style>",
    "<form action=//evil.example>",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "$\\rule{9999em}{9999em}$",
    ":red[rød]",
    "<script>alert(1)</script>",
]


LEADS_TO = """() => [...document.querySelectorAll('[href], [src], [action]')]
  .map((e) => new URL(e.href?.baseVal ?? e.href ?? e.src ?? e.action, location).host)
  .filter((host) => host.includes('evil'))"""


@pytest.mark.parametrize("path", ["/udforsk", "/kilder", "/hvad-nu-hvis", "/om"])
def test_payloads_are_text_in_a_notice(path: str, page: Page, visit: Visit) -> None:
    """Also nothing is asked of other servers and nothing is in the console: see the fixtures."""
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    keys = [
        "i",
        "emne",
        "k",
        "vis",
        "o",
        "fra",
        "embed_options",
        "__proto__",
        "constructor",
        "udforsk.i",
    ]
    query = "&".join(f"{key}={quote(value)}" for key, value in zip(keys, PAYLOADS, strict=True))
    visit(page, f"{path}?{query}&d=../../etc&" + "&".join(quote(one) for one in PAYLOADS))
    notices = page.locator(".besked", has_text="Noget i linket kunne ikke bruges")
    expect(notices.first).to_be_visible()
    assert "findes ikke" in notices.first.inner_text()
    assert notices.locator("img, style, form, svg, script, a").count() == 0
    assert page.evaluate(LEADS_TO) == []
    assert not dialogs


@pytest.mark.parametrize(
    "query",
    [
        "embed=true&embed_options=disable_scrolling&embed_options=dark_theme",
        "i=" + "x" * 7000,
        "i=" + "x" * 64_000,
        "&".join(f"p{n}=1" for n in range(2000)),
        "&".join(["o=101"] * 500),
    ],
    ids=["embed", "7 kB", "64 kB", "2000 parameters", "500 times"],
)
def test_large_and_odd_addresses_open_the_page(query: str, page: Page, visit: Visit) -> None:
    visit(page, f"/udforsk?{query}")
    expect(page.locator("h1")).to_have_text("Udforsk")
    expect(page.locator(".graf svg.marks")).to_have_count(1)
    if not query.startswith("embed"):
        expect(page.locator(".besked").first).to_be_visible()
        return
    assert page.url == page.url.partition("?")[0]
    expect(page.get_by_test_id("stMain")).to_have_css("overflow-y", "auto")
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", "light")


def test_a_damaged_link_opens_whole_and_says_nothing(server: Server, page: Page) -> None:
    page.goto(server.url + "/udforsk?i%3Dfolketal%26amp%3Bo%3D101%26amp%3Bvis%3Dantal).")
    settled(page)
    assert page.url == server.url + "/udforsk?i=folketal&o=101&vis=antal"
    expect(page.locator(".besked", has_text="linket")).to_have_count(0)
