"""The candidate → public, and one step back: an entry in the journal, then CURRENT moves.

CURRENT moves last, by one atomic replacement: before it the public sees wholly the old release, after it
wholly the new. An entry whose move never came does not count and is written over by the next one.
"""

from pathlib import Path

from contract import paths
from contract.journal import PUBLISHED, UNDONE, Event, JournalError, in_force, in_use, standing
from contract.release import Manifest, ReleaseError, current_id, verify
from etl import drift
from etl.atomic import replace_file, sweep
from etl.candidate import Refused, is_whole, must_follow, named_candidate
from etl.lock import only_builder

NEXT = "Kør «python -m etl plan» og «python -m etl build», og se på kandidaten igen"


def publish(root: Path, manifest: Manifest, note: str, day: str = "") -> Event | None:
    """Put the candidate in use; `manifest` is what the inputs give today, `day` (ISO) when it is announced.

    `day` empty: the data's own date. Gives the entry, None if the release is in use already. Raises Refused
    if there is no candidate, or it is not what the inputs give, is damaged, or does not follow the release
    in use; JournalError on a faulty journal; BusyError, OSError.
    """
    releases = paths.releases_dir(root)
    if not releases.is_dir():
        raise Refused("der er ingen kandidat. Kør «python -m etl build» først")
    with only_builder(releases):
        if manifest.release == in_use(root):
            _move_current(root, manifest.release)
            return None
        candidate = named_candidate(root)
        if not candidate:
            raise Refused(f"der er ingen kandidat at udgive. {NEXT}")
        if candidate != manifest.release:
            raise Refused(
                f"kandidaten {candidate} svarer ikke til data: de giver nu {manifest.release}. {NEXT}"
            )
        if not is_whole(releases / candidate, manifest):
            found = drift.told(drift.faults(releases / candidate))
            why = f" ({found})" if found else ""
            raise Refused(f"kandidaten {candidate} er ændret, siden den blev bygget{why}. {NEXT}")
        must_follow(root, manifest)
        event = Event(PUBLISHED, candidate, in_use(root), day or manifest.published, note)
        _enter(root, event)
        return event


def rollback(root: Path, note: str, day: str) -> Event:
    """Put the release that was in use before the present one was published in use again.

    A further rollback goes a further step back, never forth. Raises Refused if there is none, or it is
    damaged; JournalError on a faulty journal; BusyError, OSError.
    """
    releases = paths.releases_dir(root)
    if not releases.is_dir():
        raise Refused("der er ingen udgaver")
    with only_builder(releases):
        now = in_use(root)
        stack = standing(_so_far(root))
        if len(stack) < 2:
            raise Refused(f"udgaven i brug, {now or 'ingen'}, har ingen udgave før sig")
        before = stack[-2]
        if stack[-1] != now:
            raise Refused(f"CURRENT nævner {now}, men den sidst udgivne er {stack[-1]}")
        try:
            verify(releases / before)
        except ReleaseError as error:
            raise Refused(f"udgaven før er ikke hel: {error}") from error
        if found := drift.faults(releases / before):
            raise Refused(f"udgaven før kan ikke vises mere: {drift.told(found)}")
        event = Event(UNDONE, before, now, day, note)
        _enter(root, event)
        return event


def _so_far(root: Path) -> tuple[Event, ...]:
    """The entries in force. Raises JournalError also if there are none though a release is in use: they were lost."""
    events = in_force(root)
    if not events and (now := in_use(root)):
        raise JournalError(f"{paths.journal_file(root).name} er tom eller væk, men {now} er i brug")
    return events


def _enter(root: Path, event: Event) -> None:
    entries = [*_so_far(root), event]
    sweep(root)
    text = "".join(f"{entry.to_json()}\n" for entry in entries)
    replace_file(paths.journal_file(root), text.encode())
    _move_current(root, event.release)


def _move_current(root: Path, release: str) -> None:
    try:
        moved = current_id(root) == release
    except ReleaseError:
        moved = False
    if not moved:
        replace_file(paths.current_file(root), f"{release}\n".encode())
    if named_candidate(root) in ("", release):
        paths.candidate_file(root).unlink(missing_ok=True)
