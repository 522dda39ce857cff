"""Numbers that must be hidden, planted where they would be found: in no published file, in no byte the app sends.

All values are made up, for 1901 and 1902, and come from a StatBank on this machine (series_data). The
threshold is set so high that numbers of five digits, which stand nowhere else, are too small to be shown.
"""

import asyncio
import io
import os
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from bench.visitor import Visitor
from contract import paths
from contract.hidden import HIDDEN
from contract.paths import REPO
from contract.release import current_id, verify
from dashboard.server.api.tables import TABLES
from dashboard.sitemap import PAGES
from etl.__main__ import main
from tests.app.packed import unpacked
from tests.data import series_data
from tests.data.statbank_service import Statbank
from tests.publishing import NOTE
from tests.running import Server, running

LY = "auk01-ledighedsydelse"
PLANTED = {("851", "1901K3"): 48713, ("101", "1901K2"): 51937, ("461", "1902K1"): 36479}
"""Under the threshold."""
OPEN = {("751", "1901K3"): 77351}
"""Over it: shows that the search finds what is there."""
RULE = f"""
[[own]]
indicator = "{LY}"
threshold = 60000
reason = "Kun til prøver."
"""
VIEW = f"i={LY}&o=101.461.751.851&vis=antal"


class Bank(Statbank):
    """The service, with the planted numbers among those on ledighedsydelse."""

    def _cell(self, codes: tuple[str, ...]) -> str:
        if "LY" in codes:
            for place, number in (PLANTED | OPEN).items():
                if set(place) <= set(codes):
                    return str(number)
        return super()._cell(codes)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("canary") / "data"
    shutil.copytree(REPO / "data", made, ignore=shutil.ignore_patterns("raw"))
    with (made / "disclosure.toml").open("a", encoding="utf-8") as rules:
        rules.write(RULE)
    series_data.fetch(made, Bank(raised=100_000))
    series_data.publish(made, "2026-12-01")
    return made


@pytest.fixture(scope="module")
def app(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("canary-log") / "log"
    with running(log, {**os.environ, "INDBLIK_DATA": str(root)}) as server:
        yield server


def forms(number: int) -> list[bytes]:
    """A number as text and as memory holds it."""
    grouped = f"{number:,}"
    texts = [
        str(number),
        *(grouped.replace(",", sign) for sign in (".", ",", " ", "\xa0", "&nbsp;")),
    ]
    return [text.encode() for text in texts] + [
        struct.pack(kind, number) for kind in ("<d", ">d", "<f", "<q", "<i", ">i")
    ]


def held(content: bytes, numbers: dict[tuple[str, str], int]) -> list[int]:
    """The numbers that some bytes hold, packed files unpacked."""
    parts = unpacked(content)
    if content.startswith(b"PAR1"):
        table = pl.read_parquet(io.BytesIO(content))
        open_memory = io.BytesIO()
        table.write_ipc(open_memory, compression="uncompressed")
        parts += [
            open_memory.getvalue(),
            str(pl.read_parquet_metadata(io.BytesIO(content))).encode(),
        ]
    return [n for n in numbers.values() if any(form in part for form in forms(n) for part in parts)]


def figure(area: str, period: str) -> str:
    return f"{LY}-{area}-{period.lower()}"


def test_no_file_of_the_release_holds_them(root: Path) -> None:
    folder = paths.releases_dir(root) / current_id(root)
    verify(folder)
    found = 0
    for file in folder.iterdir():
        content = file.read_bytes()
        assert held(content, PLANTED) == [], file.name
        found += len(held(content, OPEN))
    assert found
    rows = pl.read_parquet(folder / f"series-{LY}.parquet")
    hidden = rows.filter(pl.col("note") == HIDDEN)
    assert set(hidden["figure"]) >= {figure(*place) for place in PLANTED}
    assert set(hidden["as_written"]) == {HIDDEN}
    assert hidden["value"].null_count() == hidden.height


@pytest.mark.parametrize(("path", "accept"), [
    *((f"/tal/{figure(*place)}", "*/*") for place in PLANTED),
    (f"/api/v1/figures/{figure('851', '1901K3')}", "*/*"),
    (f"/api/v1/figures?indicator={LY}", "application/json"),
    (f"/api/v1/figures?indicator={LY}", "text/csv"),
    (f"/hent/udforsk/udforsk.csv?{VIEW}", "*/*"),
    (f"/hent/udforsk/udforsk.plain?{VIEW}", "*/*"),
    (f"/hent/udforsk/udforsk.xlsx?{VIEW}", "*/*"),
])  # fmt: skip
def test_what_the_app_sends_says_that_they_are_hidden(app: Server, path: str, accept: str) -> None:
    answer = app.get(path, {"Accept": accept})
    assert answer.status == 200
    assert held(answer.body, PLANTED) == []
    assert any(HIDDEN.encode() in text for text in unpacked(answer.body))
    if "851-1901k3" not in path and "/tal/" not in path:
        assert held(answer.body, OPEN), "the search must find what is there"


@pytest.mark.parametrize("kind", ["svg", "pptx", "ark", "pdf"])
def test_no_picture_or_slide_holds_them(app: Server, kind: str) -> None:
    answer = app.get(f"/hent/udforsk/udforsk.{kind}?{VIEW}")
    assert answer.status == 200
    assert held(answer.body, PLANTED) == []


def test_no_file_that_programs_fetch_holds_them(app: Server, root: Path) -> None:
    release = current_id(root)
    for entry in verify(paths.releases_dir(root) / release).files:
        answer = app.get(f"/api/v1/release/{release}/{entry.name}")
        assert answer.status == 200, entry.name
        assert held(answer.body, PLANTED) == [], entry.name


def test_no_pages_first_html_and_no_table_for_programs_holds_them(app: Server) -> None:
    """Pages before any script has run, the search among all figures, and every list of the API."""
    pages = [f"/{page.path}" for page in PAGES]
    searched = [f"/kilder?q={word}" for word in ("ledighedsydelse", *map(str, PLANTED.values()))]
    lists = [f"/api/v1/{name}?limit=1000" for name in (*TABLES, "releases", "dcat.jsonld")]
    found = 0
    for path in (*pages, f"/udforsk?{VIEW}", *searched, *lists):
        answer = app.get(path)
        assert answer.status in (200, 400), path
        numbers = {place: n for place, n in PLANTED.items() if str(n) not in path}
        assert held(answer.body, numbers) == [], path
        found += HIDDEN.encode() in answer.body
    assert found


def test_neither_the_plan_nor_the_journal_nor_a_log_holds_them(
    app: Server, root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The data keeper's plan of a fetch in which everything else changed; and what the app wrote down."""
    later = tmp_path / "data"
    shutil.copytree(root, later)
    series_data.fetch(later, Bank(raised=200_000))
    page = tmp_path / "plan.html"
    assert main(["plan", "--data", str(later), "--html", str(page)]) == 0
    assert main(["build", "--data", str(later), "--date", "2026-12-02"]) == 0
    assert main(["publish", "--data", str(later), "--note", NOTE]) == 0
    told = capfd.readouterr()
    written = [page.read_bytes(), told.out.encode(), told.err.encode(), app.output.encode()]
    written += [file.read_bytes() for file in later.iterdir() if file.is_file()]
    for content in written:
        assert held(content, PLANTED) == []
    assert "ledighedsydelse" in written[0].decode().lower()
    for file in (paths.releases_dir(later) / current_id(later)).iterdir():
        assert held(file.read_bytes(), PLANTED) == [], file.name


def test_no_message_of_a_page_holds_them(app: Server) -> None:
    async def visit() -> dict[str, list[bytes]]:
        visitor = Visitor(app.url, "/udforsk", VIEW)
        await visitor.open()
        drawn = [app.get(graph).body for graph in visitor.graphs]
        sent = {"/udforsk": [*visitor.raw], "graphs": drawn}
        for path in ("/fleksjob", "/kilder", "/nyt", "/"):
            await visitor.go(path)
            sent[path] = [*visitor.raw]
        await visitor.close()
        return sent

    sent = asyncio.run(visit())
    assert sent["graphs"]
    for path, messages in sent.items():
        assert held(b"".join(messages), PLANTED) == [], path
    text = b"".join(sent["/udforsk"]).decode("utf-8", "replace")
    assert HIDDEN in text
