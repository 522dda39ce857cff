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

SETTING = "INDBLIK_FOELG"
SCHEMES = ("redis://", "rediss://", "valkey://", "valkeys://", "unix://")
PREFIX = "indblik:foelg:"
"""What names of sessions begin with in the store; nothing else does, as anyone can ask for any name."""
STEPS, STARTED, ALL = "indblik:foelg-trin:", "indblik:foelg-nye", "indblik:foelg-alle"
CHANNEL = "indblik:foelg-skift"
ANSWER_SECONDS = 2.0
"""How long the store may take: a presenter's step waits no longer before it is tried again."""
AGAIN_SECONDS = 1.0
"""Between attempts to listen again after the store was away."""

_LOG = logging.getLogger("indblik")

_WITHIN = """
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
local function within(key, milliseconds, most)
  local first = redis.call('LINDEX', key, -1)
  while first and now - first >= milliseconds do
    redis.call('RPOP', key)
    first = redis.call('LINDEX', key, -1)
  end
  if redis.call('LLEN', key) >= most then return false end
  redis.call('LPUSH', key, now)
  redis.call('PEXPIRE', key, milliseconds)
  return true
end
"""
"""The limit of `follow.MemoryStore`, in the store's own time."""
_START = (
    _WITHIN
    + """
local session, started, all = KEYS[1], KEYS[2], KEYS[3]
local query, secret, number = ARGV[1], ARGV[2], ARGV[3]
local kept, per_minute, most = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
if not within(started, 60000, per_minute) then return 'minut' end
redis.call('ZREMRANGEBYSCORE', all, '-inf', now)
if redis.call('ZCARD', all) >= most then return 'alle' end
redis.call('HSET', session, 'query', query, 'secret', secret, 'number', number, 'version', 1)
redis.call('PEXPIRE', session, kept)
redis.call('ZADD', all, now + kept, session)
redis.call('PEXPIRE', all, kept)
return 'ok'
"""
)
_MOVE = (
    _WITHIN
    + """
local session, steps, all = KEYS[1], KEYS[2], KEYS[3]
local secret, number, channel, name = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local kept, per_second = tonumber(ARGV[5]), tonumber(ARGV[6])
if redis.call('HGET', session, 'secret') ~= secret then return 'ukendt' end
if not within(steps, 1000, per_second) then return 'hurtigt' end
redis.call('HSET', session, 'number', number)
redis.call('HINCRBY', session, 'version', 1)
redis.call('PEXPIRE', session, kept)
redis.call('ZADD', all, now + kept, session)
redis.call('PEXPIRE', all, kept)
redis.call('PUBLISH', channel, name)
return 'ok'
"""
)


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
        address = address.replace("valkey", "redis", 1)
        self._client = client.Redis.from_url(
            address, decode_responses=True, socket_connect_timeout=ANSWER_SECONDS,
            socket_timeout=ANSWER_SECONDS, health_check_interval=10,
            # A connection from before the store was away fails once; a step made twice is the same step.
            retry=Retry(ConstantBackoff(0.05), 2),
        )  # fmt: skip
        self._start = self._client.register_script(_START)
        self._move = self._client.register_script(_MOVE)
        self._counted: Counter[str] = Counter()
        self._changed: dict[str, asyncio.Event] = {}
        self._listener: asyncio.Task[None] | None = None

    async def start(self, query: str, number: int) -> Started:
        """See `Store`."""
        started = fresh()
        said = await self._ask(
            self._start(
                keys=[PREFIX + started.id, STARTED, ALL],
                args=[query, _hashed(started.secret), number, self.kept_ms, self.per_minute, self.most],
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
                    if away:
                        _LOG.info("«Følg med»: forbindelsen til %s er tilbage", SETTING)
                    away = False
                    self._wake(*self._changed)
                    while True:
                        told = await channel.get_message(True, timeout=AGAIN_SECONDS)
                        if told:
                            self._wake(told["data"])
            except self._faults as error:
                if not away:
                    _LOG.warning("«Følg med»: ingen forbindelse (%s)", type(error).__name__)
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
