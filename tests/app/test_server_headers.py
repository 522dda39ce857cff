"""Security headers on every kind of answer, and who may open the web socket."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from dashboard.server.headers import FIXED
from tests.running import Server

KINDS = ["/", "/fleksjob", "/findes-ikke", "/Fleksjob", "/healthz", "/robots.txt", "/_stcore/health",
         "/_stcore/host-config", "/tal/findes-ikke", "/static/js/findes-ikke.js",
         "/media/findes-ikke", "/component/x/index.html"]  # fmt: skip


@pytest.mark.parametrize("path", KINDS)
def test_every_answer_has_the_headers(server: Server, path: str) -> None:
    headers = server.get(path).headers
    for name, value in FIXED.items():
        assert headers[name] == value
    assert "server" not in headers
    assert "x-powered-by" not in headers


@pytest.mark.parametrize("path", KINDS)
def test_only_our_own_scripts_run(server: Server, path: str) -> None:
    policy = dict(
        rule.strip().split(" ", 1)
        for rule in server.get(path).headers["content-security-policy"].split(";")
    )
    assert policy["script-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert policy["base-uri"] == policy["form-action"] == policy["frame-ancestors"] == "'self'"
    assert policy["connect-src"] == f"'self' ws://localhost:{server.port}"
    assert not [rule for rule in policy.values() if "*" in rule or "unsafe-eval" in rule]


def test_only_a_trusted_proxy_may_say_that_the_visitor_came_by_https(
    server: Server, start: Callable[..., AbstractContextManager[Server]]
) -> None:
    by_https = {"X-Forwarded-Proto": "https"}
    assert "strict-transport-security" not in server.get("/", by_https).headers
    with start({"FORWARDED_ALLOW_IPS": "*"}) as behind_proxy:
        answer = behind_proxy.get("/", by_https)
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert f"wss://localhost:{behind_proxy.port}" in answer.headers["content-security-policy"]
        assert 'property="og:url" content="https://' in answer.text


def _socket(server: Server) -> str:
    return f"ws://localhost:{server.port}/_stcore/stream"


def test_the_web_socket_opens_for_our_own_pages(server: Server) -> None:
    with connect(_socket(server), origin=server.url, subprotocols=["streamlit"]):  # type: ignore[arg-type]
        pass


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost.evil.example"]
)
def test_the_web_socket_is_closed_to_other_pages(server: Server, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(_socket(server), origin=origin, subprotocols=["streamlit"])  # type: ignore[arg-type]
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("path", ["/", "/_stcore/other", "/fleksjob/_stcore/stream", "/tal/x"])
def test_there_is_one_web_socket(server: Server, path: str) -> None:
    with pytest.raises(InvalidStatus):
        connect(f"ws://localhost:{server.port}{path}", origin=server.url)  # type: ignore[arg-type]
