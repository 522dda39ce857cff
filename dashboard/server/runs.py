"""Around every run of a page's script: its time, how it ended, and the request it belongs to.

Scripts run side by side. Letting one at a time through was tried and made answers slower
(docs/decisions/0007).
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.server import metrics, trace

SLOW = 1.0
"""Seconds after which a run is written to the log."""
_CONTROL = {"StopException": "stoppet", "RerunException": "forfra"}
"""How Streamlit ends a script early: by exceptions that are no errors."""
_LOG = logging.getLogger("indblik")


@contextmanager
def run(page: str, request: str | None) -> Iterator[None]:
    """Run the block as the script of a page (its path), on behalf of the request with an id."""
    trace.begin(trace.accepted(request))
    name, ended = f"/{page}", "færdig"
    begun, cpu = time.perf_counter(), time.thread_time()
    try:
        yield
    except BaseException as error:
        ended = _CONTROL.get(type(error).__name__, "fejl")
        raise
    finally:
        taken = time.perf_counter() - begun
        metrics.RUN_CPU.labels(name).inc(time.thread_time() - cpu)
        metrics.RUNS.labels(name, ended).observe(taken)
        if taken > SLOW:
            _LOG.warning("langsom side", extra={"side": name, "ms": round(1000 * taken)})
