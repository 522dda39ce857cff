"""The staircase: steps follow each other, and a picture of a whole is whole."""

from dataclasses import dataclass

import pytest

from dashboard.charts.bars import Bar
from dashboard.charts.staircase import staircase


@dataclass
class Share:
    """A made-up share: only what the chart reads of a figure."""

    value: float | None
    approximate: bool = False

    @property
    def text(self) -> str:
        return f"{self.value} pct."


def bars(*values: float | None) -> list[Bar]:
    return [Bar(f"del {i}", Share(value)) for i, value in enumerate(values)]  # type: ignore[arg-type]


def drawn(spec: dict) -> list[dict]:
    return [
        row
        for layer in spec["layer"]
        if layer["mark"]["type"] == "rect"
        for row in layer["data"]["values"]
    ]


def test_each_step_begins_where_the_one_before_ended() -> None:
    spec = staircase(bars(50, 30), *bars(80, 20))
    assert [(row["fra"], row["til"]) for row in drawn(spec)] == [
        (0, 50),
        (50, 80),
        (0, 80),
        (80, 100),
    ]


def test_only_the_rest_is_dashed() -> None:
    spec = staircase(bars(50, 30), *bars(80, 20))
    assert [row["stiplet"] for row in drawn(spec)] == [False, False, False, True]


def test_the_texts_name_the_number() -> None:
    spec = staircase(bars(50, 30), *bars(80, 20))
    layers = [layer for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    assert "del 0 50 pct." in {row["tekst"] for layer in layers for row in layer["data"]["values"]}


@pytest.mark.parametrize(
    ("steps", "known", "rest"),
    [((50, 30), 81, 19), ((50, 30), 80, 19), ((50, None), 80, 20), ((), 80, 20)],
)
def test_what_does_not_add_up_is_refused(steps: tuple, known: float, rest: float) -> None:
    with pytest.raises(ValueError, match="trin"):
        staircase(bars(*steps), *bars(known, rest))
