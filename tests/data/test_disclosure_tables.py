"""Random tables with all their margins: nothing hidden can be worked out, nothing shown is changed or contradicts."""

from itertools import product

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract.hidden import HIDDEN
from etl.disclosure import DisclosureError, protect
from etl.disclosure.audit import audit
from etl.disclosure.intake import admitted
from etl.disclosure.margins import margins
from etl.disclosure.primary import sensitive
from tests.data.made_up_counts import BENEFITS, GROUPS, PARTS, Key, Reader, Sum, rules, shown, table

MANY = settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
COUNTS = st.one_of(st.integers(0, 9), st.integers(0, 60), st.integers(0, 2000))


@st.composite
def cubes(draw: st.DrawFn) -> tuple[dict[Key, float], list[Sum]]:
    """Benefits × areas × groups with every margin, and the list of all sums."""
    areas = PARTS[: draw(st.integers(2, 4))]
    groups = GROUPS if draw(st.booleans()) else []
    benefits = BENEFITS if draw(st.booleans()) else []
    inner = [*product(benefits or ["antal"], areas, groups or [""])]
    truth: dict[Key, float] = {(*place, "1901"): float(draw(COUNTS)) for place in inner}
    sums: list[Sum] = []
    ways = [(1, areas, "000"), (2, groups, ""), (0, benefits, "ydelser")]
    for position, parts, whole in ways:
        if not parts:
            continue
        for key in [*truth]:
            if key[position] == parts[0]:
                members = [(*key[:position], part, *key[position + 1 :]) for part in parts]
                total = (*key[:position], whole, *key[position + 1 :])
                truth[total] = sum(truth[member] for member in members)
                sums.append((total, members))
    for position, parts, whole in ways:  # the margins of margins, each way round
        for key in [*truth]:
            if parts and key[position] == whole:
                members = [(*key[:position], part, *key[position + 1 :]) for part in parts]
                if (key, members) not in sums and all(member in truth for member in members):
                    sums.append((key, members))
    return truth, sums


def _areas(truth: dict[Key, float]) -> list[str]:
    return sorted({key[1] for key in truth} - {"000"})


@MANY
@given(cubes())
def test_nothing_hidden_can_be_worked_out(made: tuple[dict[Key, float], list[Sum]]) -> None:
    truth, sums = made
    outcome = protect(table(truth), rules(_areas(truth)))
    seen = shown(outcome.frame)
    assert all(truth[key] == value for key, value in seen.items())
    small = [key for key, value in truth.items() if 0 < value < 5]
    assert not set(small) & seen.keys()
    assert outcome.report.hidden == len(truth) - len(seen)
    assert Reader(seen, sums).breaks(truth) == []
    hidden = outcome.frame.filter(pl.col("value").is_null())
    assert set(hidden["note"]) <= {HIDDEN}
    assert set(hidden["as_written"]) <= {HIDDEN}


def _square(values: list[int]) -> tuple[dict[Key, float], list[Sum]]:
    """Four areas × two groups with all margins, and every sum."""
    truth: dict[Key, float] = {
        ("antal", area, group, "1901"): float(values[2 * i + j])
        for i, area in enumerate(PARTS)
        for j, group in enumerate(GROUPS)
    }
    sums: list[Sum] = []
    for area in PARTS:
        parts = [("antal", area, group, "1901") for group in GROUPS]
        sums.append((("antal", area, "", "1901"), parts))
        truth[sums[-1][0]] = sum(truth[p] for p in parts)
    for group in ["", *GROUPS]:
        parts = [("antal", area, group, "1901") for area in PARTS]
        sums.append((("antal", "000", group, "1901"), parts))
        truth[sums[-1][0]] = sum(truth[p] for p in parts)
    return truth, [
        *sums,
        (("antal", "000", "", "1901"), [("antal", "000", g, "1901") for g in GROUPS]),
    ]


def test_two_releases_together() -> None:
    """A release after a correction: what both of them show together tells no more than one may.

    What did not change since is known from the first. Where that leaves no room, the build stops.
    """
    stopped = 0
    for seed in range(12):
        values = [(seed * 11 + 5 * n * n + 7 * n) % 61 for n in range(8)]
        first, sums = _square(values)
        corrected = [
            v + (seed + 3 * n) % 9 if n in (seed % 8, (seed + 3) % 8) else v
            for n, v in enumerate(values)
        ]
        truth, _ = _square(corrected)
        earlier = protect(table(first), rules()).frame
        try:
            later = protect(table(truth), rules(), earlier).frame
        except DisclosureError:
            stopped += 1
            continue
        seen = shown(later)
        same = {key: value for key, value in shown(earlier).items() if truth[key] == value}
        assert (
            Reader(seen | same, sums).breaks(
                {key: truth[key] for key in truth.keys() - same.keys()}
            )
            == []
        )
        then = shown(earlier)
        assert not [key for key in seen.keys() & then.keys() if 0 < abs(seen[key] - then[key]) < 5]
    assert stopped <= 3


def test_the_audit_finds_what_primary_suppression_leaves_open() -> None:
    """One small number in a line with its total: hidden alone it is total minus the rest."""
    truth = {
        ("antal", area, "", "1901"): value
        for area, value in zip(PARTS, [3.0, 40.0, 50.0, 60.0], strict=True)
    }
    whole = ("antal", "000", "", "1901")
    truth[whole] = 153.0
    sums = [(whole, [key for key in truth if key != whole])]
    found = margins(admitted(table(truth), rules()), rules(), None)
    flags = sensitive(found)
    hidden = flags.any.copy()
    hidden[len(found.cells) :] = True
    assert len(audit(found, hidden, flags.small, flags.any).failing) == 1
    seen = {key: value for key, value in truth.items() if value != 3.0}
    assert Reader(seen, sums).interval(("antal", PARTS[0], "", "1901")) == pytest.approx((3.0, 3.0))
    assert Reader(seen, sums).breaks(truth) == [("antal", PARTS[0], "", "1901")]


def test_primary_suppression_alone_fails_on_most_tables() -> None:
    """The audit of the code and the plain reader agree on 20 fixed tables, and condemn most of them."""
    condemned = 0
    for seed in range(20):
        truth, sums = _square([(seed * 7 + 3 * n * n + n) % 23 for n in range(8)])
        found = margins(admitted(table(truth), rules()), rules(), None)
        flags = sensitive(found)
        hidden = flags.any.copy()
        hidden[len(found.cells) :] = True
        seen = {key: value for key, value in truth.items() if not 0 < value < 5}
        fails = bool(audit(found, hidden, flags.small, flags.any).failing)
        if not flags.whole_group.any():
            assert fails == bool(Reader(seen, sums).breaks(truth))
        condemned += fails
    assert condemned >= 15
