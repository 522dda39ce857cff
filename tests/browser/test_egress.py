"""No request leaves the house: every page in a browser whose way out is watched, and the server's own connections."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest
from playwright.sync_api import Browser

from dashboard.sitemap import PAGES
from tests.browser.looking import whole
from tests.running import Server

ALSO = ("/tal/findes-ikke", "/del?til=/fleksjob", "/fremlaeg", "/findes-ikke")


@contextmanager
def _way_out() -> Iterator[tuple[int, list[bytes]]]:
    """A proxy that leads nowhere: (port, the first line of everything that was sent to it)."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def listen() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(2)
                    asked.append(connection.recv(4000).split(b"\r\n")[0])

        threading.Thread(target=listen, daemon=True).start()
        yield listener.getsockname()[1], asked


def _foreign(asked: list[bytes]) -> list[bytes]:
    """What was asked for, without what Chromium asks its maker on its own."""
    makers = (b"google.com", b"googleapis.com", b"gstatic.com", b"gvt1.com")
    return [line for line in asked if not any(maker in line for maker in makers)]


def test_the_proxy_sees_what_leaves(browser: Browser) -> None:
    """The watch itself works: a request out is seen."""
    with _way_out() as (port, asked):
        context = browser.new_context(proxy={"server": f"http://127.0.0.1:{port}"})
        with pytest.raises(Exception, match="ERR_"):
            context.new_page().goto("http://udenfor.example/")
        context.close()
    assert b"udenfor.example" in asked[0]


def test_nothing_on_any_page_asks_outside(browser: Browser, server: Server) -> None:
    with _way_out() as (port, asked):
        context = browser.new_context(
            proxy={"server": f"http://127.0.0.1:{port}", "bypass": "localhost"}
        )
        errors: list[str] = []
        page = context.new_page()
        page.on(
            "console", lambda m: errors.append(m.text) if m.type in ("error", "warning") else None
        )
        for one in PAGES:
            page.goto(f"{server.url}/{one.path}")
            whole(page)
        for path in ALSO:
            page.goto(server.url + path)
        context.close()
    assert not _foreign(asked)
    refusals = [
        text for text in errors if "Content Security Policy" in text or "Refused to" in text
    ]
    assert not refusals


def test_the_server_itself_calls_nobody(server: Server) -> None:
    """All its connections are with this machine, after all that the other tests have asked of it."""
    process = psutil.Process(server.process.pid)
    own = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
    far = [c for c in process.net_connections() if c.raddr and c.raddr.ip not in own]
    assert not far
