"""The picture of a link preview, and the studio that makes such pictures one at a time."""

import struct
import threading
import time
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import preview, share, theme
from dashboard.paths import ASSETS
from dashboard.server import preview as served
from dashboard.server.drawing import Busy, Studio
from dashboard.sitemap import PAGES, Page

SIGNATURE = b"\x89PNG\r\n\x1a\n"
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "forside")


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    assert png.startswith(SIGNATURE)
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@every_page
def test_every_page_has_a_card_with_its_title_and_finding(page: Page) -> None:
    view = share.view(page, {})
    svg = preview.card(view)
    root = ElementTree.fromstring(svg)
    said = " ".join(
        "".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")
    )
    said = " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())
    assert "Indblik" in said
    assert "Københavns Kommune" not in said.split("Kilde")[0], (
        "Indblik does not speak for the municipality"
    )
    assert page.title in said
    assert "var(" not in theme.literal(svg)
    found = view.pictures()
    first = share.plain(view.release, found[0].finding if found else view.headline)
    assert first.split()[0] in said


def test_a_card_becomes_a_picture_of_the_agreed_size() -> None:
    for slug in ("kort-fortalt", "fleksjob"):
        page = share.by_slug(slug)
        assert page
        png = preview.png(share.view(page, {}))
        assert size(png) == (preview.WIDTH, preview.HEIGHT)
        assert len(png) < 300_000


def test_the_default_picture_is_there() -> None:
    assert size((ASSETS / preview.DEFAULT).read_bytes()) == (preview.WIDTH, preview.HEIGHT)


@given(st.text(min_size=1, max_size=400), st.integers(200, 1000))
def test_text_is_wrapped_without_losing_a_word(text: str, width: int) -> None:
    lines = preview.wrapped(text, 40, width)
    together = " ".join(lines).replace("\N{NO-BREAK SPACE}", " ")
    assert together == text.replace("\N{NO-BREAK SPACE}", " ")


@given(st.text(max_size=2000))
def test_text_of_any_length_fits(text: str) -> None:
    chosen, lines = preview.fitted(text, 452, 400, (46, 36, 28))
    assert len(lines) * chosen * 1.22 <= 400 + chosen


def test_a_quarter_stays_on_one_line() -> None:
    lines = preview.wrapped("København lå i 4. kv. 2022 på 32 pct. af niveauet", 46, 300)
    joined = "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")
    assert "4. kv. 2022" in joined
    assert "32 pct." in joined


def test_a_picture_is_made_once() -> None:
    studio, made = Studio(), []

    def make() -> bytes:
        made.append(1)
        return b"x"

    assert [studio.get("a", make) for _ in range(5)] == [b"x"] * 5
    assert made == [1]


def test_only_so_many_are_made_a_minute() -> None:
    studio = Studio(per_minute=3)
    for number in range(3):
        studio.get(number, lambda: b"x")
    with pytest.raises(Busy):
        studio.get(3, lambda: b"x")
    assert studio.get(0, lambda: b"other") == b"x", "what is kept is still there"


def test_the_oldest_go_when_there_is_no_more_room() -> None:
    studio = Studio(bytes_kept=30)
    for number in range(4):
        studio.get(number, lambda: b"0123456789")
    assert studio.get(1, lambda: b"new") == b"0123456789"
    assert studio.get(0, lambda: b"new") == b"new"


def test_a_drawing_that_fails_is_not_kept_and_does_not_block() -> None:
    studio = Studio()

    def fail() -> bytes:
        raise ValueError("nej")

    with pytest.raises(ValueError, match="nej"):
        studio.get("a", fail)
    assert studio.get("a", lambda: b"x") == b"x"


def test_nobody_waits_long_for_another_drawing() -> None:
    studio = Studio(patience=0.05)
    begun, go = threading.Event(), threading.Event()

    def slow() -> bytes:
        begun.set()
        go.wait(10)
        return b"slow"

    worker = threading.Thread(target=studio.get, args=("slow", slow))
    worker.start()
    begun.wait(10)
    with pytest.raises(Busy):
        studio.get("quick", lambda: b"x")
    go.set()
    worker.join()
    assert studio.get("slow", lambda: b"other") == b"slow"


def test_when_drawing_fails_the_default_picture_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_view: share.View) -> bytes:
        raise RuntimeError("tegneren er væk")

    monkeypatch.setattr(served.preview, "png", fail)
    monkeypatch.setattr(served, "studio", Studio())
    answer = served.respond("unge.png", "")
    assert answer.status == 200
    assert answer.cache_control == "no-store"
    assert answer.body == (ASSETS / preview.DEFAULT).read_bytes()


def test_when_a_view_fails_the_page_has_its_own_title(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("nej")

    monkeypatch.setattr(served.share, "view", fail)
    served._meta.cache_clear()
    meta = served.meta(PAGES[2], "", "https://h.dk")
    served._meta.cache_clear()
    assert PAGES[2].title in meta.title
    assert meta.description == PAGES[2].description
    assert meta.image == ""


@every_page
def test_the_head_of_a_page_is_ready_at_once(page: Page) -> None:
    served.meta(page, "", "https://h.dk")
    before = time.perf_counter()
    for _ in range(10):
        served.meta(page, "", "https://h.dk")
    assert (time.perf_counter() - before) / 10 < 0.005


def test_unknown_parameters_do_not_reach_the_preview() -> None:
    page = share.by_slug("udforsk")
    assert page
    clean = served.meta(page, "i=ledighedsydelse", "https://h.dk")
    assert (
        served.meta(page, "i=ledighedsydelse&utm_source=x&nej=%3Cscript%3E", "https://h.dk")
        == clean
    )
    assert "i=ledighedsydelse" in clean.url
    assert "i=ledighedsydelse" in clean.image
