"""Drawing in a process of its own: Vega runs in a JavaScript engine that holds Python's lock while it draws.

In the server's own process each new chart would stop every session for 30–100 ms. The process is started
when the first drawing is asked for, started again if it dies, and ended with the server. What goes back and
forth is a line of JSON and so many bytes; `python -m dashboard.export.draughtsman` is the other end.
"""

import contextlib
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from typing import IO, Any

from contract.paths import REPO
from dashboard.paths import FONTS

PATIENCE = 20.0
"""Seconds a drawing may take before the process is ended and begun anew."""
_COURTESY = 5
"""How far the process stands back for the server's own (nice)."""


class DrawingError(RuntimeError):
    """The drawing could not be made, or took too long."""


class Draughtsman:
    """The functions of vl_convert that are used here, with the same names and arguments."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def vegalite_to_svg(self, spec: str) -> str:
        """A Vega-Lite spec (JSON) as SVG. Raises DrawingError."""
        return self._ask("vegalite_to_svg", spec).decode()

    def svg_to_png(self, svg: str, scale: float = 1) -> bytes:
        """An SVG as PNG, `scale` times its size. Raises DrawingError."""
        return self._ask("svg_to_png", svg, scale=scale)

    def svg_to_pdf(self, svg: str) -> bytes:
        """An SVG as PDF. Raises DrawingError."""
        return self._ask("svg_to_pdf", svg)

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._end()

    def _ask(self, what: str, text: str, **options: float) -> bytes:
        body = text.encode()
        head = {"what": what, "bytes": len(body), "options": options}
        with self._turn:
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(json.dumps(head).encode() + b"\n" + body)
                process.stdin.flush()
                answer = json.loads(self._read(process.stdout, None))
                made = self._read(process.stdout, answer["bytes"])
            except (OSError, ValueError, TimeoutError) as error:
                self._end()
                raise DrawingError(f"tegneren svarede ikke ({type(error).__name__})") from error
        if not answer["ok"]:
            raise DrawingError(made.decode("utf-8", "replace")[:400])
        return made

    def _read(self, stream: IO[bytes], count: int | None) -> bytes:
        """`count` bytes, or a line. Raises TimeoutError, and ValueError if the process is gone."""
        until = time.monotonic() + self.patience
        got = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            while count is None or len(got) < count:
                if not selector.select(max(until - time.monotonic(), 0)):
                    raise TimeoutError
                # unbuffered: what has been read is what select knows of
                piece = os.read(stream.fileno(), 1 if count is None else count - len(got))
                if not piece:
                    raise ValueError("afsluttet")
                if count is None and piece == b"\n":
                    return bytes(got)
                got += piece
        return bytes(got)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "dashboard.export.draughtsman"], cwd=REPO,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
            )  # fmt: skip
        return self._process

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process.wait()
        self._process = None


def _serve(given: IO[bytes], out: IO[bytes]) -> None:
    """Answer until the server is gone."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    while line := given.readline():
        head: dict[str, Any] = json.loads(line)
        text = given.read(head["bytes"]).decode()
        try:
            made = getattr(vl_convert, head["what"])(text, **head["options"])
            ok, body = True, made.encode() if isinstance(made, str) else bytes(made)
        except Exception as error:
            ok, body = False, str(error).encode()
        out.write(json.dumps({"ok": ok, "bytes": len(body)}).encode() + b"\n" + body)
        out.flush()


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(_COURTESY)
    _serve(sys.stdin.buffer, sys.stdout.buffer)
