"""What is in memory before the first visitor comes, and when garbage is collected.

Streamlit's own collection after every script run is off (settings.py). Instead everything loaded at
the start is set aside with `gc.freeze` (uncollected: `app.py` holds collection back until then, which is a tenth
of the time a start takes), and a thread collects what has piled up since.
"""

import asyncio
import gc
import importlib
import logging
import pkgutil
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread

from contract.release import ReleaseError

COLLECT_SECONDS = 60.0
STREAMLIT_PARTS = (
    "streamlit.elements.html", "streamlit.runtime.scriptrunner",
)  # fmt: skip
"""Loaded by Streamlit at the first use, which would otherwise be the first visitor's."""

_LOG = logging.getLogger("indblik")


def prime() -> None:
    """Load what every page needs and the release in use. A bad release is logged; /healthz tells of it."""
    for name in STREAMLIT_PARTS:
        importlib.import_module(name)
    from dashboard import read

    try:
        release = read.current()
        count = sum(1 for _ in release.figures())
        _LOG.info("Udgave %s er indlæst: %s tal", release.id, count)
    except ReleaseError as error:
        _LOG.error("Udgaven kan ikke indlæses: %s", error)


def complete() -> None:
    """Import the rest of the dashboard, so that no visitor waits for a module; for a thread beside the first ones."""
    import dashboard

    for module in pkgutil.walk_packages(dashboard.__path__, "dashboard."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def settle() -> None:
    """Collect once and set aside what is left, so that later collections do not look at it."""
    gc.collect()
    gc.freeze()


def _keep_collecting(stop: threading.Event) -> None:
    while not stop.wait(COLLECT_SECONDS):
        gc.collect()


@asynccontextmanager
async def ready() -> AsyncIterator[None]:
    """Prime on entry, and set aside all that is loaded; collect, and look which release is in use, until exit."""
    await to_thread.run_sync(prime)
    from dashboard import read

    gc.freeze()
    gc.enable()
    stop = threading.Event()
    collector = threading.Thread(
        target=_keep_collecting, args=(stop,), name="indblik-gc", daemon=True
    )
    collector.start()
    try:
        with read.standing.watched():
            yield
    finally:
        stop.set()
        await asyncio.to_thread(collector.join, 1.0)
