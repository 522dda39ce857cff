"""The process that draws: the same picture as in this process, and it mends itself."""

import json
import os
import signal
from collections.abc import Iterator

import pytest

from dashboard import read
from dashboard.export import drawing
from dashboard.export.draughtsman import Draughtsman, DrawingError
from dashboard.topics import fleksjob


@pytest.fixture
def apart() -> Iterator[Draughtsman]:
    made = Draughtsman()
    yield made
    made.close()


def _spec() -> str:
    spec = fleksjob.hours(read.current()).spec | {"width": 500}
    return json.dumps(spec)


def test_it_draws_what_is_drawn_here(apart: Draughtsman) -> None:
    here = drawing._engine()
    assert apart.vegalite_to_svg(_spec()) == here.vegalite_to_svg(_spec())
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    assert apart.svg_to_png(svg, scale=1) == here.svg_to_png(svg, scale=1)
    assert apart.svg_to_pdf(svg)[:5] == b"%PDF-"


def test_what_cannot_be_drawn_is_said_and_the_next_one_is_drawn(apart: Draughtsman) -> None:
    with pytest.raises(DrawingError):
        apart.vegalite_to_svg("{")
    assert "<svg" in apart.vegalite_to_svg(_spec())


def test_it_begins_again_when_its_process_dies(apart: Draughtsman) -> None:
    assert "<svg" in apart.vegalite_to_svg(_spec())
    assert apart._process
    os.kill(apart._process.pid, signal.SIGKILL)
    apart._process.wait()
    assert "<svg" in apart.vegalite_to_svg(_spec())


def test_one_that_takes_too_long_is_ended(apart: Draughtsman) -> None:
    assert "<svg" in apart.vegalite_to_svg(_spec())
    assert apart._process
    first = apart._process.pid
    os.kill(first, signal.SIGSTOP)
    apart.patience = 0.2
    with pytest.raises(DrawingError):
        apart.vegalite_to_svg(_spec())
    apart.patience = 20
    assert "<svg" in apart.vegalite_to_svg(_spec())
    assert apart._process.pid != first


def test_the_server_draws_apart_and_puts_it_back() -> None:
    drawing.draw_apart()
    try:
        assert isinstance(drawing._renderer(), Draughtsman)
        assert "<svg" in drawing.drawing(fleksjob.hours(read.current()).spec, 400)
    finally:
        drawing.draw_here()
    assert not isinstance(drawing._renderer(), Draughtsman)
