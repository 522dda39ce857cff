"""How the process leaves: told to stop, it says so on /healthz, goes on serving for a while, then lets go.

On SIGTERM uvicorn closes every connection at once, but waits without end for an answer that is still being
sent, such as the stream of someone who follows a presentation. Here its own handler is put off by
`INDBLIK_LUK_SEKUNDER`, so that a proxy sends new visitors elsewhere first, and streams end when it is called.
"""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Awaitable
from types import FrameType
from typing import TypeVar

SETTING = "INDBLIK_LUK_SEKUNDER"
LONGEST = 600
T = TypeVar("T")

_LOG = logging.getLogger("indblik")


class Closed(RuntimeError):
    """The process lets go of its connections now."""


class Leaving:
    """Whether this process has been told to stop (`begun`), and whether it lets go of connections."""

    def __init__(self) -> None:
        self.begun = False
        self._closed = asyncio.Event()

    def begin(self) -> None:
        """From now on the process is not ready for new visitors."""
        self.begun = True

    def close(self) -> None:
        """End what waits in `unless_closed`; on the event loop."""
        self.begun = True
        self._closed.set()

    async def unless_closed(self, wanted: Awaitable[T]) -> T:
        """The result of something awaited. Raises Closed when the process lets go before there is one."""
        work = asyncio.ensure_future(wanted)
        end = asyncio.ensure_future(self._closed.wait())
        try:
            await asyncio.wait({work, end}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise Closed
            return work.result()
        finally:
            work.cancel()
            end.cancel()


process = Leaving()
"""This process."""


def seconds(given: str | None) -> float:
    """What INDBLIK_LUK_SEKUNDER says, 0 without it. Raises SystemExit with a Danish sentence if it is no time."""
    try:
        found = float(given or 0)
    except ValueError:
        found = -1.0
    if not 0 <= found <= LONGEST:
        raise SystemExit(f"Indblik starter ikke: {SETTING} skal være sekunder fra 0 til {LONGEST}.")
    return found


def watch(leaving: Leaving = process) -> None:
    """Put the server's signal handlers off; called on the running event loop of the main thread.

    SIGTERM waits INDBLIK_LUK_SEKUNDER; a second one, and Ctrl+C, do not wait. In another thread
    nothing is changed: signals do not come there.
    """
    grace = seconds(os.environ.get(SETTING))
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}

    def let_go(number: int) -> None:
        leaving.close()
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, None)

    def told(number: int, _frame: FrameType | None) -> None:
        wait = 0.0 if leaving.begun or number == signal.SIGINT else grace
        leaving.begin()
        loop.call_soon_threadsafe(loop.call_later, wait, let_go, number)
        if wait:
            loop.call_soon_threadsafe(
                _LOG.info, "Lukker ned om lidt: nye besøgende må gå andre steder hen"
            )

    for one in before:
        signal.signal(one, told)
