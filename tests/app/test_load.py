"""The load client against the real pages, small and short; `make load` does it in earnest."""

import asyncio
import random

import psutil
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench import habits, load
from bench.visitor import Failed, Visitor, labels
from dashboard.server import faults
from dashboard.sitemap import PAGES
from tests.running import Server


def test_a_crowd_clicks_without_errors(server: Server) -> None:
    crowd = load.Crowd(server.url, psutil.Process(server.process.pid))
    made = asyncio.run(load.clicking(crowd, users=10, seconds=2.0, think=0.5))
    assert not made.errors
    assert made.runs >= 20
    assert made.charts, "the crowd fetches charts as browsers do"
    assert 0 < made.p50 <= made.p95 <= made.p99 <= made.worst < 30_000
    assert made.memory > 50


def test_a_choice_is_answered_by_the_page_of_that_choice(server: Server) -> None:
    """The client does what a person does: the address follows, and the page shows something else."""

    async def choose() -> tuple[str, list[str], list[str]]:
        visitor = Visitor(server.url, "/udforsk")
        await visitor.open()
        before = visitor.texts
        way = next(label for label in labels(visitor.widgets["udforsk.vis"]) if label == "Antal")
        await visitor.choose("udforsk.vis", [way])
        after, query = visitor.texts, visitor.query
        await visitor.close()
        return query, before, after

    query, before, after = asyncio.run(choose())
    assert "vis=antal" in query
    assert before != after


def test_an_error_is_an_error_of_the_load_test() -> None:
    """A page that shows a fault, in Streamlit's way or in ours, and a server that is not there."""
    shown = ForwardMsg()
    shown.delta.new_element.html.body = faults.notice("ABC123")
    with pytest.raises(Failed, match="ABC123"):
        Visitor("http://localhost:1")._read(shown)
    raised = ForwardMsg()
    raised.delta.new_element.exception.message = "gik galt"
    with pytest.raises(Failed, match="gik galt"):
        Visitor("http://localhost:1")._read(raised)
    with pytest.raises(OSError, match="1"):
        asyncio.run(Visitor("http://localhost:1").open())


def test_every_page_with_choices_has_some_that_the_crowd_makes(server: Server) -> None:
    chance = random.Random(1)

    async def chosen(path: str) -> int:
        visitor = Visitor(server.url, path)
        await visitor.open()
        await visitor.close()
        return sum(habits.value(proto, chance) is not None for proto in visitor.widgets.values())

    for path in ("/udforsk", "/hvad-nu-hvis", "/kilder", "/beslutninger", "/afstemning"):
        assert asyncio.run(chosen(path)) >= 2, path


@pytest.mark.parametrize(
    ("per_cent", "value"), [(0, 1.0), (50, 2.0), (75, 3.0), (76, 4.0), (100, 4.0)]
)
def test_percentiles_are_values_that_were_measured(per_cent: float, value: float) -> None:
    assert load.percentile([1.0, 2.0, 3.0, 4.0], per_cent) == value


def _outcome(name: str, **changed: object) -> load.Outcome:
    return load.Outcome(name, **changed)  # type: ignore[arg-type]


def test_a_promise_that_does_not_hold_is_named() -> None:
    good = [_outcome("klik", p95=120.0), _outcome("mættet", per_second=80.0), _outcome("bar: mættet", per_second=10.0),
            _outcome("hukommelse", samples=[100, 150, 160, 162, 163, 163, 164, 164, 164])]  # fmt: skip
    assert load.broken(good) == []
    bad = [_outcome("klik", p95=420.0, errors=["/: Failed"]), _outcome("mættet", per_second=40.0),
           _outcome("bar: mættet", per_second=10.0),
           _outcome("hukommelse", samples=[100, 150, 200, 250, 300, 350, 400, 450, 500])]  # fmt: skip
    assert len(load.broken(bad)) == 4


def test_a_rerun_sends_little(server: Server) -> None:
    """On every page and after every kind of choice; a block that the browser has kept is not sent again."""

    async def rerun(path: str) -> list[int]:
        visitor, chance = Visitor(server.url, path), random.Random(1)
        await visitor.open()
        sizes = [(await visitor.run()).size]
        for key, proto in dict(visitor.widgets).items():
            if key in visitor.widgets and (value := habits.value(proto, chance)) is not None:
                sizes.append((await visitor.choose(key, value)).size)
        await visitor.close()
        return sizes

    async def every() -> dict[str, int]:
        return {f"/{page.path}": max(await rerun(f"/{page.path}")) for page in PAGES}

    largest = asyncio.run(every())
    assert max(largest.values()) <= 60_000, largest
