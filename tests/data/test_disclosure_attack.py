"""An attack on large made-up tables: nothing hidden can be worked out, neither in whole numbers nor from two releases.

The attacker shares no code with `etl.disclosure` and knows more than its audit: all sums, every shown number
and share of this release and the one before, that a part is never more than its whole, and that people come
in whole numbers. `make disclosure` runs four hundred tables.
"""

import os
import random
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from etl.disclosure import DisclosureError, protect
from tests.data.crossed_counts import Crossed, made
from tests.data.made_up_counts import Key, shown

TABLES = int(os.environ.get("INDBLIK_DISKRETION") or 8)
MOST_TRIED, MOST_WHOLE, FAR = 25, 6, 1e5
Shares = Iterable[tuple[Key, float]]


class Attacker:
    """What follows of all that is shown."""

    def __init__(self, known: Mapping[Key, float], crossed: Crossed, shares: Shares) -> None:
        self.place = {key: number for number, key in enumerate(crossed.now)}
        n = len(self.place)
        rows: list[np.ndarray] = []
        low: list[float] = []
        high: list[float] = []
        for whole, parts in crossed.sums:
            rows.append(self._row({whole: 1.0} | dict.fromkeys(parts, -1.0)))
            low.append(0.0)
            high.append(0.0)
        half = 0.5 * 10**-crossed.decimals + 1e-9
        for (_, *where), share in shares:
            one, people = ("antal", *where), ("befolkning", *where)
            rows.append(self._row({people: share - half, one: -100.0}))
            rows.append(self._row({people: -share - half, one: 100.0}))
            low += [-np.inf, -np.inf]
            high += [1e-7, 1e-7]
        for key in self.place:
            if ("befolkning", *key[1:]) in self.place and key[0] == "antal":
                rows.append(self._row({("befolkning", *key[1:]): 1.0, key: -1.0}))
                low.append(0.0)
                high.append(np.inf)
        self.rules = _ends(LinearConstraint, low, high, np.array(rows))
        self.low, self.high = np.zeros(n), np.full(n, FAR)
        for key, value in known.items():
            self.low[self.place[key]] = self.high[self.place[key]] = value

    def _row(self, factors: Mapping[Any, float]) -> np.ndarray:
        row = np.zeros(len(self.place))
        for key, factor in factors.items():
            row[self.place[key]] = factor
        return row

    def interval(self, key: Key, *, whole: bool = False) -> tuple[float, float]:
        """The least and the most a number may be; `whole`: when all are whole numbers."""
        ends = []
        for sign in (1.0, -1.0):
            aim = np.zeros(len(self.place))
            aim[self.place[key]] = sign
            solved = milp(
                aim, integrality=np.full(len(aim), int(whole)), bounds=_ends(Bounds, self.low, self.high),
                constraints=self.rules,
            )  # fmt: skip
            assert solved.status == 0, f"what is shown contradicts itself ({solved.message})"
            ends.append(sign * solved.fun)
        return ends[0], ends[1]


def _ends(kind: Any, low: Any, high: Any, *rows: np.ndarray) -> Any:
    """scipy's limits; its types know only single numbers."""
    return kind(*rows, np.asarray(low), np.asarray(high))


def released(seed: int) -> tuple[Crossed, pl.DataFrame, pl.DataFrame]:
    """A table with the release before and that of now, as published; skipped if it had to be stopped."""
    crossed = made(seed)
    try:
        before = protect(crossed.table(crossed.then), crossed.rules).frame
        return crossed, before, protect(crossed.table(crossed.now), crossed.rules, before).frame
    except DisclosureError:
        pytest.skip("stopped: nothing of it is published")


def fitting(frames: Sequence[pl.DataFrame], crossed: Crossed, cells: Mapping[Key, float]) -> Shares:
    """The shares that some tables show and that are of these numbers."""
    true = crossed.shares(cells)
    for frame in frames:
        for key, value in shown(frame).items():
            if key[0] == "andel" and true[key][0] == value:
                yield key, value


@pytest.mark.parametrize("seed", range(TABLES))
def test_nothing_hidden_can_be_worked_out(seed: int) -> None:
    crossed, before, after = released(seed)
    seen = {key: value for key, value in shown(after).items() if key in crossed.now}
    earlier = {key: value for key, value in shown(before).items() if crossed.now.get(key) == value}
    assert seen.items() <= crossed.now.items()
    attacker = Attacker(seen | earlier, crossed, fitting([after, before], crossed, crossed.now))
    hidden = [key for key in crossed.now if key not in seen and key not in earlier]
    tried = random.Random(seed).sample(hidden, min(MOST_TRIED, len(hidden)))
    for number, key in enumerate(tried):
        k, truth = crossed.rules.threshold_of(key[0]), crossed.now[key]
        low, high = attacker.interval(key)
        assert low - 1e-3 <= truth <= high + 1e-3
        assert high - low >= 2 * k - 1e-3, key
        assert not 0 < truth < k or low <= 1e-3, key
        if number < MOST_WHOLE:
            low, high = attacker.interval(key, whole=True)
            assert high - low >= k, f"{key}: whole numbers leave only {low}–{high}"


@pytest.mark.parametrize("seed", range(TABLES))
def test_a_new_release_does_not_tell_what_the_one_before_hides(seed: int) -> None:
    """The reader puts today's numbers, where nothing was corrected, into the release before."""
    crossed, before, after = released(seed)
    seen, now = (
        {key: value for key, value in shown(frame).items() if key in crossed.then}
        for frame in (before, after)
    )
    same = {key: value for key, value in now.items() if crossed.then[key] == value}
    small = [
        key for key, value in crossed.then.items() if 0 < value < crossed.rules.threshold_of(key[0])
    ]
    assert not set(small) & seen.keys()
    assert not set(small) & same.keys()
    attacker = Attacker(same | seen, crossed, fitting([before, after], crossed, crossed.then))
    for key in small[:MOST_TRIED]:
        low, high = attacker.interval(key)
        assert high - low >= 2 * crossed.rules.threshold_of(key[0]) - 1e-3, key


def test_most_of_the_tables_are_published_and_hide_something() -> None:
    """Else the tests above would try nothing."""
    published = hiding = corrected = 0
    for seed in range(8):
        crossed = made(seed)
        corrected += crossed.now != crossed.then
        before = protect(crossed.table(crossed.then), crossed.rules)
        hiding += before.report.hidden > 0
        with suppress(DisclosureError):
            protect(crossed.table(crossed.now), crossed.rules, before.frame)
            published += 1
    assert published >= 6
    assert hiding >= 6
    assert corrected >= 3


def test_the_attacker_finds_what_is_hidden_alone() -> None:
    """With no more than the small numbers taken out, most tables give at least one of them away."""
    found = 0
    for seed in range(8):
        crossed = made(seed)
        k = crossed.rules.threshold_of("antal")
        small = [key for key, value in crossed.now.items() if 0 < value < k]
        left = {key: value for key, value in crossed.now.items() if key not in small}
        attacker = Attacker(left, crossed, [])
        for key in small[:MOST_TRIED]:
            low, high = attacker.interval(key)
            if high - low < 1e-3:
                found += 1
                break
    assert found >= 4
