"""The meeting folder is whole, needs no net, and says what is missing; the command makes it without a server."""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dashboard.export import files, folder, meeting, offline
from dashboard.export.__main__ import main
from dashboard.export.handout import BadLink, read

REPO = Path(__file__).resolve().parents[2]
HOST = "https://indblik.example"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the light kinds: the heavy ones have tests of their own."""
    monkeypatch.setattr(folder, "ORDER", ("csv", "svg"))
    monkeypatch.setattr(folder.slides, "pptx", lambda *_: b"PK")


def test_the_folder_holds_every_part_of_every_link(quick: None) -> None:
    told: list[str] = []
    raw, faults = folder.make([f"{HOST}/fleksjob", "/unge#sagstal"], HOST, told.append)
    assert faults == []
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert "FEJL.txt" not in names
        assert {"index.html", "praesentation.pptx", "LINKS.txt"} <= set(names)
        assert len([n for n in names if n.startswith("01-fleksjob/") and n.endswith(".svg")]) == 3
        assert len([n for n in names if n.startswith("02-unge-sagstal/")]) == 2
    assert {one.partition(": ")[0] for one in told} <= set(names)


def test_a_part_that_fails_is_named_and_the_rest_is_delivered(
    quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise RuntimeError("/hemmelig/sti")

    monkeypatch.setattr(folder.slides, "pptx", broken)
    raw, faults = folder.make([f"{HOST}/fleksjob#timer", "/findes-ikke"], HOST)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        said = archive.read("FEJL.txt").decode("utf-8-sig")
        assert "praesentation.pptx" not in archive.namelist()
        assert "index.html" in archive.namelist()
    assert "praesentation.pptx" in said
    assert "/findes-ikke" in said
    assert "hemmelig" not in said
    assert len(faults) == 2


def test_without_a_link_that_opens_there_is_no_folder() -> None:
    with pytest.raises(BadLink, match="findes-ikke"):
        folder.make(["/findes-ikke"])


def test_the_offline_page_asks_for_nothing_and_shows_the_numbers() -> None:
    own = read(f"{HOST}/fleksjob#timer")
    html = offline.page(meeting.read([f"{HOST}/fleksjob#timer"]))
    assert "<script" not in html
    assert not re.search(r'(?:src|href)="(?!#|https://indblik\.example/)', html)
    assert not re.search(r"url\((?!data:|#)", html)
    assert "@import" not in html
    assert "var(--ink)" not in html.partition("<main>")[2], "charts have their colours"
    assert "<svg" in html
    for one in own.figures:
        assert one.text in html
    assert own.finding in html


def test_ids_of_drawings_do_not_meet() -> None:
    html = offline.page(meeting.read(["/fleksjob", "/fleksjob"]))
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


# ---- the command ----


def test_the_command_makes_a_file_without_a_server(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dashboard.export", f"{HOST}/fleksjob#timer", "--format", "csv", "--out", str(tmp_path)],
        cwd=REPO, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Færdig." in done.stdout
    names = sorted(file.name for file in tmp_path.iterdir())
    assert [n.partition(".")[2] for n in names] == ["csv", "plain.csv"]
    assert "20871" in (tmp_path / names[0]).read_text("utf-8-sig")


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["/findes-ikke", "--format", "csv", "--out", str(tmp_path)]) == 2
    assert "der er ingen side" in capsys.readouterr().out
    assert main(["/fleksjob#timer", "/findes-ikke", "--format", "csv", "--out", str(tmp_path)]) == 1
    assert "noget mangler" in capsys.readouterr().out
    assert main(["/", "--format", "svg", "--out", str(tmp_path)]) == 2
    assert "ingen grafer" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stopped:
        main(["/fleksjob", "--format", "docx"])
    assert stopped.value.code == 2


def test_a_file_that_cannot_be_made_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_own: object) -> bytes:
        raise RuntimeError("i stykker")

    monkeypatch.setitem(files.KINDS, "xlsx", files.Kind("x", "xlsx", "x/y", broken))
    assert main(["/fleksjob", "--format", "xlsx", "--out", str(tmp_path)]) == 2
    assert "i stykker" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
