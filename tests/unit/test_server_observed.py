"""What the log, the request ids and /metrics hold, and what one visitor may have drawn."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from dashboard.server import discreet, drawing, graphs, limits, logs, metrics, runs, scrape, trace
from dashboard.sitemap import PAGES


@pytest.fixture
def written() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A logger of its own that writes JSON."""
    stream, logger = io.StringIO(), logging.getLogger("indblik.prøve")
    logger.handlers[:], logger.propagate = [logs.handler(stream, "json")], False
    yield logger, stream
    logger.handlers.clear()


def test_a_line_is_one_json_object_with_the_id_of_the_request(
    written: tuple[logging.Logger, io.StringIO],
) -> None:
    logger, stream = written
    trace.begin("abcdef0123456789")
    logger.warning("fjorten\nlinjer", extra={"ms": 14})
    try:
        raise ValueError("tallet for æ, ø og å")
    except ValueError:
        logger.exception("gik galt")
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert first["besked"] == "fjorten\nlinjer"
    assert (first["niveau"], first["hvor"], first["ms"]) == ("WARNING", "indblik.prøve", 14)
    assert first["forespoergsel"] == "abcdef0123456789"
    assert "tallet for æ, ø og å" in second["exc_info"]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("fra 192.0.2.17:5012", "192.0.2.17"),
        ("KeyError: '010203-1234'", "010203-1234"),
        ("KeyError: '0102031234'", "0102031234"),
        ("q=navn.navnesen@kommune.example", "navn.navnesen"),
        ("fra 2001:db8:0:0:0:0:0:1", "2001:db8"),
        ("fra [2001:db8:a::17]:5012", "2001:db8"),
        ("fra fe80::1ff:fe23:4567:890a", "fe80"),
    ],
)
def test_nothing_in_a_line_points_at_a_person(
    written: tuple[logging.Logger, io.StringIO], text: str, hidden: str
) -> None:
    logger, stream = written
    logger.error("fejl: %s", text)
    try:
        raise KeyError(text)
    except KeyError:
        logger.exception("fejl")
    for line in stream.getvalue().splitlines():
        assert hidden not in line
        assert "…" in json.dumps(json.loads(line), ensure_ascii=False)


@pytest.mark.parametrize(
    "text", ["Udgave 2026-11-23-872a24f9 er indlæst: 390 tal", "streamlit 1.67.0", "12:30:15"]
)
def test_ordinary_words_stay(text: str) -> None:
    assert logs.without_persons(text) == text


def test_the_form_of_the_log_is_one_of_two() -> None:
    assert logs.form(io.StringIO(), "") == "json"
    assert logs.form(io.StringIO(), "tekst") == "tekst"
    with pytest.raises(SystemExit, match="INDBLIK_LOG er «xml»"):
        logs.form(io.StringIO(), "xml")


@given(st.text(max_size=80))
def test_an_id_is_short_and_plain_whatever_was_given(given_id: str) -> None:
    found = trace.accepted(given_id)
    assert 8 <= len(found) <= 64
    assert found.isascii()
    assert not set(found) & set(" \r\n\t\"'<>\\/;,")


def test_a_proxys_id_is_kept() -> None:
    assert trace.accepted("4bf92f3577b34da6a3ce929d0e0e4736") == "4bf92f3577b34da6a3ce929d0e0e4736"
    assert trace.accepted(None) != trace.accepted(None)


@given(st.text(max_size=60))
def test_a_label_is_never_what_a_visitor_wrote(path: str) -> None:
    own = {f"/{page.path}" for page in PAGES}
    named = metrics.route("/" + path)
    assert named in own | {metrics.OTHER} | set(metrics._BELOW) | metrics._EXACT


class StopException(BaseException):
    """Named as Streamlit's."""


@pytest.mark.parametrize(
    ("raised", "ended"), [(None, "færdig"), (ValueError, "fejl"), (StopException, "stoppet")]
)
def test_a_run_is_counted_however_it_ends(raised: type[BaseException] | None, ended: str) -> None:
    labels = {"page": "/om", "ended": ended}
    before = metrics.REGISTRY.get_sample_value("indblik_run_seconds_count", labels) or 0
    try:
        with runs.run("om", "0123456789abcdef"):
            assert trace.current() == "0123456789abcdef"
            if raised:
                raise raised
    except (ValueError, StopException):
        pass
    assert metrics.REGISTRY.get_sample_value("indblik_run_seconds_count", labels) == before + 1


def test_where_metrics_are_served_is_one_of_three(monkeypatch: pytest.MonkeyPatch) -> None:
    for given_setting, meant in (("", "til"), ("fra", "fra"), ("9100", 9100)):
        monkeypatch.setenv(scrape.SETTING, given_setting)
        assert scrape.setting() == meant
    monkeypatch.setenv(scrape.SETTING, "fra")
    assert scrape.answer(Request({"type": "http"})).status_code == 404
    monkeypatch.setenv(scrape.SETTING, "70000")
    with pytest.raises(SystemExit, match="INDBLIK_METRICS er «70000»"):
        scrape.setting()


def test_what_streamlit_tells_of_the_machine_is_masked_and_nothing_else() -> None:
    script, words = b"/srv/indblik/session.py", discreet.of_this_machine("1.67.0")
    told = b"\n\x17" + script + b"\x12\x061.67.0\x1a\x05linux/srv/indblik"
    masked = discreet.masked(told, script, words)
    assert len(masked) == len(told)
    assert b"session.py" in masked
    assert b"srv" not in masked
    assert b"1.67" not in masked
    page = b"Streamlit 1.67.0 og linux"
    assert discreet.masked(page, script, words) == page
    long = told + b"x" * discreet.LONGEST
    assert discreet.masked(long, script, words) == long


# ---- what one visitor may have drawn ----


def test_a_bucket_empties_and_fills() -> None:
    buckets = limits.Buckets(size=3, refill=0.5)
    assert [buckets.take("a", 0.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert buckets.take("a", 0.0) == pytest.approx(2.0)
    assert buckets.take("b", 0.0) == 0.0, "each has a bucket of their own"
    assert buckets.take("a", 1.0) == pytest.approx(1.0)
    assert buckets.take("a", 2.0) == 0.0
    assert buckets.take("a", 1000.0) == 0.0


def test_the_visitors_remembered_are_bounded_and_not_to_be_read() -> None:
    buckets = limits.Buckets(size=1, refill=0.01, most=2)
    for visitor in ("192.0.2.1", "192.0.2.2", "192.0.2.3"):
        buckets.take(visitor, 0.0)
    assert len(buckets._held) == 2
    assert not [key for key in buckets._held if b"192" in key]
    assert buckets.take("192.0.2.1", 0.0) == 0.0, "forgotten, so full again"
    assert buckets.take("192.0.2.3", 0.0) > 0.0


@given(st.lists(st.floats(0, 5), min_size=1, max_size=60))
def test_nobody_gets_more_than_bucket_and_refill(pauses: list[float]) -> None:
    buckets, now, had = limits.Buckets(size=4, refill=0.5), 0.0, 0
    for pause in pauses:
        now += pause
        had += buckets.take("a", now) == 0.0
    assert had <= 4 + 0.5 * now + 1e-6


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True), ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
     ("::ffff:192.0.2.1", "192.0.2.1", True), ("192.0.2.1", "192.0.2.2", False)],
)  # fmt: skip
def test_who_has_a_whole_network_has_one_bucket(one: str, other: str, same: bool) -> None:
    assert (limits.network(one) == limits.network(other)) is same


def _ask(app: Any, target: str, visitor: str) -> tuple[int, dict[str, str], str]:
    path, _, query = target.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "method": "GET",
        "path": path, "raw_path": path.encode(), "root_path": "", "query_string": query.encode(),
        "headers": [(b"host", b"indblik.example")], "client": (visitor, 1), "server": ("127.0.0.1", 1),
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    asyncio.run(app(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, sent[1]["body"].decode()


def test_who_has_too_much_drawn_is_told_when_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real route and its real drawing, with a bucket of two."""
    monkeypatch.setattr(graphs, "studio", drawing.Studio(per_minute=100))
    routes = Starlette(routes=[Route(graphs.PREFIX + "{page}/{figure}", graphs.Graphs())])
    app = limits.Limits(routes, limits.Buckets(size=2, refill=0.1))
    from dashboard.share import slug, view
    from dashboard.sitemap import by_path

    page = by_path("fleksjob")
    assert page is not None
    figure = view(page, {}).pictures()[0].key
    address = f"/graf/{slug(page)}/{figure}?b="
    for width in ("400", "600", "400", "600"):
        assert _ask(app, address + width, "192.0.2.1")[0] == 200, "what is drawn already is free"
    status, headers, body = _ask(app, address + "800", "192.0.2.1")
    assert status == 429
    assert 1 <= int(headers["retry-after"]) <= 10
    assert "Prøv igen om lidt" in body
    assert _ask(app, address + "800", "192.0.2.2")[0] == 200, "another visitor is not held back"


def test_a_full_studio_says_when_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphs, "studio", drawing.Studio(per_minute=0))
    routes = Starlette(routes=[Route(graphs.PREFIX + "{page}/{figure}", graphs.Graphs())])
    from dashboard.share import slug, view
    from dashboard.sitemap import by_path

    page = by_path("fleksjob")
    assert page is not None
    figure = view(page, {}).pictures()[0].key
    status, headers, _ = _ask(limits.Limits(routes), f"/graf/{slug(page)}/{figure}", "192.0.2.1")
    assert (status, headers["retry-after"]) == (503, str(limits.LATER))
    assert graphs.studio.refused == 1
