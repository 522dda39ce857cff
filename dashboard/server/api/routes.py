"""Every address below /api/, in one table: Starlette's routes and the OpenAPI document are made from it."""

from collections.abc import Callable
from typing import Any

from starlette.routing import Route

from dashboard.read import Release
from dashboard.server.api import catalogue, columns, dcat, listings, openapi, releases
from dashboard.server.api.call import CSV, JSON, LD_JSON, PARQUET, ROOT, Call, Content, to_json
from dashboard.server.api.endpoint import Endpoint, Segment
from dashboard.server.api.handler import Handler
from dashboard.server.api.listings import ADDRESS, closed
from dashboard.server.api.parameters import FORMAT, PAGING, RELEASE
from dashboard.server.api.tables import TABLES, Table
from dashboard.server.titles import FRONT

PREFIX = "/api/"
_OBJECT: dict[str, Any] = {"type": "object"}
_LINKED = ("releases", "openapi.json", "dcat.jsonld")


def _index(call: Call) -> Content:
    paths = {name.partition(".")[0]: f"/{name}" for name in (*TABLES, *_LINKED)}
    told = {
        "title": FRONT,
        "release": call.release.id,
        "published": call.release.manifest.published,
        "rights": catalogue.RIGHTS,
        "links": {"self": call.link("/")} | {name: call.link(path) for name, path in paths.items()},
    }
    return Content(to_json(told))


_INDEX = closed(listings.RELEASE | {
    "title": columns.STRING, "rights": columns.STRING,
    "links": closed(dict.fromkeys(("self", *TABLES, *(name.partition(".")[0] for name in _LINKED)), ADDRESS)),
})  # fmt: skip


def _of(table: Table, make: Callable[[Table, Call], Content]) -> Callable[[Call], Content]:
    return lambda call: make(table, call)


def _first(table: Table) -> Callable[[Release], str]:
    """The id of a table's first row; empty if it has none."""

    def first(release: Release) -> str:
        row = next(iter(table.rows(release, {})), None)
        return str(row.id) if row else ""

    return first


def _of_table(table: Table) -> tuple[Endpoint, Endpoint]:
    many = Endpoint(
        f"/{table.name}", table.name, f"List: {table.about}", _of(table, listings.many),
        (*table.filters, RELEASE, FORMAT, *PAGING), media=(JSON, CSV), schema=listings.list_schema(table.record),
    )  # fmt: skip
    one = Endpoint(
        f"/{table.name}/{{id}}", f"{table.name}_one", f"One row: {table.about}", _of(table, listings.one), (RELEASE,),
        (Segment("id", "Id of the row.", _first(table)),), schema=listings.one_schema(table.record),
    )  # fmt: skip
    return many, one


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("/", "index", "What there is, with links.", _index, schema=_INDEX),
    *(endpoint for table in TABLES.values() for endpoint in _of_table(table)),
    Endpoint("/releases", "releases", "Every release, newest first, with the facts of its manifest.",
             releases.log, schema=releases.SCHEMA),
    Endpoint("/release/{id}/{file}.parquet", "file", "One file of a release, unchanged.",
             releases.file, media=(PARQUET,), segments=(
                 Segment("id", "A release: its id or the eight last characters.", lambda release: release.id),
                 Segment("file", "Name of the table.", lambda _: "figures"))),
    Endpoint("/openapi.json", "openapi", "This document.", lambda call: openapi.content(ENDPOINTS, call),
             schema=_OBJECT),
    Endpoint("/dcat.jsonld", "dcat", "The data sets as a DCAT-AP catalogue.", dcat.content, (RELEASE,),
             media=(LD_JSON,), schema=_OBJECT),
)  # fmt: skip


ROUTES = (
    Route(ROOT, Handler(ENDPOINTS[0])),
    *(Route(ROOT + endpoint.path, Handler(endpoint)) for endpoint in ENDPOINTS),
    Route(PREFIX + "{rest:path}", Handler()),
)
"""For the server; the last one answers for everything below /api/ that is no address."""
