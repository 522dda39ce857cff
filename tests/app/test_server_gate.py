"""Who comes in: hosts, origins, sizes, methods; and what the server says of itself."""

import json
import socket
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from contract.release import current_id
from dashboard.server import gate, scrape
from tests.running import Server, free_port

Start = Callable[..., AbstractContextManager[Server]]


def _refused(server: Server, origin: str | None, headers: Mapping[str, str] | None = None) -> int:
    """The status that a web socket is refused with; 0 if it opens."""
    address = f"ws://localhost:{server.port}/_stcore/stream"
    try:
        with connect(address, origin=origin, subprotocols=["streamlit"], additional_headers=headers,  # type: ignore[arg-type]
                     open_timeout=10):  # fmt: skip
            return 0
    except InvalidStatus as refused:
        return refused.response.status_code


@pytest.mark.parametrize(
    "origin",
    [None, "null", "", "https://evil.example", "file://", "http://localhost", "http://localhost:1",
     "http://localhost.evil.example", "http://evil@localhost", "ftp://localhost", "http://[::1"],
)  # fmt: skip
def test_only_a_page_of_ours_opens_a_web_socket(server: Server, origin: str | None) -> None:
    assert _refused(server, origin) == 403
    assert _refused(server, server.url) == 0


def test_with_known_hosts_no_other_name_is_answered(start: Start) -> None:
    """And metrics on a port of their own, which a proxy need not lead to: one server for both."""
    apart = free_port()
    settings = {gate.SETTING: "indblik.example, *.intern.example", scrape.SETTING: str(apart)}
    with start(settings) as server:
        assert server.get("/metrics").status == 404
        assert "indblik_sessions" in Server(apart, server.process, server.log).get("/metrics").text
        for host, status in (
            ("indblik.example", 200), ("INDBLIK.example:443", 200), ("a.intern.example", 200),
            ("evil.example", 403), ("intern.example", 403), ("indblik.example.evil.example", 403),
            ("", 403), ("localhost", 403), ("indblik.example@evil.example", 403),
        ):  # fmt: skip
            assert server.get("/fleksjob", {"Host": host}).status == status, host
        refused = server.get("/fleksjob", {"Host": "evil.example"})
        assert "Adressen er ikke vores" in refused.text
        assert "evil.example" not in refused.text
        assert server.get("/healthz", {"Host": "10.0.0.7:8501"}).status == 200
        address = f"ws://localhost:{server.port}/_stcore/stream"
        for host, origin, opens in (
            ("indblik.example", "https://indblik.example", True),
            ("evil.example", "https://evil.example", False),
            ("indblik.example", "https://evil.example", False),
        ):
            with socket.create_connection(("127.0.0.1", server.port), 10) as raw:
                raw.sendall(
                    f"GET {address.partition(str(server.port))[2]} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\n"
                    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
                )
                status = int(raw.recv(200).split(b" ")[1])
            assert (status == 101) is opens, (host, origin, status)


@pytest.mark.parametrize("size", [100, 7_900])
def test_ordinary_cookies_are_no_hindrance(server: Server, size: int) -> None:
    cookie = {"Cookie": "a=" + "x" * size}
    assert server.get("/", cookie).status == 200
    assert _refused(server, server.url, cookie) == 0


@pytest.mark.parametrize("size", [8_300, 16_000, 60_000])
def test_too_many_cookies_get_an_answer_at_once(server: Server, size: int) -> None:
    cookie = {"Cookie": "a=" + "x" * size}
    answer = server.get("/fleksjob", cookie)
    assert answer.status == 431
    assert "Browseren sender for mange cookies" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert _refused(server, server.url, cookie) == 431
    style = answer.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert server.get(style, cookie).status == 200, "the page that says so has its style"


def test_what_is_too_large_is_refused_readably(server: Server) -> None:
    assert server.get("/fleksjob?i=" + "x" * 64_000).status == 200, (
        "the page names what it set aside"
    )
    assert server.get("/fleksjob?i=" + "x" * 64_900).status == 414
    assert server.get("/fleksjob", {"X-Stor": "x" * 33_000}).status == 431
    assert server.get("/fremlaeg/session", {"Content-Length": "10001"}, "POST").status == 413
    assert server.get("/fremlaeg/session", {"Content-Length": "-1"}, "POST").status == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "HACK"])
@pytest.mark.parametrize(
    "path",
    ["/", "/fleksjob", "/tal/x", "/del", "/hent/fleksjob/side.xlsx", "/billede/fleksjob.png", "/graf/fleksjob/x",
     "/indlejr/fleksjob/x", "/metrics", "/findes-ikke", "/_stcore/upload_file/a/b", "/_stcore/agent/run",
     "/_stcore/health", "/media/x"],
)  # fmt: skip
def test_nothing_takes_uploads_or_orders(server: Server, method: str, path: str) -> None:
    assert server.get(path, method=method).status in (400, 405)


@pytest.mark.parametrize(
    "path",
    ["/_stcore/upload_file/a/b", "/_stcore/agent/openapi.json", "/_stcore/agent", "/_stcore/metrics",
     "/_stcore/script-health-check", "/oauth2callback", "/auth/login", "/auth/logout", "/app/static/x"],
)  # fmt: skip
def test_what_streamlit_offers_and_we_do_not_use_is_not_there(server: Server, path: str) -> None:
    assert server.get(path).status == 404


@pytest.mark.parametrize("end", ["%00", "..%2f..%2fapp.py", "../../app.py", "x/..%5cy", "%2e%2e/x"])
@pytest.mark.parametrize(
    "below", ["/tal/", "/hent/", "/billede/", "/graf/fleksjob/", "/indlejr/", "/foelg/", "/api/v1/", "/media/",
              "/component/", "/_stcore/bidi-components/x/"],
)  # fmt: skip
def test_a_path_out_of_its_folder_is_answered_in_danish(
    server: Server, below: str, end: str
) -> None:
    answer = server.get(below + end)
    assert answer.status == 404
    assert "Siden findes ikke" in answer.text


def test_an_id_follows_the_request(server: Server) -> None:
    own = server.get("/fleksjob").headers["x-request-id"]
    assert own != server.get("/fleksjob").headers["x-request-id"]
    given = "prøve-id".encode().hex()
    assert server.get("/fleksjob", {"X-Request-Id": given}).headers["x-request-id"] == given
    assert server.get("/aktiver/findes-ikke.css").headers["x-request-id"]
    assert (
        server.get("/findes-ikke", {"X-Request-Id": "<b>x</b>" * 3}).headers["x-request-id"]
        != "<b>x</b>" * 3
    )


def test_metrics_are_those_of_the_real_server(server: Server) -> None:
    server.get("/fleksjob?i=hemmeligt-ord")
    with connect(
        f"ws://localhost:{server.port}/_stcore/stream",
        origin=server.url,
        subprotocols=["streamlit"],
    ):  # type: ignore[arg-type]
        answer = server.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    text = answer.text
    assert f'indblik_release{{id="{current_id()}"}} 1.0' in text
    assert 'indblik_http_request_seconds_count{route="/fleksjob",status="2xx"}' in text
    sessions = [line for line in text.splitlines() if line.startswith("indblik_sessions ")]
    assert float(sessions[0].split()[1]) >= 1
    for line in text.splitlines():
        assert "hemmeligt-ord" not in line


def test_the_log_is_json_and_knows_nobody(start: Start) -> None:
    with start() as server:
        given = "0123456789abcdef"
        server.get(
            "/udforsk?i=hemmeligt-ord&navn=Navn", {"X-Request-Id": given, "User-Agent": "Særlig/9"}
        )
        server.get("/findes-hemmeligt-ord")
        assert _refused(server, "https://hemmeligt-ord.example") == 403
        server.get("/fleksjob", method="HEMMELIG")
        lines = [json.loads(line) for line in server.output.splitlines()]
    assert [
        line for line in lines if line["forespoergsel"] == given and line.get("rute") == "/udforsk"
    ]
    assert {"status": 404, "rute": "andet"}.items() <= next(
        line for line in lines if line.get("status") == 404
    ).items()
    for word in ("hemmelig", "Særlig", "127.0.0.1", "::1", "Navn"):
        assert word.lower() not in server.output.lower(), word
