"""A server that requires login: nothing is told without it. The provider's own part is in tests/browser/test_login.py."""

import http.client
import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from dashboard.sitemap import PAGES
from tests.login import provider
from tests.running import Server, free_port, running

Start = Callable[..., AbstractContextManager[Server]]
READER = {"Accept": "text/html"}
DATA = (
    "/fremlaeg", "/del", "/del/qr.svg", "/tal/x", "/graf/fleksjob/niveau?b=800", "/hent/fleksjob/side.xlsx", "/billede/fleksjob.png",
    "/indlejr/fleksjob/niveau", "/api/v1/", "/api/v1/figures", "/api/v1/openapi.json", "/foelg/x", "/media/x", "/component/x",
    "/_stcore/bidi-components/x", "/auth/login", "/auth/logout", "/findes-ikke", "//fleksjob", "/Fleksjob/", "/healthz/",
    "/healthz/../fleksjob", "/%66leksjob", "/log-ind/x",
)  # fmt: skip
"""Addresses of every kind; nothing tells a stranger whether there is anything behind one."""
HOUR = 3600.0


@pytest.fixture(scope="module")
def shut(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that requires login at a provider that does not answer."""
    folder, port = tmp_path_factory.mktemp("login"), free_port()
    nobody = f"http://localhost:{free_port()}"
    with running(folder / "log.txt", provider.settings(folder, port, nobody), port=port) as app:
        yield app


def _cookie(
    server: Server, *, secret: str = provider.COOKIE_SECRET, **other: Any
) -> dict[str, str]:
    """The header of someone who logged in just now, or with other facts; signed as the server signs."""
    told = {
        "sub": "opdigtet", "iat": time.time(), "origin": server.url, "provider": "default", "is_logged_in": True, **other,
    }  # fmt: skip
    value = create_signed_value(secret, "_streamlit_user", json.dumps(told)).decode()
    return {"Cookie": f"_streamlit_user={value}"}


def _socket(server: Server, headers: dict[str, str]) -> ClientConnection:
    address = f"ws://localhost:{server.port}/_stcore/stream"
    own = Origin(server.url)
    return connect(
        address, origin=own, subprotocols=[Subprotocol("streamlit")], additional_headers=headers, open_timeout=20
    )  # fmt: skip


def _read_on(socket: ClientConnection) -> None:
    """Read until the connection is closed, which raises ConnectionClosed; TimeoutError after 20 s of silence."""
    while True:
        socket.recv(timeout=20)


def test_no_address_tells_a_stranger_anything(shut: Server) -> None:
    pages = [f"/{page.path}" for page in PAGES]
    for path in (*pages, *DATA):
        plain, read = shut.get(path), shut.get(path, READER)
        for answer in (plain, read):
            assert answer.status == 401, path
            assert answer.headers["cache-control"] == "no-store", path
            assert len(answer.body) < 4_000, path
        if not path.startswith("/api/"):
            assert plain.text == "Log ind for at se dette."
            assert "Log ind for at se Indblik" in read.text
            assert "<script" not in read.text
    shown = shut.get("/", READER).text
    assert not [page.title for page in PAGES if page.title in shown], "the menu is not shown either"
    assert shut.get("/fremlaeg/session", method="POST").status == 401
    assert shut.get("/api/v1/figures").json["type"] == "urn:indblik:problem:login-required"


def test_what_probes_and_the_login_page_need_is_open(shut: Server) -> None:
    for path in ("/healthz", "/klar", "/metrics", "/robots.txt", "/favicon.ico", "/_stcore/health"):
        assert shut.get(path).status == 200, path
    page = shut.get("/", READER).text
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert shut.get(style).status == 200


def test_with_login_everything_is_as_without(shut: Server) -> None:
    known = _cookie(shut)
    for path in ("/", "/fleksjob", "/fremlaeg", "/api/v1/figures", "/del?til=/fleksjob"):
        answer = shut.get(path, known)
        assert answer.status == 200, path
        assert answer.headers["cache-control"] in ("private, no-cache", "no-store"), path
        assert "Cookie" in answer.headers["vary"], path
    assert shut.get("/findes-ikke", known).status == 404
    assert 'href="/log-ud"' in shut.get("/fleksjob", known).text
    tag = {"If-None-Match": shut.get("/fleksjob", known).headers["etag"]}
    assert shut.get("/fleksjob", known | tag).status == 304
    assert shut.get("/fleksjob", tag).status == 401, "what a browser has kept is asked for again"
    with _socket(shut, known):
        pass


def test_a_cookie_that_is_not_ours_opens_nothing(shut: Server) -> None:
    good = _cookie(shut)["Cookie"]
    wrong = {
        "another secret": _cookie(shut, secret="en anden hemmelighed"),
        "another server": _cookie(shut, origin="http://localhost:1"),
        "another provider": _cookie(shut, provider="google"),
        "over": _cookie(shut, iat=time.time() - 8 * HOUR),
        "of the future": _cookie(shut, iat=time.time() + HOUR),
        "not logged in": _cookie(shut, is_logged_in=False),
        "changed": {"Cookie": good.replace("=", "=x", 1)},
        "cut": {"Cookie": good[:-3]},
        "unsigned": {"Cookie": '_streamlit_user={"is_logged_in": true}'},
        "a list": {"Cookie": "_streamlit_user=" + create_signed_value(provider.COOKIE_SECRET, "_streamlit_user", "[1]").decode()},
        "of another name": {"Cookie": good.replace("_streamlit_user", "_streamlit_session")},
    }  # fmt: skip
    for what, headers in wrong.items():
        assert shut.get("/fleksjob", headers).status == 401, what
        with pytest.raises(InvalidStatus) as refused:
            _socket(shut, headers)
        assert refused.value.response.status_code == 401, what


def test_an_open_page_ends_with_its_login(shut: Server) -> None:
    left = 1.5
    began = time.monotonic()
    login = _cookie(shut, iat=time.time() - 8 * HOUR + left)
    with _socket(shut, login) as socket, pytest.raises(ConnectionClosed) as ended:
        _read_on(socket)
    assert ended.value.rcvd is not None
    assert ended.value.rcvd.code == 1008
    assert left - 0.2 < time.monotonic() - began < 10


def test_who_follows_a_presentation_does_so_as_long_as_the_login_lasts(shut: Server) -> None:
    own = {"Content-Type": "application/json", "Origin": shut.url}
    connection = http.client.HTTPConnection("localhost", shut.port, timeout=20)
    connection.request(
        "POST",
        "/fremlaeg/session",
        json.dumps({"forespoergsel": "k=fleksjob", "nr": 1}),
        _cookie(shut) | own,
    )
    answer = connection.getresponse()
    session = json.loads(answer.read())["id"]
    began, left = time.monotonic(), 1.5
    connection.request(
        "GET", f"/foelg/{session}/stroem", headers=_cookie(shut, iat=time.time() - 8 * HOUR + left)
    )
    answer = connection.getresponse()
    assert answer.status == 200
    assert b"data: 1" in answer.read(), "read to its end"
    assert left - 0.2 < time.monotonic() - began < 10
    connection.close()


def test_the_way_back_is_kept_and_stays_here(shut: Server) -> None:
    page = shut.get("/udforsk?fra=2018&til=2021", READER).text
    link = page.partition('class="knap"')[2].partition('href="')[2].partition('"')[0]
    assert link == f"{shut.url}/log-ind?til=/udforsk%3Ffra%3D2018%26til%3D2021"
    for hostile in ("//evil.example/x", "/udforsk?x=" + "x" * 3_000, "/a%0d%0aSet-Cookie:x=1;y"):
        text = shut.get(hostile, READER).text
        assert "evil.example" not in text.replace("%2F", "/").replace(shut.url, "")
    assert "kan ikke følge med" in shut.get("/udforsk?x=" + "x" * 3_000, READER).text


def test_a_provider_that_does_not_answer_is_said_in_danish(shut: Server) -> None:
    answer = shut.get("/log-ind?til=/fleksjob", READER)
    assert answer.status == 503
    assert "Login svarer ikke" in answer.text
    assert "/log-ind?til=/fleksjob" in answer.text
    for query in ("?code=x&state=y", "?error=access_denied&state=y"):
        back = shut.get("/oauth2callback" + query, READER)
        assert (back.status, "Login lykkedes ikke" in back.text) == (403, True), query
        assert not back.headers.get("set-cookie", "").startswith("_streamlit_user=")
    assert "Du er logget ud" in shut.get("/oauth2callback", READER).text
    assert shut.get("/oauth2callback", _cookie(shut)).headers["location"] == "/"


@pytest.mark.faults
def test_login_without_a_provider_stops_the_start(start: Start) -> None:
    with pytest.raises(RuntimeError) as stopped, start({"INDBLIK_LOGIN": "1"}):
        pass
    said = str(stopped.value)
    assert "Indblik starter ikke, for opsætningen af login" in said
    assert "client_id mangler" in said
    assert "Traceback" not in said.partition("starter ikke")[2]
