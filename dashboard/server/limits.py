"""How much may be drawn for one visitor: a bucket of tokens each, and one token a picture or file.

Only what is really made costs; what is kept is free. A visitor is an IP address, held as a keyed hash in
memory for as long as its bucket is in use. A whole town hall can share one address, so the bucket is
large: it stops programs, not people.
"""

import hashlib
import ipaddress
import math
import secrets
import threading
import time
from collections import OrderedDict

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.server import drawing, metrics

SIZE = 600.0
"""Tokens in a full bucket: what a room of people can draw at once."""
REFILL = 10.0
"""Tokens added per second: some of what the server can draw in all, so that others get theirs."""
MOST_KEPT = 10_000
"""Visitors remembered; the one seen longest ago is forgotten, which gives it a full bucket."""
LATER = 10
"""Seconds after which to try again, where nothing better is known."""


def network(address: str) -> str:
    """What stands for a visitor: the address, and of an IPv6 address the half that is one household's.

    >>> (
    ...     network("192.0.2.7"),
    ...     network("2001:db8:1:2:3:4:5:6"),
    ...     network("::ffff:192.0.2.7"),
    ...     network(""),
    ... )
    ('192.0.2.7', '2001:db8:1:2::', '192.0.2.7', '')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), 64), strict=False).network_address)


class Buckets:
    """The buckets of all visitors."""

    def __init__(self, size: float = SIZE, refill: float = REFILL, most: int = MOST_KEPT) -> None:
        self.size, self.refill, self.most = size, refill, most
        self._salt = secrets.token_bytes(16)
        self._held: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, visitor: str, now: float) -> float:
        """Take a token at a time in seconds. Returns 0.0 if there was one, else the seconds until there is."""
        key = hashlib.blake2b(visitor.encode(), key=self._salt, digest_size=12).digest()
        with self._lock:
            tokens, at = self._held.pop(key, (self.size, now))
            tokens = min(self.size, tokens + (now - at) * self.refill)
            enough = tokens >= 1.0
            self._held[key] = (tokens - 1.0 if enough else tokens, now)
            if len(self._held) > self.most:
                self._held.popitem(last=False)
        return 0.0 if enough else (1.0 - tokens) / self.refill


class _Account:
    """What one request draws on its visitor's bucket."""

    def __init__(self, buckets: Buckets, visitor: str) -> None:
        self.buckets, self.visitor, self.wait = buckets, visitor, 0.0

    def pay(self) -> None:
        """Take a token. Raises Busy if there is none."""
        self.wait = self.buckets.take(self.visitor, time.monotonic())
        if self.wait:
            metrics.REFUSED.labels("for mange").inc()
            raise drawing.Busy("der er tegnet nok til denne besøgende lige nu")


class Limits:
    """Middleware that lets each visitor draw so much; an answer that says «later» also says when.

    A route that meets Busy answers 503 with its own Danish notice; here it becomes 429 if the visitor's
    own bucket was empty.
    """

    def __init__(self, app: ASGIApp, buckets: Buckets | None = None) -> None:
        self.app, self.buckets = app, buckets or Buckets()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with an account to draw on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        account = _Account(self.buckets, network((scope.get("client") or ("",))[0]))
        drawing.paying.set(account.pay)

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 503:
                if account.wait:
                    message["status"] = 429
                headers = MutableHeaders(scope=message)
                headers.setdefault("retry-after", str(math.ceil(account.wait) or LATER))
            await send(message)

        await self.app(scope, receive, told)
