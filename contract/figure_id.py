"""The ids of fetched figures: made of what they are about, so that one can be found without a list of them.

`<indicator>-<area>-<period>`, and `-<group>` for a subgroup: `ledighedsydelse-auk01-101-2022k1`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PERIODS = {"år": r"\d{4}", "kvartal": r"\d{4}k[1-4]", "måned": r"\d{4}-\d{2}"}
_REST = {
    frequency: re.compile(rf"(\d{{3}})-({period})(?:-([a-z0-9]+(?:-[a-z0-9]+)*))?\Z", re.ASCII)
    for frequency, period in _PERIODS.items()
}
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "u", "ö": "oe"})


@dataclass(frozen=True, slots=True)
class Named:
    """What an id says. `period` in the notation of contract.periods; `group` as a slug, or empty."""

    indicator: str
    area: str
    period: str
    group: str


def slug(group: str) -> str:
    """A group's text as it stands in ids: `Mænd, 16-24 år` → `maend-16-24-aar`."""
    return re.sub(r"[^a-z0-9]+", "-", group.lower().translate(_LETTERS)).strip("-")


def named(figure_id: str, frequencies: Mapping[str, str]) -> Named | None:
    """What the id of a fetched figure says, None if it is no such id.

    `frequencies`: how often each indicator is counted, since `-1901-12-24-aar` may be a year or a month.
    """
    for place in re.finditer("-", figure_id):
        head, rest = figure_id[: place.start()], figure_id[place.end() :]
        form = _REST.get(frequencies.get(head, ""))
        if form and (found := form.match(rest)):
            area, period, group = found.groups()
            return Named(head, area, period.upper(), group or "")
    return None
