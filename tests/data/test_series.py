"""Fetched series become part of a release: their rows, what is computed of them, what is hidden.

All fetched values are made up, for 1901 and 1902; see series_data.
"""

import re
import shutil
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract import danish, danish_columns, figure_id, paths
from contract.areas import AREAS
from contract.hidden import HIDDEN
from contract.release import current_id, verify
from contract.tables import SERIES_ORDER, Figures, Series
from etl.__main__ import main
from etl.check import check
from etl.disclosure import read_rules
from etl.release_bytes import release_bytes
from etl.series import ratio
from etl.series.cells import gather
from etl.series.earlier import before
from tests.data import series_data
from tests.data.series_data import FEW, GONE
from tests.data.statbank_service import made_up

LY, FL = "auk01-ledighedsydelse", "auk01-fleksjob"
RATIO = "auk01-fleksjob-ledighed"


@pytest.fixture(scope="module")
def root(series_root: Path) -> Path:
    return series_root


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return paths.releases_dir(root) / current_id(root)


def rows(folder: Path, indicator: str) -> pl.DataFrame:
    return pl.read_parquet(folder / f"series-{indicator}.parquet")


def test_every_series_is_a_file_of_the_manifest_in_the_columns_of_figures(folder: Path) -> None:
    index = pl.read_parquet(folder / "series.parquet")
    Series.validate(index)
    files = {entry.name: entry for entry in verify(folder).files if entry.name.startswith("series")}
    assert set(files) == {"series.parquet", *index["file"]}
    assert LY in index["indicator"].to_list()
    assert RATIO in index["indicator"].to_list()
    for one in index.iter_rows(named=True):
        own = rows(folder, one["indicator"])
        Figures.validate(own)
        assert own["indicator"].unique().to_list() == [one["indicator"]]
        assert own.height == one["rows"] == files[one["file"]].rows
        assert own.select(SERIES_ORDER).equals(own.select(SERIES_ORDER).sort(SERIES_ORDER))
        assert one["areas"] == sorted(own["area"].unique())
        assert set(one["periods"]) == set(own["period"])


def test_what_a_series_needs_is_in_the_release_and_nothing_else(folder: Path) -> None:
    index = pl.read_parquet(folder / "series.parquet")
    declared = set(pl.read_parquet(folder / "indicators.parquet")["id"])
    assert set(index["indicator"]) <= declared
    assert not [i for i in declared if i.startswith("jobindsats-")], "nothing of it was fetched"
    assert set(index["source"]) <= set(pl.read_parquet(folder / "sources.parquet")["id"])
    breaks = pl.read_parquet(folder / "breaks.parquet").explode("indicators")
    assert "auk01-foertidspension" in breaks["indicators"].to_list()
    assert set(breaks["indicators"]) <= declared


def test_a_number_is_the_one_that_was_fetched_with_its_place(folder: Path) -> None:
    own = rows(folder, LY)
    shown = own.filter(pl.col("value").is_not_null())
    assert shown.height > 40
    for row in shown.iter_rows(named=True):
        assert row["value"] == made_up((row["area"], "LY", "TOT", "TOT", row["period"]))
        assert row["as_written"] == str(int(row["value"]))
        assert row["kind"] == "målt"
        assert row["source"] == "statbank-auk01"
        assert re.fullmatch(
            rf"AUK01, OMRÅDE {row['area']}, YDELSESTYPE LY; hentet \d\d\.\d\d\.\d{{4}}",
            row["locator"],
        )
        assert row["figure"] == f"{LY}-{row['area']}-{row['period'].lower()}"


def test_a_number_the_service_does_not_tell_is_null_with_the_reason(folder: Path) -> None:
    month = f"1901-{GONE[-2:]}"
    own = rows(folder, "ky04-aktivitetsparate").filter(pl.col("period") == month)
    assert own.height == len(AREAS)
    assert own["value"].null_count() == own.height
    assert set(own["as_written"]) == {"ikke oplyst"}
    assert "" not in own["note"].to_list()
    assert HIDDEN not in own["note"].to_list()


def test_a_number_of_too_few_is_hidden_in_every_file_and_in_what_is_computed_of_it(
    folder: Path,
) -> None:
    for indicator in (LY, RATIO):
        own = rows(folder, indicator)
        (row,) = own.filter((pl.col("area") == FEW[0]) & (pl.col("period") == FEW[1])).to_dicts()
        assert row["value"] is None
        assert row["as_written"] == HIDDEN
        assert row["note"] == HIDDEN
        assert row["figure"].endswith(f"-{FEW[0]}-{FEW[1].lower()}")
    index = pl.read_parquet(folder / "series.parquet")
    hidden = dict(index.select("indicator", "hidden").iter_rows())
    assert hidden[LY] >= 1
    assert hidden[RATIO] >= 1


def test_a_computed_share_is_exact_and_shows_its_formula(folder: Path) -> None:
    above, below = ({r["figure"]: r for r in rows(folder, i).to_dicts()} for i in (LY, FL))
    seen = 0
    for row in rows(folder, RATIO).iter_rows(named=True):
        assert row["kind"] == "beregnet"
        first, second = row["derived_from"]
        one, other = above[first]["value"], below[second]["value"]
        assert (above[first]["area"], above[first]["period"]) == (row["area"], row["period"])
        if row["value"] is None:
            assert not re.search(r"\d", row["as_written"] + row["note"])
            assert one is None or other is None or 0 in (one, other), "0 and 100 pct. are hidden"
            continue
        assert min(one, other) >= 5
        exact = Fraction(100 * int(one), int(one + other))
        assert row["value"] == float(Fraction(int(exact * 10 + Fraction(1, 2)), 10))
        parts = [danish.number(n, 0) for n in (one, other, one)]
        text = danish.with_unit(row["value"], "pct.", 1)
        assert row["as_written"] == text
        assert row["note"] == f"100 × {parts[0]} ÷ ({parts[1]} + {parts[2]}) = {text}"
        seen += 1
    assert seen > 30


@pytest.mark.parametrize(("unemployed", "employed", "shown"), [
    (0, 40, False),
    (40, 0, False),
    (4, 40, False),
    (40, 4, False),
    (5, 5, True),
    (5, 40, True),
    (0, 0, False),
])  # fmt: skip
def test_a_computed_share_of_too_few_or_of_everybody_is_hidden(
    root: Path, unemployed: int, employed: int, shown: bool
) -> None:
    declared = check(root).series
    series = gather(root, declared)
    for name, value in ((LY, unemployed), (FL, employed)):
        series[name].rows = series[name].rows.with_columns(value=pl.lit(float(value)))
    one = next(each for each in declared.ratio if each.indicator == RATIO)
    indicator = next(each for each in declared.indicator if each.id == RATIO)
    told = read_rules(root).with_topics({i.id: i.topic for i in declared.indicator})
    assert told.threshold_of(RATIO) == told.threshold_of(LY) == 5
    made = ratio.compute(one, indicator, series, told)
    assert made.height > 40
    if shown:
        assert made["value"].null_count() == 0
    else:
        assert made["value"].null_count() == made.height
        assert (set(made["note"]) == {HIDDEN}) == (unemployed + employed > 0)
        assert not re.search(r"\d", "".join({*made["note"], *made["as_written"]}))


def test_earlier_releases_are_known_with_all_that_their_files_say(
    root: Path, tmp_path: Path
) -> None:
    later = tmp_path / "data"
    shutil.copytree(root, later)
    first = current_id(later)
    series_data.fetch(later, series_data.service(raised=1300))
    second = series_data.publish(later, "2026-12-02")
    said = ["figure", "indicator", "area", "group", "period", "value", "hidden"]
    hidden = pl.col("note") == HIDDEN
    measured = pl.concat([
        pl.read_parquet(file).filter(pl.col("kind") != "beregnet").with_columns(hidden=hidden).select(said)
        for release in (first, second)
        for file in sorted((paths.releases_dir(later) / release).glob("series-*.parquet"))
    ])  # fmt: skip
    periods = sorted(measured["period"].unique())
    known = before(later, lambda _: False)(periods)
    assert known is not None
    known = known.with_columns(hidden=hidden)
    assert set(known.select(said).rows()) == set(measured.rows())
    assert known.height < measured.height, "what both say alike is kept once"
    newest = {row[0]: row[5] for row in measured.rows()}
    assert {row[0]: row[5] for row in known.select(said).rows()} == newest, "the oldest comes first"
    assert before(later, lambda _: False)(["1899K1"]) is None
    without = before(later, lambda manifest: manifest.release == second)(periods)
    assert without is not None
    assert without.height == measured.height // 2


def test_the_same_answers_give_the_same_bytes_also_when_they_are_public(root: Path) -> None:
    manifest, files = release_bytes(check(root))
    again, same = release_bytes(check(root))
    assert (manifest, files) == (again, same)
    kept = verify(paths.releases_dir(root) / current_id(root))
    assert {e.name: e.sha256 for e in manifest.files} == {e.name: e.sha256 for e in kept.files}


def test_without_disclosure_rules_nothing_is_built(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    copy = tmp_path / "data"
    shutil.copytree(root, copy)
    (copy / "disclosure.toml").unlink()
    before = sorted(paths.releases_dir(copy).iterdir())
    assert main(["build", "--data", str(copy)]) == 1
    said = capsys.readouterr()
    assert "uden regler for diskretion" in said.out + said.err
    assert sorted(paths.releases_dir(copy).iterdir()) == before


def test_an_altered_answer_stops_the_build(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    copy = tmp_path / "data"
    shutil.copytree(root, copy)
    answer = next((copy / "raw" / "statbank" / "AUK01").glob("*.csv"))
    answer.write_bytes(answer.read_bytes().replace(b";LY;", b";FL;", 1))
    assert main(["build", "--data", str(copy)]) == 1
    said = capsys.readouterr().err
    assert "er ændret, siden den blev hentet" in said


# ---- texts and ids of whole columns ----

whole_numbers = st.integers(-(10**11), 10**11)


@given(st.lists(whole_numbers, min_size=1, max_size=20), st.integers(0, 3))
def test_a_column_of_numbers_reads_as_each_number_does(values: list[int], decimals: int) -> None:
    given_ = [value / 10**decimals for value in values]
    made = pl.select(danish_columns.number(pl.lit(pl.Series(given_, dtype=pl.Float64)), decimals))
    assert made.to_series().to_list() == [danish.number(v, decimals) for v in given_]


@given(
    st.sampled_from(["auk01-fleksjob", "auk01-fleksjob-ledighed", "ky04-aktivitetsparate"]),
    st.sampled_from(["000", "101", "851"]),
    st.sampled_from([("år", "1901"), ("kvartal", "1901K4"), ("måned", "1901-12")]),
    st.sampled_from(
        ["", "16-24 år", "12-24 år", "Mænd, 60 år og derover", "Kontanthjælp, ikke jobparate"]
    ),
)
def test_an_id_says_what_it_is_made_of(
    indicator: str, area: str, when: tuple[str, str], group: str
) -> None:
    frequency, period = when
    made = "-".join(filter(None, [indicator, area, period.lower(), figure_id.slug(group)]))
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    names = ("auk01-fleksjob", "auk01-fleksjob-ledighed", "ky04-aktivitetsparate")
    found = figure_id.named(made, dict.fromkeys(names, frequency))
    assert found == figure_id.Named(indicator, area, period, figure_id.slug(group))
