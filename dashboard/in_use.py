"""Which release this server shows where the address names none: the one in use, or in a preview the candidate.

A preview is a server of its own, started with INDBLIK_PREVIEW=1 (`python -m etl preview`). In any other
server a release that is not published cannot be reached, whatever the address says.
"""

import os

from contract import journal, paths
from contract.journal import JournalError
from contract.release import candidate_id, current_id

VARIABLE = "INDBLIK_PREVIEW"


def previewing() -> bool:
    """Whether this server is a preview."""
    return os.environ.get(VARIABLE) == "1"


def shown_id() -> str:
    """Id of the release shown. Raises ReleaseError if what names it is missing or names no release id."""
    return (candidate_id() if previewing() else "") or current_id()


def edition() -> str:
    """What everything shown depends on: the release, and how often something was published or undone.

    For what is kept in memory: after a step back the release is an old one, but what is told of it is new.
    Raises as `shown_id`.
    """
    try:
        size = paths.journal_file().stat().st_size
    except OSError:
        size = 0
    return f"{shown_id()} {size}"


def public() -> tuple[str, ...]:
    """Ids of the published releases, last in use first; with a faulty journal only the one in use."""
    try:
        return journal.published()
    except JournalError:
        return (current_id(),)


def reachable() -> tuple[str, ...]:
    """Ids of the releases that an address may name: those published, in a preview the candidate first.

    Raises ReleaseError if nothing can be told.
    """
    return tuple(dict.fromkeys([shown_id(), *public()])) if previewing() else public()
