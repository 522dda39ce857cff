"""Addresses, as a browser or a link preview asks for them: status, redirects, language, title."""

import json
import re
from html import unescape

import pytest

from dashboard import share
from dashboard.server.titles import FRONT, html_title
from dashboard.sitemap import PAGES, SERVED, Page
from tests.running import Server

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "forside")


@every_page
def test_a_page_is_danish_from_the_first_byte(server: Server, page: Page) -> None:
    answer = server.get(f"/{page.path}")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    html = answer.text
    assert '<html lang="da">' in html
    assert f"<title>{html_title(page)}</title>" in html
    assert f'<meta name="description" content="{page.description}">' in html
    assert 'id="stMain"' not in html
    assert "You need to enable JavaScript" not in html
    assert "service-desc" not in html
    assert "SourceSans" not in html


@every_page
def test_a_page_has_a_link_preview(server: Server, page: Page) -> None:
    html = server.get(f"/{page.path}", {"Host": "indblik.example.dk"}).text
    found = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', html))
    view = share.view(page, {})
    assert found["title"] == html_title(page) or found["title"].startswith(page.title)
    assert unescape(found["description"]) == view.finding
    assert found["locale"] == "da_DK"
    assert found["type"] == "website"
    assert unescape(found["url"]) == f"http://indblik.example.dk{view.address(pinned=False)}"


def test_titles_are_all_different() -> None:
    assert len({html_title(page) for page in PAGES}) == len(PAGES)
    assert html_title(PAGES[0]) == FRONT


def test_the_menu_marks_the_page_and_its_group(server: Server) -> None:
    html = server.get("/fleksjob").text
    assert re.findall(r'<a href="([^"]*)" aria-current="page">', html) == ["/fleksjob"]
    current = re.findall(r'menu-gruppe aktuel"><button [^>]*>(\w+)', html)
    assert current == ["Udvikling"]


def test_the_menu_holds_every_page_with_a_group(server: Server) -> None:
    menu = re.search(r'<nav class="menu".*?</nav>', server.get("/").text, re.DOTALL)
    assert menu
    links = set(re.findall(r'href="/([^"]*)"', menu[0]))
    assert links == {page.path for page in (*PAGES, *SERVED) if page.group != "Bund"}


def test_titles_for_the_browser_are_readable_json(server: Server) -> None:
    found = re.search(
        r'<script type="application/json" id="sider">(.*?)</script>', server.get("/").text
    )
    assert found
    assert json.loads(found[1])["/fleksjob"]["titel"] == "Fleksjob og ledighed · Indblik"


@pytest.mark.parametrize("host", ['"><script>', "evil.dk/x", "a b", "", "x" * 300, "[::1", "a@b"])
def test_a_strange_host_is_not_repeated(server: Server, host: str) -> None:
    answer = server.get("/", {"Host": host})
    assert answer.status in (200, 400)
    assert "og:url" not in answer.text
    assert host not in answer.headers.get("content-security-policy", "") or not host


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("/fleksjob/", "/fleksjob"),
        ("/Fleksjob", "/fleksjob"),
        ("/FLEKSJOB/?d=2026-11-23-00000000&i=a", "/fleksjob?d=2026-11-23-00000000&i=a"),
        ("//fleksjob", "/fleksjob"),
        ("/fleksjob//", "/fleksjob"),
        ("//", "/"),
        ("/?", None),
        ("/fleksjob%20", "/fleksjob"),
        ("/fleksjob).", "/fleksjob"),
        ("/scenarie?k=4.5", "/hvad-nu-hvis?k=4.5"),
        ("/overblik", "/"),
        ("/udforsk%3Fi%3Dfolketal%26o%3D101", "/udforsk?i=folketal&o=101"),
        ("/tal/folketal-101-2022k1.", "/tal/folketal-101-2022k1"),
    ],
)
def test_other_spellings_are_redirected_with_their_query(
    server: Server, asked: str, sent: str | None
) -> None:
    answer = server.get(asked)
    if sent is None:
        assert answer.status == 200
    else:
        assert (answer.status, answer.headers["location"]) == (308, sent)


@pytest.mark.parametrize(
    "path",
    [
        "/findes-ikke", "/fleksjo", "/fleksjob/mere", "/index.html", "/manifest.json", "/fleksjob.html", "/tal",
        "/healthzz",
        "/_stcore", "/_stcore/", "/_stcore/stream", "/_stcore/metrics", "/_stcore/script-health-check",
        "/_stcore/agent/openapi.json", "/_stcore/agent/interact", "/_stcore/agent/mcp", "/_stcore/upload_file/a/b",
        "/fleksjob/_stcore/health", "/auth/login", "/auth/logout", "/oauth2callback", "/app/static/x.html", "/static",
        "/aktiver",
        "/..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/%5c%5chost%5cx", "/%00", "//evil.example/", "/session.py",
        "/app.py",
        "/.streamlit/config.toml", "/data/CURRENT", "/%F0%9F%98%80",
    ],
)  # fmt: skip
def test_all_else_is_a_danish_404(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status == 404
    assert "Siden findes ikke" in answer.text
    assert '<html lang="da">' in answer.text
    assert "static/js" not in answer.text, "the 404 page needs no Streamlit"
    assert answer.headers["cache-control"] == "no-store"


def test_a_404_suggests_what_was_meant(server: Server) -> None:
    html = server.get("/flexjob").text
    meant = html[html.index("Mente du") : html.index("Alle sider")]
    assert 'href="/fleksjob"' in meant


def test_a_404_shows_the_address_as_text_only(server: Server) -> None:
    html = server.get("/%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    "path", ["/", "/fleksjob", "/findes-ikke", "/_stcore/agent/interact", "/aktiver/x.js"]
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent_to_a_page(server: Server, path: str, method: str) -> None:
    assert server.get(path, method=method).status == 405


@pytest.mark.parametrize("path", ["/_stcore/upload_file/abc/def"])
@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
def test_nothing_can_be_uploaded(server: Server, path: str, method: str) -> None:
    assert server.get(path, method=method).status == 405


@pytest.mark.parametrize("path", ["/", "/fleksjob", "/findes-ikke", "/robots.txt", "/healthz"])
def test_head_is_get_without_the_body(server: Server, path: str) -> None:
    full, head = server.get(path), server.get(path, method="HEAD")
    assert head.body == b""
    assert head.status == full.status
    assert head.headers["content-length"] == full.headers["content-length"]
    assert head.headers["content-type"] == full.headers["content-type"]


def test_small_files_of_the_root(server: Server) -> None:
    robots, icon = server.get("/robots.txt"), server.get("/favicon.ico")
    assert robots.text.startswith("User-agent: *")
    assert icon.status == 200
    assert icon.headers["content-type"] == "image/svg+xml"


def test_a_page_is_compressed_and_known_again(server: Server) -> None:
    first = server.get("/", {"Accept-Encoding": "br"})
    assert first.headers["content-encoding"] == "br"
    assert len(first.body) < 20_000
    assert len(first.body) < len(server.get("/").body) / 3
    again = server.get("/", {"Accept-Encoding": "br", "If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


def test_no_script_stands_in_the_page_itself(server: Server) -> None:
    for path in ("/", "/findes-ikke"):
        scripts = re.findall(
            r"<script(?![^>]*(?:src=|application/json))[^>]*>", server.get(path).text
        )
        assert scripts == []
        assert not re.search(r"\son\w+=", server.get(path).text)
