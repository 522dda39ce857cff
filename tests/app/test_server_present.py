"""Fremlæg without a browser: run sheets, stage, notes, and the sessions of those who follow."""

import http.client
import json
import re
from typing import Any

import pytest

from contract import paths
from contract.release import current_id
from dashboard import read
from tests.running import Answer, Server

SHEET = read.load(current_id(paths.REPO / "data")).runsheets[0]
COUNT = len(SHEET.items)


def _post(server: Server, path: str, body: Any, origin: str | None = "") -> Answer:
    headers = {"Host": f"localhost:{server.port}", "Content-Type": "application/json"}
    if origin is not None:
        headers["Origin"] = origin or f"http://localhost:{server.port}"
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request(
            "POST", path, body if isinstance(body, str) else json.dumps(body), headers
        )
        answer = connection.getresponse()
        return Answer(answer.status, {}, answer.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def stage(server: Server) -> str:
    return server.get(f"/fremlaeg/vis?k={SHEET.id}&nr=2").text


@pytest.fixture(scope="module")
def session(server: Server, stage: str) -> dict[str, str]:
    asked = re.search(r'data-forespoergsel="([^"]+)"', stage)
    assert asked
    answer = _post(
        server, "/fremlaeg/session", {"forespoergsel": asked[1].replace("&amp;", "&"), "nr": 2}
    )
    assert answer.status == 201
    return dict(answer.json)


def test_the_page_shows_the_ready_sheet_without_scripts(server: Server) -> None:
    answer = server.get("/fremlaeg")
    assert answer.status == 200
    assert '<html lang="da">' in answer.text
    assert SHEET.title in answer.text
    assert answer.text.count("<h1>") == 1
    assert f"/fremlaeg/vis?k={SHEET.id}" in answer.text
    assert "static/js" not in answer.text
    assert "Forprøve" in answer.text


def test_the_stage_holds_every_screen_and_shows_the_one_asked_for(stage: str) -> None:
    sections = re.findall(r'<section class="skaerm[^>]*>', stage)
    assert len(sections) == COUNT
    assert [i for i, one in enumerate(sections, 1) if "hidden" not in one] == [2]
    assert stage.count("</svg>") >= COUNT, "pictures and QR codes are in the document"
    ids = re.findall(r'\sid="([^"]+)"', stage)
    assert len(set(ids)) == len(ids)


def test_steps_are_links_that_work_without_scripts(stage: str) -> None:
    assert re.search(r'data-trin="-1" href="/fremlaeg/vis\?[^"]*nr=1"', stage)
    assert re.search(r'data-trin="1" href="/fremlaeg/vis\?[^"]*nr=3"', stage)


def test_nothing_from_the_address_is_markup(server: Server) -> None:
    evil = "%3Cscript%3Ealert(1)%3C%2Fscript%3E"
    for address in (f"/fremlaeg?k={evil}", f"/fremlaeg/vis?k=fleksjob_timer&t1={evil}&n1={evil}&d={evil}", f"/fremlaeg/liste?k={evil}~fleksjob",
                    f"/fremlaeg/talepapir?k=fleksjob&t1={evil}", f"/foelg/{evil}"):  # fmt: skip
        answer = server.get(address)
        assert answer.status in (200, 404), address
        assert "<script>alert" not in answer.text, address


def test_what_cannot_be_shown_is_named(server: Server) -> None:
    answer = server.get("/fremlaeg/vis?k=findes-ikke~fleksjob_findes-ikke")
    assert answer.status == 200
    assert "Noget i køreplanen er udeladt" in answer.text
    assert "findes-ikke" in answer.text


def test_the_notes_hold_the_talking_points_and_what_comes_next(server: Server) -> None:
    html = server.get(f"/fremlaeg/talepapir?k={SHEET.id}").text
    assert html.count('class="talepunkt"') == COUNT
    assert "Det var den sidste skærm" in html


def test_the_followers_page_has_the_screens_but_not_the_talking_points(
    server: Server, session: dict[str, str]
) -> None:
    answer = server.get(f"/foelg/{session['id']}")
    assert answer.status == 200
    assert answer.text.count('class="lille-skaerm"') == COUNT
    assert "Gå på opdagelse" in answer.text
    assert "talepunkt" not in answer.text
    assert session["hemmelighed"] not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_session_that_is_over_says_so(server: Server) -> None:
    assert server.get("/foelg/findes-ikke").status == 404
    assert "Fremlæggelsen er slut" in server.get("/foelg/findes-ikke").text
    assert server.get("/foelg/findes-ikke/stroem").status == 404


def test_only_our_own_pages_may_start_and_steer(server: Server, session: dict[str, str]) -> None:
    own = {"forespoergsel": f"k={SHEET.id}", "nr": 1}
    step = {"hemmelighed": session["hemmelighed"], "nr": 3}
    for origin in (None, "https://andre.example", "null"):
        assert _post(server, "/fremlaeg/session", own, origin).status == 403
        assert _post(server, f"/fremlaeg/session/{session['id']}", step, origin).status == 403
    assert (
        _post(server, f"/fremlaeg/session/{session['id']}", {"hemmelighed": "gæt", "nr": 3}).status
        == 404
    )
    for body, status in (("", 403), ("[]", 403), ("x" * 20_000, 413), ("{", 403)):
        assert _post(server, "/fremlaeg/session", body).status == status
    assert _post(server, "/fremlaeg/session", {"forespoergsel": "k=findes-ikke"}).status == 400


def test_a_step_reaches_the_stream(server: Server, session: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request(
        "GET", f"/foelg/{session['id']}/stroem", headers={"Host": f"localhost:{server.port}"}
    )
    stream = connection.getresponse()
    try:
        assert stream.getheader("content-type", "").startswith("text/event-stream")
        assert stream.readline().startswith(b"retry: ")
        stream.readline()
        assert stream.readline().startswith(b"data: ")
        stream.readline()
        assert (
            _post(
                server,
                f"/fremlaeg/session/{session['id']}",
                {"hemmelighed": session["hemmelighed"], "nr": 4},
            ).status
            == 200
        )
        assert stream.readline() == b"data: 4\n"
    finally:
        connection.close()
