"""/healthz tells the truth: 200 only while the release in use is shown and whole on disk, and the process stays.

/klar tells whether to send visitors here: also while the last good release is shown instead of the one in use.
"""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse

from contract.release import ReleaseError
from dashboard import read
from dashboard.server import leaving

READY = "/klar"
PATIENCE = 2.0
"""Seconds a probe waits for the disk; after that it is told what the look before found."""

_PATH = re.compile(r"['\"]?(?:[A-Za-z]:)?[/\\][^\s'\"]*['\"]?")


def without_paths(text: str) -> str:
    """The text without any path of this machine."""
    return _PATH.sub("…", text)


def healthz(request: Request) -> JSONResponse:  # noqa: ARG001 - the signature of a route
    """The route. Runs in a worker thread: it waits for the disk."""
    trouble = read.standing.ask(PATIENCE)
    return _answer(trouble)


def ready(request: Request) -> JSONResponse:  # noqa: ARG001 - the signature of a route
    """The route of READY. Asks no disk."""
    return _answer("")


def _answer(trouble: str) -> JSONResponse:
    release = ""
    try:
        release = read.shown_id()
    except ReleaseError as error:
        trouble = trouble or str(error)
    body, status = {"status": "ok", "release": release}, 200
    if trouble:
        shown = f" Vist imens: {release}." if release else ""
        body, status = {"status": "fejl", "reason": f"{without_paths(trouble)}.{shown}"}, 503
    if leaving.process.begun:
        body = {"status": "lukker ned", "reason": "serveren er ved at lukke ned"}
        status = 503
    return JSONResponse(body, status, headers={"Cache-Control": "no-store"})
