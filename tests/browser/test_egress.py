"""No request leaves the house: the watch itself, and the server's own connections. The pages: test_every_page."""

import psutil
import pytest
from playwright.sync_api import Browser

from tests.browser.wayout import way_out
from tests.running import Server


def test_the_proxy_sees_what_leaves(browser: Browser) -> None:
    """The watch itself works: a request out is seen."""
    with way_out() as way:
        context = browser.new_context(**way.options)
        with pytest.raises(Exception, match="ERR_"):
            context.new_page().goto("http://udenfor.example/")
        context.close()
    assert b"udenfor.example" in way.foreign()[0]


def test_the_server_itself_calls_nobody(server: Server) -> None:
    """All its connections are with this machine, after all that the other tests have asked of it."""
    process = psutil.Process(server.process.pid)
    own = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
    far = [c for c in process.net_connections() if c.raddr and c.raddr.ip not in own]
    assert not far
