"""The way from Jobindsats to data/raw and on to rows, over HTTP on this machine. All values are made up."""

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from contract.areas import AREAS, NAMES
from contract.danish import parse_number
from etl.fetch.refused import FetchError, KeyMissing
from tests.data.fetching import Keeper, refused, well
from tests.data.jobindsats_service import KEY, MONTHS, Jobindsats, made_up
from tests.data.loopback import Loopback, Reply, Request, loopback

TABLE = "y09a02"


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    with loopback(Jobindsats()) as running:
        monkeypatch.setenv("JOBINDSATS_URL", running.url)
        monkeypatch.setenv("JOBINDSATS_KEY", KEY)
        yield running


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path / "data")


@pytest.mark.parametrize("version", [3, 2])
def test_every_area_and_month_arrives(jobs: Loopback, keeper: Keeper, version: int) -> None:
    (outcome,) = well(keeper.jobindsats(TABLE, version=version))
    rows = keeper.rows(TABLE)
    assert outcome.cells == rows.height == len(AREAS) * len(MONTHS)
    assert set(rows["indicator"]) == {"jobindsats-ledighedsydelse"}
    for area, period, value, missing in rows.select(
        "area", "period", "value", "missing"
    ).iter_rows():
        cell = made_up(AREAS[area], period.replace("-", "M"))
        assert missing == (cell in ("-", ".."))
        assert value == (None if missing else parse_number(cell))
    assert 0 < rows["missing"].sum() < rows.height


@pytest.mark.parametrize("version", [3, 2])
def test_the_key_is_in_the_right_header_and_nowhere_else(
    jobs: Loopback, keeper: Keeper, version: int
) -> None:
    well(keeper.jobindsats(TABLE, version=version))
    assert {r.headers["authorization"] for r in jobs.requests} == {
        f"Bearer {KEY}" if version == 3 else KEY
    }
    assert not [r for r in jobs.requests if KEY in r.path + r.body]
    written = b"".join((keeper.root / "raw" / name).read_bytes() for name in keeper.kept())
    assert KEY.encode() not in written
    assert KEY not in "".join(keeper.said + keeper.kept())


def test_the_exact_question(jobs: Loopback, keeper: Keeper) -> None:
    """Every hierarchy is named, the signs `* / : ,` stay, and a year is asked for at a time."""
    well(keeper.jobindsats(TABLE, areas=("000", "101")))
    described, first, second = [r.path for r in jobs.requests]
    ids = {name: value for value, name in jobs.service.areas.items()}
    months = ",".join(MONTHS[:12])
    assert described == f"/v3/table/{TABLE}?format=json"
    assert first == (
        f"/v3/data/{TABLE}?mgroup.*=*&period.M={months}&hierarchy._nykom=/,{ids['København']}"
        "&hierarchy._kon=/&format=json"
    )
    assert second == first.replace("1901", "1902")
    assert all(r.method == "GET" for r in jobs.requests)


def test_the_question_of_version_2(jobs: Loopback, keeper: Keeper) -> None:
    well(keeper.jobindsats(TABLE, version=2))
    assert [(r.method, r.path) for r in jobs.requests] == [
        ("GET", f"/v2/tables/{TABLE}/json/"), *[("POST", f"/v2/data/{TABLE}/json")] * 2,
    ]  # fmt: skip
    assert json.loads(jobs.requests[1].body) == {"area": "*", "period": MONTHS[:12]}


def test_a_part_of_a_table_is_chosen_by_name(jobs: Loopback, keeper: Keeper) -> None:
    well(keeper.jobindsats("y36a02"))
    assert "hierarchy._viskat_1kth=/2/" in jobs.requests[1].path
    rows = keeper.rows("y36a02")
    cell = made_up("Hele landet", "1901M01", "/2/")
    value = rows.filter(pl.col("area") == "000", pl.col("period") == "1901-01")["value"].item()
    assert value == parse_number(cell)


def test_all_98_municipalities_are_found_by_name(jobs: Loopback, keeper: Keeper) -> None:
    well(keeper.jobindsats(TABLE, areas=tuple(sorted(NAMES))))
    assert set(keeper.rows(TABLE)["area"]) == set(NAMES)


def test_columns_are_found_by_label_wherever_they_stand(jobs: Loopback, keeper: Keeper) -> None:
    jobs.always = _json_change(_turned)
    well(keeper.jobindsats(TABLE))
    values = keeper.rows(TABLE).filter(pl.col("area") == "000")["value"].unique().to_list()
    assert values == [98765.5], "not the column of persons"


def _turned(answer: dict[str, Any]) -> dict[str, Any]:
    if "columns" not in answer:
        return answer
    return {
        "columns": ["Area", *answer["columns"][:0:-1]],
        "rows": [[r[0], *r[:0:-1]] for r in answer["rows"]],
    }


def test_what_the_service_leaves_out_is_missing_and_not_zero(
    jobs: Loopback, keeper: Keeper
) -> None:
    jobs.service.left_out = frozenset({("Odense", "1901M05")})
    well(keeper.jobindsats(TABLE))
    row = keeper.rows(TABLE).filter(pl.col("area") == "461", pl.col("period") == "1901-05")
    assert row["missing"].to_list() == [True]
    assert row["value"].to_list() == [None]


def test_a_run_that_was_stopped_goes_on_where_it_was(jobs: Loopback, keeper: Keeper) -> None:
    jobs.faults = [None, None, lambda *_: Reply(422, "application/json", b'{"detail": "x"}')]
    assert "(422)" in str(refused(keeper.jobindsats(TABLE)))
    assert len(keeper.answers("jobindsats", TABLE)) == 1
    jobs.requests.clear()
    (outcome,) = well(keeper.jobindsats(TABLE))
    assert (outcome.found, outcome.fetched) == (1, 1)
    assert len(jobs.requests) == 2


def _json_change(change: Callable[[Any], Any]) -> Callable[[Request, Reply], Reply]:
    def fault(_: Request, right: Reply) -> Reply:
        said = change(json.loads(right.body.decode("utf-8-sig")))
        return dataclasses.replace(right, body=json.dumps(said, ensure_ascii=False).encode())

    return fault


def _row(**cells: Any) -> Callable[[Any], Any]:
    def change(answer: Any) -> Any:
        for name, cell in cells.items():
            answer["rows"][0][["area", "period", "persons", "value"].index(name)] = cell
        return answer

    return change


FORMS: dict[str, tuple[Callable[[Any], Any], type[FetchError], str]] = {
    "nøglen er udløbet, med 200": (lambda _: {"message": "API key has expired"}, KeyMissing, "nøglen ikke gælder"),
    "nøglen er ugyldig, på dansk": (lambda _: {"fejl": "Nøglen er ugyldig"}, KeyMissing, "nøglen ikke gælder"),
    "en tekst": (lambda _: "Din nøgle er udløbet", FetchError, "ventede form"),
    "en anden form": (lambda _: {"data": []}, FetchError, "ventede form .fik data; ventet columns, rows"),
    "ingen rækker": (lambda a: a | {"rows": []}, FetchError, "ikke helt; der er ingen tal for 1901M01, 1901M02"),
    "en måned mangler": (
        lambda a: a | {"rows": [r for r in a["rows"] if r[1] != "1901M07"]}, FetchError, "ingen tal for 1901M07",
    ),
    "en række for kort": (lambda a: a | {"rows": [a["rows"][0][:3]]}, FetchError, "ikke 4 felter"),
    "en kolonne er omdøbt": (
        lambda a: a | {"columns": ["Område", "Periode", "Antal personer", "Antal fuldtid"]},
        FetchError, "ventede én kolonne «Antal fuldtidspersoner»",
    ),
    "to kolonner med samme navn": (
        lambda a: a | {"columns": ["Område", "Periode"] + ["Antal fuldtidspersoner"] * 2},
        FetchError, "ventede én kolonne",
    ),
    "en række to gange": (lambda a: a | {"rows": [*a["rows"], a["rows"][0]]}, FetchError, "står to gange"),
    "et andet område": (_row(area="RAR Prøveområde"), FetchError, "område, der ikke er spurgt om"),
    "en anden periode": (_row(period="1899M01"), FetchError, "periode, der ikke er spurgt om"),
    "under fem": (_row(value="<5"), FetchError, "«<5» er ikke et dansk tal"),
    "engelsk decimaltal": (_row(value="12.5"), FetchError, "«12.5» er ikke et dansk tal"),
    "negativt": (_row(value="-5"), FetchError, "negativt"),
    "negativt JSON-tal": (_row(value=-5), FetchError, "negativt"),
    "sand": (_row(value=True), FetchError, "hverken et tal"),
    "en liste": (_row(value=[1]), FetchError, "hverken et tal"),
    "NaN": (_row(value=float("nan")), FetchError, "uendeligt"),
    "uendelig": (_row(value=float("inf")), FetchError, "uendeligt"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_an_answer_of_another_form_is_not_kept(jobs: Loopback, keeper: Keeper, name: str) -> None:
    change, kind, message = FORMS[name]
    jobs.faults = [None, _json_change(change)]
    error = refused(keeper.jobindsats(TABLE))
    assert isinstance(error, kind)
    with pytest.raises(FetchError, match=message):
        raise error
    assert not keeper.answers("jobindsats", TABLE)


def test_json_that_was_cut(jobs: Loopback, keeper: Keeper) -> None:
    jobs.faults = [None, lambda _, right: dataclasses.replace(right, body=right.body[:-30])]
    assert "afbrudt" in str(refused(keeper.jobindsats(TABLE)))
    assert not keeper.answers("jobindsats", TABLE)


INFO: dict[str, tuple[Callable[[Any], Any], str]] = {
    "området er omdøbt": (
        lambda t: json.loads(json.dumps(t, ensure_ascii=False).replace('"Odense"', '"Odense by"')),
        "Odense findes ikke",
    ),
    "inddelingen er væk": (
        lambda t: t | {"dimensions": t["dimensions"][1:]}, "områdeinddelingen _nykom findes ikke .* _kon",
    ),
    "ingen måneder": (lambda t: t | {"periods": t["periods"][:1]}, "ingen perioder af typen «måned»"),
    "en anden form": (lambda t: {"dimensions": 4, "periods": []}, "ventede form"),
}  # fmt: skip


@pytest.mark.parametrize("name", INFO)
def test_a_table_that_is_not_what_we_think(jobs: Loopback, keeper: Keeper, name: str) -> None:
    change, message = INFO[name]
    jobs.faults = [_json_change(change)]
    with pytest.raises(FetchError, match=message):
        raise refused(keeper.jobindsats(TABLE))
    assert keeper.kept() == []


def test_a_part_that_was_renamed_stops_the_table(jobs: Loopback, keeper: Keeper) -> None:
    jobs.faults = [
        _json_change(lambda t: json.loads(json.dumps(t).replace('"Aktivitetsparat"', '"Andet"')))
    ]
    with pytest.raises(FetchError, match="0 værdier hedder «Aktivitetsparat»"):
        raise refused(keeper.jobindsats("y36a02"))
    assert keeper.kept() == []


def test_a_wrong_key_stops_the_service_at_once(
    jobs: Loopback, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBINDSATS_KEY", "forkert-noegle-1234")
    (outcome,) = keeper.jobindsats(TABLE, "y08a02")
    assert isinstance(outcome.error, KeyMissing)
    assert len(jobs.requests) == 1
    assert "forkert-noegle-1234" not in str(outcome.error)


def test_a_service_that_repeats_the_key_is_not_kept(jobs: Loopback, keeper: Keeper) -> None:
    jobs.faults = [None, _json_change(lambda a: a | {"note": KEY})]
    error = refused(keeper.jobindsats(TABLE))
    assert "gentager nøglen" in str(error)
    assert KEY not in str(error)
    assert not keeper.answers("jobindsats", TABLE)


def test_the_key_may_stand_in_a_file(
    jobs: Loopback, keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "noegle"
    file.write_text(f"{KEY}\n", "utf-8")
    monkeypatch.delenv("JOBINDSATS_KEY")
    monkeypatch.setenv("JOBINDSATS_KEY_FILE", str(file))
    well(keeper.jobindsats(TABLE))


@pytest.mark.parametrize(
    "key",
    ["", "   ", "abc", "med mellemrum i", "med\nlinjeskift", "nøgle-med-ø-i", "x\x00yyyyyyyy"],
)
def test_no_key_and_what_is_no_key(
    jobs: Loopback, keeper: Keeper, key: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("JOBINDSATS_KEY")
    file = tmp_path / "noegle"
    file.write_text(key, "utf-8")
    monkeypatch.setenv("JOBINDSATS_KEY_FILE", str(file))
    with pytest.raises(KeyMissing) as caught:
        keeper.jobindsats(TABLE)
    assert not key.strip() or key.strip() not in str(caught.value)
    assert caught.value.exit_code == 3
    assert not jobs.requests
