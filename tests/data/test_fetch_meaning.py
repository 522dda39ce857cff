"""What a code, a name and a time mean, and what happens when they come to mean something else. All values are made up."""

import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from contract.areas import AREAS
from etl.complaints import Complaints
from etl.fetch.refused import RawError
from etl.series_toml import read_series
from tests.data.fetching import Keeper, refused, well
from tests.data.jobindsats_service import KEY, Jobindsats
from tests.data.loopback import Loopback, loopback
from tests.data.statbank_service import QUARTERS, Statbank, made_up


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    with loopback(Statbank()) as running:
        monkeypatch.setenv("STATBANK_URL", running.url)
        yield running


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    with loopback(Jobindsats()) as running:
        monkeypatch.setenv("JOBINDSATS_URL", running.url)
        monkeypatch.setenv("JOBINDSATS_KEY", KEY)
        yield running


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path / "data")


def benefits(bank: Loopback) -> dict[str, str]:
    return bank.service.tables["AUK01"]["YDELSESTYPE"]


# ---- codes that are found by a word ----


def test_two_codes_of_one_text_stay_two_series(bank: Loopback, keeper: Keeper) -> None:
    """The service may give two codes the same name; their numbers must not be taken for each other's."""
    benefits(bank)["X6"] = "Kontanthjælp,  ikke jobparate"
    well(keeper.statbank("AUK01"))
    rows = keeper.rows("AUK01").filter(pl.col("indicator") == "auk01-kontanthjaelp")
    assert sorted(rows["group"].unique()) == [
        "Kontanthjælp, ikke jobparate (X6)",
        "Kontanthjælp, ikke jobparate (X9)",
        "Nettoledige kontanthjælpsmodtagere",
    ]
    assert rows.height == 3 * len(AREAS) * len(QUARTERS)
    for code in ("X6", "X9"):
        own = rows.filter(pl.col("group").str.ends_with(f"({code})"))
        for area, period, value in own.select("area", "period", "value").iter_rows():
            assert value == made_up((area, code, "TOT", "TOT", period))


@pytest.mark.parametrize("text", ["Kontanthjælp, jobparate", "Noget helt andet"])
def test_a_found_code_that_gets_another_text_stops_the_table(
    bank: Loopback, keeper: Keeper, text: str
) -> None:
    well(keeper.statbank("AUK01"))
    before = keeper.kept()
    benefits(bank)["X9"] = text
    bank.requests.clear()
    said = str(refused(keeper.statbank("AUK01")))
    assert "koden X9 hed «Kontanthjælp, ikke jobparate»" in said
    assert f"hedder nu «{text}»" in said
    assert keeper.kept() == before
    assert len(bank.requests) == 1, "nothing but the description was asked for"


def test_spelling_is_no_other_meaning_and_older_numbers_take_the_new_name(
    bank: Loopback, keeper: Keeper
) -> None:
    """The older answer, of an area that is not fetched again, stands under the name of today."""
    well(keeper.statbank("AUK01", areas=("000", "461")))
    keeper.age("AUK01")
    benefits(bank).update(X9=" kontanthjælp,  ikke jobparate", X5="Kontanthjælp", X6="kontanthjælp")
    well(keeper.statbank("AUK01", areas=("000", "101")))
    rows = keeper.rows("AUK01").filter(pl.col("indicator") == "auk01-kontanthjaelp")
    areas = rows.group_by("group").agg(pl.col("area").unique().sort())
    assert dict(areas.iter_rows()) == {
        "kontanthjælp, ikke jobparate": ["000", "101", "461"],
        "Nettoledige kontanthjælpsmodtagere": ["000", "101", "461"],
        "Kontanthjælp (X5)": ["000", "101"],
        "kontanthjælp (X6)": ["000", "101"],
    }


# ---- what is said of a code that is not there ----


def test_the_tables_own_codes_are_listed_where_one_is_missing(
    bank: Loopback, keeper: Keeper
) -> None:
    del benefits(bank)["LY"]
    assert "LY («Ledighedsydelse») findes ikke; der er TOT «I alt», X7 «Nettoledige" in str(
        refused(keeper.statbank("AUK01"))
    )
    benefits(bank).update(LY="Ledighedsydelse")
    del benefits(bank)["X8"]
    well(keeper.statbank("AUK01"))
    (line,) = (line for line in keeper.said if "ingen værdi til auk01-uddannelseshjaelp" in line)
    assert "X9 «Kontanthjælp, ikke jobparate»" in line


# ---- areas that a service calls something else ----


def renamed_in_toml(keeper: Keeper, table: str, name: str) -> None:
    file = keeper.root / "series.toml"
    text = file.read_text("utf-8")
    line = f'table = "{table}"\n'
    assert text.count(line) == 1
    file.write_text(text.replace(line, f'{line}names = {{ "461" = "{name}" }}\n'), "utf-8")
    complaints = Complaints(keeper.root)
    keeper.tables = read_series(keeper.root, complaints).table
    assert not complaints.lines()


def test_an_area_of_another_name_is_declared_in_series_toml(
    bank: Loopback, jobs: Loopback, keeper: Keeper
) -> None:
    bank.service.tables["KY04"]["OMRÅDE"]["461"] = "Odense by"
    jobs.service.areas = {
        k: v.replace("Odense", "Odense by") for k, v in jobs.service.areas.items()
    }
    assert "hedder «Odense by», ventet «Odense»" in str(refused(keeper.statbank("KY04")))
    said = str(refused(keeper.jobindsats("y09a02")))
    assert "Odense findes ikke" in said
    assert "Odense by" in said, "the table's own names"
    assert not keeper.kept()
    renamed_in_toml(keeper, "KY04", "Odense by")
    renamed_in_toml(keeper, "y09a02", "Odense by")
    well(keeper.statbank("KY04"))
    for version in (3, 2):
        well(keeper.jobindsats("y09a02", version=version))
    for table in ("KY04", "y09a02"):
        assert set(keeper.rows(table)["area"]) == set(AREAS)


# ---- a clock that was wrong ----


def test_after_a_clock_that_was_ahead_nothing_is_kept_until_it_is_settled(
    bank: Loopback, keeper: Keeper
) -> None:
    """The newest answer counts, and it is told by its time: one from the future would count for ever."""
    well(keeper.statbank("KY04"))
    (answer,) = keeper.answers("statbank", "KY04")
    about = answer.file.with_name(f"{answer.file.stem}.request.json")
    said = json.loads(about.read_text("utf-8")) | {"fetched_at": "9999-01-01T00:00:00Z"}
    ahead = f"99990101T000000Z{answer.file.stem[16:]}"
    answer.file.rename(answer.file.with_name(f"{ahead}.csv"))
    about.unlink()
    about.with_name(f"{ahead}.request.json").write_text(json.dumps(said), "utf-8")
    before = keeper.kept()
    bank.service.updated, bank.service.raised = "1903-04-01T08:00:00", 1
    error = refused(keeper.statbank("KY04"))
    assert isinstance(error, RawError)
    assert "fra et senere tidspunkt (99990101T000000Z)" in str(error)
    assert keeper.kept() == before
    for suffix in ("csv", "request.json"):
        answer.file.with_name(f"{ahead}.{suffix}").unlink()
    well(keeper.statbank("KY04"))
