"""Answers with something odd anywhere in them are read or refused in Danish, never a crash. All values are made up."""

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import polars as pl
import pytest

from contract.areas import AREAS
from etl.fetch import (
    jobindsats_answer,
    jobindsats_info,
    jobindsats_query,
    statbank_info,
    statbank_query,
    statbank_selection,
)
from etl.fetch.refused import FetchError
from etl.fetch.sense import check_sense
from etl.series_toml import areas_of
from tests.data.fetching import Keeper
from tests.data.jobindsats_service import KEY, Jobindsats
from tests.data.loopback import Request
from tests.data.statbank_service import Statbank

ODD: tuple[Any, ...] = (
    None, True, -1, 0, 1.5, "", [], {}, [[]], {"a": 1}, ["a"], "x", "/", "٤", float("nan"), "1" * 400,
    "2022M13", "0000M01", "1901M02", "1901-02",
)  # fmt: skip
ROUNDS = 400
Read = Callable[[Any], object]


@pytest.fixture(scope="module")
def keeper(tmp_path_factory: pytest.TempPathFactory) -> Keeper:
    return Keeper(tmp_path_factory.mktemp("odd") / "data")


def changed(right: Any, chance: random.Random) -> Any:
    """A copy with one to three places replaced, left out or said twice."""
    root = [copy.deepcopy(right)]
    for _ in range(chance.randint(1, 3)):
        holder, key = chance.choice([*_places(root)])
        how = chance.random()
        if how < 0.6 or holder is root:
            holder[key] = chance.choice(ODD)
        elif how < 0.8:
            del holder[key]
        elif isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
    return root[0]


def _places(holder: Any) -> Iterator[tuple[Any, Any]]:
    keys = holder if isinstance(holder, dict) else range(len(holder))
    for key in keys:
        yield holder, key
        if isinstance(holder[key], dict | list):
            yield from _places(holder[key])


def every_one_is_read_or_refused(right: Any, read: Read) -> None:
    chance, refused, done = random.Random(1), 0, 0
    read(right)
    for _ in range(ROUNDS):
        try:
            read(changed(right, chance))
        except FetchError:
            refused += 1
        else:
            done += 1
    assert refused > ROUNDS // 20
    assert done > 0


@pytest.mark.parametrize("name", ["AUK01", "FOLK1A"])
def test_statbanks_description(keeper: Keeper, name: str) -> None:
    table = keeper.table(name)
    asked = Request("POST", "/v1/tableinfo", {}, json.dumps({"table": name}), 0.0)
    right = json.loads(Statbank()(asked).body)

    def read(said: Any) -> object:
        info = statbank_info.read_info(json.dumps(said).encode(), name)
        selection = statbank_selection.choose(info, table, areas_of(table), table.first)
        return [query.body for query in statbank_query.queries(selection)]

    every_one_is_read_or_refused(right, read)


@pytest.mark.parametrize("version", [3, 2])
@pytest.mark.parametrize("name", ["y09a02", "y36a02"])
def test_jobindsats_description_and_numbers(keeper: Keeper, name: str, version: int) -> None:
    table, service = keeper.table(name), Jobindsats()
    wanted = {*AREAS.values(), "RAR Prøveområde"}
    service.areas = {value: area for value, area in service.areas.items() if area in wanted}
    headers = {"authorization": f"Bearer {KEY}" if version == 3 else KEY}

    def answer(path: str, body: str = "") -> Any:
        reply = service(Request("POST" if body else "GET", path, headers, body, 0.0))
        return json.loads(reply.body.decode("utf-8-sig"))

    def asked(said: Any) -> list[jobindsats_query.Query]:
        info = jobindsats_info.read_info(json.dumps(said).encode(), table, version)
        return jobindsats_query.queries(info, table, areas_of(table), table.first)

    described = answer(jobindsats_query.info_path(name, version))
    info = jobindsats_info.read_info(json.dumps(described).encode(), table, version)
    query = asked(described)[0]

    def read(said: Any) -> object:
        content = json.dumps(said).encode()
        return jobindsats_answer.rows_of(content, query.path, query.body, table, info)

    every_one_is_read_or_refused(described, asked)
    every_one_is_read_or_refused(answer(query.path, query.body), read)


def test_json_without_end_of_brackets() -> None:
    deep = b'{"a":' * 200_000
    with pytest.raises(FetchError, match="ikke hel"):
        statbank_info.read_info(deep, "AUK01")
    with pytest.raises(FetchError, match="afbrudt"):
        jobindsats_info.read_json(deep, "y09a02")


def test_a_month_that_is_none_is_named(keeper: Keeper) -> None:
    said = [{"Period": ["1901M01", "1901M13"], "Area": ["Hele landet"]}]
    with pytest.raises(FetchError, match="y09a02: perioden «1901-13» kan ikke læses"):
        jobindsats_info.read_info(json.dumps(said).encode(), keeper.table("y09a02"), 2)


def test_a_place_larger_than_the_country_is_refused() -> None:
    rows = pl.DataFrame({
        "indicator": ["x"] * 4, "group": [""] * 4, "area": ["000", "101", "000", "101"],
        "period": ["1901-01", "1901-01", "1901-02", "1901-02"], "value": [5.0, 6.0, None, 6.0],
        "missing": [False, False, True, False],
    })  # fmt: skip
    with pytest.raises(FetchError, match="større end hele landet"):
        check_sense("y09a02", rows, "area")
    check_sense("y09a02", rows.filter(pl.col("period") == "1901-02"), "area")
