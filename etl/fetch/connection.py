"""One connection to a service: pace, timeouts, retries, and everything that shows an answer is not one.

A redirect is never followed (the question would be lost, and the key sent elsewhere). Asked again are only
a broken connection, half a body, 429 and 500, 502, 503, 504: nothing else becomes right by asking again.
"""

import time
import zlib
from collections.abc import Callable
from types import TracebackType
from urllib.parse import urlsplit

import httpx2
import stamina

from etl import cpr
from etl.fetch.received import Received
from etl.fetch.refused import FetchError, KeyMissing, ServiceDown
from etl.fetch.service import USER_AGENT, Service

PASSING = frozenset({429, 500, 502, 503, 504})


class _Again(Exception):
    """Worth another try; `after` is what the service asked for in seconds, or nothing."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class Connection:
    """Asks one service, one request at a time. Use as a context; `say` gets a line when it waits."""

    def __init__(self, service: Service, say: Callable[[str], None] = lambda _: None) -> None:
        self.service = service
        self._say = say
        self._last = float("-inf")
        self._attempt = 0
        self._client = httpx2.Client(
            follow_redirects=False,
            trust_env=not service.is_local,  # a proxy is for the world outside
            timeout=httpx2.Timeout(service.read_timeout, connect=service.connect_timeout),
            limits=httpx2.Limits(max_connections=1),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", **service.headers},
        )

    def __enter__(self) -> "Connection":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(self, path: str) -> Received:
        """GET a path below the service's address; its query is sent exactly as written."""
        return self._ask("GET", path, "")

    def post(self, path: str, body: str) -> Received:
        """POST a JSON text to a path below the service's address."""
        return self._ask("POST", path, body)

    def _ask(self, method: str, path: str, body: str) -> Received:
        """Ask, again if that may help. Raises FetchError and its kinds; the answer's status is 2xx, or
        4xx, which the caller reads.
        """
        service = self.service
        try:
            for attempt in stamina.retry_context(
                on=self._whether_again,
                attempts=service.attempts,
                timeout=None,
                wait_initial=service.first_wait,
                wait_max=service.longest_wait,
                wait_jitter=service.first_wait / 2,
            ):
                self._attempt = attempt.num
                with attempt:
                    return self._once(method, path, body)
        except _Again as error:
            asked = f"; den beder om at vente {round(error.after)} sekunder" if error.after else ""
            raise ServiceDown(
                f"{service.title}: {error} (forsøg: {self._attempt}){asked}. "
                "Prøv igen senere; det, der allerede er hentet, er gemt"
            ) from None
        raise AssertionError("stamina gives an answer or raises")

    def _whether_again(self, error: Exception) -> bool | float:
        if not isinstance(error, _Again):
            return False
        if error.after is not None and error.after > self.service.longest_wait:
            return False
        if self._attempt < self.service.attempts:
            self._say(f"{self.service.title}: {error}; prøver igen …")
        return True if error.after is None else error.after

    def _once(self, method: str, path: str, body: str) -> Received:
        self._keep_pace()
        url = self.service.base + path
        headers = {"Content-Type": "application/json; charset=utf-8"} if body else {}
        try:
            with self._client.stream(method, url, content=body.encode(), headers=headers) as answer:
                content = self._whole(answer)
        except httpx2.TimeoutException:
            raise _Again("svaret kom ikke inden for tiden") from None
        except httpx2.RemoteProtocolError:
            raise _Again("forbindelsen blev afbrudt, før svaret var helt") from None
        except httpx2.TransportError as error:
            raise _Again(f"der er ingen forbindelse ({type(error).__name__})") from None
        self._look_at(answer, content)
        return Received(
            url, method, body, answer.status_code, answer.headers.get("content-type", ""),
            answer.headers.get("StatbankAPI-Request-Id", ""), content,
        )  # fmt: skip

    def _keep_pace(self) -> None:
        wait = self._last + self.service.pace - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._last = time.monotonic()

    def _whole(self, answer: httpx2.Response) -> bytes:
        """The whole body, unpacked. Read raw, since a cut gzip stream is otherwise taken for a whole one."""
        packed = bytearray()
        for piece in answer.iter_raw():
            packed += piece
            if len(packed) > self.service.largest:
                raise FetchError(f"{self.service.title} sender mere, end der kan tages imod")
        encoding = answer.headers.get("content-encoding", "").strip().lower()
        if encoding in ("", "identity"):
            return bytes(packed)
        if encoding != "gzip":
            raise FetchError(
                f"{self.service.title} svarer i en pakning, der ikke er bedt om ({encoding})"
            )
        unpacker = zlib.decompressobj(wbits=31)
        try:
            content = unpacker.decompress(bytes(packed), self.service.largest)
        except zlib.error:
            raise _Again("svaret er beskadiget og kan ikke pakkes ud") from None
        if unpacker.unconsumed_tail:
            raise FetchError(f"{self.service.title} sender mere, end der kan tages imod")
        if not unpacker.eof:
            raise _Again("svaret er kun kommet halvt")
        return content

    def _look_at(self, answer: httpx2.Response, content: bytes) -> None:
        """Refuse what no service of ours answers: redirects, log-in pages, faults that may pass."""
        title, status = self.service.title, answer.status_code
        if status in PASSING:
            raise _Again(_said_of(status), _retry_after(answer.headers.get("retry-after", "")))
        if 300 <= status < 400:
            to = urlsplit(answer.headers.get("location", "")).hostname or "en anden adresse"
            raise ServiceDown(
                f"{title} viser videre til {self.service.hide(to)} ({status}). Det følges ikke; er tjenesten "
                "flyttet, skal adressen rettes"
            )
        if status in (401, 403):
            if not self.service.secret:
                raise ServiceDown(f"{title} afviser adgangen ({status})")
            raise KeyMissing(
                f"{title} afviser adgangen ({status}): nøglen er forkert, udløbet eller gælder ikke her"
            )
        kind = answer.headers.get("content-type", "").lower()
        start = content[:256].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
        if kind.startswith("text/html") or start.startswith((b"<!doctype html", b"<html")):
            raise ServiceDown(
                f"{title} svarede med en webside ({status}), ikke med data: det kan være en login-side, en "
                "spærring på netværket eller et forkert sted"
            )
        if self.service.secret and self.service.secret.encode() in content:
            raise FetchError(f"{title} gentager nøglen i sit svar; det gemmes ikke")
        if cpr.line_in(content):
            raise FetchError(
                f"{title} har noget i sit svar, der ligner et CPR-nummer; det gemmes ikke"
            )
        if status >= 500:
            raise ServiceDown(f"{title} har en fejl ({status})")


def _said_of(status: int) -> str:
    return "for mange forespørgsler (429)" if status == 429 else f"tjenesten har en fejl ({status})"


def _retry_after(text: str) -> float | None:
    """Seconds from a Retry-After header; a date or nonsense counts as nothing asked."""
    return float(text) if text.strip().isascii() and text.strip().isdigit() else None
