"""A net that can fail: a relay on loopback between browser and server, whose connections can be cut and mended."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Net:
    """Leads everything sent to `port` on to a server; while cut, nothing comes through."""

    def __init__(self, server_port: int) -> None:
        self.server_port = server_port
        self._open: set[socket.socket] = set()
        self._dead: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.whole, self.silent = True, False
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """The server's address through this net."""
        return f"http://localhost:{self.port}"

    def cut(self) -> None:
        """End every connection, and let no new one through."""
        self.whole = False
        with self._lock:
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def hush(self) -> None:
        """From now on nothing comes through, and nobody is told: what is open stays open, and is dead."""
        self.silent = True
        with self._lock:
            self._dead |= self._open

    def mend(self) -> None:
        """Let new connections through again."""
        self.whole, self.silent = True, False

    def close(self) -> None:
        """End it for good."""
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self.whole:
                near.close()
                continue
            if self.silent:
                with self._lock:
                    self._open.add(near)
                    self._dead.add(near)
                continue
            far = socket.create_connection(("127.0.0.1", self.server_port))
            with self._lock:
                self._open |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._lead, args=(one, other), daemon=True).start()

    def _lead(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65_536):
                if one not in self._dead:
                    other.sendall(data)
        if one in self._dead:
            return
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        with self._lock:
            self._open -= {one, other}


@contextmanager
def net(server_port: int) -> Iterator[Net]:
    """A net in front of a server, for a `with` block."""
    made = Net(server_port)
    try:
        yield made
    finally:
        made.close()
