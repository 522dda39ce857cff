"""One build at a time. The lock is on the folder itself and ends with its process, even killed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: one person at one PC; there is no lock
    fcntl = None


class BusyError(Exception):
    """Another build is under way; the message is Danish."""


@contextmanager
def only_builder(folder: Path) -> Iterator[None]:
    """Hold the folder's lock while the block runs. Raises BusyError if another process holds it."""
    if fcntl is None:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError("en anden er i gang med at bygge; prøv igen om lidt") from None
        yield
    finally:
        os.close(descriptor)
