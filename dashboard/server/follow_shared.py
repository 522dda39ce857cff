"""The sessions of those who follow, kept where several server processes can reach them (Redis, Valkey).

A session is a hash that the store forgets by itself; a step is published on one channel, on which every
process listens once for all its followers. What must not happen in between, happens in a script inside the
store. The secret is kept as its SHA-256 only.
"""

import asyncio
import contextlib
import hashlib
import logging
from collections import Counter
from collections.abc import Awaitable
from typing import Any

from dashboard.server.follow import Full, MemoryStore, Position, Started, Store, Unreachable, fresh
from dashboard.server.follow_scripts import ALL, CHANNEL, MOVE, PREFIX, START, STARTED, STEPS

SETTING = "INDBLIK_FOELG"
SCHEMES = ("redis://", "rediss://", "valkey://", "valkeys://", "unix://")
ANSWER_SECONDS = 2.0
"""How long the store may take: a presenter's step waits no longer before it is tried again."""
AGAIN_SECONDS = 1.0
"""Between attempts to listen again after the store was away."""

_LOG = logging.getLogger("indblik")


class SharedStore:
    """See `follow.Store`; limits as in `MemoryStore`, but followers are counted where they are connected."""

    def __init__(
        self, address: str, *, most: int = 200, seconds_kept: float = 6 * 3600, per_second: int = 10,
        per_minute: int = 20, followers: int = 300,
    ) -> None:  # fmt: skip
        """No connection is made before the first use. Raises ImportError without the package `redis`."""
        from redis import asyncio as client
        from redis.asyncio.retry import Retry
        from redis.backoff import ConstantBackoff
        from redis.exceptions import RedisError

        self.most, self.kept_ms, self.per_second = most, int(seconds_kept * 1000), per_second
        self.per_minute, self.followers = per_minute, followers
        self._faults = (RedisError, OSError, TimeoutError)
        if address.startswith("valkey"):  # the same protocol
            address = "redis" + address.removeprefix("valkey")
        self._client = client.Redis.from_url(
            address, decode_responses=True, socket_connect_timeout=ANSWER_SECONDS,
            socket_timeout=ANSWER_SECONDS, health_check_interval=10,
            # A connection from before the store was away fails once; a step made twice is the same step.
            retry=Retry(ConstantBackoff(0.05), 2),
        )  # fmt: skip
        self._start = self._client.register_script(START)
        self._move = self._client.register_script(MOVE)
        self._counted: Counter[str] = Counter()
        self._changed: dict[str, asyncio.Event] = {}
        self._listener: asyncio.Task[None] | None = None

    async def start(self, query: str, number: int) -> Started:
        """See `Store`."""
        started = fresh()
        said = await self._ask(
            self._start(
                keys=[PREFIX + started.id, STARTED, ALL],
                args=[
                    query,
                    _hashed(started.secret),
                    number,
                    self.kept_ms,
                    self.per_minute,
                    self.most,
                ],
            )
        )
        if said == "minut":
            raise Full("for mange nye fremlæggelser lige nu")
        if said == "alle":
            raise Full("der er for mange fremlæggelser i gang")
        return started

    async def query(self, session: str) -> str | None:
        """See `Store`."""
        return await self._ask(self._client.hget(PREFIX + session, "query"))  # type: ignore[arg-type]

    async def position(self, session: str) -> Position | None:
        """See `Store`."""
        asked = self._client.hmget(PREFIX + session, ["number", "version"])
        number, version = await self._ask(asked)  # type: ignore[arg-type]
        return Position(int(number), int(version)) if number and version else None

    async def move(self, session: str, secret: str, number: int) -> bool:
        """See `Store`."""
        said = await self._ask(
            self._move(
                keys=[PREFIX + session, STEPS + session, ALL],
                args=[_hashed(secret), number, CHANNEL, session, self.kept_ms, self.per_second],
            )
        )
        if said == "hurtigt":
            raise Full("for mange skift i sekundet")
        return said == "ok"

    async def wait(self, session: str, seen: int, seconds: float) -> Position | None:
        """See `Store`."""
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen(), name="indblik-foelg")
        changed = self._changed.setdefault(session, asyncio.Event())
        found = await self.position(session)
        if found is None or found.version != seen:
            return found
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(changed.wait(), seconds)
        return await self.position(session)

    def enter(self, session: str) -> None:
        """See `Store`."""
        if self._counted[session] >= self.followers:
            raise Full("der følger for mange med")
        self._counted[session] += 1

    def leave(self, session: str) -> None:
        """See `Store`."""
        self._counted[session] -= 1
        if self._counted[session] <= 0:
            del self._counted[session]
            self._changed.pop(session, None)

    async def close(self) -> None:
        """Stop listening and let go of the connections."""
        if self._listener:
            self._listener.cancel()
            await asyncio.gather(self._listener, return_exceptions=True)
        await self._client.aclose()

    async def _ask(self, asked: Awaitable[Any]) -> Any:
        try:
            return await asyncio.wait_for(asked, ANSWER_SECONDS)
        except self._faults as error:
            raise Unreachable("«Følg med» er ude af drift lige nu") from error

    async def _listen(self) -> None:
        """Wake those who wait when a step is published, and all of them when some may have been missed."""
        away = False
        while True:
            try:
                async with self._client.pubsub() as channel:
                    await channel.subscribe(CHANNEL)
                    while True:
                        told = await channel.get_message(timeout=AGAIN_SECONDS)
                        if told and told["type"] == "subscribe":
                            # Connected, or again: what was published in between was not heard.
                            if away:
                                _LOG.info("«Følg med»: lageret svarer igen")
                            away = False
                            self._wake(*self._changed)
                        elif told:
                            self._wake(told["data"])
            except self._faults as error:
                if not away:
                    _LOG.warning("«Følg med»: lageret svarer ikke (%s)", type(error).__name__)
                away = True
                await asyncio.sleep(AGAIN_SECONDS)

    def _wake(self, *sessions: str) -> None:
        for session in sessions:
            if changed := self._changed.pop(session, None):
                changed.set()


def chosen(address: str) -> Store:
    """The store that INDBLIK_FOELG names, or sessions in this process if it names none.

    Raises SystemExit with a Danish sentence if it cannot be used; the address may hold a password and
    is not repeated.
    """
    if not address:
        return MemoryStore()
    if not address.startswith(SCHEMES):
        raise SystemExit(f"Indblik starter ikke: {SETTING} skal begynde med {', '.join(SCHEMES)}.")
    try:
        return SharedStore(address)
    except ImportError:
        raise SystemExit(
            f"Indblik starter ikke: {SETTING} er sat, men pakken «redis» mangler (deploy/requirements.txt)."
        ) from None
    except ValueError:
        raise SystemExit(f"Indblik starter ikke: {SETTING} er ikke en adresse.") from None


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
