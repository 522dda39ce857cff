"""/api/v1/: whatever is sent to it, it says what is wrong, in Danish, and never breaks."""

from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard import read
from dashboard.server.api.problem import KINDS
from tests.app.asking import ask
from tests.running import Server

ROOT = "/api/v1"
NOW = read.current()

VALUES = (
    "", "Fleksjob", "findes-ikke", "abc", "NaN", "1e309", "-5", "50.5", "1.234,5", "1,234.5", "٤", "５", "31-31-2024",
    "2023-02-29", "0000", "0001-01-01", "9999-12-31", "2022-13", "2020K5", "2020/2018", "2018/" * 30, "\0", "\u202e",
    "Un\u200bge", "å", "a\u030a", "🦆", "__proto__", "constructor", "[x](//a.example)", "![x](//a)", "# x",
    ":red[x]", r"$\rule{9999em}{9999em}$", "<style>*{}</style>", "<form>", "<svg/onload=alert(1)>",
    "javascript:alert(1)", "x>", "x.", "../../CURRENT", "..\\..", "' OR 1=1 --", "{figure}", "%s%n",
    "2001-01-01-00000000",
    "00000000",
    "x" * 201, "x" * 7000,
)  # fmt: skip
QUERIES = (
    "%ff%fe", "%00", "area=%ff", "area=%ed%a0%80", "area=%", "area=%zz", "&".join(["area=101"] * 2000), "d=&d=",
    "=", "==", "embed=true", "embed_options=x", "limit=1&limit=2", "from=2018&from=2019", "from=2020&to=2018",
    "format=xml", "limit=0", "limit=5001", "limit=10.0", "limit=%2B5", "offset=-1", "offset=1000001", "q=", "q=+",
    "Area=101", "area", "area%3D101=1", "x" * 64_000, "area=" + "1" * 64_000, "amp;area=101",
    "utm_source=x", "fra=2018", "?area=101",
)  # fmt: skip


def refused(target: str) -> None:
    """The target is answered with a problem that says what is wrong, and nothing of it is markup."""
    answer = ask(target)
    assert answer.status in (400, 404), (target[:80], answer.status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json
    assert told["status"] == answer.status == KINDS[told["type"].rpartition(":")[2]][0]
    assert told["title"]
    assert told["detail"].endswith(".")
    assert len(answer.body) < 6000


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q[:20])
def test_a_query_that_cannot_be_honoured_is_refused(query: str) -> None:
    refused(f"{ROOT}/figures?{query}")


@pytest.mark.parametrize(
    "name",
    ["indicator", "area", "group", "source", "topic", "kind", "d", "format", "limit", "offset"],
)
def test_a_value_that_is_none_is_refused_and_named(name: str) -> None:
    for value in VALUES:
        if (name, value) == ("group", ""):
            continue
        target = f"{ROOT}/figures?{name}={quote(value)}"
        refused(target)
        assert ask(target).json["parameter"] == name


@pytest.mark.parametrize("name", ["from", "to"])
def test_a_period_is_read_or_refused(name: str) -> None:
    for value in VALUES:
        target = f"{ROOT}/figures?{name}={quote(value)}"
        if value in ("0001-01-01", "9999-12-31"):
            assert ask(target).status == 200
        else:
            refused(target)


def test_any_words_can_be_searched_for() -> None:
    for value in VALUES:
        answer = ask(f"{ROOT}/figures?q={quote(value)}")
        assert answer.status == (200 if value and len(value) <= 200 else 400), value


@pytest.mark.parametrize(
    "place", ["figures/{}", "indicators/{}", "events/{}", "release/{}/figures.parquet", "{}"]
)
def test_an_address_that_is_none_is_refused(place: str) -> None:
    for value in VALUES:
        if place == "{}" and value == "":
            continue
        refused(f"{ROOT}/{place.format(quote(value, safe=''))}")


@settings(max_examples=200)
@given(
    st.binary(max_size=60),
    st.sampled_from(["/figures", "/figures/", "/releases", "/release/", "/", "/dcat.jsonld"]),
)
@example(b"d", "/figures?")
def test_no_bytes_break_it(sent: bytes, place: str) -> None:
    answer = ask(f"{ROOT}{place}{quote(sent)}")
    assert answer.status in (200, 400, 404)
    assert ask(f"{ROOT}{place}?{quote(sent, safe='=&')}").status in (200, 400, 404)


def test_what_is_allowed_is_listed() -> None:
    told = ask(f"{ROOT}/figures?area=999").json
    assert told["parameter"] == "area"
    assert "101" in told["allowed"]
    assert "fleksjobledighed" in ask(f"{ROOT}/figures?indicator=fleksjobledighet").json["allowed"]
    assert ask(f"{ROOT}/figures?omraade=101").json["allowed"][:2] == ["indicator", "area"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_nothing_can_be_changed(server: Server, method: str) -> None:
    answer = server.get(f"{ROOT}/figures", method=method)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert answer.json["type"].endswith("method-not-allowed")


def test_the_real_server_refuses_too(server: Server) -> None:
    for target in (
        "figures?area=%ff", "figures/%00", "figures?x=" + "x" * 9000, "release/..%2f..%2f/CURRENT.parquet", "nej/",
        f"release/{NOW.id}/manifest.parquet", f"release/{NOW.id}/..%2f..%2f..%2fCURRENT.parquet",
    ):  # fmt: skip
        assert server.get(f"{ROOT}/{target}").status in (400, 404), target
    assert server.get("/api/").headers["content-type"] == "application/problem+json"
