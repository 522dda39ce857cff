"""The log: one JSON object a line, with the id of the request, and nothing about who asked.

`INDBLIK_LOG` is `json` or `tekst`; without it a terminal gets text and everything else JSON.
"""

import logging
import os
import re
import sys
from collections.abc import Iterable
from typing import TextIO

from pythonjsonlogger.json import JsonFormatter

from dashboard.server import metrics, trace

SETTING = "INDBLIK_LOG"
FORMS = ("json", "tekst")
QUIETER = ("uvicorn", "uvicorn.error", "uvicorn.access", "websockets", "websockets.server")
"""Loggers that tell of every connection with the visitor's IP address and whole address line: only
their warnings are kept."""

_OTHERS = ("uvicorn", "streamlit", "websockets")
_PERSONAL = re.compile(
    r"\b\d{6}-?\d{4}\b"  # a CPR number
    r"|[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])"  # an IP address
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}(?![\w:])"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})(?!\w)",  # shortened
    re.I,
)
_FIELDS = {"asctime": "tid", "levelname": "niveau", "name": "hvor", "message": "besked"}


def without_persons(text: str) -> str:
    """The text without what may point at a person: CPR numbers, mail and IP addresses.

    >>> without_persons("fra 192.0.2.7: 010190-1234")
    'fra …: …'
    """
    return _PERSONAL.sub("…", text)


class _Traced(logging.Filter):
    """Gives each record the id of the request it was written during, and counts it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.forespoergsel = trace.current()
        metrics.LINES.labels(record.levelname).inc()
        return True


class _Json(JsonFormatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_persons(super().format(record))


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_persons(super().format(record))


def form(stream: TextIO, setting: str | None = None) -> str:
    """Which of FORMS to write. Raises SystemExit with a Danish message if the setting is neither."""
    chosen = os.environ.get(SETTING, "") if setting is None else setting
    if not chosen:
        return "tekst" if stream.isatty() else "json"
    if chosen not in FORMS:
        raise SystemExit(f"{SETTING} er «{chosen}», men skal være «json» eller «tekst».")
    return chosen


def handler(stream: TextIO, chosen: str) -> logging.Handler:
    """What writes records to a stream as one of FORMS."""
    made = logging.StreamHandler(stream)
    made.addFilter(_Traced())
    made.setFormatter(
        _Json(
            "%(asctime)s %(levelname)s %(name)s %(message)s %(forespoergsel)s",
            rename_fields=_FIELDS,
            json_ensure_ascii=False,
        )
        if chosen == "json"
        else _Text("%(asctime)s %(levelname)s %(message)s")
    )
    return made


def begin() -> None:
    """Write all that is logged in one form on stderr."""
    root = logging.getLogger()
    root.handlers[:] = [handler(sys.stderr, form(sys.stderr))]
    root.setLevel(logging.INFO)


def adopt(names: Iterable[str] | None = None) -> None:
    """Lead the loggers of Streamlit and uvicorn, which write on their own, to the one log.

    Call again when all of them are made: they set themselves up while the server starts.
    """
    for name in list(logging.root.manager.loggerDict) if names is None else names:
        one = logging.getLogger(name)
        if one.handlers or name.startswith(_OTHERS):
            one.handlers.clear()
            one.propagate = True
        if name in QUIETER:
            one.setLevel(logging.WARNING)
