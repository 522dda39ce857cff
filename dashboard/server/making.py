"""A run sheet's file in the making: in a thread, told of step by step, stopped when nobody waits for it."""

import asyncio
import json
import logging
import threading
from typing import Any

import anyio
from anyio import to_thread
from starlette.types import Receive

from dashboard.export.meeting import Meeting
from dashboard.export.progress import Stopped
from dashboard.export.together import Whole
from dashboard.server import leaving
from dashboard.server.drawing import Busy, Studio

studio = Studio(per_minute=20, bytes_kept=32_000_000, patience=30.0)
"""Apart from the single files' studio: a folder of ten screens must not keep a workbook waiting."""
TIMEOUT = 120.0
"""Seconds a visitor waits for a file, those of others before it included."""
_LATE = "Filen blev ikke færdig. Prøv igen om lidt."
_LOG = logging.getLogger("indblik")
_room: anyio.CapacityLimiter | None = None


class Gone(Exception):
    """The visitor has gone away."""


class Work:
    """One file for one visitor. `steps` is how many there are, `step` how many have begun."""

    def __init__(self, kind: Whole, own: Meeting) -> None:
        self.kind, self.own = kind, own
        self.step, self.steps = 0, kind.steps(own)
        self._lines: asyncio.Queue[tuple[dict[str, Any], bytes] | None] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._stopped = threading.Event()
        self._counting = threading.Lock()
        self._task: asyncio.Future[None] | None = None
        self._until = self._loop.time() + TIMEOUT

    def begin(self) -> None:
        """Begin, when those who came before are done."""
        self._task = asyncio.ensure_future(
            to_thread.run_sync(self._make, abandon_on_cancel=True, limiter=_limiter())
        )

    def stop(self) -> None:
        """Make nothing more. What is being drawn at this moment is finished; nothing is begun after it."""
        self._stopped.set()
        if self._task:
            self._task.cancel()

    async def watch(self, receive: Receive) -> None:
        """Stop when the visitor goes away."""
        while (await receive())["type"] != "http.disconnect":
            pass
        self.stop()
        self._lines.put_nowait(None)

    async def line(self) -> tuple[dict[str, Any], bytes]:
        """The next thing to tell: a step; at last the file with its content, or why there is none.

        Raises Gone.
        """
        left = self._until - self._loop.time()
        try:
            found = await asyncio.wait_for(leaving.process.unless_closed(self._lines.get()), left)
        except (TimeoutError, leaving.Closed):
            return {"fejl": _LATE}, b""
        if found is None:
            raise Gone
        return found

    def _make(self) -> None:
        texts = tuple((view.message, view.talk) for view in self.own.views)
        key = (self.kind.ending, self.own.link, texts, tuple(self.own.missing))
        try:
            kept = studio.get(key, lambda: _packed(*self.kind.make(self.own, self._told)))
        except Stopped:
            _LOG.info(
                "Køreplan (%s) standset ved %s af %s", self.kind.ending, self.step, self.steps
            )
        except Busy:
            why = "Der bliver lavet mange filer i øjeblikket. Prøv igen om lidt."
            self._put({"fejl": why})
        except Exception:
            _LOG.exception("Køreplan (%s) kunne ikke laves", self.kind.ending)
            self._put({"fejl": "Der er en fejl i Indblik. Prøv en anden slags fil."})
        else:
            head, _, body = kept.partition(b"\n")
            about = {"fil": self.kind.name(self.own), "type": self.kind.mime, "bytes": len(body)}
            self._put(about | {"mangler": json.loads(head)}, body)

    def _told(self, what: str) -> None:
        """Called before each part, from any thread."""
        if self._stopped.is_set():
            raise Stopped
        with self._counting:
            self.step = min(self.step + 1, self.steps)
            self._put({"trin": self.step, "af": self.steps, "del": what})

    def _put(self, line: dict[str, Any], body: bytes = b"") -> None:
        self._loop.call_soon_threadsafe(self._lines.put_nowait, (line, body))


def _packed(content: bytes, missing: list[str]) -> bytes:
    """A file and what is missing from it as one: what the studio keeps."""
    return json.dumps(missing).encode() + b"\n" + content


def _limiter() -> anyio.CapacityLimiter:
    """One at a time: who waits holds no thread, and can go away at once."""
    global _room
    if _room is None:
        _room = anyio.CapacityLimiter(1)
    return _room
