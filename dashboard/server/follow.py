"""Who follows a presentation: sessions with the number of the screen that is shown, and waiting for the next.

`Store` is all that the routes know. `MemoryStore` keeps sessions in this process; several server processes
share theirs through `follow_shared`.
"""

import asyncio
import contextlib
import hmac
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol


class Full(RuntimeError):
    """No more sessions, steps or followers just now."""


class Unreachable(RuntimeError):
    """The store does not answer. Nothing is known of the session: it is neither there nor over."""


@dataclass(frozen=True, slots=True)
class Position:
    """What a follower is told: the screen, and a version that grows with every step."""

    number: int
    version: int


@dataclass(frozen=True, slots=True)
class Started:
    """A new session: its id for followers, and the secret that only the presenter has."""

    id: str
    secret: str


def fresh() -> Started:
    """An id and a secret that cannot be guessed."""
    name = secrets.token_urlsafe(6).replace("_", "a").replace("-", "b")
    return Started(name, secrets.token_urlsafe(24))


class Store(Protocol):
    """Where sessions are kept. All methods are called on the server's event loop; those that are
    awaited raise Unreachable if the sessions are elsewhere and cannot be had.
    """

    async def start(self, query: str, number: int) -> Started:
        """A session that shows a run sheet (the query of its address). Raises Full."""
        ...

    async def query(self, session: str) -> str | None:
        """The run sheet of a session, None if it is over or unknown."""
        ...

    async def position(self, session: str) -> Position | None:
        """Where a session is."""
        ...

    async def move(self, session: str, secret: str, number: int) -> bool:
        """Show another screen; whether the secret fits. Raises Full when steps come too fast."""
        ...

    async def wait(self, session: str, seen: int, seconds: float) -> Position | None:
        """The position once its version is another than `seen`, or after `seconds`. None when it is over."""
        ...

    def enter(self, session: str) -> None:
        """Count a follower of this process in. Raises Full."""
        ...

    def leave(self, session: str) -> None:
        """Count a follower out."""
        ...


@dataclass(slots=True)
class _Session:
    query: str
    secret: str
    position: Position
    touched: float
    followers: int = 0
    steps: deque[float] = field(default_factory=deque)
    changed: asyncio.Event = field(default_factory=asyncio.Event)


class MemoryStore:
    """Sessions in this process: at most `most`, forgotten `seconds_kept` after their last step.

    `per_second` steps a session, `per_minute` new sessions, `followers` a session are allowed.
    """

    def __init__(
        self, *, most: int = 200, seconds_kept: float = 6 * 3600, per_second: int = 10, per_minute: int = 20,
        followers: int = 300, clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.most, self.seconds_kept, self.per_second = most, seconds_kept, per_second
        self.per_minute, self.followers, self.clock = per_minute, followers, clock
        self._sessions: OrderedDict[str, _Session] = OrderedDict()
        self._started: deque[float] = deque()

    def __len__(self) -> int:
        """How many sessions there are."""
        self._sweep()
        return len(self._sessions)

    async def start(self, query: str, number: int) -> Started:
        """See `Store`."""
        self._sweep()
        now = self.clock()
        if not _within(self._started, now, 60, self.per_minute):
            raise Full("for mange nye fremlæggelser lige nu")
        if len(self._sessions) >= self.most:
            raise Full("der er for mange fremlæggelser i gang")
        started = fresh()
        self._sessions[started.id] = _Session(query, started.secret, Position(number, 1), now)
        return started

    async def query(self, session: str) -> str | None:
        """See `Store`."""
        found = self._get(session)
        return found.query if found else None

    async def position(self, session: str) -> Position | None:
        """See `Store`."""
        found = self._get(session)
        return found.position if found else None

    async def move(self, session: str, secret: str, number: int) -> bool:
        """See `Store`."""
        found = self._get(session)
        if found is None or not hmac.compare_digest(found.secret.encode(), secret.encode()):
            return False
        now = self.clock()
        if not _within(found.steps, now, 1, self.per_second):
            raise Full("for mange skift i sekundet")
        found.touched = now
        found.position = Position(number, found.position.version + 1)
        changed, found.changed = found.changed, asyncio.Event()
        changed.set()
        return True

    async def wait(self, session: str, seen: int, seconds: float) -> Position | None:
        """See `Store`."""
        found = self._get(session)
        if found is None or found.position.version != seen:
            return found.position if found else None
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(found.changed.wait(), seconds)
        return await self.position(session)

    def enter(self, session: str) -> None:
        """See `Store`."""
        found = self._get(session)
        if found is None or found.followers >= self.followers:
            raise Full("der følger for mange med")
        found.followers += 1

    def leave(self, session: str) -> None:
        """See `Store`."""
        found = self._sessions.get(session)
        if found is not None:
            found.followers -= 1

    def _get(self, session: str) -> _Session | None:
        self._sweep()
        return self._sessions.get(session)

    def _sweep(self) -> None:
        limit = self.clock() - self.seconds_kept
        for name in [name for name, one in self._sessions.items() if one.touched < limit]:
            self._sessions.pop(name).changed.set()


def _within(times: deque[float], now: float, seconds: float, most: int) -> bool:
    """Count one more at `now` if fewer than `most` were counted in the last `seconds`."""
    while times and now - times[0] >= seconds:
        times.popleft()
    if len(times) >= most:
        return False
    times.append(now)
    return True
