"""What was published and undone, when and why: data/publications.jsonl, oldest first, append-only.

An entry is written before CURRENT moves, so the last one counts only once CURRENT names its release: a
publication that is cut short has not happened. A release without an entry is not public.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from contract import paths
from contract.release import RELEASE_ID, ReleaseError, current_id

PUBLISHED, UNDONE = "udgivet", "fortrudt"


class JournalError(ReleaseError):
    """A journal that cannot be read; the message is Danish and names the line."""


@dataclass(frozen=True, slots=True)
class Event:
    """One publication, or one step back. `previous` was in use before it; empty before the first."""

    kind: Literal["udgivet", "fortrudt"]
    release: str
    previous: str
    date: str
    note: str

    def to_json(self) -> str:
        """One line, without its end."""
        return json.dumps(asdict(self), ensure_ascii=False)


def read_journal(root: Path | None = None) -> tuple[Event, ...]:
    """Every entry, oldest first; none if there is no journal yet. Raises JournalError on any fault."""
    file = paths.journal_file(root)
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise JournalError(f"{file.name} kan ikke læses") from error
    lines = text.split("\n")
    if lines.pop():
        raise JournalError(f"{file.name}: den sidste linje er ikke hel")
    return tuple(_event(line, f"{file.name}:{number}") for number, line in enumerate(lines, 1))


def _event(line: str, where: str) -> Event:
    try:
        event = Event(**json.loads(line))
        ids = [event.release, *filter(None, [event.previous])]
        valid = event.kind in (PUBLISHED, UNDONE) and all(RELEASE_ID.match(one) for one in ids)
        date.fromisoformat(event.date)
    except (ValueError, TypeError, RecursionError) as error:
        raise JournalError(f"{where}: linjen kan ikke læses") from error
    if not valid or not isinstance(event.note, str):
        raise JournalError(f"{where}: linjen nævner ingen udgave")
    return event


def in_force(root: Path | None = None) -> tuple[Event, ...]:
    """The entries that have taken effect, oldest first. Raises JournalError on a faulty journal."""
    events = read_journal(root)
    try:
        current = current_id(root)
    except ReleaseError:
        return events
    return events[:-1] if events and events[-1].release != current else events


def standing(events: Sequence[Event]) -> list[str]:
    """The releases that were published and not undone, in order; the last is the one in use."""
    found: list[str] = []
    for event in events:
        if event.kind == PUBLISHED:
            found.append(event.release)
        else:
            del found[-1:]
    return found


def in_use(root: Path | None = None) -> str:
    """The release in use: what CURRENT names, or the last entry where CURRENT is gone; empty = none.

    Raises JournalError on a faulty journal.
    """
    try:
        return current_id(root)
    except ReleaseError:
        events = read_journal(root)
        return events[-1].release if events else ""


def published(root: Path | None = None) -> tuple[str, ...]:
    """Ids of the public releases, last in use first. Raises JournalError on a faulty journal."""
    names = [event.release for event in reversed(in_force(root))]
    with suppress(ReleaseError):
        names.insert(0, current_id(root))
    return tuple(dict.fromkeys(names))
