"""The real app as a process of its own, and plain HTTP against it."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contract.paths import REPO

START_SECONDS = 60.0


@dataclass(frozen=True)
class Answer:
    """An HTTP answer; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Server:
    """A running app."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def url(self) -> str:
        """Its address without a slash at the end."""
        return f"http://localhost:{self.port}"

    @property
    def output(self) -> str:
        """What it has written to its terminal."""
        return self.log.read_text("utf-8", errors="replace")

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> Answer:
        """One request, sent exactly as given; redirects are not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(
                method, path, headers={"Host": f"localhost:{self.port}", **(headers or {})}
            )
            answer = connection.getresponse()
            names = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, names, answer.read())
        finally:
            connection.close()


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    log: Path, env: Mapping[str, str] | None = None, *, healthy: bool = True, port: int = 0,
    app: Path = REPO,
) -> Iterator[Server]:  # fmt: skip
    """Start the app, wait until it answers (200 from /healthz, or anything if not `healthy`), stop it after.

    `port` 0 means any free one; `app` is the folder with app.py. Raises RuntimeError with what the app printed if it stops or does not answer.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=app,
            env={"INDBLIK_FORUD": "0", **os.environ, **(env or {})},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    server = Server(port, process, log)
    try:
        _wait(server, healthy)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(server: Server, healthy: bool) -> None:
    until = time.monotonic() + START_SECONDS
    said = "no answer"
    while time.monotonic() < until:
        if server.process.poll() is not None:
            raise RuntimeError(
                f"the app stopped with {server.process.returncode}:\n{server.output}"
            )
        try:
            answer = server.get("/healthz")
        except OSError:
            time.sleep(0.1)
            continue
        if answer.status == 200 or not healthy:
            return
        said = f"{answer.status} {answer.text}"
        time.sleep(0.2)
    raise RuntimeError(
        f"the app is not healthy after {START_SECONDS:.0f} s ({said}):\n{server.output}"
    )
