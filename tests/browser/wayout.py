"""A way out of the house that is watched: the proxy of a browser whose own server is the only one it may reach."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class WayOut:
    """A proxy that leads nowhere, and the first line of everything that was sent to it."""

    port: int
    asked: list[bytes] = field(default_factory=list)

    @property
    def options(self) -> dict[str, Any]:
        """Playwright's options of a context whose every request but those to localhost goes this way."""
        return {"proxy": {"server": f"http://127.0.0.1:{self.port}", "bypass": "localhost"}}

    def foreign(self) -> list[bytes]:
        """What was asked for, without what Chromium asks its maker on its own."""
        makers = (b"google.com", b"googleapis.com", b"gstatic.com", b"gvt1.com")
        return [line for line in self.asked if not any(maker in line for maker in makers)]


@contextmanager
def way_out() -> Iterator[WayOut]:
    """Open the way out while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        way = WayOut(listener.getsockname()[1])

        def listen() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(2)
                    way.asked.append(connection.recv(4000).split(b"\r\n")[0])

        threading.Thread(target=listen, daemon=True).start()
        yield way
