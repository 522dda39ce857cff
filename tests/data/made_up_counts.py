"""Made-up counts for the tests of disclosure control, and a reader who tries to work the hidden ones out.

Nothing here is a real number: the years are 1901 to 1909, and the areas stand only for «a part». The
reader is written apart from `etl.disclosure`, in the plainest way there is, so that it can contradict it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from scipy.optimize import linprog

from contract.periods import parse_period
from contract.tables import Figures
from etl.disclosure import Rules, parse_rules

Key = tuple[str, str, str, str]
"""(indicator, area, group, period)."""
Sum = tuple[Key, Sequence[Key]]
"""A whole and all its parts."""

PARTS = ["147", "461", "751", "851"]
GROUPS = ["kvinder", "mænd"]
BENEFITS = ["ydelse-a", "ydelse-b", "ydelse-c"]


def rules(areas: Sequence[str] = PARTS, **changes: Any) -> Rules:
    """The areas, and nothing else, sum to the country, two groups to all, three benefits to one."""
    return parse_rules({
        "hierarchy": [
            {"dimension": "area", "whole": "000", "parts": list(areas)},
            {"dimension": "group", "whole": "", "parts": GROUPS},
            {"dimension": "indicator", "whole": "ydelser", "parts": BENEFITS},
        ],
        "share": [
            {"indicator": "andel", "numerator": ["antal"], "denominator": ["befolkning"]},
            {"indicator": "andel-af-to", "numerator": ["antal"], "denominator": ["antal", "andre"]},
            {"indicator": "middel", "denominator": ["antal"]},
        ],
        **changes,
    })  # fmt: skip


def figure_id(key: Key) -> str:
    """An id for a key."""
    words = "-".join(part or "alle" for part in key).lower()
    return words.replace("æ", "ae").replace("ø", "oe").replace("+", "og")


def table(
    cells: Mapping[Key, float | None],
    computed: Mapping[Key, tuple[float, Sequence[Key]]] | None = None,
    **columns: Any,
) -> pl.DataFrame:
    """Counts, and computed figures with their inputs, in the columns of Figures."""
    rows = [_row(key, value, (), columns) for key, value in cells.items()]
    rows += [_row(key, value, inputs, columns) for key, (value, inputs) in (computed or {}).items()]
    return pl.DataFrame(rows, schema=Figures.create_empty().schema, orient="row")


def _row(
    key: Key, value: float | None, inputs: Sequence[Key], columns: Mapping[str, Any]
) -> dict[str, Any]:
    period = parse_period(key[3])
    written = "ikke oplyst" if value is None else f"{value:.10g}".replace(".", ",")
    return {
        "figure": figure_id(key), "indicator": key[0], "area": key[1], "group": key[2], "period": key[3],
        "period_start": period.start, "period_end": period.end, "frequency": period.frequency, "value": value,
        "qualifier": "præcis", "as_written": written, "kind": "beregnet" if inputs else "målt", "source": "proeve",
        "locator": "opdigtet", "derived_from": [figure_id(key) for key in inputs],
        "note": "Opdigtet: a / b" if inputs or value is None else "",
    } | columns  # fmt: skip


def shown(frame: pl.DataFrame) -> dict[Key, float]:
    """The numbers that a table shows."""
    told = frame.filter(pl.col("value").is_not_null())
    return {
        row[:4]: row[4]
        for row in told.select("indicator", "area", "group", "period", "value").iter_rows()
    }


class Reader:
    """Somebody who sees some numbers, knows which sum to which, and that none is negative."""

    def __init__(self, seen: Mapping[Key, float], sums: Iterable[Sum]) -> None:
        self.sums = [*sums]
        keys = {key for whole, parts in self.sums for key in (whole, *parts)}
        self.place = {key: number for number, key in enumerate(sorted(keys))}
        self.seen = {key: value for key, value in seen.items() if key in keys}

    def interval(self, key: Key) -> tuple[float, float]:
        """The least and the most that a number may be."""
        if key not in self.place:
            return 0.0, np.inf
        known = np.zeros((len(self.sums) + len(self.seen), len(self.place)))
        right = np.zeros(len(known))
        for line, (whole, parts) in enumerate(self.sums):
            known[line, self.place[whole]] = 1
            known[line, [self.place[part] for part in parts]] = -1
        for line, (seen, value) in enumerate(self.seen.items(), len(self.sums)):
            known[line, self.place[seen]], right[line] = 1, value
        found = []
        for sign in (1, -1):
            aim = np.zeros(len(self.place))
            aim[self.place[key]] = sign
            solved = linprog(aim, A_eq=known, b_eq=right, bounds=(0, None), method="highs")
            if solved.status == 2:
                raise AssertionError("what is shown contradicts itself")
            found.append(sign * solved.fun if solved.status == 0 else np.inf)
        return found[0], found[1]

    def breaks(self, truth: Mapping[Key, float], k: float = 5) -> list[Key]:
        """The hidden numbers that can be told more closely than the rule allows."""
        found = []
        for key in sorted(truth.keys() - self.seen.keys()):
            low, high = self.interval(key)
            assert low - 1e-6 <= truth[key] <= high + 1e-6
            if high - low < 2 * k - 1e-3 or (0 < truth[key] < k and low > 1e-3):
                found.append(key)
        return found
