"""Around every run of a page's script: its turn, its time, how it ended, and the request it belongs to."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.server import metrics, trace
from dashboard.server.turns import Turns

SLOW = 1.0
"""Seconds after which a run is written to the log."""
PATIENCE = 0.25
"""Seconds that a run waits for its turn before it goes ahead beside the others."""

turns = Turns(PATIENCE)
_CONTROL = {"StopException": "stoppet", "RerunException": "forfra"}
"""How Streamlit ends a script early: by exceptions that are no errors."""
_LOG = logging.getLogger("indblik")


@contextmanager
def run(page: str, request: str | None) -> Iterator[None]:
    """Run the block as the script of a page (its path), on behalf of the request with an id."""
    trace.begin(trace.accepted(request))
    name, begun, ended = f"/{page}", time.perf_counter(), "færdig"
    try:
        with turns.turn() as waited:
            metrics.TURNS.observe(waited)
            cpu = time.thread_time()
            try:
                yield
            finally:
                metrics.RUN_CPU.labels(name).inc(time.thread_time() - cpu)
    except BaseException as error:
        ended = _CONTROL.get(type(error).__name__, "fejl")
        raise
    finally:
        taken = time.perf_counter() - begun
        metrics.RUNS.labels(name, ended).observe(taken)
        if taken > SLOW:
            _LOG.warning("langsom side", extra={"side": name, "ms": round(1000 * taken)})
