"""The releases side by side: which are public, what changed from one to the next, a figure's history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from contract import journal
from contract.journal import PUBLISHED, UNDONE, Event
from contract.release import Manifest, ReleaseError
from dashboard import read
from dashboard.read import Figure, Release

_TEXT_FIELDS = ("period", "kind", "locator", "note")


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that differs between two releases; `old` or `new` is None if it came or went."""

    old: Figure | None
    new: Figure | None

    @property
    def figure(self) -> Figure:
        """The newer of the two."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def words(self) -> str:
        """`knap 3.900 → knap 4.000`, `nyt: 5`, `udgået: 5`, or `forklaringen er ændret`."""
        if self.old is None:
            return f"nyt: {self.figure.with_unit}"
        if self.new is None:
            return f"udgået: {self.figure.with_unit}"
        if self.old.text == self.new.text:
            return "forklaringen er ændret"
        return f"{self.old.text} → {self.new.text}"


def short(release_id: str) -> str:
    """The part of a release id that addresses use: its eight last characters."""
    return release_id[-8:]


def existing() -> list[str]:
    """Ids of the releases that an address may name and whose folder exists, last in use first."""
    return list(read.standing.shown().public)


def publications() -> list[Event]:
    """What was published and undone, newest first; in a preview the candidate is the first.

    A release in use that the journal does not tell of is told of by its own manifest. Raises ReleaseError
    if nothing names a release in use.
    """
    shown = read.standing.shown()
    events, now = list(reversed(shown.events)), shown.release
    if not events or events[0].release != now:
        own = read.load(now).manifest
        events.insert(0, Event(PUBLISHED, now, own.previous, own.published, own.note))
    return events


def note(manifest: Manifest) -> str:
    """What is said of a release: when it was last published, or else by itself."""
    events = [
        e
        for e in read.standing.shown().events
        if (e.kind, e.release) == (PUBLISHED, manifest.release)
    ]
    return events[-1].note if events else manifest.note


def withdrawn(release: str) -> bool:
    """Whether a release was published and undone."""
    events = read.standing.shown().events
    return release in {e.previous for e in events if e.kind == UNDONE} - set(
        journal.standing(events)
    )


def _chain() -> list[str]:
    """The current release and its predecessors, newest first, as far as they are public and can be read."""
    found: list[str] = []
    public = existing()
    name = read.shown_id()
    while name in public and name not in found:
        try:
            release = read.load(name)
        except ReleaseError:
            break
        found.append(name)
        name = release.manifest.previous
    return found


def resolve(text: str) -> str | None:
    """The existing release that an address means: a full id, or the eight characters of `short`."""
    return next((name for name in existing() if text in (name, short(name))), None)


def opened(text: str) -> tuple[Release, str]:
    """(the release an address names, why it is another one than named; empty if it is not).

    One that is gone gives the nearest, one that cannot be read gives the one in use. Raises ReleaseError
    only if that cannot be read either.
    """
    if not text:
        return read.current(), "der stod ikke noget; du ser den nyeste"
    found = resolve(text)
    wanted = found or nearest(text)
    try:
        release, other = read.load(wanted), "" if found else "den findes ikke; du ser den nærmeste"
    except ReleaseError:
        release, other = read.current(), "den kan ikke læses; du ser den nyeste"
    return release, f"{other}, {release.id}" if other else ""


def nearest(text: str) -> str:
    """The release nearest in date to one that no longer exists; the current one if the text has no date."""
    current = read.shown_id()
    try:
        wanted = date.fromisoformat(text[:10])
    except ValueError:
        return current
    names = existing() or [current]
    return min(names, key=lambda n: abs((date.fromisoformat(n[:10]) - wanted).days))


@lru_cache(maxsize=64)
def changes(old: str, new: str) -> tuple[Change, ...]:
    """What differs between two releases (ids), by figure id. Raises ReleaseError if one cannot be read."""
    before = {f.id: f for f in read.load(old).figures()}
    after = {f.id: f for f in read.load(new).figures()}
    found = [
        Change(before.get(i), after.get(i))
        for i in sorted(before.keys() | after.keys())
        if _differs(before.get(i), after.get(i))
    ]
    return tuple(found)


def _differs(old: Figure | None, new: Figure | None) -> bool:
    if old is None or new is None:
        return True
    own = (old.value, old.qualifier, old.as_written, old.indicator.unit, old.source.id)
    other = (new.value, new.qualifier, new.as_written, new.indicator.unit, new.source.id)
    return own != other or any(getattr(old, f) != getattr(new, f) for f in _TEXT_FIELDS)


def changed_among(old: str, new: str, figure_ids: Iterable[str]) -> list[Change]:
    """The changes that touch any of the figures, e.g. those on one page; fetched figures too."""
    wanted = set(figure_ids)
    found = [c for c in changes(old, new) if c.figure.id in wanted]
    before, after = read.load(old).fetched, read.load(new).fetched
    for name in sorted(wanted):
        pair = before.figure(name), after.figure(name)
        if any(pair) and _fetched_differs(*pair):
            found.append(Change(*pair))
    return found


def _fetched_differs(old: Figure | None, new: Figure | None) -> bool:
    """Whether a fetched figure says something else; that it was fetched another day is nothing new."""
    if old is None or new is None:
        return old is not new
    return (old.value, old.as_written, old.indicator.unit) != (
        new.value,
        new.as_written,
        new.indicator.unit,
    )


def history(figure_id: str) -> list[tuple[Release, Figure]]:
    """A figure in every release of the current chain that holds it, newest first."""
    found: list[tuple[Release, Figure]] = []
    for name in _chain():
        release = read.load(name)
        try:
            found.append((release, release.figure(figure_id)))
        except KeyError:
            continue
    return found
