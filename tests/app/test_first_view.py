"""The page before any script has run: the same words, numbers and charts as the live page, and nothing to run."""

import re
from html import unescape

import pytest

from dashboard import shell
from dashboard.first_view import first_view
from dashboard.rehearsal import Node, Unfinished, rehearse
from dashboard.server import documents, drawing, graphs
from dashboard.server.documents import Asked
from dashboard.sitemap import PAGES, Page, by_path
from tests.running import Server
from tests.screens import run

_AROUND = {shell.footer()}
"""What the shell adds, which a run of the page alone does not have."""
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "forside")


def _page(path: str) -> Page:
    found = by_path(path)
    assert found is not None
    return found


def _bodies(node: Node) -> list[str]:
    own = (
        [node.element.html.body]
        if node.element is not None and node.element.WhichOneof("type") == "html"
        else []
    )
    return own + [body for child in node.children() for body in _bodies(child)]


@every_page
def test_a_rehearsed_page_sends_what_a_session_gets(page: Page) -> None:
    session = [element.proto.body for element in run(page).app.get("html")]
    assert [body for body in _bodies(rehearse(page, "")) if body not in _AROUND] == session


@every_page
def test_every_page_is_readable_in_the_first_html(server: Server, page: Page) -> None:
    text = server.get(f"/{page.path}").text
    content = text[text.index('id="foerst"') : text.index('id="root"')]
    assert content.count("<h1") == 1
    places = re.findall(r'<div class="graf"', content)
    assert len(re.findall(r'<svg[^>]*class="marks"', content)) == len(places)
    assert "<script" not in content
    assert "footer" in content


def test_a_view_of_a_link_is_in_the_first_html(server: Server) -> None:
    text = server.get("/udforsk?vis=antal&o=101").text
    assert "<span class=valgt>Antal</span>" in text
    assert "<span class=valgt>København</span>" in text
    assert "valgt>Odense<" not in text
    assert 'href="/udforsk?o=101.461&amp;vis=antal">Odense</a>' in text
    svg = text[text.index('<svg aria-hidden="true"') : text.index("</svg>")]
    assert "Odense" not in svg


HOSTILE = (
    "vis=%3Cscript%3Ealert(1)%3C/script%3E",
    "o=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
    "i=%3Cstyle%3E*%7Bdisplay:none%7D%3C/style%3E",
)


@pytest.mark.parametrize("query", HOSTILE)
def test_nothing_of_an_address_is_markup(server: Server, query: str) -> None:
    text = server.get(f"/udforsk?{query}").text
    content = text[text.index('id="foerst"') : text.index('id="root"')]
    for sign in ("<script", "<img", "<style", "onerror="):
        assert sign not in re.sub(r"&lt;.*?&gt;", "", content)
    assert "Noget i linket kunne ikke bruges." in unescape(content)


def test_a_phone_gets_charts_for_a_phone(server: Server) -> None:
    phone = server.get(
        "/fleksjob", {"User-Agent": "Mozilla/5.0 (Linux; Android 16) Mobile Safari/537.36"}
    )
    desk = server.get("/fleksjob", {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)"})
    assert ' data-bredde="360"' in phone.text
    assert ' data-bredde="1120"' in desk.text
    assert "User-Agent" in phone.headers["vary"]
    hinted = server.get("/fleksjob", {"User-Agent": "X Mobile Mobi", "Sec-CH-UA-Mobile": "?0"})
    assert ' data-bredde="1120"' in hinted.text


def test_a_page_that_cannot_be_rehearsed_comes_without_content() -> None:
    def fails(*_: object) -> str:
        raise Unfinished("prøve")

    answer = documents.document(Asked(_page("fleksjob"), "", "", False, ""), fails)
    assert answer.status == 200
    assert b'id="foerst"' not in answer.body
    assert b'id="root"' in answer.body
    again = documents.document(Asked(_page("fleksjob"), "", "", False, ""), first_view)
    assert b'id="foerst"' in again.body, "a failure is not kept"


def test_who_has_had_enough_made_gets_the_page_without_content() -> None:
    """And the next visitor gets it whole."""

    def refuse() -> None:
        raise drawing.Busy

    asked = Asked(_page("unge"), "", "http://anden.example", False, "")
    empty = drawing.paying.set(refuse)
    try:
        answer = documents.document(asked, first_view)
    finally:
        drawing.paying.reset(empty)
    assert (answer.status, b'id="foerst"' in answer.body) == (200, False)
    assert b'id="foerst"' in documents.document(asked, first_view).body


def test_a_chart_that_cannot_be_drawn_leaves_its_words() -> None:
    html = first_view(_page("fleksjob"), "", lambda _: "", 1120)
    assert '<div class="graf" role="img" aria-label="' in html
    assert "<svg" not in html.split('class="graf"')[1].split("</div>")[0]


def test_the_chart_route(server: Server) -> None:
    pinned = re.search(r'data-graf="([^"]+)"', server.get("/fleksjob").text)
    assert pinned
    address = unescape(pinned[1])
    answer = server.get(address + "&b=361", {"Accept-Encoding": "br"})
    assert (answer.status, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert "immutable" in answer.headers["cache-control"]
    assert len(answer.body) < 8000
    assert 'width="360"' in server.get(address + "&b=361").text
    assert server.get("/graf/fleksjob/niveau").headers["cache-control"] == "no-cache"
    assert server.get("/graf/fleksjob/findes-ikke").status == 404
    assert server.get("/graf/findes-ikke/niveau").status == 404


@pytest.mark.parametrize(
    ("given", "width"),
    [("", 1280), ("358", 360), ("0", 280), ("99999", 1280), ("999999", 1280), ("-5", 1280), ("٣٦٠", 1280), ("1e3", 1280)],
)  # fmt: skip
def test_widths_are_few(given: str, width: int) -> None:
    assert graphs.nearest_width(given) == width
