"""/api/v1/: what it answers is what the release holds, and its OpenAPI document says so truly."""

import csv
import io
import re
from typing import Any
from urllib.parse import quote, urlencode

import jsonschema
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract import paths
from contract.areas import AREAS
from contract.periods import parse_period
from contract.tables import KINDS, QUALIFIERS, TABLES, Figures
from dashboard import library, read
from dashboard.server.api import openapi
from dashboard.server.api.columns import LIST_SEPARATOR
from dashboard.server.api.routes import ENDPOINTS
from dashboard.server.api.tables import TABLES as LISTED
from tests.app.asking import ask
from tests.running import Server

ROOT = "/api/v1"
NOW = read.current()
FOLDER = paths.releases_dir() / NOW.id
PARQUET = pl.read_parquet(FOLDER / "figures.parquet")
DOCUMENT = openapi.document(ENDPOINTS, NOW)
OPERATIONS = [(path, item["get"]) for path, item in DOCUMENT["paths"].items()]
every_operation = pytest.mark.parametrize(
    ("path", "operation"), OPERATIONS, ids=[path for path, _ in OPERATIONS]
)
every_list = pytest.mark.parametrize("name", LISTED)


def target(path: str, operation: dict[str, Any]) -> str:
    """An address of the document with its examples filled in."""
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", parameter["example"])
    return ROOT + path


def check(schema: dict[str, Any], told: Any) -> None:
    """Hold an answer against a schema of the document."""
    whole = schema | {"components": DOCUMENT["components"]}
    jsonschema.Draft202012Validator(whole).validate(told)


def figures(**query: Any) -> Any:
    """The JSON of a list of figures, all of one release."""
    answer = ask(f"{ROOT}/figures?{urlencode({'d': NOW.id, 'limit': 5000} | query, doseq=True)}")
    assert answer.status == 200, answer.text
    return answer.json


# --- the document -----------------------------------------------------------------------------------


@every_operation
def test_every_address_of_the_document_answers_as_it_says(
    server: Server, path: str, operation: dict[str, Any]
) -> None:
    address = target(path, operation)
    offered = operation["responses"]["200"]["content"]
    for media, content in offered.items():
        answer = server.get(address, {"Accept": media})
        assert answer.status == 200, answer.text
        assert answer.headers["content-type"].partition(";")[0] == media
        if media.endswith("json"):
            check(content["schema"], answer.json)
    refused = server.get(f"{address}?findes-ikke=1")
    assert refused.status == 400
    check(
        operation["responses"]["400"]["content"]["application/problem+json"]["schema"], refused.json
    )


def test_the_document_is_served_and_whole(server: Server) -> None:
    served = server.get(f"{ROOT}/openapi.json").json
    assert served["openapi"] == "3.1.0"
    assert set(served["paths"]) == {endpoint.path for endpoint in ENDPOINTS}
    names = [operation["operationId"] for _, operation in OPERATIONS]
    assert len(set(names)) == len(names)
    for reference in re.findall(r'"\$ref": ?"([^"]+)"', server.get(f"{ROOT}/openapi.json").text):
        place: Any = served
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
    for path, operation in OPERATIONS:
        inside = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
        assert inside == set(re.findall(r"\{(\w+)\}", path))
    for schema in served["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_the_enumerations_are_those_of_the_contract() -> None:
    figure = DOCUMENT["components"]["schemas"]["Figure"]["properties"]
    assert sorted(figure["qualifier"]["enum"]) == sorted(QUALIFIERS)
    assert sorted(figure["kind"]["enum"]) == sorted(KINDS)
    assert set(Figures.create_empty().columns) <= set(figure)


def test_every_address_of_the_index_answers(server: Server) -> None:
    links = server.get(f"{ROOT}/").json["links"]
    for address in links.values():
        assert address.startswith(server.url)
        assert server.get(address.removeprefix(server.url)).status == 200, address
    assert server.get(ROOT).body == server.get(f"{ROOT}/").body


# --- the rows ---------------------------------------------------------------------------------------


def test_every_figure_is_the_row_of_the_release() -> None:
    told = {row["figure"]: row for row in figures()["data"]}
    assert len(told) == PARQUET.height
    indicators = {
        row["id"]: row
        for row in pl.read_parquet(FOLDER / "indicators.parquet").iter_rows(named=True)
    }
    for row in PARQUET.iter_rows(named=True):
        own = told[row["figure"]]
        for name, value in row.items():
            assert own[name] == (value.isoformat() if name.startswith("period_") else value), (
                row["figure"],
                name,
            )
        assert own["unit"] == indicators[row["indicator"]]["unit"]
        assert own["population"] == indicators[row["indicator"]]["population"]
        assert own["value"] is None or type(own["value"]) in (int, float)
        assert own["text"] == NOW.figure(row["figure"]).with_unit.replace("\u00a0", " ")


@every_list
def test_a_list_has_every_row_and_each_has_its_own_address(name: str) -> None:
    answer = ask(f"{ROOT}/{name}?limit=5000").json
    stored = pl.read_parquet(FOLDER / f"{name}.parquet")
    key = "figure" if name == "figures" else "id"
    assert answer["total"] == answer["count"] == stored.height
    assert {row[key] for row in answer["data"]} == set(stored[key])
    for row in answer["data"][:25]:
        one = ask(f"{ROOT}/{name}/{row[key]}?d={NOW.id[-8:]}")
        assert one.status == 200
        assert one.json["data"] == row
        assert one.json["release"] == NOW.id
    assert "{" not in "".join(
        text for row in answer["data"] for text in row.values() if isinstance(text, str)
    ), "a placeholder is left"


def test_every_column_of_the_contract_is_there() -> None:
    for name, table in LISTED.items():
        assert set(TABLES[name].create_empty().columns) <= {column.name for column in table.columns}


@every_list
def test_csv_opened_again_is_the_json(name: str) -> None:
    told = ask(f"{ROOT}/{name}?limit=5000").json["data"]
    answer = ask(f"{ROOT}/{name}?limit=5000&format=csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert not answer.body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    types = DOCUMENT["components"]["schemas"][LISTED[name].record]["properties"]
    assert [{k: _typed(types[k]["type"], v) for k, v in row.items()} for row in rows] == told


def _typed(kind: str | list[str], cell: str) -> Any:
    kinds = [kind] if isinstance(kind, str) else kind
    if "array" in kinds:
        return cell.split(LIST_SEPARATOR) if cell else []
    if "string" in kinds:
        return cell
    if cell == "":
        assert "null" in kinds
        return None
    return {"number": float, "integer": int, "boolean": {"true": True, "false": False}.__getitem__}[
        kinds[0]
    ](cell)


def test_csv_can_be_asked_for_in_the_header() -> None:
    for accept, media in {
        "text/csv": "text/csv", "text/csv;q=0.5, application/json": "application/json", "*/*": "application/json",
        "text/html,*/*;q=0.8": "application/json", "text/csv;q=nan, application/json;q=0.1": "application/json",
        "application/json;q=0.1, text/csv": "text/csv", "": "application/json", ";;;,=,q=": "application/json",
    }.items():  # fmt: skip
        answer = ask(f"{ROOT}/sources", {"Accept": accept})
        assert answer.headers["content-type"].startswith(media), accept
        assert "Accept" in answer.headers["vary"]
    assert ask(f"{ROOT}/sources?format=json", {"Accept": "text/csv"}).json["total"]


def test_pages_of_a_list_are_the_list() -> None:
    answer, seen = ask(f"{ROOT}/figures?limit=37&topic=fleksjob").json, []
    total = answer["total"]
    while True:
        seen += answer["data"]
        if (address := answer["links"]["next"]) is None:
            break
        assert f"d={NOW.id[-8:]}" in address
        answer = ask(address.removeprefix("https://indblik.example")).json
    assert seen == figures(topic="fleksjob")["data"]
    assert len(seen) == total
    assert ask(f"{ROOT}/figures?offset=999999").json["data"] == []


# --- the filters ------------------------------------------------------------------------------------

PERIODS = [
    "2010",
    "2016",
    "2017",
    "2018",
    "2019K2",
    "2020",
    "2020-12",
    "2021K4",
    "2022-10",
    "2022-10-24",
    "2026",
]


def some(options: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(options)), max_size=3, unique=True)


@settings(max_examples=150)
@given(
    indicator=some(list(NOW.indicators)), area=some(list(AREAS)), group=some(PARQUET["group"].unique().to_list()),
    source=some(list(NOW.sources)), kind=some(list(KINDS)),
    topic=some(sorted({i.topic for i in NOW.indicators.values()})),
    period=st.tuples(st.sampled_from([None, *PERIODS]), st.sampled_from([None, *PERIODS])),
    kept=st.sets(st.sampled_from(["indicator", "area", "group", "source", "topic", "kind"]), max_size=3),
)  # fmt: skip
def test_filters_are_a_filter_of_the_parquet_file(
    indicator: list[str], area: list[str], group: list[str], source: list[str], topic: list[str], kind: list[str],
    period: tuple[str | None, str | None], kept: set[str],
) -> None:  # fmt: skip
    given_ = {
        "indicator": indicator,
        "area": area,
        "group": group,
        "source": source,
        "topic": topic,
        "kind": kind,
    }
    query: dict[str, Any] = {k: v for k, v in given_.items() if v and k in kept}
    topics = {i.id: i.topic for i in NOW.indicators.values()}
    expected = PARQUET.with_columns(topic=pl.col("indicator").replace_strict(topics))
    for name, values in query.items():
        expected = expected.filter(pl.col(name).cast(pl.String).is_in(values))
    first, last = period
    if first and last and parse_period(first).start > parse_period(last).end:
        first = None
    if first:
        query["from"] = first
        expected = expected.filter(pl.col("period_start") >= parse_period(first).start)
    if last:
        query["to"] = last
        expected = expected.filter(pl.col("period_end") <= parse_period(last).end)
    told = figures(**query)
    assert sorted(row["figure"] for row in told["data"]) == sorted(expected["figure"])
    assert told["total"] == expected.height


@pytest.mark.parametrize(
    "words", ["fleksjob", "ledig København 2022", "Førtidspension", "knap", "findesikkeord", "*"]
)
def test_search_is_that_of_the_page(words: str) -> None:
    assert [row["figure"] for row in figures(q=words)["data"]] == [
        f.id for f in library.search(NOW, words)
    ]


def test_the_whole_population_is_an_empty_group() -> None:
    told = ask(f"{ROOT}/figures?group=&limit=5000").json["data"]
    assert told
    assert {row["group"] for row in told} == {""}


def test_letters_may_be_composed_or_not() -> None:
    composed, apart = quote("målt"), quote("ma\u030alt")
    assert composed != apart
    one, other = (
        ask(f"{ROOT}/figures?kind={composed}").json,
        ask(f"{ROOT}/figures?kind={apart}").json,
    )
    assert one["data"] == other["data"]
