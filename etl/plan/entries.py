"""Texts and definitions: which entries are added or gone, and which fields of the others say something else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from etl.plan.tables import Tables, rows

NAMES = {
    "indicators": "Indikatorer",
    "sources": "Kilder",
    "breaks": "Databrud",
    "story": "Sætninger",
    "questions": "Spørgsmål og svar",
    "relations": "Afstemninger",
    "events": "Begivenheder",
    "decisions": "Beslutninger",
    "points": "Principper, grupper og udsagn",
    "glossary": "Begreber",
    "runsheets": "Køreplaner",
}
"""Table → what its entries are called, in the order in which they are told of."""
_COMPUTED = {
    "rank", "figures", "left", "left_low", "left_high", "right", "right_low", "right_high", "gap", "explained",
    "date_start", "date_end", "days",
}  # fmt: skip
"""Columns that follow from figures and other columns: `touched` tells of them."""


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry. `fields` are (key in the data file, old text, new text); none if it was added or is gone."""

    table: str
    id: str
    what: str
    title: str
    fields: tuple[tuple[str, str, str], ...] = ()


def compare_entries(old: Tables, new: Tables) -> list[EntryChange]:
    """Every entry whose own words are not the same in both releases, table by table."""
    found = []
    for table in NAMES:
        before, after = rows(old, table), rows(new, table)
        for name in sorted(before.keys() | after.keys()):
            one, other = before.get(name), after.get(name)
            what = "tilføjet" if one is None else "udgået" if other is None else "ændret"
            fields = tuple(_fields(one, other)) if one and other else ()
            if fields or what != "ændret":
                found.append(EntryChange(table, name, what, title(other or one or {}), fields))
    return found


def title(row: dict[str, Any]) -> str:
    """What an entry is called: its title, question, term or text."""
    return next(
        (str(row[key]) for key in ("title", "question", "term", "text") if row.get(key)), ""
    )


def _fields(old: dict[str, Any], new: dict[str, Any]) -> Iterable[tuple[str, str, str]]:
    for key in new:
        if key not in _COMPUTED and old.get(key) != new[key]:
            yield key, _said(old.get(key)), _said(new[key])


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_said(member) for member in value)
    if isinstance(value, dict):
        return " ".join(_said(member) for member in value.values() if member)
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return "" if value is None else str(value)
