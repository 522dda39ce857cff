"""Files for the browser: compressed, kept for a year, never a path of the machine."""

import gzip
import re

import brotli
import pytest

from dashboard.server import assets
from tests.running import Server

OWN = ["indblik.css", "indblik.js", "favicon.svg", "fonts/ibm-plex-sans-latin-400-normal.woff2"]


def _scripts(server: Server) -> list[str]:
    return re.findall(r'(?:src|href)="(/static/[^"]+)"', server.get("/fleksjob").text)


def test_everything_a_page_names_is_there(server: Server) -> None:
    html = server.get("/fleksjob").text
    named = set(re.findall(r'(?:src|href)="(/(?:static|aktiver)/[^"]+)"', html))
    assert len(named) > 20
    for path in named:
        answer = server.get(path, {"Accept-Encoding": "br"})
        assert answer.status == 200, path
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable", path


def test_streamlits_scripts_are_sent_compressed(server: Server) -> None:
    largest = max(_scripts(server), key=lambda path: len(server.get(path).body))
    plain = server.get(largest)
    small = server.get(largest, {"Accept-Encoding": "gzip, deflate, br, zstd"})
    older = server.get(largest, {"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "br"
    assert older.headers["content-encoding"] == "gzip"
    assert brotli.decompress(small.body) == gzip.decompress(older.body) == plain.body
    assert len(small.body) < len(plain.body) / 3
    assert small.headers["vary"] == "Accept-Encoding"
    assert small.headers["content-type"] == "text/javascript; charset=utf-8"


def test_a_first_visit_is_light(server: Server) -> None:
    total = sum(
        len(server.get(path, {"Accept-Encoding": "br"}).body) for path in set(_scripts(server))
    )
    assert total < 1_000_000


@pytest.mark.parametrize("name", OWN)
def test_our_own_files_change_address_with_their_content(server: Server, name: str) -> None:
    url = assets.asset_url(name)
    assert re.fullmatch(r"/aktiver/[\w-]+\.[0-9a-f]{8}\.\w+", url)
    assert server.get(url).body == assets.content(name)


def test_another_versions_address_gets_ours_but_is_not_kept(server: Server) -> None:
    answer = server.get("/aktiver/indblik.00000000.css")
    assert answer.body == assets.content("indblik.css")
    assert answer.headers["cache-control"] == "no-store"


def test_the_style_sheets_fonts_exist(server: Server) -> None:
    fonts = re.findall(r"url\(([^)]+\.woff2)\)", server.get(assets.asset_url("indblik.css")).text)
    assert len(fonts) == 3
    for font in fonts:
        answer = server.get(font)
        assert answer.body[:4] == b"wOF2"
        assert answer.headers["content-type"] == "font/woff2"


def test_what_the_browser_has_is_not_sent_again(server: Server) -> None:
    for path in (_scripts(server)[0], assets.asset_url("indblik.js")):
        first = server.get(path, {"Accept-Encoding": "br"})
        tag = first.headers["etag"]
        assert server.get(path, {"Accept-Encoding": "br", "If-None-Match": tag}).status == 304
        assert (
            server.get(path, {"Accept-Encoding": "br", "If-None-Match": f'"x", W/{tag}'}).status
            == 304
        )
        assert server.get(path, {"Accept-Encoding": "gzip", "If-None-Match": tag}).status == 200
        head = server.get(path, {"Accept-Encoding": "br"}, method="HEAD")
        assert (head.status, head.body) == (200, b"")
        assert head.headers["content-length"] == str(len(first.body))


@pytest.mark.parametrize(
    "path",
    [
        "/static/", "/static/index.html", "/static/js/", "/static/js/findes-ikke.js", "/static/../index.html",
        "/static/%2e%2e/index.html", "/static/..%2f..%2f..%2fconfig.py", "/static/js/..%2f..%2findex.html",
        "/static//etc/passwd",
        "/static/js/%00", "/aktiver/", "/aktiver/indblik.css", "/aktiver/../server/assets.py",
        "/aktiver/..%2f..%2fapp.py",
        "/aktiver/fonts/ibm-plex-sans-latin-400-normal.woff2", "/aktiver/LICENSE-IBM-Plex-Sans.12345678.txt",
        "/aktiver/indblik.a.b.css", "/aktiver/.12345678.", "/aktiver/%2fetc%2fpasswd.12345678.css",
    ],
)  # fmt: skip
def test_nothing_else_is_served(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status == 404
    assert answer.headers["cache-control"] == "no-store"


def test_the_licences_lie_with_the_fonts() -> None:
    for name in ("LICENSE-IBM-Plex-Sans.txt", "LICENSE-Source-Serif-4.txt"):
        assert "SIL Open Font License, Version 1.1" in (assets.FOLDER / "fonts" / name).read_text(
            "utf-8"
        )
