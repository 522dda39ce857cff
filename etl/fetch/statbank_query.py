"""A selection → the requests that get it: CSV below StatBank's cell limit, in pieces of time, or BULK."""

import json
from dataclasses import dataclass
from math import prod

from etl.fetch.statbank_selection import Selection

CELL_LIMIT = 1_000_000
"""Most cells of an answer that is not streamed (rows × columns, time and number columns included)."""
MOST_PIECES = 12
"""A table that would take more requests than this is fetched in one, as BULK."""


@dataclass(frozen=True, slots=True)
class Query:
    """One request: a format (CSV or BULK) and the periods it is for."""

    selection: Selection
    form: str
    periods: tuple[str, ...]

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        """The values asked for, by variable; all variables are named, as BULK demands and CSV gains by."""
        return self.selection.values | {self.selection.time: self.periods}

    @property
    def cells(self) -> int:
        """How many cells StatBank counts it as."""
        return _cells(self.values)

    @property
    def body(self) -> str:
        """The request as StatBank takes it: codes, never texts, and explicit periods."""
        asked = {
            "table": self.selection.info.table,
            "format": self.form,
            "lang": "da",
            "valuePresentation": "Code",
            "variables": [{"code": code, "values": list(v)} for code, v in self.values.items()],
        }
        return json.dumps(asked, ensure_ascii=False)

    @property
    def span(self) -> str:
        """Its periods for people: `2017K1–2022K4`."""
        return "–".join(dict.fromkeys((self.periods[0], self.periods[-1])))

    def smaller(self) -> list["Query"]:
        """The same in two halves, or as BULK when there is one period only; nothing when it is BULK already."""
        if self.form == "BULK":
            return []
        if len(self.periods) == 1:
            return [Query(self.selection, "BULK", self.periods)]
        half = len(self.periods) // 2
        return [
            Query(self.selection, self.form, p) for p in (self.periods[:half], self.periods[half:])
        ]


def queries(selection: Selection, limit: int = CELL_LIMIT) -> list[Query]:
    """The requests that together get a selection, each below the cell limit unless it is BULK."""
    periods = selection.values[selection.time]
    one = _cells(selection.values | {selection.time: periods[:1]})
    each = (limit - 1) // one
    pieces = -(-len(periods) // each) if each else 0
    if not each or pieces > MOST_PIECES:
        return [Query(selection, "BULK", periods)]
    size = -(-len(periods) // pieces)
    starts = range(0, len(periods), size)
    return [Query(selection, "CSV", periods[start : start + size]) for start in starts]


def _cells(values: dict[str, tuple[str, ...]]) -> int:
    return prod(len(chosen) for chosen in values.values()) * (len(values) + 1)
