"""/healthz: 200 only while the release in use is loaded, its files are what its manifest says, and the process stays."""

import re
import threading
import time
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse

from contract import paths
from contract.release import ReleaseError, verify
from dashboard.in_use import shown_id
from dashboard.server import leaving

REHASH_SECONDS = 30.0
"""Files with the same time and size are hashed again after this long: a flipped bit changes neither."""

_PATH = re.compile(r"['\"]?(?:[A-Za-z]:)?[/\\][^\s'\"]*['\"]?")


class Health:
    """What is known of the release in use, so that a probe every second costs next to nothing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._verified: tuple[str, tuple[tuple[str, int, int], ...]] | None = None
        self._verified_at = 0.0

    def release(self) -> str:
        """Id of the release in use. Raises ReleaseError if it is not whole or cannot be loaded."""
        from dashboard import read

        identifier = shown_id()
        folder = paths.releases_dir() / identifier
        with self._lock:
            state = (identifier, _signature(folder))
            fresh = time.monotonic() - self._verified_at < REHASH_SECONDS
            if state != self._verified or not fresh:
                self._verified = None
                verify(folder)
                self._verified, self._verified_at = state, time.monotonic()
        return read.load(identifier).id


def _signature(folder: Path) -> tuple[tuple[str, int, int], ...]:
    try:
        files = [(file.name, file.stat()) for file in sorted(folder.iterdir())]
    except OSError:
        return ()
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in files)


def without_paths(text: str) -> str:
    """The text without any path of this machine."""
    return _PATH.sub("…", text)


_health = Health()


def healthz(request: Request) -> JSONResponse:  # noqa: ARG001 - the signature of a route
    """The route. Runs in a worker thread: it reads files."""
    if leaving.process.begun:
        body = {"status": "lukker ned", "reason": "serveren er ved at lukke ned"}
        return JSONResponse(body, 503, headers={"Cache-Control": "no-store"})
    try:
        body, status = {"status": "ok", "release": _health.release()}, 200
    except ReleaseError as error:
        body, status = {"status": "fejl", "reason": without_paths(str(error))}, 503
    except Exception as error:  # a probe must answer, whatever is wrong with the data
        body = {"status": "fejl", "reason": f"udgaven kan ikke læses ({type(error).__name__})"}
        status = 503
    return JSONResponse(body, status, headers={"Cache-Control": "no-store"})
