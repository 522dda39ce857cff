"""A real HTTP server on this machine that answers with a function, and can be told to fail on the way."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Request:
    """What was asked; `path` with its query exactly as sent, `at` in seconds of a steady clock."""

    method: str
    path: str
    headers: dict[str, str]
    body: str
    at: float


@dataclass(frozen=True)
class Reply:
    """What to answer. `cut`: so many bytes fewer than announced are sent before the line is closed.

    `encoding` names how the body is packed already; otherwise it is packed with gzip if that was asked for.
    `hold`: set before anything is sent, to keep a client waiting.
    """

    status: int = 200
    kind: str = "text/plain"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    encoding: str | None = None
    chunked: bool = False
    hold: threading.Event | None = None


Answer = Callable[[Request], Reply]


@dataclass
class Loopback:
    """A running server. `faults` answer first, one request each, in order; None lets the service answer."""

    port: int
    service: Answer
    faults: list[Callable[[Request, Reply], Reply] | None] = field(default_factory=list)
    always: Callable[[Request, Reply], Reply] | None = None
    requests: list[Request] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def reply(self, request: Request) -> Reply:
        """What the service, or the next fault, answers."""
        with self.lock:
            self.requests.append(request)
            fault = self.faults.pop(0) if self.faults else self.always
        right = self.service(request)
        return fault(request, right) if fault else right


@contextmanager
def loopback(service: Answer) -> Iterator[Loopback]:
    """Run a service on a free port for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # one packet an answer

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(size).decode()
            request = Request(self.command, self.path, headers, body, time.monotonic())
            _send(self, running.reply(request))

        def log_message(self, *args: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    running = Loopback(server.server_port, service)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    if reply.hold is not None:
        reply.hold.wait(20)
    body, encoding = reply.body, reply.encoding
    if (
        encoding is None
        and "gzip" in handler.headers.get("Accept-Encoding", "")
        and len(body) > 2000
    ):
        body, encoding = gzip.compress(body, 1), "gzip"
    handler.send_response(reply.status)
    handler.send_header("Content-Type", reply.kind)
    if encoding:
        handler.send_header("Content-Encoding", encoding)
    for name, value in reply.headers.items():
        handler.send_header(name, value)
    if reply.chunked:
        handler.send_header("Transfer-Encoding", "chunked")
    else:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    sent = body[: len(body) - reply.cut]
    try:
        if reply.chunked:
            handler.wfile.write(f"{len(body):x}\r\n".encode() + sent)
            if not reply.cut:
                handler.wfile.write(b"\r\n0\r\n\r\n")
        else:
            handler.wfile.write(sent)
        handler.wfile.flush()
    except OSError:
        handler.close_connection = True
    if reply.cut:
        handler.close_connection = True
