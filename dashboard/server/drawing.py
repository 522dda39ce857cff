"""Pictures made when someone asks: one at a time, so many a minute, the latest kept in memory.

Drawing takes a tenth of a second of a whole core; whoever asks for many must not slow the pages.
"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from contextvars import ContextVar


class Busy(RuntimeError):
    """Too many pictures have been asked for; the caller shows something that is ready."""


def _nobody() -> None:
    """What is drawn without a visitor costs nothing."""


paying: ContextVar[Callable[[], None]] = ContextVar("indblik_paying", default=_nobody)
"""Called before anything is made for a visitor; raises Busy if the one who asked may not have more (`limits`)."""


class Studio:
    """Makes and keeps pictures.

    `per_minute` are made at most, `bytes_kept` are held (the least recently used go first), and a
    caller waits at most `patience` seconds for the one being made. `made`, `reused` and `refused` count
    what came of each `get`; `size` is the bytes held now.
    """

    def __init__(
        self, per_minute: int = 40, bytes_kept: int = 12_000_000, patience: float = 3.0
    ) -> None:
        self.per_minute, self.bytes_kept, self.patience = per_minute, bytes_kept, patience
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._made: deque[float] = deque()
        self.size = self.made = self.reused = self.refused = 0
        self._keeping = threading.Lock()
        self._drawing = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The picture of a key, made if it is not kept. Raises Busy, and whatever `make` raises."""
        found = self._look(key)
        if found is not None:
            return found
        if not self._drawing.acquire(timeout=self.patience):
            self.refused += 1
            raise Busy("der tegnes allerede")
        try:
            found = self._look(key)
            if found is not None:
                return found
            self._count()
            made = make()
            self.made += 1
        finally:
            self._drawing.release()
        self._keep(key, made)
        return made

    def _look(self, key: Hashable) -> bytes | None:
        with self._keeping:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            self.reused += 1
            return self._kept[key]

    def _count(self) -> None:
        now = time.monotonic()
        while self._made and now - self._made[0] > 60:
            self._made.popleft()
        if len(self._made) >= self.per_minute:
            self.refused += 1
            raise Busy("der er tegnet nok i dette minut")
        paying.get()()
        self._made.append(now)

    def _keep(self, key: Hashable, made: bytes) -> None:
        with self._keeping:
            self.size += len(made) - len(self._kept.pop(key, b""))
            self._kept[key] = made
            while self.size > self.bytes_kept and self._kept:
                _, dropped = self._kept.popitem(last=False)
                self.size -= len(dropped)


studio = Studio()
"""The one that all routes use: one drawing at a time for the whole server."""
