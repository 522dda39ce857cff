"""Tables with something planted in them that must not get out: every one is stopped or protected.

Stopped: DisclosureError, whose message holds no number of the table. Protected: what was planted has no
number in the published table, and the plain reader cannot tell it more closely than the rule allows.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl
import pytest

from contract.hidden import HIDDEN
from etl.disclosure import DisclosureError, Rules, protect
from tests.data.made_up_counts import GROUPS, PARTS, Key, Reader, Sum, rules, shown, table

WHOLE = ("antal", "000", "", "1901")
LINE = [("antal", area, "", "1901") for area in PARTS]
FIRST, SECOND, THIRD, FOURTH = LINE
SEX = [("antal", "147", group, "1901") for group in GROUPS]
PEOPLE, SHARE = ("befolkning", "147", "", "1901"), ("andel", "147", "", "1901")
OTHERS, SHARE_OF_TWO = ("andre", "147", "", "1901"), ("andel-af-to", "147", "", "1901")
MEAN = ("middel", "147", "", "1901")


def line(*values: float, whole: float | None = None) -> dict[Key, float]:
    """Areas and their country."""
    cells = dict(zip(LINE, values, strict=False))
    return cells | {WHOLE: sum(values) if whole is None else whole}


@dataclass(frozen=True)
class Planted:
    """A table, what must not be seen in it, and what is known besides."""

    cells: Mapping[Key, float | None]
    secret: Sequence[Key] = (FIRST,)
    computed: Mapping[Key, tuple[float, Sequence[Key]]] = field(default_factory=dict)
    previous: pl.DataFrame | None = None
    known: Rules = field(default_factory=rules)
    sums: Sequence[Sum] = ((WHOLE, LINE),)
    change: Callable[[pl.DataFrame], pl.DataFrame] = lambda frame: frame
    columns: Mapping[str, Any] = field(default_factory=dict)
    k: float = 5


def protected(planted: Planted) -> None:
    outcome = protect(planted.change(table(planted.cells, planted.computed, **planted.columns)), planted.known,
                      planted.previous)  # fmt: skip
    seen = shown(outcome.frame)
    assert not set(planted.secret) & seen.keys()
    told = {key: value for key, value in planted.cells.items() if value is not None}
    for key in planted.secret:
        row = outcome.frame.row(by_predicate=_at(key), named=True)
        assert (row["value"], row["as_written"], row["note"]) == (None, HIDDEN, HIDDEN)
    complete = {k for whole, parts in planted.sums for k in (whole, *parts)} <= told.keys()
    if planted.sums and complete:
        assert Reader(seen, planted.sums).breaks(told, planted.k) == []
    text = " ".join(outcome.report.lines())
    assert outcome.report.hidden >= len(planted.secret)
    assert not re.search(r"\d+,\d", text)


def stopped(planted: Planted) -> None:
    frame = planted.change(table(planted.cells, planted.computed, **planted.columns))
    with pytest.raises(DisclosureError) as refused:
        protect(frame, planted.known, planted.previous)
    said = {text for text in re.findall(r"\d+(?:[.,]\d+)?", str(refused.value)) if len(text) > 1}
    values = {f"{value:.10g}" for value in planted.cells.values() if value}
    assert not said & values


def _at(key: Key) -> pl.Expr:
    names = ("indicator", "area", "group")
    return pl.all_horizontal(pl.col(n) == v for n, v in zip(names, key, strict=False))


def with_value(value: float, key: Key = FIRST) -> Callable[[pl.DataFrame], pl.DataFrame]:
    new = pl.when(_at(key)).then(pl.lit(value)).otherwise("value")
    return lambda frame: frame.with_columns(value=new)


def cast(kind: Any) -> Callable[[pl.DataFrame], pl.DataFrame]:
    return lambda frame: frame.with_columns(pl.col("value").cast(kind))


SMALL_WITH_SEX = {FIRST: 43.0, SEX[0]: 3.0, SEX[1]: 40.0}
BY_SEX = ((FIRST, SEX),)
TEN = rules(sensitive=[{"indicator": "antal", "reason": "prøve"}])
TOPIC = rules(sensitive=[{"topic": "helbred", "reason": "prøve"}])
BEFORE = table(line(20, 30, 40, 50))
WITH_TEXT = {"as_written": "<5"}

PROTECTED: dict[str, Planted] = {
    "one person": Planted(line(1, 30, 40, 50)),
    "two people": Planted(line(2, 30, 40, 50)),
    "k minus 1": Planted(line(4, 30, 40, 50)),
    "just under k": Planted(line(4.999, 30, 40, 50)),
    "less than one": Planted(line(0.2, 30, 40, 50)),
    "k minus 1 of a sensitive indicator": Planted(line(9, 30, 40, 50), known=TEN, k=10),
    "k minus 1 of a sensitive topic": Planted(
        line(9, 30, 40, 50), known=TOPIC.with_topics({"antal": "helbred"}), k=10
    ),
    "a topic that is not known counts as sensitive": Planted(line(9, 30, 40, 50), known=TOPIC, k=10),
    "two small ones whose sum is small": Planted(line(1, 2, 400, 500), secret=LINE[:2]),
    "all small": Planted(line(1, 2, 3, 4), secret=LINE),
    "a small country": Planted(line(1, 1, 0, 0), secret=[FIRST, SECOND, WHOLE]),
    "one small among zeros": Planted(line(3, 0, 0, 0), secret=[FIRST, WHOLE]),
    "a whole group in one area": Planted(line(70, 0, 0, 0)),
    "an area with one sex only": Planted(
        {FIRST: 70.0, SEX[0]: 70.0, SEX[1]: 0.0}, secret=[SEX[0]], sums=BY_SEX
    ),
    "one small sex": Planted(SMALL_WITH_SEX, secret=[SEX[0]], sums=BY_SEX),
    "a complement of one": Planted(
        {FIRST: 43.0, SEX[0]: 42.0, SEX[1]: 1.0}, secret=[SEX[1]], sums=BY_SEX
    ),
    "a small rest of the country": Planted(
        line(30, 40, 50, whole=121), secret=[], known=rules(), sums=()
    ),
    "a category with one institution": Planted(
        {("ydelser", "147", "", "1901"): 90.0, ("ydelse-a", "147", "", "1901"): 89.0,
         ("ydelse-b", "147", "", "1901"): 1.0, ("ydelse-c", "147", "", "1901"): 0.0},
        secret=[("ydelse-b", "147", "", "1901")],
        sums=((("ydelser", "147", "", "1901"), [(f"ydelse-{x}", "147", "", "1901") for x in "abc"]),),
    ),
    "a month revised by one": Planted(line(21, 30, 40, 50), previous=BEFORE, sums=()),
    "two versions, one person moved": Planted(
        line(21, 29, 40, 50), secret=LINE[:2], previous=BEFORE, sums=()
    ),
    "revised by k minus 1": Planted(line(24, 30, 40, 50), previous=BEFORE, sums=()),
    "revised back and forth": Planted(
        line(22, 30, 40, 50), previous=pl.concat([BEFORE, table(line(40, 30, 40, 50))]), sums=()
    ),
    "a share of one of one": Planted({FIRST: 1.0, PEOPLE: 1.0}, [FIRST, SHARE], {SHARE: (100.0, [FIRST, PEOPLE])}),
    "a share of two of three": Planted({FIRST: 2.0, PEOPLE: 3.0}, [FIRST, SHARE], {SHARE: (66.7, [FIRST, PEOPLE])}),
    "a share of none of five": Planted({FIRST: 0.0, PEOPLE: 5.0}, [SHARE], {SHARE: (0.0, [FIRST, PEOPLE])}),
    "a share of all but one": Planted({FIRST: 59.0, PEOPLE: 60.0}, [SHARE], {SHARE: (98.3, [FIRST, PEOPLE])}),
    "a share of all": Planted({FIRST: 60.0, PEOPLE: 60.0}, [FIRST, SHARE], {SHARE: (100.0, [FIRST, PEOPLE])}),
    "a share whose other part is small": Planted(
        {FIRST: 400.0, OTHERS: 3.0}, [OTHERS, SHARE_OF_TWO], {SHARE_OF_TWO: (99.3, [FIRST, OTHERS])}, sums=()
    ),
    "a mean of two": Planted({FIRST: 2.0}, [FIRST, MEAN], {MEAN: (17.5, [FIRST])}, sums=()),
    "a share of a number that is not there": Planted(
        {PEOPLE: 900.0}, [SHARE], {SHARE: (5.0, [FIRST, PEOPLE])}, sums=()
    ),
    "a share of a number that is not told": Planted(
        {FIRST: None, PEOPLE: 900.0}, [SHARE], {SHARE: (5.0, [FIRST, PEOPLE])}, sums=()
    ),
    "«<5» where the number should be": Planted({FIRST: None}, sums=(), columns=WITH_TEXT),
}  # fmt: skip

STOPPED: dict[str, Planted] = {
    "negative": Planted(line(30, 40, 50, 60), change=with_value(-4.0)),
    "parts larger than the whole": Planted(line(30, 40, 50, 60, whole=170)),
    "inf": Planted(line(30, 40, 50, 60), change=with_value(float("inf"))),
    "nan": Planted(line(30, 40, 50, 60), change=with_value(float("nan"))),
    "more than there are people": Planted(line(30, 40, 50, 60), change=with_value(2412901234.0)),
    "numbers as text": Planted(line(3, 40, 50, 60), change=cast(pl.String)),
    "numbers as whole numbers": Planted(line(3, 40, 50, 60), change=cast(pl.Int64)),
    "the same row twice": Planted(line(30, 40, 50, 60), change=lambda f: pl.concat([f, f.head(1)])),
    "the same key with another number": Planted(
        line(30, 40, 50, 60),
        change=lambda f: pl.concat([f, with_value(31.0)(f).head(1).with_columns(figure=pl.lit("en-anden"))]),
    ),
    "a group that no rule knows": Planted({FIRST: 43.0, ("antal", "147", "unge ", "1901"): 40.0}),
    "an area that no rule knows": Planted(line(30, 40, 50, 60) | {("antal", "084", "", "1901"): 41.0}),
    "an area that no rule knows, of groups that are their own": Planted(
        line(30, 40, 50, 60) | {("antal", "084", "", "1901"): 41.0},
        known=rules(independent=[{"indicator": "antal", "reason": "prøve"}]),
    ),
    "areas that only another indicator has a rule for": Planted(
        line(30, 40, 50, 60),
        known=rules(hierarchy=[
            {"dimension": "area", "whole": "000", "parts": PARTS, "indicators": ["befolkning"]}
        ]),
    ),
    "a CPR number as a note": Planted(line(30, 40, 50, 60), columns={"note": "se 010203-1234"}),
    "a CPR number as a group": Planted({("antal", "147", "0102031234", "1901"): 43.0}),
    "a computed figure without a rule": Planted(
        {FIRST: 30.0}, computed={("ukendt-andel", "147", "", "1901"): (3.0, [FIRST])}
    ),
    "a share without inputs": Planted({FIRST: 30.0, SHARE: 40.0}),
    "a small number that an earlier release shows": Planted(
        line(3, 40, 50, 60), previous=table(line(3, 40, 50, 60))
    ),
    "a column too few": Planted(line(3, 40, 50, 60), change=lambda f: f.drop("note")),
}  # fmt: skip


@pytest.mark.parametrize("name", PROTECTED)
def test_protected(name: str) -> None:
    protected(PROTECTED[name])


@pytest.mark.parametrize("name", STOPPED)
def test_stopped(name: str) -> None:
    stopped(STOPPED[name])


def test_there_are_at_least_forty() -> None:
    assert len(PROTECTED) + len(STOPPED) >= 40


def seen_in(frame: pl.DataFrame) -> set[Key]:
    return shown(frame).keys() & {*LINE, WHOLE}


@pytest.mark.parametrize("corrected", [8.0, 30.0, 0.0])
def test_a_correction_does_not_tell_what_an_earlier_release_hides(corrected: float) -> None:
    """With all of today's numbers one could work out what the corrected one was: 113 − 50 − 20 − 40."""
    then = line(3, 20, 40, 50)
    first = protect(table(then), rules()).frame
    hidden = {*LINE, WHOLE} - seen_in(first)
    assert len(hidden) > 1
    second = protect(table(line(corrected, 20, 40, 50)), rules(), first)
    assert not hidden & seen_in(second.frame)
    assert second.report.held == len([key for key in hidden if key != WHOLE])
    released = pl.concat([first, second.frame])
    third = protect(table(line(corrected, 20, 40, 50)), rules(), released)
    assert not hidden & seen_in(third.frame), "nor in the release after it"
    reader = Reader(
        shown(first) | {key: then[key] for key in LINE if key in shown(second.frame)},
        [(WHOLE, LINE)],
    )
    assert reader.breaks(then) == []


def test_what_an_earlier_release_hides_is_shown_when_no_sum_of_it_has_changed() -> None:
    """Nothing was corrected: today's numbers are those of then, and what protects them today is enough."""
    ten = rules(threshold=10)
    first = protect(table(line(8, 20, 40, 50)), ten).frame
    assert FIRST not in shown(first)
    assert protect(table(line(8, 20, 40, 50)), rules(), first).report.hidden == 0
    alone = protect(table({FIRST: 3.0}), rules()).frame
    assert protect(table({FIRST: 8.0}), rules(), alone).report.hidden == 0


def test_a_small_rest_hides_a_number_that_it_could_be_worked_out_from() -> None:
    outcome = protect(table(line(30, 40, 50, whole=121)), rules())
    assert outcome.report.complements == 1
    assert Reader(shown(outcome.frame), [(WHOLE, LINE)]).interval(FOURTH)[1] >= 10 - 1e-6


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (line(5, 30, 40, 50), "k itself"),
        (line(6, 30, 40, 50), "k plus 1"),
        (line(0, 30, 40, 50), "none is not a small number"),
        (line(-0.0, 30, 40, 50), "minus nought is nought"),
        ({FIRST: None, SECOND: 30.0}, "not told is not 0 and not hidden"),
    ],
)
def test_what_is_no_disclosure_is_shown(cells: Mapping[Key, float | None], why: str) -> None:
    frame = table(cells)
    outcome = protect(frame, rules())
    assert outcome.frame.equals(frame), why
    assert outcome.report.hidden == 0


def test_a_revision_by_k_or_of_an_average_is_shown() -> None:
    known = rules(revisable=[{"indicators": ["antal"], "at_least": 100, "reason": "prøve"}])
    before = table(line(20, 300, 400, 500))
    assert protect(table(line(25, 301, 400, 500)), known, before).report.hidden == 0
    assert protect(table(line(25, 301, 400, 500)), rules(), before).report.hidden > 0


def test_sums_may_miss_by_rounding_only_where_that_is_declared() -> None:
    cells = line(30, 40, 50, 60, whole=179)
    known = rules(rounded=[{"indicators": ["antal"], "reason": "prøve"}])
    assert protect(table(cells), known).report.hidden == 0
    with pytest.raises(DisclosureError, match="1 summer"):
        protect(table(cells), rules())
    twice = rules(overlapping=[{"indicators": ["antal"], "within": 0.01, "reason": "prøve"}])
    assert protect(table(cells), twice).report.hidden == 0


@pytest.mark.parametrize("threshold", [2, 0, -5])
def test_no_threshold_under_three(threshold: int) -> None:
    with pytest.raises(DisclosureError, match="mindst 3"):
        rules(threshold=threshold)
