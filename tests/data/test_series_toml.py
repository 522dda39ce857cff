"""data/series.toml: what is declared makes sense, and what does not is complained of with its line."""

import re
import tomllib
from pathlib import Path

import pytest

from contract.paths import REPO
from contract.series import SeriesFile
from etl.complaints import Complaints
from etl.series_toml import areas_of, read_series
from tests.data.fetching import declare


@pytest.fixture(scope="module")
def declared() -> SeriesFile:
    complaints = Complaints(REPO / "data")
    found = read_series(REPO / "data", complaints)
    assert not complaints.lines()
    return found


def test_persons_and_full_time_persons_are_never_mixed(declared: SeriesFile) -> None:
    indicators = {entry.id: entry for entry in declared.indicator}
    for table in declared.table:
        for series in table.series:
            indicator = indicators[series.indicator]
            assert (indicator.unit, indicator.source) == (table.measure, table.source), indicator.id
            for other in indicator.comparable_with:
                assert indicators[other].unit == indicator.unit
                assert indicators[other].source.split("-")[0] == indicator.source.split("-")[0]
    used = [s.indicator for table in declared.table for s in table.series]
    assert len(used) == len(set(used)), "an indicator has one table"


def test_statbank_names_its_licence(declared: SeriesFile) -> None:
    licences = {s.id: s.licence for s in declared.source if s.id.startswith("statbank-")}
    assert set(licences.values()) == {"CC BY 4.0"}
    assert {t.source for t in declared.table if t.service == "statbank"} == licences.keys()


def test_ids_are_no_ids_of_the_cited_figures(declared: SeriesFile) -> None:
    for name, key in (("indicator", "indicators"), ("source", "sources"), ("break", "breaks")):
        text = (REPO / "data" / f"{key}.toml").read_text("utf-8")
        cited = {entry["id"] for entry in tomllib.loads(text)[name]}
        mine = {entry.id for entry in getattr(declared, "break_" if name == "break" else name)}
        assert not cited & mine


def test_areas_and_periods(declared: SeriesFile) -> None:
    for table in declared.table:
        assert table.first.startswith("2017")
        assert areas_of(table)[:2] == ("000", "101")
        assert len(areas_of(table.model_copy(update={"areas": "alle"}))) == 99


FAULTS = {
    'indicator = "auk01-fleksjob", code': (
        'indicator = "auk01-fleksjo", code', "«auk01-fleksjo» findes ikke .* mente du «auk01-fleksjob»",
    ),
    'source = "statbank-ky04"\nmeasure': ('source = "statbank-ky40"\nmeasure', "«statbank-ky40» findes ikke"),
    'measure = "personer"\nfrequency = "måned"': (
        'measure = "borgere"\nfrequency = "måned"', "measure: .*«fuldtidspersoner» eller «personer»",
    ),
    'texts = ["Fleksjob"]': ('find = "fleks", texts = ["Fleksjob"]', "skal have enten texts eller find"),
    'first = "1901-01"\narea = "OMRÅDE"': (
        'first = "1901K1"\narea = "OMRÅDE"', "«1901K1» er ikke af typen «måned»",
    ),
    'by = "VISITATION"\n': ("", "en tabel uden by er én serie"),
    'value = "Antal fuldtidspersoner"\nseries = [\n    { indicator = "jobindsats-fleksjob"': (
        'series = [\n    { indicator = "jobindsats-fleksjob"', "value skal nævne kolonnen",
    ),
    'id = "statbank-ky16"\nservice': ('id = "statbank-ky04"\nservice', "«statbank-ky04» er brugt to gange"),
    'numerator = ["jobindsats-ledighedsydelse"]': (
        'numerator = ["auk01-ledighedsydelse"]', "leddene er ikke talt på samme måde",
    ),
    'by = "_viskat_1kth"': (
        'names = { "1010" = "Kbh" }\nby = "_viskat_1kth"', "«1010» er ingen områdekode",
    ),
    "[[break]]": ("[[brud]]", "«brud» hører ikke til her"),
}  # fmt: skip


@pytest.mark.parametrize("right", FAULTS)
def test_faults_are_complained_of(tmp_path: Path, right: str) -> None:
    declare(tmp_path)
    file = tmp_path / "series.toml"
    text = file.read_text("utf-8")
    assert right in text
    wrong, message = FAULTS[right]
    file.write_text(text.replace(right, wrong), "utf-8")
    complaints = Complaints(tmp_path)
    read_series(tmp_path, complaints)
    assert [line for line in complaints.lines() if re.search(message, line)], complaints.lines()


def test_no_file_is_no_series(tmp_path: Path) -> None:
    complaints = Complaints(tmp_path)
    assert read_series(tmp_path, complaints) == SeriesFile()
    assert not complaints
