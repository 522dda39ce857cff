"""Which release is named on disk: the one in use, or in a preview the candidate.

A preview is a server of its own, started with INDBLIK_PREVIEW=1 (`python -m etl preview`). In any other
server a release that is not published cannot be reached, whatever the address says.
"""

import os

from contract import journal
from contract.journal import JournalError
from contract.release import candidate_id, current_id

VARIABLE = "INDBLIK_PREVIEW"


def previewing() -> bool:
    """Whether this server is a preview."""
    return os.environ.get(VARIABLE) == "1"


def named_id() -> str:
    """Id of the release named. Raises ReleaseError if what names it is missing or names no release id."""
    return (candidate_id() if previewing() else "") or current_id()


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
    return tuple(dict.fromkeys([named_id(), *public()])) if previewing() else public()
