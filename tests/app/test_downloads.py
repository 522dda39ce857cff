"""/hent as a browser asks for it: files with the numbers of the screen, and Danish pages where there is none."""

import csv
import io
import re
import zipfile
from html import unescape

import anyio
import openpyxl
import pytest

from dashboard import read, releases, share, taken
from dashboard.export import files
from dashboard.server import download
from dashboard.server.drawing import Busy
from dashboard.sitemap import PAGES
from tests.running import Server


def pinned() -> str:
    return f"?d={releases.short(read.current().id)}"


def test_a_workbook_comes_with_its_name_and_numbers(server: Server) -> None:
    answer = server.get("/hent/fleksjob/timer.xlsx" + pinned())
    assert answer.status == 200
    assert (
        f'filename="indblik-fleksjob-timer-{read.current().id}.xlsx"'
        in answer.headers["content-disposition"]
    )
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    book = openpyxl.load_workbook(io.BytesIO(answer.body))
    held = {cell for row in book["1 timer"].iter_rows(values_only=True) for cell in row}
    assert {f.value for f in read.current().series("fleksjob-efter-timer")} <= held
    cover = {row[0]: row[1] for row in book["Forside"].iter_rows(values_only=True)}
    assert cover["Link"].startswith(server.url + "/fleksjob?d="), (
        "the link names the host that was asked"
    )


def test_csv_holds_what_the_address_chose(server: Server) -> None:
    answer = server.get("/hent/udforsk/udforsk.csv?i=folketal&o=101")
    rows = list(
        csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline=""), delimiter=";")
    )
    assert rows
    assert {row["område"] for row in rows} == {"København"}
    wanted = {f.id: f.value for f in read.current().series("folketal", ["101"])}
    for row in rows:
        assert float(row["værdi"].replace(",", ".")) == wanted[row["tal-id"]]


def test_the_whole_page_is_one_presentation(server: Server) -> None:
    answer = server.get("/hent/fleksjob/side.pptx")
    assert answer.status == 200
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        assert (
            len([n for n in archive.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)])
            == 3
        )


@pytest.mark.parametrize("path", [
    "/hent/fleksjob/nej.xlsx", "/hent/nej/timer.xlsx", "/hent/fleksjob/timer.exe", "/hent/fleksjob/timer",
    "/hent/fleksjob/.csv",
    "/hent/fleksjob/side.svg", "/hent/", "/hent/fleksjob", "/hent/a/b/c.csv",
    "/hent/udforsk/udforsk.csv?x=" + "a" * 3000,
])  # fmt: skip
def test_what_is_not_there_is_said_in_danish(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status == 404
    assert '<html lang="da"' in answer.text
    assert "findes ikke" in answer.text


def test_nothing_of_the_address_becomes_markup(server: Server) -> None:
    answer = server.get("/hent/fleksjob/%3Cscript%3Ealert(1)%3C%2Fscript%3E.csv")
    assert "<script>alert" not in answer.text


def fetched(name: str) -> tuple[int, str]:
    answer = anyio.run(download.respond, "fleksjob", name, "", "https://indblik.example")
    return answer.status_code, bytes(answer.body).decode(errors="replace")


def test_a_file_that_takes_too_long_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setattr(download, "_room", None)
    monkeypatch.setattr(download, "TIMEOUT", 0.05)
    monkeypatch.setattr(download, "made", lambda *_: time.sleep(0.3))
    status, html = fetched("timer.csv")
    assert (status, "Prøv igen om lidt" in html) == (503, True)
    monkeypatch.setattr(download, "_room", None)


@pytest.mark.parametrize("error", [Busy("optaget"), RuntimeError("/hemmelig/sti")])
def test_faults_are_said_without_their_inside(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(download, "_room", None)
    monkeypatch.setattr(download, "made", broken)
    status, html = fetched("timer.csv")
    assert status == 503
    assert "hemmelig" not in html
    monkeypatch.setattr(download, "_room", None)


def test_every_figure_of_every_page_links_to_files_that_exist() -> None:
    kinds = set()
    for page in PAGES:
        for picture in share.view(page, {}).pictures():
            html = taken.links(share.slug(page), picture.key, {"d": "x y&<"})
            for href in map(unescape, re.findall(r'href="([^"]+)"', html)):
                path, _, query = href.partition("?")
                assert query == "d=x+y%26%3C"
                _, _, slug, name = path.split("/")
                kinds.add(name.rpartition(".")[2])
                assert share.by_slug(slug) == page
    assert kinds == set(files.KINDS)
    assert download.made("fleksjob", "timer.csv", "", "")[0].endswith(".csv")
