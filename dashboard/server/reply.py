"""One HTTP answer made from bytes: encoding by Accept-Encoding, ETag, 304 and HEAD."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import brotli
from starlette.datastructures import Headers
from starlette.types import Scope, Send

Encoding = Literal["br", "gzip", ""]

HTML = "text/html; charset=utf-8"
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
SMALLEST = 500
"""Bodies below this many bytes are sent as they are: compressing them gains nothing."""


_REFUSED = re.compile(r"q\s*=\s*0(\.0*)?\Z")


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete body in one encoding, ready to send. `etag` is without quotes; empty = none."""

    body: bytes
    content_type: str
    cache_control: str
    status: int = 200
    encoding: Encoding = ""
    etag: str = ""


def accepted(header: str) -> Encoding:
    """The best encoding an Accept-Encoding header allows.

    >>> accepted("gzip, deflate, br")
    'br'
    >>> accepted("br;q=0, gzip;q=0.5")
    'gzip'
    """
    allowed: dict[str, bool] = {}
    for item in header.lower().split(","):
        name, _, parameter = item.strip().partition(";")
        allowed[name.strip()] = not _REFUSED.match(parameter.strip())
    for encoding in ("br", "gzip"):
        if allowed.get(encoding, allowed.get("*", False)):
            return encoding
    return ""


def compress(body: bytes, encoding: Encoding, quality: int = 5) -> bytes:
    """`body` in an encoding; `quality` is brotli's (0–11), gzip gets the nearest it has."""
    if encoding == "br":
        return brotli.compress(body, quality=quality)
    if encoding == "gzip":
        return gzip.compress(body, min(quality, 9), mtime=0)
    return body


def digest(body: bytes) -> str:
    """Eight hex digits that change when the content does."""
    return hashlib.sha256(body).hexdigest()[:8]


@lru_cache(maxsize=256)
def text(
    body: str,
    encoding: Encoding,
    content_type: str = HTML,
    cache_control: str = REVALIDATE,
    status: int = 200,
) -> Answer:
    """An answer made from text, compressed on the fly; the latest ones are kept."""
    raw = body.encode()
    if len(raw) < SMALLEST:
        encoding = ""
    packed = compress(raw, encoding)
    return Answer(packed, content_type, cache_control, status, encoding, digest(raw))


async def send(answer: Answer, scope: Scope, send: Send, *, vary: str = "") -> None:
    """Send an answer: 304 when the browser has it already, no body for HEAD.

    `vary` names a further request header that the answer depends on.
    """
    headers = [
        (b"content-type", answer.content_type.encode()),
        (b"cache-control", answer.cache_control.encode()),
        (b"vary", ", ".join(filter(None, ("Accept-Encoding", vary))).encode()),
    ]
    if answer.etag:
        tag = f'"{answer.etag}{answer.encoding and "-" + answer.encoding}"'
        headers.append((b"etag", tag.encode()))
        known = Headers(scope=scope).get("if-none-match", "")
        if answer.status == 200 and tag in [
            one.strip().removeprefix("W/") for one in known.split(",")
        ]:
            await send({"type": "http.response.start", "status": 304, "headers": headers[1:]})
            await send({"type": "http.response.body", "body": b""})
            return
    if answer.encoding:
        headers.append((b"content-encoding", answer.encoding.encode()))
    headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    body = b"" if scope["method"] == "HEAD" else answer.body
    await send({"type": "http.response.body", "body": body})


def wanted(scope: Scope) -> Encoding:
    """The encoding to answer a request in."""
    return accepted(Headers(scope=scope).get("accept-encoding", ""))
