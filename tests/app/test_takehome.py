"""A run sheet taken home over HTTP: the files, how far they are, and that whoever goes away stops the work."""

import http.client
import io
import json
import re
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from pypdf import PdfReader

from contract import paths
from contract.release import current_id
from dashboard import read
from dashboard.runsheet import SHORT
from tests.running import Server

SHEET = read.load(current_id(paths.REPO / "data")).runsheets[0]
TWO = "fleksjob_timer~unge_sagstal"
SOON = 30.0


@contextmanager
def posted(
    server: Server, ending: str, params: dict[str, str], origin: str | None = None
) -> Iterator[http.client.HTTPResponse]:
    """The answer to a POST as one of our own pages sends it, open for reading."""
    host = f"localhost:{server.port}"
    headers = {
        "Host": host,
        "Origin": origin or f"http://{host}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("POST", f"/hent/koereplan.{ending}", urlencode(params), headers)
        answer = connection.getresponse()
        yield answer
    finally:
        answer.close()
        connection.close()


def told(answer: http.client.HTTPResponse) -> tuple[list[dict[str, Any]], dict[str, Any], bytes]:
    """(the steps, the last line, what came after it)."""
    steps: list[dict[str, Any]] = []
    while "trin" in (line := json.loads(answer.readline())):
        steps.append(line)
    return steps, line, answer.read()


@pytest.fixture(scope="module")
def page(server: Server) -> str:
    return server.get(f"/fremlaeg?k={TWO}").text


def test_every_run_sheet_shown_has_its_files(page: str) -> None:
    found = re.findall(r'href="/hent/koereplan\.(\w+)\?([^"]+)" data-tag-hjem', page)
    assert [ending for ending, _ in found] == ["pptx", "pdf", "xlsx", "zip"] * 2
    assert all("&amp;d=" in query for _, query in found), "the release is named"


def test_the_plain_link_gives_the_file(server: Server, page: str) -> None:
    links = [
        one.replace("&amp;", "&") for one in re.findall(r'href="(/hent/koereplan[^"]+)"', page)
    ]
    slides, booklet, book = (server.get(link) for link in links[:3])
    assert {one.status for one in (slides, booklet, book)} == {200}
    assert re.search(
        r'attachment; filename="indblik-koereplan-[\d-]+-\w+\.pptx"',
        slides.headers["content-disposition"],
    )
    with zipfile.ZipFile(io.BytesIO(slides.body)) as archive:
        assert (
            sum(bool(re.fullmatch(r"ppt/slides/slide\d+\.xml", n)) for n in archive.namelist()) == 2
        )
    text = PdfReader(io.BytesIO(booklet.body)).pages[0].extract_text()
    assert f"{server.url}/fremlaeg?k=" in text.replace("\n", ""), "the link names the host asked"
    assert "1 timer" in openpyxl.load_workbook(io.BytesIO(book.body)).sheetnames
    assert server.get(links[0], method="HEAD").headers["content-disposition"]


def test_the_folder_is_told_step_by_step_and_names_what_is_missing(server: Server) -> None:
    with posted(server, "zip", {"k": f"{TWO}~findes-ikke"}) as answer:
        steps, last, body = told(answer)
    assert [one["trin"] for one in steps] == list(range(steps[0]["af"] + 1))
    assert len(body) == last["bytes"]
    (missing,) = last["mangler"]
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        assert missing in archive.read("FEJL.txt").decode("utf-8-sig")
        assert {"index.html", "haefte.pdf", "praesentation.pptx"} <= set(archive.namelist())


def test_a_long_talking_point_comes_along_but_not_in_a_link(server: Server) -> None:
    talk = "Et langt talepunkt, som ikke kan være i linket. " * 6
    assert len(talk) > SHORT
    with posted(server, "pptx", {"k": TWO, "n2": talk}) as answer:
        _, _, body = told(answer)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        notes = archive.read("ppt/notesSlides/notesSlide2.xml").decode()
    assert talk.strip() in notes
    assert "n2=" not in notes


def test_whoever_goes_away_stops_the_work(server: Server) -> None:
    words = "En overskrift, som ingen anden har bedt om"
    with posted(server, "zip", {"k": SHEET.id, "t1": words}) as answer:
        steps = [json.loads(answer.readline()) for _ in range(4)]
    assert steps[-1]["trin"] == 3
    most = steps[0]["af"]
    until = time.monotonic() + SOON
    while not (said := re.findall(rf"\(zip\) standset ved (\d+) af {most}\b", server.output)):
        assert time.monotonic() < until, "the work goes on"
        time.sleep(0.05)
    assert all(int(one) < most for one in said)
    begun = time.monotonic()
    with posted(server, "xlsx", {"k": TWO, "t1": words}) as answer:
        _, last, _ = told(answer)
    assert "fil" in last
    assert time.monotonic() - begun < SOON, "the next one need not wait"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/hent/koereplan.exe?k={TWO}", 404),
        ("/hent/koereplan.pptx", 404),
        ("/hent/koereplan.pptx?k=findes-ikke", 404),
        ("/hent/koereplan.pptx?k=%3Cscript%3Ealert(1)%3C%2Fscript%3E", 404),
    ],
)
def test_what_is_not_there_is_said_in_danish(server: Server, path: str, status: int) -> None:
    answer = server.get(path)
    assert answer.status == status
    assert '<html lang="da"' in answer.text
    assert "<script>alert" not in answer.text


def test_only_our_own_pages_may_send_words(server: Server) -> None:
    with posted(server, "pptx", {"k": TWO}, "https://andre.example") as answer:
        assert answer.status == 403
    with posted(server, "pptx", {"k": TWO, "n1": "x" * 20_000}) as answer:
        assert answer.status == 413
