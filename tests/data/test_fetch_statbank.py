"""The way from StatBank to data/raw and on to rows, over HTTP on this machine. All values are made up."""

import hashlib
import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from contract.areas import AREAS, NAMES
from etl.fetch.refused import RawError
from etl.fetch.statbank_info import read_info
from etl.fetch.statbank_query import CELL_LIMIT, queries
from etl.fetch.statbank_selection import choose
from tests.data.fetching import Keeper, refused, well
from tests.data.loopback import Loopback, Reply, Request, loopback
from tests.data.statbank_service import MONTHS, QUARTERS, Statbank, made_up

ALL = ("AUK01", "KY04", "KY16", "FOLK1A")


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    with loopback(Statbank()) as running:
        monkeypatch.setenv("STATBANK_URL", running.url)
        yield running


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path / "data")


def _bodies(bank: Loopback, path: str = "/v1/data") -> list[dict]:
    return [json.loads(r.body) for r in bank.requests if r.path == path]


def test_all_tables_arrive_as_the_service_has_them(bank: Loopback, keeper: Keeper) -> None:
    well(keeper.statbank(*ALL))
    auk = keeper.rows("AUK01")
    assert auk.columns == [
        "table",
        "indicator",
        "area",
        "group",
        "period",
        "value",
        "missing",
        "source_file",
    ]
    assert set(auk["area"]) == set(AREAS)
    assert set(auk["period"]) == set(QUARTERS)
    for code, indicator in (("LY", "auk01-ledighedsydelse"), ("FP", "auk01-foertidspension")):
        mine = auk.filter(pl.col("indicator") == indicator)
        assert mine.height == len(AREAS) * len(QUARTERS)
        for area, period, value in mine.select("area", "period", "value").iter_rows():
            assert value == made_up((area, code, "TOT", "TOT", period))
    months = {f"1901-{m[-2:]}" for m in MONTHS}
    assert set(keeper.rows("KY04")["period"]) == months
    assert set(keeper.rows("KY16")["indicator"]) == {"ky16-kontanthjaelp", "ky16-uddannelseshjaelp"}
    assert keeper.rows("FOLK1A").height == len(AREAS) * len(QUARTERS)


def test_codes_nobody_has_stated_are_found_by_their_text(bank: Loopback, keeper: Keeper) -> None:
    well(keeper.statbank("AUK01"))
    groups = keeper.rows("AUK01").group_by("indicator").agg(pl.col("group").unique().sort())
    found = dict(groups.iter_rows())
    assert found["auk01-kontanthjaelp"] == [
        "Kontanthjælp, ikke jobparate",
        "Nettoledige kontanthjælpsmodtagere",
    ]
    assert found["auk01-uddannelseshjaelp"] == ["Uddannelseshjælp uden for arbejdsstyrken"]
    assert found["auk01-fleksjob"] == [""]


def test_a_table_without_such_a_code_says_so_and_goes_on(bank: Loopback, keeper: Keeper) -> None:
    del bank.service.tables["AUK01"]["YDELSESTYPE"]["X8"]
    well(keeper.statbank("AUK01"))
    assert any("auk01-uddannelseshjaelp" in line for line in keeper.said)
    assert "auk01-uddannelseshjaelp" not in set(keeper.rows("AUK01")["indicator"])


def test_missing_is_null_and_never_zero(bank: Loopback, keeper: Keeper) -> None:
    well(keeper.statbank("AUK01"))
    rows = keeper.rows("AUK01")
    missing = rows.filter("missing")
    assert set(missing["indicator"]) == {"auk01-ressourceforloeb"}
    assert set(missing["area"]) == {"461"}
    assert missing["value"].is_null().all()
    assert rows.filter(~pl.col("missing"))["value"].is_not_null().all()
    assert rows.filter(pl.col("value") == 0).height > 0, (
        "the service has zeros, and they stay zeros"
    )


def test_what_is_asked_for(bank: Loopback, keeper: Keeper) -> None:
    well(keeper.statbank("KY04"))
    info, data = bank.requests
    assert json.loads(info.body) == {"table": "KY04", "lang": "da", "format": "JSON"}
    asked = json.loads(data.body)
    assert (asked["format"], asked["lang"], asked["valuePresentation"]) == ("CSV", "da", "Code")
    assert {v["code"]: v["values"] for v in asked["variables"]} == {
        "OMRÅDE": sorted(AREAS), "VISITATION": ["2"], "TAL": ["1"], "Tid": MONTHS,
    }  # fmt: skip
    assert "Indblik" in data.headers["user-agent"]
    assert data.headers["accept-encoding"] == "gzip"


def test_an_answer_is_kept_as_it_came_with_what_was_asked(bank: Loopback, keeper: Keeper) -> None:
    well(keeper.statbank("KY04"))
    (answer,) = keeper.answers("statbank", "KY04")
    record = answer.record
    sent = bank.service(Request("POST", "/v1/data", {}, record.body, 0.0)).body
    assert answer.file.read_bytes() == sent
    assert sent.startswith(b"\xef\xbb\xbf")
    assert hashlib.sha256(sent).hexdigest() == record.sha256
    assert record.bytes == len(sent)
    assert (record.kind, record.method, record.status) == ("data", "POST", 200)
    assert record.server_request_id == "proeve-2"
    assert record.url == f"{bank.url}/v1/data"
    stem = record.fetched_at.replace("-", "").replace(":", "") + "-" + record.sha256[:12]
    assert answer.file.name == f"{stem}.csv"
    assert (answer.file.parent / f"{stem}.request.json").is_file()
    assert keeper.answers("statbank", "KY04", "tableinfo")[0].file.suffix == ".json"


def test_all_98_municipalities(bank: Loopback, keeper: Keeper) -> None:
    (outcome,) = well(keeper.statbank("AUK01", areas=tuple(sorted(NAMES))))
    rows = keeper.rows("AUK01")
    assert set(rows["area"]) == set(NAMES)
    assert rows["area"].n_unique() == 99
    assert outcome.cells == rows.height == 99 * 7 * len(QUARTERS)


@pytest.mark.parametrize("limit", [9000, 1500, 400])
def test_too_many_cells_are_asked_for_in_pieces_of_time_or_as_bulk(
    bank: Loopback, keeper: Keeper, tmp_path: Path, limit: int
) -> None:
    """400 is less than one quarter's cells, which leaves BULK only."""
    whole = Keeper(tmp_path / "whole")
    well(whole.statbank("AUK01", areas=tuple(sorted(NAMES)[:20])))
    bank.requests.clear()
    bank.service.limit = limit
    well(keeper.statbank("AUK01", areas=tuple(sorted(NAMES)[:20]), cell_limit=limit))
    bodies = _bodies(bank)
    assert {b["format"] for b in bodies} == ({"BULK"} if limit == 400 else {"CSV"})
    assert len(bodies) == {9000: 1, 1500: 8, 400: 1}[limit]
    assert keeper.rows("AUK01").drop("source_file").equals(whole.rows("AUK01").drop("source_file"))


def test_a_limit_lower_than_we_know_is_found_out(bank: Loopback, keeper: Keeper) -> None:
    """The service's own refusal makes the question smaller, down to BULK."""
    bank.service.limit = 600
    well(keeper.statbank("AUK01"))
    assert {b["format"] for b in _bodies(bank)} == {"CSV"}
    assert len(keeper.answers("statbank", "AUK01")) == 4
    assert keeper.rows("AUK01").height == 6 * 7 * 8


def test_pieces_are_below_the_limit_and_are_the_whole(bank: Loopback, keeper: Keeper) -> None:
    table = keeper.table("AUK01")
    reply = bank.service(Request("POST", "/v1/tableinfo", {}, '{"table": "AUK01"}', 0.0))
    selection = choose(read_info(reply.body, "AUK01"), table, tuple(sorted(NAMES)), "1901K1")
    for limit in (CELL_LIMIT, 40_000, 20_000, 5_000, 100):
        pieces = queries(selection, limit)
        assert [p for piece in pieces for p in piece.periods] == QUARTERS
        assert all(piece.cells < limit for piece in pieces if piece.form == "CSV")


def test_bulk_leaves_zeros_out_and_they_come_back_as_zeros(bank: Loopback, keeper: Keeper) -> None:
    well(keeper.statbank("AUK01", cell_limit=1))
    (answer,) = keeper.answers("statbank", "AUK01")
    assert b";0\r\n" not in answer.content()
    rows = keeper.rows("AUK01")
    absent = [
        (area, period)
        for area, period in itertools.product(AREAS, QUARTERS)
        if made_up((area, "LY", "TOT", "TOT", period)) == 0
    ]
    assert absent, "the made-up values hold zeros"
    mine = rows.filter(pl.col("indicator") == "auk01-ledighedsydelse")
    zeros = mine.filter(pl.col("value") == 0)
    assert set(zeros.select("area", "period").iter_rows()) == set(absent)
    assert not zeros["missing"].any()
    assert rows.filter("missing")["value"].is_null().all()


def test_bulk_with_another_suppressed_value_is_read_by_it(bank: Loopback, keeper: Keeper) -> None:
    bank.service.info = {"suppressedDataValue": ".."}
    well(keeper.statbank("AUK01", cell_limit=1))
    rows = keeper.rows("AUK01")
    assert rows.filter(pl.col("value") == 0).is_empty()
    assert rows.filter("missing")["indicator"].n_unique() > 1


def test_the_same_day_nothing_is_fetched_twice(bank: Loopback, keeper: Keeper) -> None:
    well(keeper.statbank("AUK01"))
    before = keeper.kept()
    (again,) = well(keeper.statbank("AUK01"))
    assert (again.fetched, again.found) == (0, 1)
    assert keeper.kept() == before
    assert len(_bodies(bank)) == 1


def test_a_table_that_was_updated_is_fetched_again_and_the_old_answer_stays(
    bank: Loopback, keeper: Keeper
) -> None:
    well(keeper.statbank("KY04"))
    first = keeper.kept()
    keeper.age("KY04")
    bank.service.updated, bank.service.raised = "1903-04-01T08:00:00", 1
    well(keeper.statbank("KY04"))
    assert len(keeper.kept()) == len(first) + 4
    values = keeper.rows("KY04").filter(pl.col("area") == "101", pl.col("period") == "1901-03")[
        "value"
    ]
    assert values.to_list() == [made_up(("101", "2", "1", "1901M03")) + 1], (
        "the newest answer counts"
    )


def test_resume_takes_answers_of_earlier_days_and_gets_the_rest(
    bank: Loopback, keeper: Keeper
) -> None:
    bank.faults = [None, None, lambda *_: Reply(400, "text/json", b'{"message": "pr\xc3\xb8ve"}')]
    refused(keeper.statbank("AUK01", areas=tuple(AREAS), cell_limit=600))
    done = len(keeper.answers("statbank", "AUK01"))
    keeper.age("AUK01")
    bank.requests.clear()
    (outcome,) = well(keeper.statbank("AUK01", areas=tuple(AREAS), cell_limit=600, resume=True))
    assert (outcome.found, done) == (1, 1)
    assert len(_bodies(bank)) == outcome.fetched == 3
    assert keeper.rows("AUK01").height == 6 * 7 * 8
    keeper.age("AUK01")
    bank.requests.clear()
    well(keeper.statbank("AUK01", areas=tuple(AREAS), cell_limit=600))
    assert len(_bodies(bank)) == 4, "without resume, an answer of another day is fetched again"


def test_a_newer_answer_counts_only_for_what_it_was_asked(bank: Loopback, keeper: Keeper) -> None:
    well(keeper.statbank("FOLK1A"))
    keeper.age("FOLK1A")
    bank.service.raised = 1
    well(keeper.statbank("FOLK1A", areas=("101",)))
    rows = keeper.rows("FOLK1A").filter(pl.col("period") == "1901K1")
    values = dict(rows.select("area", "value").iter_rows())
    assert values["101"] == made_up(("101", "TOT", "IALT", "TOT", "1901K1")) + 1
    assert values["147"] == made_up(("147", "TOT", "IALT", "TOT", "1901K1"))
    assert set(rows["area"]) == set(AREAS)


def test_another_measure_of_the_same_table_is_not_mixed_in(bank: Loopback, keeper: Keeper) -> None:
    """An answer with amounts instead of persons, kept in the same folder, adds no row."""
    well(keeper.statbank("KY04"))
    before = keeper.rows("KY04")
    kept = keeper.answers("statbank", "KY04")[0].record.body
    table = keeper.table("KY04")
    amounts = {
        "TAL": table.totals["TAL"].model_copy(
            update={"code": "3", "texts": ("Udbetalt beløb (1.000 kr.)",)}
        )
    }
    other = table.model_copy(update={"totals": amounts})
    keeper.tables = (other, *(t for t in keeper.tables if t.table != "KY04"))
    well(keeper.statbank("KY04"))
    assert len(keeper.answers("statbank", "KY04")) == 2
    assert {answer.record.body for answer in keeper.answers("statbank", "KY04")} > {kept}
    keeper.tables = (table, *keeper.tables[1:])
    assert keeper.rows("KY04").equals(before)


def test_an_altered_answer_is_not_read(bank: Loopback, keeper: Keeper) -> None:
    well(keeper.statbank("KY04"))
    file = keeper.answers("statbank", "KY04")[0].file
    file.write_bytes(file.read_bytes().replace(b"1901M02", b"1901M03"))
    with pytest.raises(RawError, match="er ændret, siden den blev hentet"):
        keeper.rows("KY04")


def test_nothing_fetched_gives_no_rows(keeper: Keeper) -> None:
    assert keeper.rows("AUK01").is_empty()
    assert keeper.rows("AUK01").schema["value"] == pl.Float64


def test_the_pace_is_kept(bank: Loopback, keeper: Keeper) -> None:
    well(keeper.statbank("KY04", "KY16", pace=0.15))
    times = [request.at for request in bank.requests]
    assert len(times) == 4
    # Of the whole row: a single one may reach the server late on a busy machine.
    assert times[-1] - times[0] >= 3 * 0.15 - 0.1
