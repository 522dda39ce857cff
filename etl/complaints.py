"""Complaints about the data: where, what is wrong, what is expected. Collected, never raised.

What looks like a civil registration number is not repeated, not even to complain of it.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from etl import cpr


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line in an input file; `path` begins with the data root's own name (`data/…`)."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(slots=True)
class Complaints:
    """The complaints of one reading of the data, in Danish."""

    root: Path
    _found: set[tuple[Place, str]] = field(default_factory=set)

    def add(self, place: Place, text: str) -> None:
        """Note what is wrong, and what is expected, at a place. The same twice counts once."""
        self._found.add((place, cpr.without(text)))

    def place(self, file: Path, line: int = 1) -> Place:
        """The place of a line in a file below the data root."""
        relative = file.relative_to(self.root).as_posix()
        return Place(f"{self.root.resolve().name}/{relative}", line)

    def lines(self) -> list[str]:
        """Every complaint as `path:line: text`, in the order of the files."""
        return [f"{place}: {text}" for place, text in sorted(self._found)]

    def __bool__(self) -> bool:
        return bool(self._found)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like a word that is not known, or nothing if none is."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.7)), "")


def suggestion(word: str, known: Iterable[str]) -> str:
    """`; mente du «…»?` with the nearest known word, or nothing."""
    near = nearest(word, known)
    return f"; mente du «{near}»?" if near else ""


def one_of(values: Iterable[str]) -> str:
    """Allowed values as Danish text: `«a», «b» eller «c»`."""
    quoted = [f"«{value}»" for value in values]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} eller {quoted[-1]}"
