"""/del, /indlejr and /billede as a browser, another site or a messenger asks for them."""

import io
import re
from html import unescape
from urllib.parse import quote

import pytest
import zxingcpp
from PIL import Image

from dashboard import read, releases, share
from dashboard.export import drawing
from dashboard.paths import ASSETS
from dashboard.preview import DEFAULT
from dashboard.sitemap import PAGES
from tests.running import Server
from tests.screens import Document

FRAGMENT = {"X-Indblik": "fragment"}


def _links(html: str) -> list[str]:
    found = re.findall(r'<input id="del-link-\w+" type="text" readonly value="([^"]*)"', html)
    return [unescape(value) for value in found]


def test_sharing_is_a_page_of_its_own(server: Server) -> None:
    answer = server.get("/del?til=" + quote("/fleksjob", safe=""))
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "<h1>Del</h1>" in answer.text
    assert 'aria-label="Hovedmenu"' in answer.text
    short = releases.short(read.current().id)
    assert _links(answer.text) == [f"{server.url}/fleksjob?d={short}", f"{server.url}/fleksjob"]


def test_the_dialog_gets_only_its_content(server: Server) -> None:
    answer = server.get("/del?til=/fleksjob&figur=timer", FRAGMENT)
    assert "<html" not in answer.text
    document = Document.of(answer.text)
    assert not document.faults
    assert [link.rpartition("#")[2] for link in _links(answer.text)] == ["timer", "timer"]
    ids = [e.attributes["id"] for e in document.elements if "id" in e.attributes]
    assert len(set(ids)) == len(ids)
    named = {e.attributes["for"] for e in document.named("label") if "for" in e.attributes}
    assert named == set(ids), "every field has a label"


def test_every_choice_is_in_the_link(server: Server) -> None:
    to = quote("/udforsk?i=ledighedsydelse&nej=1", safe="")
    newest = _links(server.get(f"/del?til={to}", FRAGMENT).text)[1]
    for part in ("i=ledighedsydelse", "o=", "fra=", "til=", "vis="):
        assert part in newest
    assert "nej" not in newest


def test_without_an_address_it_is_the_page_the_visitor_came_from(server: Server) -> None:
    answer = server.get("/del?figur=timer", {**FRAGMENT, "Referer": f"{server.url}/fleksjob"})
    assert _links(answer.text)[1] == f"{server.url}/fleksjob#timer"
    other = server.get("/del", {**FRAGMENT, "Referer": "https://evil.example/fleksjob"})
    assert _links(other.text)[1] == f"{server.url}/"


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/nej", '/"><script>', "x"]
)
def test_what_is_no_page_is_not_shared(server: Server, to: str) -> None:
    answer = server.get("/del?til=" + quote(to, safe=""))
    assert answer.status == 404
    assert "evil" not in answer.text
    assert "<script>" not in answer.text


def test_nothing_of_the_address_becomes_markup(server: Server) -> None:
    to = quote('/udforsk?i="><img src=x>&o=<b>', safe="")
    text = server.get(f"/del?til={to}&figur=" + quote('"><img src=y>', safe="")).text
    assert "<img" not in text
    assert "<b>" not in text.replace("<b>Præcis disse tal</b>", "").replace(
        "<b>Følg nyeste</b>", ""
    )


@pytest.mark.parametrize("form", ["fast", "nyeste"])
def test_the_qr_code_to_download_holds_the_link(server: Server, form: str) -> None:
    page = server.get("/del?til=/fleksjob&figur=timer", FRAGMENT).text
    files = [
        unescape(h)
        for h in re.findall(r'<a href="(/del/qr\.svg[^"]*)" download="[^"]+\.svg">', page)
    ]
    file = next(f for f in files if f.endswith(f"form={form}"))
    answer = server.get(file)
    assert answer.headers["content-type"] == "image/svg+xml"
    picture = Image.open(io.BytesIO(drawing.raster(answer.text))).convert("L")
    assert zxingcpp.read_barcodes(picture)[0].text == _links(page)[form == "nyeste"]


# --- embedded figures ----------------------------------------------------------------------------------


def test_a_figure_can_stand_on_another_site(server: Server) -> None:
    answer = server.get("/indlejr/fleksjob/timer")
    assert answer.status == 200
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'none'" in policy
    assert "x-frame-options" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    html = answer.text
    assert "<script" not in html
    assert "<nav" not in html
    assert 'lang="da"' in html
    assert share.plain(read.current(), "fund-timer") in unescape(html)
    assert "var(--fleksjob)" in html, "colours follow light and dark"
    assert 'href="/fleksjob#timer" target="_blank" rel="noopener"' in html
    assert "Kilde: " in html


def test_a_pinned_figure_stays_pinned(server: Server) -> None:
    short = releases.short(read.current().id)
    assert (
        f'href="/fleksjob?d={short}#timer"' in server.get(f"/indlejr/fleksjob/timer?d={short}").text
    )


def test_ids_of_the_two_drawings_do_not_meet(server: Server) -> None:
    html = server.get("/indlejr/udforsk/udforsk").text
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(set(ids)) == len(ids)
    for used in re.findall(r"url\(#([^)]+)\)", html):
        assert used in ids


@pytest.mark.parametrize(
    "path", ["/indlejr/fleksjob/nej", "/indlejr/nej/timer", "/indlejr/fleksjob/" + quote("<b>")]
)
def test_what_is_no_figure_is_not_found(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status == 404
    assert "Figuren findes ikke" in answer.text


def test_no_other_page_can_be_framed(server: Server) -> None:
    for path in ("/", "/fleksjob", "/del", "/indlejr", "/billede/fleksjob.png"):
        headers = server.get(path).headers
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "SAMEORIGIN"


# --- link previews ----------------------------------------------------------------------------------------


def _meta(html: str) -> dict[str, str]:
    found = re.findall(
        r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)">', html
    )
    return {name: unescape(value) for name, value in found}


def test_a_link_shows_the_views_own_title_finding_and_picture(server: Server) -> None:
    page = next(page for page in PAGES if page.path == "udforsk")
    view = share.view(page, {"i": ["ledighedsydelse"]})
    found = _meta(server.get("/udforsk?i=ledighedsydelse&fbclid=x").text)
    assert found["og:title"].startswith(view.title)
    assert found["og:description"] == view.finding
    assert found["twitter:card"] == "summary_large_image"
    assert found["og:image:alt"]
    image = found["og:image"].removeprefix(server.url)
    assert "i=ledighedsydelse" in image
    answer = server.get(image)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert Image.open(io.BytesIO(answer.body)).size == (1200, 630)


@pytest.mark.parametrize("path", ["/billede/nej.png", "/billede/fleksjob", "/billede/fleksjob.svg"])
def test_a_picture_of_no_page_is_not_found(server: Server, path: str) -> None:
    assert server.get(path).status == 404


def test_a_strange_query_gets_a_picture_all_the_same(server: Server) -> None:
    answer = server.get("/billede/udforsk.png?i=%00&o=%FF&fra=9999&d=nej&" + "x=1&" * 300)
    assert answer.status == 200
    assert Image.open(io.BytesIO(answer.body)).size == (1200, 630)


def test_the_default_picture_is_not_larger_than_messengers_take() -> None:
    assert (ASSETS / DEFAULT).stat().st_size < 300_000
