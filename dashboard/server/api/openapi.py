"""The OpenAPI 3.1 document, made from the table of routes and the columns of the tables."""

from collections.abc import Iterable
from typing import Any

from dashboard.read import Release
from dashboard.server.api import columns, problem
from dashboard.server.api.call import CSV, PARQUET, ROOT, Call, Content, to_json
from dashboard.server.api.endpoint import Endpoint
from dashboard.server.api.tables import TABLES

VERSION = "1.0.0"
ABOUT = (
    "What the dashboard Indblik shows, read-only and from the same release. A release never changes: an address with d "
    "always gives the same. Every figure carries qualifier, unit, population, source and place in the source; show a "
    "value together with its qualifier (text is the two in Danish). A null value has its reason in note. "
    "Texts are Danish."
)
_PROBLEMS = {
    "400": "A parameter or value that is not known: the problem names it and what is allowed.",
    "404": "There is no such row, file or release.",
    "503": "The release cannot be read right now.",
}
_PROBLEM: dict[str, Any] = {
    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
}
_HEADERS: dict[str, Any] = {
    "ETag": {"schema": {"type": "string"}, "description": "Changes when the answer does; send it as If-None-Match."},
    "Cache-Control": {"schema": {"type": "string"}, "description": "immutable for an address with d."},
}  # fmt: skip


def content(endpoints: Iterable[Endpoint], call: Call) -> Content:
    """The document as an answer."""
    return Content(to_json(document(endpoints, call.release, call.base)))


def document(endpoints: Iterable[Endpoint], release: Release, base: str = "") -> dict[str, Any]:
    """The document; examples are taken from the release."""
    rows = {table.record: columns.schema(table.columns, table.about) for table in TABLES.values()}
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {"title": "Indblik", "version": VERSION, "description": ABOUT},
        "servers": [{"url": base + ROOT}],
        "paths": {endpoint.path: _path(endpoint, release) for endpoint in endpoints},
        "components": {"schemas": rows | {"Problem": problem.SCHEMA}},
    }


def _path(endpoint: Endpoint, release: Release) -> dict[str, Any]:
    parameters = [
        {"name": s.name, "in": "path", "required": True, "description": s.about,
         "schema": {"type": "string"}, "example": s.example(release)}
        for s in endpoint.segments
    ] + [
        {"name": p.name, "in": "query", "required": False, "description": p.about,
         "schema": {"type": "array", "items": p.schema} if p.many else p.schema}
        | ({"style": "form", "explode": True} if p.many else {})
        | ({"allowEmptyValue": True} if p.name == "group" else {})
        for p in endpoint.parameters
    ]  # fmt: skip
    responses: dict[str, Any] = {
        "200": {"description": endpoint.summary, "headers": _HEADERS,
                "content": {media.partition(";")[0]: _body(endpoint, media) for media in endpoint.media}},
        "206": {"description": "The bytes that Range asked for, uncompressed."},
        "304": {"description": "Not changed since the ETag of If-None-Match."},
    }  # fmt: skip
    responses |= {
        status: {"description": told, "content": _PROBLEM} for status, told in _PROBLEMS.items()
    }
    operation = {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": parameters,
        "responses": responses,
    }
    return {"get": operation}


def _body(endpoint: Endpoint, media: str) -> dict[str, Any]:
    if media == PARQUET:
        return {"schema": {}}
    return {"schema": {"type": "string"} if media == CSV else endpoint.schema}
