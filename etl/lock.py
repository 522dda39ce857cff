"""One build at a time, and none during a fetch. A lock is on the folder itself and ends with its process."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contract import paths

try:
    import fcntl
except ImportError:  # Windows: one person at one PC; there is no lock
    fcntl = None


class BusyError(Exception):
    """Another build or fetch is under way; the message is Danish."""


@contextmanager
def nobody_fetches(root: Path) -> Iterator[None]:
    """Keep what was fetched as it is while the block reads it: half of a new fetch makes no release.

    Raises BusyError if a fetch is under way.
    """
    folder = paths.raw_dir(root)
    if not folder.is_dir():
        yield
        return
    with only_builder(folder, "hente tal"):
        yield


@contextmanager
def only_builder(folder: Path, what: str = "bygge") -> Iterator[None]:
    """Hold the folder's lock while the block runs. Raises BusyError, which says `what` another process does."""
    if fcntl is None:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(f"en anden er i gang med at {what}; prøv igen om lidt") from None
        yield
    finally:
        os.close(descriptor)
