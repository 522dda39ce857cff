"""One page script at a time: the others wait, for a moment at most.

Scripts are Python code in threads, so two at once do not get done sooner; they take the interpreter from
each other and from the event loop that sends their answers. A script that is slow, or waits for a file,
must not hold the others back: after `patience` seconds a waiting script runs beside it.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Lets one thread at a time through, and nobody wait longer than `patience` seconds."""

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self._free = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[float]:
        """Wait for the turn, and give it back whatever ends the block; yields the seconds waited."""
        begun = time.perf_counter()
        mine = self._free.acquire(timeout=self.patience)
        try:
            yield time.perf_counter() - begun
        finally:
            if mine:
                self._free.release()
