"""What is drawn ahead, beside the visitors: every page as it first opens, the ready run sheets, and then what is
one click away from what they look at.

Begins a moment after the start, so that a server is healthy as soon as its data are loaded, and goes on in
a thread of its own. Nobody has to wait for it: whoever comes first has their own page made.
`INDBLIK_FORUD=0` leaves it out, for servers that only a test looks at; `INDBLIK_FORUD=klik` draws only what is one
click away.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from contract.release import ReleaseError
from dashboard.export import drawing
from dashboard.server import documents, memory, present, preview
from dashboard.server.documents import Early
from dashboard.server.neighbours import neighbours

_AFTER = 0.3
"""Seconds after the start."""


@contextmanager
def beside(early: Early) -> Iterator[None]:
    """Draw ahead until all is drawn, or until exit; all drawing is done in a process of its own."""
    drawing.draw_apart()
    stop = threading.Event()
    if os.environ.get("INDBLIK_FORUD") != "0":
        threading.Thread(
            target=_draw, args=(early, stop), name="indblik-forud", daemon=True
        ).start()
    try:
        yield
    finally:
        stop.set()
        drawing.draw_here()


def _draw(early: Early, stop: threading.Event) -> None:
    if stop.wait(_AFTER):
        return
    memory.complete()
    if os.environ.get("INDBLIK_FORUD") != "klik":
        preview.warm()
        documents.warm(early, stop.is_set)
        if not stop.is_set():
            with suppress(ReleaseError):  # without data there is nothing to draw
                present.warm()
    memory.settle()
    neighbours.keep_drawing(stop)
