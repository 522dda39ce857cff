"""The period notation of every figure: a year, a quarter, a month, a day or an interval of those."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

FREQUENCIES = ("år", "kvartal", "måned", "dag", "interval")

_YEAR = re.compile(r"(\d{4})\Z")
_QUARTER = re.compile(r"(\d{4})K([1-4])\Z")
_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")


@dataclass(frozen=True, slots=True)
class Period:
    """A parsed period: its text, first and last day, and frequency (one of FREQUENCIES)."""

    text: str
    start: date
    end: date
    frequency: str


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period:
    """Parse `2018`, `2020K4`, `2022-10`, `2022-10-24` or `a/b` (both ends included).

    Raises ValueError with a Danish message on anything else.
    """
    if "/" in text:
        first, _, last = text.partition("/")
        a, b = parse_period(first), parse_period(last)
        if "interval" in (a.frequency, b.frequency) or b.end < a.start:
            raise ValueError(f"perioden «{text}» skal gå fra en tidligere til en senere periode")
        return Period(text, a.start, b.end, "interval")
    try:
        return _parse_single(text)
    except ValueError:
        raise ValueError(
            f"perioden «{text}» kan ikke læses; skriv fx 2018, 2020K4, 2022-10, 2022-10-24 "
            "eller 2017-12/2020-12"
        ) from None


def _parse_single(text: str) -> Period:
    if not text.isascii():
        raise ValueError
    if m := _YEAR.match(text):
        year = int(m[1])
        return Period(text, date(year, 1, 1), date(year, 12, 31), "år")
    if m := _QUARTER.match(text):
        year, last = int(m[1]), int(m[2]) * 3
        end = date(year, last, calendar.monthrange(year, last)[1])
        return Period(text, date(year, last - 2, 1), end, "kvartal")
    if m := _MONTH.match(text):
        year, month = int(m[1]), int(m[2])
        start = date(year, month, 1)
        return Period(text, start, date(year, month, calendar.monthrange(year, month)[1]), "måned")
    if m := _DAY.match(text):
        day = date(int(m[1]), int(m[2]), int(m[3]))
        return Period(text, day, day, "dag")
    raise ValueError
