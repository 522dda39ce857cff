"""Login's pure parts: what it asks of the setup, how long it lasts, and where it leads back to."""

from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import closed
from dashboard.server.login import back, setup, signed
from dashboard.server.login.setup import Setup

SECTION = {
    "redirect_uri": "https://indblik.example/oauth2callback",
    "cookie_secret": "opdigtet-" * 5,
    "client_id": "opdigtet",
    "client_secret": "opdigtet-hemmelighed",
    "server_metadata_url": "https://login.example/tenant/v2.0/.well-known/openid-configuration",
}
ON = {closed.VARIABLE: "1"}
HERE = Setup("https://indblik.example", 8 * 3600)
TOLD = {
    "sub": "a",
    "iat": 1_000_000,
    "origin": HERE.origin,
    "provider": "default",
    "is_logged_in": True,
}


def test_without_a_word_of_login_there_is_none() -> None:
    assert setup.read({}, {}) is None
    assert setup.read({}, {closed.VARIABLE: "0"}) is None
    assert setup.read(SECTION, {closed.VARIABLE: "0"}) is None
    assert not closed.is_closed({})
    assert not closed.is_closed({closed.VARIABLE: "0"})


def test_what_is_asked_for_is_read() -> None:
    assert setup.read(SECTION, ON) == HERE
    also = {**ON, setup.HOURS: "0.5", setup.ROLE: " Indblik.Laeser "}
    assert setup.read(SECTION, also) == Setup(HERE.origin, 1800, "Indblik.Laeser")
    at_home = {**SECTION, "redirect_uri": "http://localhost:8501/oauth2callback"}
    assert setup.read(at_home, ON) == Setup("http://localhost:8501", 8 * 3600)


@pytest.mark.parametrize("said", ["", "ja", "true", " 1", "2"])
def test_what_is_half_said_stops_the_start(said: str) -> None:
    with pytest.raises(SystemExit, match="skriv 1"):
        setup.read(SECTION, {closed.VARIABLE: said})


def test_every_fault_is_named_and_no_secret_is_shown() -> None:
    with pytest.raises(SystemExit) as stopped:
        setup.read({}, ON)
    said = str(stopped.value)
    assert said.startswith("Indblik starter ikke")
    for name in SECTION:
        assert f"{name} mangler" in said
    with pytest.raises(SystemExit) as stopped:
        setup.read({**SECTION, "cookie_secret": "kort-hemmelighed"}, {**ON, setup.HOURS: "uge"})
    said = str(stopped.value)
    assert "mindst 32" in said
    assert setup.HOURS in said
    assert "hemmelighed" not in said


@pytest.mark.parametrize(
    ("name", "value"),
    [("redirect_uri", "http://indblik.example/oauth2callback"), ("redirect_uri", "https://indblik.example/"),
     ("redirect_uri", "https://indblik.example/oauth2callback?x=1"), ("redirect_uri", "https://a@b.example/oauth2callback"),
     ("redirect_uri", "https://[indblik/oauth2callback"), ("redirect_uri", 7), ("client_id", ""),
     ("server_metadata_url", "http://login.example/x"),
     ("server_metadata_url", "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration")],
)  # fmt: skip
def test_what_would_be_unsafe_is_refused(name: str, value: Any) -> None:
    assert not setup.faults(SECTION)
    assert any(name in fault for fault in setup.faults({**SECTION, name: value}))


@pytest.mark.parametrize("hours", ["0", "-1", "25", "nan", "inf", "otte"])
def test_a_login_lasts_some_hours(hours: str) -> None:
    with pytest.raises(SystemExit, match=setup.HOURS):
        setup.read(SECTION, {**ON, setup.HOURS: hours})


def test_a_login_lasts_from_when_the_provider_said_who_it_was() -> None:
    at = TOLD["iat"]
    assert signed.seconds_left(TOLD, HERE, at) == 8 * 3600
    assert signed.seconds_left(TOLD, HERE, at + 8 * 3600 - 1) == 1
    assert signed.seconds_left(TOLD, HERE, at + 8 * 3600) == 0
    assert signed.seconds_left(TOLD, HERE, at - 60) == 8 * 3600, "clocks differ a little"
    assert signed.seconds_left(TOLD, HERE, at - 3600) == 0


@pytest.mark.parametrize(
    "wrong",
    [{"is_logged_in": "true"}, {"is_logged_in": False}, {"origin": "https://en-anden.example"}, {"origin": None},
     {"provider": "google"}, {"iat": None}, {"iat": "1000000"}, {"iat": True}],
)  # fmt: skip
def test_a_login_that_is_not_quite_ours_is_none(wrong: dict[str, Any]) -> None:
    assert signed.seconds_left({**TOLD, **wrong}, HERE, 1_000_000) == 0
    assert signed.seconds_left({}, HERE, 1_000_000) == 0
    assert signed.seconds_left(None, HERE, 1_000_000) == 0


def test_with_a_role_only_those_who_have_it_come_in() -> None:
    asked = Setup(HERE.origin, 3600, "Indblik.Laeser")
    for roles, admitted in (
        (["Andet", "Indblik.Laeser"], True), (["Indblik.Laeser2"], False), ("Indblik.Laeser", False), ([], False), (None, False),
    ):  # fmt: skip
        assert signed.is_admitted({"roles": roles}, asked) is admitted, roles
        assert bool(signed.seconds_left({**TOLD, "roles": roles}, asked, 1_000_000)) is admitted
    assert signed.is_admitted({}, HERE)


def test_the_cookie_says_no_more_than_is_needed() -> None:
    told = {
        **TOLD,
        "name": "Navn",
        "email": "a@opdigtet.example",
        "roles": ["Andet", "Indblik.Laeser"],
        "groups": ["g"] * 400,
    }
    asked = Setup(HERE.origin, 1800, "Indblik.Laeser")
    header = signed.cookie(told, asked)
    cookies = {name: one.value for name, one in SimpleCookie(header).items()}
    assert signed.claims(cookies) == {**TOLD, "roles": ["Indblik.Laeser"]}
    assert "Max-Age=1800" in header
    assert "; Secure" in header
    assert "roles" not in (
        signed.claims({"_streamlit_user": signed.cookie(told, HERE).split("=", 1)[1].split(";")[0]})
        or {}
    )
    assert "; Secure" not in signed.cookie(told, Setup("http://localhost:8501", 1800))
    assert len(header) < 600


@pytest.mark.parametrize(
    "address",
    ["/", "/fleksjob", "/udforsk?i=a,b;c&fra=2018&til=2021&q=%C3%A6%20x", "/tal/x?d=2026-01-01-0123abcd", "/a?x=\"y\"",
     "/x?u=https://evil.example", "/.//evil.example", "/%2F/evil.example"],
)  # fmt: skip
def test_an_address_of_ours_comes_back_as_it_was(address: str) -> None:
    header = back.cookie("tilstand", address)
    kept = {name: one.value for name, one in SimpleCookie(header).items()}
    came = back.kept(kept, "tilstand")
    same = {"%3B": ";", "%2C": ",", "%22": '"'}
    for written, sign in same.items():
        came = came.replace(written, sign)
    assert came == address
    assert back.kept(kept, "en anden") == "/"


@pytest.mark.parametrize(
    "address",
    ["", "fleksjob", "//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "/a\r\nSet-Cookie: x=1",
     "/a b", "/ø", "/log-ind?til=/x", "/log-ud", "/oauth2callback?code=1", "/auth/logout", "/a#b", "/" + "x" * back.LONGEST],
)  # fmt: skip
def test_all_else_leads_to_the_front_page(address: str) -> None:
    assert back.safe(address) == "/"


@given(st.text(st.sampled_from('/\\:@?#%.;," \t\r\nxøhtps[]'), max_size=30) | st.text(max_size=30))
def test_no_address_leads_away(given_address: str) -> None:
    came = back.safe(given_address)
    assert came.startswith("/")
    assert not set(came) & set(' ;,"\r\n\t\\')
    assert urlsplit(urljoin(HERE.origin, came)).netloc == "indblik.example"
