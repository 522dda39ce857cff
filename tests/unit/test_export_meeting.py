"""A run sheet taken home: its screens in order with its own words, in files that others can open."""

import io
import os
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import openpyxl
import pytest
from PIL import Image
from pypdf import PdfReader

from dashboard import read
from dashboard.deck import deck
from dashboard.export import folder, meeting, sheet, slides, together
from dashboard.export.__main__ import main
from dashboard.export.handout import BadLink, Handout
from dashboard.export.meeting import Meeting
from dashboard.export.progress import Stopped, silent

HOST = "https://indblik.example"
READY = read.current().runsheets[0]
TITLE, TALK = "En overskrift til mødet", "Husk at sige dette"
TEN = "~".join([*(f"{READY.id}.{item.key}" for item in READY.items), "udforsk"])
LINK = f"{HOST}/fremlaeg?k={TEN}&t3={TITLE.replace(' ', '+')}&n4={TALK.replace(' ', '+')}"
MOST_CPU_SECONDS = 25.0
"""For the folder of ten screens. On two idle cores it takes 6–8 s; what others do on the machine shows in this too."""


class Packed(NamedTuple):
    own: Meeting
    archive: zipfile.ZipFile
    told: list[str]
    seconds: float


@pytest.fixture(scope="module")
def packed() -> Packed:
    told: list[str] = []
    begun = time.process_time()
    own = meeting.read([LINK])
    raw, faults = folder.pack(own, told.append)
    seconds = time.process_time() - begun
    assert faults == []
    return Packed(own, zipfile.ZipFile(io.BytesIO(raw)), told, seconds)


def two(extra: str = "") -> Meeting:
    return meeting.read([f"{HOST}/fremlaeg?k=fleksjob_timer~unge_sagstal{extra}"])


def texts(archive: zipfile.ZipFile, folder_: str) -> list[str]:
    """The text of slides or notes in order."""
    names = [n for n in archive.namelist() if re.fullmatch(rf"ppt/{folder_}/[a-zA-Z]+\d+\.xml", n)]
    names.sort(key=lambda name: int(re.findall(r"\d+", name)[-1]))
    return [" ".join(ElementTree.fromstring(archive.read(n)).itertext()) for n in names]


# ---- links ----


@pytest.mark.parametrize("link", [
    f"{HOST}/fremlaeg?k={READY.id}", f"{HOST}/fremlaeg/vis?k={READY.id}&nr=4", f"{HOST}/fremlaeg/talepapir?k={READY.id}",
    f"/fremlaeg?k={READY.id}",
])  # fmt: skip
def test_a_run_sheet_becomes_its_screens(link: str) -> None:
    own = meeting.read([link], HOST)
    screens = deck({"k": [READY.id]}).screens
    assert own.title == READY.title
    assert [one.message for one in own.views] == [s.message for s in screens]
    assert [one.talk for one in own.views] == [s.talk for s in screens]
    assert [one.link() for one in own.views] == [HOST + s.address for s in screens]
    assert [{f.id for f in one.figures} for one in own.views] == [
        {f.id for f in s.figures} for s in screens
    ]
    assert own.link.startswith(f"{HOST}/fremlaeg?k={READY.id}&d=")


def test_several_links_keep_their_order() -> None:
    own = meeting.read(["/unge#sagstal", "/fremlaeg?k=fleksjob_timer~afklaring", "/voksne"])
    assert [one.view.page.path for one in own.views] == ["unge", "fleksjob", "afklaring", "voksne"]
    assert own.link == ""


@pytest.mark.parametrize(
    "link",
    [
        "/fremlaeg",
        "/fremlaeg?k=findes-ikke",
        "//ond.example/fremlaeg?k=fleksjob",
        "ftp://x/fremlaeg?k=fleksjob",
    ],
)
def test_a_run_sheet_without_screens_is_refused(link: str) -> None:
    with pytest.raises(BadLink):
        meeting.read([link])


def test_what_cannot_be_shown_is_named_in_every_file() -> None:
    own = meeting.read(["/fremlaeg?k=fleksjob_timer~findes-ikke"])
    (missing,) = own.missing
    assert "findes-ikke" in missing
    made = {key: kind.make(own, silent) for key, kind in together.WHOLE.items() if key != "mappe"}
    assert all(faults == [missing] for _, faults in made.values())
    assert missing in PdfReader(io.BytesIO(made["ark"][0])).pages[0].extract_text()
    cover = openpyxl.load_workbook(io.BytesIO(made["xlsx"][0]))["Forside"]
    assert ("Ikke med", missing) in [row[:2] for row in cover.iter_rows(values_only=True)]
    with zipfile.ZipFile(io.BytesIO(made["pptx"][0])) as archive:
        assert missing in texts(archive, "slides")[-1]


# ---- the folder ----


def test_the_folder_of_ten_screens_is_made_in_time(packed: Packed) -> None:
    assert len(packed.own.views) == 10
    assert packed.seconds < MOST_CPU_SECONDS


def test_every_step_is_told(packed: Packed) -> None:
    assert len(packed.told) == folder.steps(packed.own)


def test_the_folder_is_whole(packed: Packed) -> None:
    assert packed.archive.testzip() is None
    names = packed.archive.namelist()
    assert {folder.PAGE, folder.SLIDES, folder.BOOKLET, folder.BOOK, folder.LIST} <= set(names)
    assert folder.FAULTS not in names
    for number, own in enumerate(packed.own.views, start=1):
        inside = [n for n in names if n.startswith(f"{number:02d}-")]
        assert len(inside) == (8 if own.parts else 4), inside
    for name in names:
        if name.endswith(".png"):
            Image.open(io.BytesIO(packed.archive.read(name))).verify()
        if name.endswith(".svg"):
            ElementTree.fromstring(packed.archive.read(name))
        if name.endswith(".pdf"):
            assert PdfReader(io.BytesIO(packed.archive.read(name))).pages


def test_the_slides_have_the_order_the_headings_and_the_talking_points(packed: Packed) -> None:
    with zipfile.ZipFile(io.BytesIO(packed.archive.read(folder.SLIDES))) as archive:
        shown, notes = texts(archive, "slides"), texts(archive, "notesSlides")
    views = packed.own.views
    assert len(shown) == len(notes) == len(views)
    for own, slide, note in zip(views, shown, notes, strict=True):
        assert slide.strip().startswith(own.message)
        assert own.talk in note
        assert own.link() in slide
    assert TITLE in shown[2]
    assert views[2].finding in notes[2], "what the page itself says is in the notes"
    assert TALK in notes[3]
    for figure in views[0].large:
        assert figure.with_unit in shown[0]


def test_the_booklet_lists_its_pages_and_is_tagged(packed: Packed) -> None:
    reader = PdfReader(io.BytesIO(packed.archive.read(folder.BOOKLET)))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    views = packed.own.views
    for number, own in enumerate(views, start=1):
        assert own.message in pages[0]
        (listed,) = re.findall(rf"{re.escape(own.message)}.*?side (\d+)", pages[0])
        page = pages[int(listed) - 1]
        assert own.message in page, number
        assert own.link() in page.replace(" ", "")
        if not own.parts:
            assert all(" ".join(f.text.split()) in page for f in own.figures)
    assert len(pages) == len(views) + 2, (
        "one sheet a screen, between the list and what is not known"
    )
    assert f"Indblik skriver: {views[2].finding}" in pages[3], "the visitor's words are not ours"
    assert TALK not in "".join(pages), "talking points are the presenter's"


def test_the_workbook_holds_the_figures_of_all_screens(packed: Packed) -> None:
    book = openpyxl.load_workbook(io.BytesIO(packed.archive.read(folder.BOOK)))
    _, *rows = book["Alle tal"].iter_rows(values_only=True)
    wanted = {f.id: f.value for own in packed.own.views for f in own.figures}
    assert {row[0]: row[5] for row in rows} == wanted
    assert "3 timer" in book.sheetnames
    cover = [row[:2] for row in book["Forside"].iter_rows(values_only=True)]
    assert ("Skærm 3", TITLE) in cover
    assert ("Link", packed.own.link) in cover


def test_the_offline_page_has_the_order_of_the_run_sheet(packed: Packed) -> None:
    html = packed.archive.read(folder.PAGE).decode()
    at = [html.index(f'<section id="v{i}">') for i in range(1, 11)]
    assert at == sorted(at)
    for start, own in zip(at, packed.own.views, strict=True):
        section = html[start : html.index("</section>", start)]
        assert f"<h2>{own.message}</h2>" in section
        # a chart may write «40 %» where the text of a figure is «40 pct.»
        assert all(f.parts[1].split()[0] in section for f in own.figures)
    assert TALK in html[at[3] :]


def test_pictures_say_what_the_page_says(packed: Packed) -> None:
    """They travel alone, with our name on them."""
    for name in packed.archive.namelist():
        if name.endswith(".svg"):
            assert TITLE not in packed.archive.read(name).decode(), name


# ---- when something goes wrong ----


def test_a_screen_that_cannot_be_drawn_is_left_out_and_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = slides._chart_slide

    def broken(slide: Any, own: Handout, part: Any) -> None:
        if part.key == "sagstal":
            raise RuntimeError("/hemmelig/sti")
        whole(slide, own, part)

    monkeypatch.setattr(slides, "_chart_slide", broken)
    content, faults = together.WHOLE["pptx"].make(two(), silent)
    (fault,) = faults
    assert "skærm 2" in fault
    assert "hemmelig" not in fault
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        shown = texts(archive, "slides")
    assert len(shown) == 2
    assert fault in shown[1]


def test_a_file_that_cannot_be_made_at_all_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("i stykker")

    monkeypatch.setattr(slides, "_chart_slide", broken)
    with pytest.raises(RuntimeError, match="i stykker"):
        together.WHOLE["pptx"].make(two(), silent)


@pytest.mark.parametrize("key", list(together.WHOLE))
def test_who_stops_gets_nothing_more_made(key: str) -> None:
    told: list[str] = []

    def stop(what: str) -> None:
        told.append(what)
        raise Stopped

    with pytest.raises(Stopped):
        together.WHOLE[key].make(two(), stop)
    jobs = {one.partition(": ")[0].partition("/")[0] for one in told}
    assert len(told) == len(jobs), "no file is gone on with"


# ---- the command, and another program ----


def test_the_command_takes_a_run_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link = "/fremlaeg?k=fleksjob_timer~findes-ikke"
    assert main([link, "--format", "ark", "--out", str(tmp_path)]) == 1
    assert "findes-ikke" in capsys.readouterr().out
    (made,) = tmp_path.iterdir()
    assert re.fullmatch(r"indblik-koereplan-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.pdf", made.name)
    assert "Det er ikke med" in PdfReader(made).pages[0].extract_text()


def test_a_sheet_alone_is_as_before() -> None:
    own = two().views[0]
    text = " ".join(PdfReader(io.BytesIO(sheet.pdf(own))).pages[0].extract_text().split())
    assert own.message in text


def _soffice(arguments: Sequence[str], home: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = f"-env:UserInstallation=file://{home}"
    subprocess.run(
        [program, "--headless", profile, *arguments], check=True, capture_output=True, timeout=240,
        env={**os.environ, "HOME": str(home)},
    )  # fmt: skip


def test_the_slides_open_in_libreoffice(tmp_path: Path) -> None:
    own = two(f"&t2={TITLE.replace(' ', '+')}")
    made = tmp_path / "koereplan.pptx"
    made.write_bytes(together.WHOLE["pptx"].make(own, silent)[0])
    _soffice(["--convert-to", "pdf", "--outdir", str(tmp_path), str(made)], tmp_path / "hjem")
    pages = [page.extract_text() for page in PdfReader(tmp_path / "koereplan.pdf").pages]
    assert len(pages) == 2
    assert TITLE in " ".join(pages[1].split())
    for value in (f.value for f in own.views[0].figures if f.value is not None):
        assert re.search(
            rf"{int(value) // 1000}[.,]{int(value) % 1000:03d}" if value >= 1000 else f"{value:g}",
            pages[0],
        )
