"""The plan names everything a publication would change, and nothing else. Made-up data only."""

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from contract import paths
from contract.hidden import HIDDEN
from contract.tables import TABLES
from etl.__main__ import main
from etl.check import check
from etl.plan import listing, page, screens, words
from etl.plan.fetched import changed_among
from etl.plan.plan import Plan, compare, make_plan
from etl.plan.tables import Tables
from tests.data.small import SmallData
from tests.publishing import put_in_use

FILE = "figures/proeve.csv"


@pytest.fixture
def small(tmp_path: Path) -> SmallData:
    """Made-up data in use."""
    made = SmallData(tmp_path / "data")
    made.change("story.toml", ', "[andel-1901] == 20"', "")
    put_in_use(made.root)
    return made


def plan(small: SmallData, threshold: float = 0.2) -> Plan:
    """The plan of what the files say now."""
    checked = check(small.root)
    assert checked.complaints.lines() == []
    return make_plan(small.root, checked, threshold)


def said(small: SmallData) -> dict[str, list[str]]:
    """The sections of the plan as Danish text."""
    return dict(words.sections(plan(small)))


def plain(text: str) -> str:
    """Without no-break spaces."""
    return text.replace("\u00a0", " ")


def test_no_change_is_said(small: SmallData) -> None:
    assert plan(small).nothing
    assert words.lines(plan(small))[0].startswith(
        "Ingen ændringer: data giver det samme som 1905-12-31-"
    )


def test_the_first_release_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    first = plan(SmallData(tmp_path / "data"))
    assert words.lines(first) == ["Første udgave: 8 tal. Der er intet at sammenligne med."]
    assert not first.nothing


def test_a_changed_figure_is_told_old_and_new_with_what_follows_from_it(small: SmallData) -> None:
    small.change(FILE, "1901,200,præcis,200", "1901,210,præcis,210")
    found = said(small)
    assert [plain(line) for line in found["Tal, der ændres"]] == [
        "Prøveandel, Hele landet, 1901: 20,0 pct. → 21,0 pct. (beregnet)",
        "Prøveantal, Hele landet, 1901: 200 personer → 210 personer",
    ]
    places = [plain(line) for line in found["Steder, der viser tal, som ændres"]]
    assert places == [
        (
            "Sætninger: Antallet steg fra 210 til 1.000: "
            "«Antallet steg fra 200 til 1.000» → «Antallet steg fra 210 til 1.000»"
        ),
        "Spørgsmål og svar: Hvor mange prøver er der?",
        (
            "Afstemninger: Prøveafstemning: «20,0 pct. mod 19,5 pct., forskel 0,5 pct. (kan ikke skyldes afrunding)» → "
            "«21,0 pct. mod 19,5 pct., forskel 1,5 pct. (kan ikke skyldes afrunding)»"
        ),
        "Køreplaner: Prøvemøde: «Fra 200 til 1.000» → «Fra 210 til 1.000»",
    ]
    assert "Store ændringer: se efter, at de er rigtige" not in found
    assert "Tal, der tilføjes" not in found


def test_a_run_sheet_is_touched_by_a_figure_that_only_its_chart_shows(
    data_copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The third quarter of 2021 stands in no text of the sheet, but in the chart of its second screen."""
    file = data_copy / "figures" / "fleksjob.csv"
    text = file.read_text("utf-8")
    name = "personer-i-fleksjob-000-2021k3"
    sheet = (data_copy / "runsheets.toml").read_text("utf-8")
    assert name not in sheet
    assert 'key = "niveau"' in sheet
    file.write_text(
        text.replace("2021K3,79400,præcis,79.400", "2021K3,80400,præcis,80.400"), "utf-8"
    )
    touched = "Køreplaner: Temadrøftelse 24.10.2022, skærm 2\n"
    assert main(["plan", "--data", str(data_copy)]) == 0
    assert touched in capsys.readouterr().out
    monkeypatch.setattr(screens.sys, "executable", "/bin/false")
    page_file = data_copy.parent / "plan.html"
    assert main(["plan", "--data", str(data_copy), "--html", str(page_file)]) == 0
    said = capsys.readouterr().out
    assert touched not in said
    assert words.SCREENS_UNKNOWN in said
    assert words.SCREENS_UNKNOWN in page_file.read_text("utf-8")


def test_a_run_sheet_is_touched_by_a_fetched_figure_of_its_chart() -> None:
    old, new = (with_series({"1901": 100, "1902": value}) for value in (100, 101))
    ids = frozenset({"hentet-1901", "hentet-1902"})
    on: screens.Both = ({"møde": {1: ids, 2: ids - {"hentet-1902"}}}, {"møde": {1: ids}})
    changed = changed_among(old, new, screens.named(on))
    assert changed == {"hentet-1902"}
    assert screens.screens_with(on, "møde", changed) == {1: ("hentet-1902",)}
    assert screens.screens_with(on, "et andet", changed) == {}


def test_added_and_gone_are_told_apart(small: SmallData) -> None:
    small.change(
        FILE, "antal-1904,proeve-antal,000,,1904,,præcis,ikke oplyst,målt,proeve-a,side 2,Kilden oplyser det ikke\n",
        "antal-1905,proeve-antal,000,,1905,4000,ca,ca. 4.000,målt,proeve-a,side 9,\n",
    )  # fmt: skip
    found = said(small)
    assert found["Tal, der tilføjes"] == ["Prøveantal, Hele landet, 1905: ca. 4.000 personer"]
    assert found["Tal, der udgår"] == ["Prøveantal, Hele landet, 1904: ikke oplyst"]
    assert any(
        "/tal/…: tallet udgår" in line and "antal-1904" in line
        for line in found["Links, som nogen kan have delt"]
    )
    assert "Tal, der ændres" not in found


def test_what_is_only_said_of_a_figure_is_no_change_of_it(small: SmallData) -> None:
    small.change(
        FILE, 'målt,proeve-a,"side 2, linje 4",Prøvenote', "skønnet,proeve-b,side 5,Ny note"
    )
    found = said(small)
    assert found["Tal med en anden forklaring"] == [
        "Prøveantal, Hele landet, 1903: art, kilde, sted i kilden, note",
        "Prøveantal, sum, Hele landet, 1903: kilde, note",
    ]
    assert "Tal, der ændres" not in found


@pytest.mark.parametrize(("value", "large"), [(240, False), (241, True), (159, True), (160, False)])
def test_a_change_beyond_the_threshold_is_large(small: SmallData, value: int, large: bool) -> None:
    small.change(FILE, "1901,200,præcis,200", f"1901,{value},præcis,{value}")
    names = [change.id for change in plan(small).jumps]
    assert ("antal-1901" in names) == large


def test_the_largest_jump_is_first_and_a_smaller_threshold_finds_more(small: SmallData) -> None:
    small.change(FILE, "1901,200,præcis,200", "1901,300,præcis,300")
    small.change(FILE, '1902,19.5,præcis,"19,5 %"', '1902,20.0,præcis,"20,0 %"')
    assert [change.id for change in plan(small, 0.02).jumps] == [
        "andel-1901",
        "antal-1901",
        "andel-1902",
    ]
    assert [change.id for change in plan(small, 0.2).jumps] == ["andel-1901", "antal-1901"]


def test_a_new_figure_is_held_against_the_one_before_it_in_its_series(small: SmallData) -> None:
    new = "antal-1905,proeve-antal,000,,1905,{0},præcis,{0},målt,proeve-a,side 9,\n"
    small.change(FILE, "to-1902,", new.format(39000) + "to-1902,")
    (jump,) = plan(small).jumps
    assert (jump.id, jump.against) == ("antal-1905", "1903"), "1904 has no value"
    assert (
        plain(words.jump(jump))
        == "Prøveantal, Hele landet, 1905: 39.000 personer er 900 pct. fra 1903"
    )
    small.change(FILE, new.format(39000), new.format(4000))
    assert plan(small).jumps == []


def test_from_nothing_to_something_is_a_jump(small: SmallData) -> None:
    small.change(
        FILE,
        "to-1902,",
        "nul-1901,proeve-antal,000,nul,1901,0,præcis,0,målt,proeve-a,side 9,\nto-1902,",
    )
    assert main(["build", "--data", str(small.root), "--date", "1906-01-01"]) == 0
    assert main(["publish", "--data", str(small.root), "--note", "Et nul er kommet til."]) == 0
    small.change(FILE, "1901,0,præcis,0", "1901,5,præcis,5")
    assert words.jump(plan(small).jumps[0]).endswith(": fra nul")


def test_texts_and_definitions_are_told_field_by_field(small: SmallData) -> None:
    small.change(
        "indicators.toml", 'population = "Opdigtede personer"', 'population = "Andre personer"'
    )
    small.change(
        "glossary.toml", 'id = "proeve"\nterm = "prøve"', 'id = "ny-proeve"\nterm = "ny prøve"'
    )
    small.change("story.toml", "Antallet steg", "Tallet steg")
    assert said(small)["Tekster og definitioner"] == [
        "Indikatorer: proeve-antal, population: «Opdigtede personer» → «Andre personer»",
        (
            "Sætninger: proeve-overskrift, text: «Antallet steg fra {antal-1901} til {antal-1902|bar}» → "
            "«Tallet steg fra {antal-1901} til {antal-1902|bar}»"
        ),
        "Begreber: ny-proeve tilføjet: ny prøve",
        "Begreber: proeve udgået: prøve",
    ]


def test_a_new_unit_is_told(small: SmallData) -> None:
    text = (small.root / "indicators.toml").read_text("utf-8")
    small.write("indicators.toml", text.replace('unit = "personer"', 'unit = "forløb"'))
    changed = said(small)["Tekster og definitioner"]
    assert "Indikatorer: proeve-antal, unit: «personer» → «forløb»" in changed


def test_links_to_what_is_gone_are_told(small: SmallData) -> None:
    small.write("questions.toml", "")
    small.write("runsheets.toml", "")
    found = "\n".join(said(small)["Links, som nogen kan have delt"])
    assert (
        "/spoergsmaal: spørgsmålet udgår; linket åbner siden med besked: proeve-spoergsmaal"
        in found
    )
    assert "/fremlaeg: køreplanen udgår; linket åbner siden med besked: proeve-1902-03-01" in found


def test_the_command_prints_it_and_writes_a_page(
    small: SmallData, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small.change(FILE, "1901,200,præcis,200", "1901,300,præcis,300")
    small.change("glossary.toml", "over to linjer", "over <b>to</b> linjer")
    before = {f: f.read_bytes() for f in small.root.rglob("*") if f.is_file()}
    file = tmp_path / "plan.html"
    assert (
        main(["plan", "--data", str(small.root), "--html", str(file), "--threshold", "12,5"]) == 0
    )
    out = plain(capsys.readouterr().out)
    assert "2 tal ændres og 1 tekst eller definition ændres. 2 ændringer er store" in out
    assert "(over 12,5 pct.)" in out
    assert "python -m etl build --date ÅÅÅÅ-MM-DD" in out
    html = plain(file.read_text("utf-8"))
    assert "<td>200 personer</td><td>300 personer</td>" in html
    assert "over &lt;b&gt;to&lt;/b&gt; linjer" in html
    assert "<script" not in html
    assert re.search(r'<html lang="da">', html)
    assert {f: f.read_bytes() for f in small.root.rglob("*") if f.is_file()} == before


def test_the_command_plans_nothing_of_faulty_data(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    small.change(FILE, "1901,200,præcis,200", "1901,300,præcis,200")
    assert main(["plan", "--data", str(small.root)]) == 1
    assert "value og as_written passer ikke sammen" in capsys.readouterr().out


def test_a_damaged_release_in_use_is_said(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    (file,) = paths.releases_dir(small.root).glob("*/story.parquet")
    file.write_bytes(b"")
    assert main(["plan", "--data", str(small.root)]) == 1
    assert "udgaven i brug kan ikke læses" in capsys.readouterr().err


def test_long_lists_are_cut_with_their_number(small: SmallData) -> None:
    rows = "".join(
        f"ny-{n},proeve-antal,000,gruppe {n},1901,{n},præcis,{n},målt,proeve-a,side 1,\n"
        for n in range(60)
    )
    small.change(FILE, "to-1902,", rows + "to-1902,")
    told = words.lines(plan(small))
    assert "  … og 20 til; se dem alle med --html" in told
    assert page.html(plan(small)).count("gruppe ") == 60


SERIES = "series-proeve-antal"


def with_series(values: dict[str, float | None]) -> Tables:
    """A release's tables with one fetched series of made-up values by year."""
    figures = [
        {
            "figure": f"hentet-{year}", "indicator": "proeve-antal", "area": "000", "group": "", "period": year,
            "period_start": date(int(year), 1, 1), "period_end": date(int(year), 12, 31), "frequency": "år",
            "value": value, "qualifier": "præcis", "as_written": "-" if value is None else str(int(value)),
            "kind": "målt", "source": "proeve-a", "locator": "tabel", "derived_from": [],
            "note": HIDDEN if value is None else "",
        }
        for year, value in values.items()
    ]  # fmt: skip
    indicators = {
        "id": ["proeve-antal"],
        "title": ["Prøveantal"],
        "unit": ["personer"],
        "decimals": [0],
    }
    empty = TABLES["figures"].create_empty()
    return {
        "figures": empty,
        "indicators": pl.DataFrame(indicators),
        SERIES: pl.DataFrame(figures, schema=empty.schema, orient="row"),
    }


def test_fetched_series_are_counted_and_only_what_moves_is_listed() -> None:
    old = with_series({"1901": 100, "1902": 100, "1903": 100, "1904": 100})
    new = with_series(
        {"1901": 100, "1902": 103, "1903": 150, "1905": 100, "1906": 300, "1907": None}
    )
    found = compare("1905-12-31-0a1b2c3d", old, new, 0.2)
    told = {heading: [plain(line) for line in lines] for heading, lines in words.sections(found)}
    assert told["Hentede serier"] == ["Prøveantal: 3 tal tilføjes, 2 tal ændres og 1 tal udgår"]
    assert told["Hentede tal, der ændres mest"] == [
        "Prøveantal, Hele landet, 1904: 100 personer → udgår",
        "Prøveantal, Hele landet, 1903: 100 personer → 150 personer",
        "Prøveantal, Hele landet, 1902: 100 personer → 103 personer",
    ]
    jumps = [(jump.id, jump.against) for jump in found.jumps]
    assert jumps == [("hentet-1906", "1905"), ("hentet-1903", ""), ("hentet-1905", "1903")]
    assert "1 hentet serie ændres" in words.summary(found)
    assert "3 tal tilføjes, 2 tal ændres og 1 tal udgår" in page.html(found)


def test_every_figure_that_changes_is_in_the_file_for_a_spreadsheet(
    small: SmallData, tmp_path: Path
) -> None:
    small.change(FILE, "1901,200,præcis,200", "1901,210,præcis,210")
    file = tmp_path / "plan.csv"
    assert main(["plan", "--data", str(small.root), "--csv", str(file)]) == 0
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert plain(raw.decode("utf-8-sig")).splitlines() == [
        "Hvad;Tal;Indikator;Område;Gruppe;Periode;Før;Nu",
        "ændres;andel-1901;Prøveandel;Hele landet;;1901;20,0 pct.;21,0 pct.",
        "ændres;antal-1901;Prøveantal;Hele landet;;1901;200;210",
    ]


def test_the_file_cuts_no_fetched_series_short() -> None:
    old = with_series({str(year): 1000.0 for year in range(1000, 1990)})
    new = with_series({str(year): 1001.0 for year in range(1001, 1991)})
    (series,) = compare("1905-12-31-0a1b2c3d", old, new, 0.2).fetched
    assert len(series.listed) < 300
    lines = listing.csv(old, new).split("\r\n")[1:-1]
    assert len(lines) == 1 + 989 + 1
    assert lines[0] == "udgår;hentet-1000;Prøveantal;Hele landet;;1000;1000;"
    assert lines[1] == "ændres;hentet-1001;Prøveantal;Hele landet;;1001;1000;1001"
    assert lines[-1] == "tilføjes;hentet-1990;Prøveantal;Hele landet;;1990;;1001"


def test_a_new_fetched_series_is_only_counted_however_long_it_is() -> None:
    many = with_series({str(year): 10.0 ** (year % 5) for year in range(1000, 1990)})
    none = {name: table for name, table in many.items() if name != SERIES}
    (series,) = compare("1905-12-31-0a1b2c3d", none, many, 0.2).fetched
    assert (series.added, series.listed) == (990, ())
    assert compare("1905-12-31-0a1b2c3d", many, many, 0.2).nothing
