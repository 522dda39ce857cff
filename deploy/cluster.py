"""Several replicas of the app on this machine, behind the proxy of `Caddyfile`, with the store of «Følg med»."""

import hmac
import http.client
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from contract.paths import REPO
from deploy import programs
from deploy.processes import Child

HERE = Path(__file__).resolve().parent
START_SECONDS = 90.0
COOKIE, COOKIE_KEY = "indblik-replika", "indblik"
"""As in Caddyfile. The key hides nothing but the replicas' addresses."""
LEAVE_SECONDS = 2.0
"""From SIGTERM until a replica lets go: the proxy asks for its health once a second."""


class NotStarted(RuntimeError):
    """A part of the cluster did not come up; the message holds what it wrote."""


@dataclass
class Cluster:
    """A running cluster. `url` is the proxy's; replicas are counted from 0."""

    port: int
    folder: Path
    app: Path
    env: Mapping[str, str]
    terminal: TextIO | None
    ports: list[int]
    store: Child
    replicas: list[Child] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where visitors come, without a slash at the end."""
        return f"http://localhost:{self.port}"

    def start(self, number: int) -> None:
        """Start a replica, the first time or again; does not wait for it."""
        port = self.ports[number]
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
        command += ["--server.address", "127.0.0.1"]
        name = f"replika {number + 1}"
        log = self.folder / f"replika-{number + 1}.txt"
        child = Child(name, command, log, env=self.env, folder=self.app, terminal=self.terminal)
        self.replicas[number : number + 1] = [child]

    def wait(self, number: int) -> None:
        """Wait until the proxy sends visitors to a replica. Raises NotStarted if it ends or takes too long."""
        _until(lambda: self._taken(number), self.replicas[number])

    def roll(self) -> None:
        """Replace every replica, one at a time: each leaves, comes back and is healthy before the next."""
        for number, replica in enumerate(self.replicas):
            replica.stop(LEAVE_SECONDS + 15)
            self.start(number)
            self.wait(number)

    def cookie(self, number: int) -> str:
        """The cookie with which the proxy sends a visitor to a replica, as `name=value`."""
        dial = f"127.0.0.1:{self.ports[number]}".encode()
        return f"{COOKIE}={hmac.new(COOKIE_KEY.encode(), dial, 'sha256').hexdigest()}"

    def stop(self) -> None:
        """Stop all replicas, all at the same time and at once: there is no other to send visitors to."""
        for replica in self.replicas:
            replica.process.send_signal(signal.SIGINT)
        for replica in self.replicas:
            replica.ended(10.0)

    def _taken(self, number: int) -> bool:
        """Whether the proxy sends a visitor with a replica's cookie there, and not to another with a new cookie."""
        answer = _get(self.port, "/healthz", self.cookie(number))
        return answer is not None and answer[0] == 200 and COOKIE not in answer[1]


@contextmanager
def cluster(
    folder: Path, *, replicas: int = 3, port: int = 0, app: Path = REPO,
    env: Mapping[str, str] | None = None, terminal: TextIO | None = None,
) -> Iterator[Cluster]:  # fmt: skip
    """Start everything, wait until the proxy serves, stop everything after.

    Logs and the proxy's own files go to `folder`; `app` is the folder with app.py, `env` is added to the
    replicas' environment. Raises NotStarted.
    """
    proxy, store = programs.find(programs.PROXY), programs.find(programs.STORE)
    if proxy is None or store is None:
        lacking = programs.PROXY if proxy is None else programs.STORE
        raise NotStarted(programs.missing(lacking))
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.txt"):
        old.unlink()
    *ports, free, store_port = _free_ports(replicas + 2)
    port = port or free
    own = {
        "INDBLIK_FOELG": f"redis://127.0.0.1:{store_port}/0",
        "INDBLIK_LUK_SEKUNDER": f"{LEAVE_SECONDS:g}",
        "INDBLIK_LOG": "tekst",
        **(env or {}),
    }
    with ExitStack() as stack:
        kept = Child(
            "lager",
            [store, "--port", str(store_port), "--bind", "127.0.0.1", "--save", "",
             "--dir", str(folder), "--loglevel", "warning"],
            folder / "lager.txt", terminal=terminal,
        )  # fmt: skip
        stack.callback(kept.stop)
        running = Cluster(port, folder, app, own, terminal, ports, kept)
        stack.callback(running.stop)
        for number in range(replicas):
            running.start(number)
        front = Child(
            "proxy", [proxy, "run", "--config", str(HERE / "Caddyfile"), "--adapter", "caddyfile"],
            folder / "proxy.txt", terminal=terminal,
            env={
                "INDBLIK_ADRESSE": f"http://:{port}",
                "INDBLIK_REPLIKAER": " ".join(f"127.0.0.1:{one}" for one in ports),
                "INDBLIK_REPLIKA_NOEGLE": COOKIE_KEY,
                "INDBLIK_FEJLSIDE": str(HERE),
                "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder),
            },
        )  # fmt: skip
        stack.callback(front.stop)
        _until(lambda: _get(port, "/healthz") is not None, front)
        for number in range(replicas):
            running.wait(number)
        yield running


def _get(port: int, path: str, cookie: str = "") -> tuple[int, str] | None:
    """Status and Set-Cookie of a GET on this machine, None if nothing answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Set-Cookie", "")
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _until(true: Callable[[], bool], child: Child) -> None:
    until = time.monotonic() + START_SECONDS
    while not true():
        if not child.running or time.monotonic() > until:
            raise NotStarted(f"{child.name} kom ikke i gang:\n{child.output[-4000:]}")
        time.sleep(0.1)


def _free_ports(count: int) -> list[int]:
    """Ports that nothing listens on just now, all different."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
