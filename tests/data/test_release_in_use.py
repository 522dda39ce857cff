"""The release that data/CURRENT names keeps these promises:

1. it is whole: every hash holds, every table of the contract is there, and no other file;
2. it is what the inputs in data/ give today, byte for byte;
3. every table keeps its schema and rules;
4. every figure has a source and a locator that exist, and every source and indicator is used;
5. computed figures name inputs that exist, and their formula; all others name none;
6. comparable indicators have one unit, both ways;
7. no text holds an unfinished placeholder, a control character or a CPR-like number.
"""

import re

import polars as pl
import pytest

from contract import formula, paths, template
from contract.periods import parse_period
from contract.release import MANIFEST, Manifest, current_id, read_manifest, verify
from contract.tables import TABLES
from etl.check import check
from etl.release_bytes import release_bytes

ROOT = paths.REPO / "data"
Tables = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    """The verified manifest of the release in use."""
    return verify(paths.releases_dir(ROOT) / current_id(ROOT))


@pytest.fixture(scope="module")
def tables(manifest: Manifest) -> Tables:
    """Every table of the release in use."""
    folder = paths.releases_dir(ROOT) / manifest.release
    return {name: pl.read_parquet(folder / f"{name}.parquet") for name in TABLES}


def test_it_holds_every_table_and_nothing_else(manifest: Manifest) -> None:
    folder = paths.releases_dir(ROOT) / manifest.release
    expected = {f"{name}.parquet" for name in TABLES}
    assert {entry.name for entry in manifest.files} == expected
    assert {file.name for file in folder.iterdir()} == expected | {MANIFEST}


def test_it_is_what_the_inputs_give(manifest: Manifest) -> None:
    checked = check(ROOT)
    assert checked.complaints.lines() == []
    fresh, files = release_bytes(checked)
    assert fresh == manifest, "data/ er ændret uden en ny udgave; kør `python -m etl build`"
    folder = paths.releases_dir(ROOT) / manifest.release
    for name, content in files.items():
        assert (folder / name).read_bytes() == content, name


def test_earlier_releases_are_there_and_whole(manifest: Manifest) -> None:
    releases = paths.releases_dir(ROOT)
    while manifest.previous:
        earlier = verify(releases / manifest.previous)
        assert earlier.published <= manifest.published
        manifest = earlier


def test_no_release_is_damaged() -> None:
    for folder in paths.releases_dir(ROOT).iterdir():
        if folder.is_dir():
            verify(folder)
            assert read_manifest(folder).release == folder.name


def test_tables_keep_their_schema(tables: Tables, manifest: Manifest) -> None:
    rows = {entry.name: entry.rows for entry in manifest.files}
    for name, schema in TABLES.items():
        schema.validate(tables[name])
        assert tables[name].schema == schema.create_empty().schema
        assert tables[name].height == rows[f"{name}.parquet"]


def test_no_number_without_a_source(tables: Tables) -> None:
    figures = tables["figures"]
    assert figures.filter((pl.col("source") == "") | (pl.col("locator") == "")).is_empty()
    assert set(figures["source"]) <= set(tables["sources"]["id"])
    assert set(figures["indicator"]) == set(tables["indicators"]["id"])


def test_a_missing_value_has_its_reason(tables: Tables) -> None:
    missing = tables["figures"].filter(pl.col("value").is_null())
    assert missing.filter(pl.col("note") == "").is_empty()


def test_periods_and_their_days_agree(tables: Tables) -> None:
    for row in tables["figures"].iter_rows(named=True):
        period = parse_period(row["period"])
        assert (row["period_start"], row["period_end"]) == (period.start, period.end)
        assert row["frequency"] == period.frequency


def test_computed_figures_show_their_inputs(tables: Tables) -> None:
    figures = tables["figures"]
    ids = set(figures["figure"])
    for row in figures.iter_rows(named=True):
        computed = row["kind"] == "beregnet"
        assert bool(row["derived_from"]) == computed, row["figure"]
        assert set(row["derived_from"]) <= ids
        if computed:
            assert " = " in row["note"]
            assert row["locator"] == "Beregnet af Indblik"


def test_approximate_inputs_give_approximate_results(tables: Tables) -> None:
    qualifiers = dict(tables["figures"].select("figure", "qualifier").iter_rows())
    for row in tables["figures"].filter(pl.col("kind") == "beregnet").iter_rows(named=True):
        precise = all(qualifiers[name] == "præcis" for name in row["derived_from"])
        assert row["qualifier"] == ("præcis" if precise else "ca"), row["figure"]


def test_comparable_indicators_share_a_unit(tables: Tables) -> None:
    rows = {row["id"]: row for row in tables["indicators"].iter_rows(named=True)}
    for row in rows.values():
        for other in row["comparable_with"]:
            assert rows[other]["unit"] == row["unit"]
            assert row["id"] in rows[other]["comparable_with"]


def test_everything_named_exists(tables: Tables) -> None:
    figures = set(tables["figures"]["figure"])
    sources = set(tables["sources"]["id"])
    for name in ("events", "decisions", "points", "relations", "story"):
        named = tables[name]["figures"].explode().drop_nulls()
        assert set(named) <= figures, name
    for name in ("indicators", "breaks", "events", "decisions", "points"):
        assert set(tables[name]["source"]) <= sources, name
    for column in ("left_formula", "right_formula"):
        for expression in tables["relations"][column]:
            assert set(formula.references(expression)) <= figures


def test_relations_are_consistent_with_themselves(tables: Tables) -> None:
    for row in tables["relations"].iter_rows(named=True):
        assert row["left_low"] <= row["left"] <= row["left_high"]
        assert row["right_low"] <= row["right"] <= row["right_high"]
        assert row["gap"] == pytest.approx(row["left"] - row["right"])
        overlap = row["left_low"] <= row["right_high"] and row["right_low"] <= row["left_high"]
        assert row["explained"] == overlap


def test_texts_are_clean(tables: Tables) -> None:
    figures = set(tables["figures"]["figure"])
    for name, table in tables.items():
        for column in table.select(pl.col(pl.String)).columns:
            for text in table[column]:
                assert not re.search(r"(?<!\d)\d{6}-?\d{4}(?!\d)", text), (name, column, text)
                assert not re.search(r"[\x00-\x09\x0b-\x1f\u200b\ufeff]", text), (
                    name,
                    column,
                    text,
                )
                if not column.endswith("formula"):
                    assert set(template.references(text)) <= figures, (name, column, text)
