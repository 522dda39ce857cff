"""What is one click away, and what is drawn of it while nobody waits."""

import threading
from urllib.parse import urlencode

import pytest

from dashboard import one_click, read, share
from dashboard.server import graphs
from dashboard.server.neighbours import Drawing, Neighbours
from dashboard.sitemap import PAGES, by_path

CHARTS = [page for page in PAGES if page.path in ("udforsk", "hvad-nu-hvis")]


@pytest.mark.parametrize("page", CHARTS, ids=lambda page: page.path)
def test_what_is_one_click_away_is_another_view_that_an_address_can_hold(page: share.Page) -> None:
    here = share.view(page, {})
    away = one_click.away(here.values, here.choices)
    assert len(away) >= 3
    for key, words in away.items():
        for word, value in words.items():
            then = one_click.after({}, key, value)
            there = share.view(page, {name: [one] for name, one in then.items()})
            assert there.values[key] != here.values[key], (key, word)
            assert {k: v for k, v in there.values.items() if k != key} == {
                k: v for k, v in here.values.items() if k != key
            }


def test_the_way_back_to_a_default_leaves_the_key_out() -> None:
    page = by_path("/udforsk")
    assert page is not None
    there = share.view(page, {"vis": ["antal"]})
    assert one_click.away(there.values, there.choices)["vis"]["Indeks"] == ""
    assert one_click.after({"vis": "antal", "o": "101"}, "vis", "") == {"o": "101"}


def _collected(neighbours: Neighbours) -> list[Drawing]:
    return list(neighbours.pending())


def test_charts_are_told_in_the_widths_that_are_seen_the_three_latest() -> None:
    neighbours = Neighbours(lambda _drawing: None)
    neighbours.shown("udforsk", {"o": ["101"]})
    assert _collected(neighbours) == []
    for width in (360, 640, 1120, 800):
        neighbours.asked("udforsk", "udforsk", width)
    neighbours.shown("udforsk", {"o": ["101"], "vis": ["antal"]})
    told = _collected(neighbours)
    assert {width for *_, width in told} == {640, 1120, 800}
    assert {params["vis"][0] for *_, params, _ in told if "vis" in params} == {"antal", "pr10000"}
    assert all(params["o"] for *_, params, _ in told)
    assert _collected(neighbours) == [], "once"


def test_a_chart_drawn_ahead_is_there_when_it_is_asked_for() -> None:
    neighbours = Neighbours(lambda drawing: graphs.draw_ahead(*drawing))
    neighbours.asked("udforsk", "udforsk", 520)
    neighbours.shown("udforsk", {"o": ["101.751"]})
    drawing = next(d for d in neighbours.pending() if d[2].get("vis") == ["antal"])
    neighbours.draw(drawing)
    made = graphs.studio.made
    pinned = {"o": "101.751", "vis": "antal", "d": read.current().id}
    body, status = graphs.respond("udforsk", "udforsk", urlencode(pinned), "520")
    assert (status, graphs.studio.made) == (200, made)
    assert "Aarhus" in body


def test_a_newer_view_takes_the_place_of_an_older_one() -> None:
    drawn: list[Drawing] = []
    stop = threading.Event()

    def draw(drawing: Drawing) -> None:
        drawn.append(drawing)
        if len(drawn) == 2:
            neighbours.shown("hvad-nu-hvis", {})
        if len(drawn) == 4:
            stop.set()

    neighbours = Neighbours(draw, quiet=0.02)
    neighbours.asked("udforsk", "udforsk", 640)
    neighbours.asked("hvad-nu-hvis", "sagstal", 640)
    neighbours.shown("udforsk", {})
    thread = threading.Thread(target=neighbours.keep_drawing, args=(stop,))
    thread.start()
    thread.join(20)
    assert [path for path, *_ in drawn] == ["udforsk"] * 2 + ["hvad-nu-hvis"] * 2


def test_a_drawing_that_fails_does_not_end_it() -> None:
    failed, stop = threading.Event(), threading.Event()
    drawn: list[Drawing] = []

    def draw(drawing: Drawing) -> None:
        if not failed.is_set():
            failed.set()
            raise RuntimeError("gik galt")
        drawn.append(drawing)
        stop.set()

    neighbours = Neighbours(draw, quiet=0.02)
    neighbours.asked("hvad-nu-hvis", "sagstal", 640)
    neighbours.shown("hvad-nu-hvis", {})
    thread = threading.Thread(target=neighbours.keep_drawing, args=(stop,))
    thread.start()
    assert failed.wait(20)
    neighbours.shown("hvad-nu-hvis", {})
    thread.join(20)
    assert drawn
