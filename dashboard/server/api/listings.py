"""One table, or one row of it, as an answer."""

from collections.abc import Sequence

from dashboard.releases import short
from dashboard.server.api import columns
from dashboard.server.api.call import CSV, Call, Content, to_json
from dashboard.server.api.columns import Schema
from dashboard.server.api.parameters import FILTERS, LIMIT
from dashboard.server.api.problem import Problem, shown
from dashboard.server.api.tables import Table

ADDRESS: Schema = {"type": "string", "format": "uri-reference"}
_MAYBE: Schema = {"type": ["string", "null"], "format": "uri-reference"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
RELEASE: dict[str, Schema] = {
    "release": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}-[0-9a-f]{8}$",
                "description": "The release that was read."},
    "published": {"type": "string", "format": "date"},
}  # fmt: skip


def many(table: Table, call: Call) -> Content:
    """The rows of a table that the parameters ask for, as JSON with links or as plain CSV."""
    limit, offset = call.values.get("limit", LIMIT), call.values.get("offset", 0)
    held = table.rows(call.release, call.values)
    rows = held if isinstance(held, Sequence) else list(held)
    found = [
        columns.record(table.columns, call.release, row) for row in rows[offset : offset + limit]
    ]
    pin = short(call.release.id)
    if call.csv:
        name = f"indblik-{table.name}-{call.release.id}.csv"
        return Content(columns.as_csv(table.columns, found), CSV, name, call.pinned)
    before, after = offset - limit, offset + limit
    told = {
        "release": call.release.id,
        "published": call.release.manifest.published,
        "total": len(rows),
        "count": len(found),
        "limit": limit,
        "offset": offset,
        "links": {
            "self": call.again(),
            "pinned": call.again(d=pin),
            "csv": call.again(d=pin, format="csv"),
            # pages are of one release, also if a newer one is published between them
            "next": call.again(d=pin, offset=after) if after < len(rows) else None,
            "prev": call.again(d=pin, offset=max(before, 0)) if offset else None,
        },
        "data": found,
    }
    return Content(to_json(told), immutable=call.pinned)


def one(table: Table, call: Call) -> Content:
    """One row. Raises Problem if the release does not hold it."""
    asked = call.ids["id"]
    row = table.one(call.release, asked)
    if row is None:
        detail = (
            f"Udgaven {call.release.id} har ikke «{shown(asked)}» blandt {table.title.lower()}."
        )
        raise Problem("not-found", detail, parameter="id")
    told = {
        "release": call.release.id,
        "published": call.release.manifest.published,
        "links": {"self": call.again(), "pinned": call.again(d=short(call.release.id))}
        | _related(table, call),
        "data": columns.record(table.columns, call.release, row),
    }
    return Content(to_json(told), immutable=call.pinned)


def _related(table: Table, call: Call) -> dict[str, str]:
    asked = call.ids["id"]
    if table.name == "figures":
        return {"page": f"{call.base}/tal/{asked}?d={short(call.release.id)}"}
    name = table.name.removesuffix("s")
    if name in {parameter.name for parameter in FILTERS}:
        return {"figures": call.link("/figures", **{name: asked, "d": short(call.release.id)})}
    return {}


def list_schema(record: str) -> Schema:
    """Schema of `many` as JSON."""
    links = {"self": ADDRESS, "pinned": ADDRESS, "csv": ADDRESS, "next": _MAYBE, "prev": _MAYBE}
    return closed(RELEASE | {
        "total": _COUNT, "count": _COUNT, "limit": _COUNT, "offset": _COUNT, "links": closed(links),
        "data": {"type": "array", "items": {"$ref": f"#/components/schemas/{record}"}},
    })  # fmt: skip


def one_schema(record: str) -> Schema:
    """Schema of `one`."""
    links = closed({"self": ADDRESS, "pinned": ADDRESS, "page": ADDRESS, "figures": ADDRESS})
    links["required"] = ["self", "pinned"]
    return closed(RELEASE | {"links": links, "data": {"$ref": f"#/components/schemas/{record}"}})


def closed(properties: dict[str, Schema]) -> Schema:
    """An object that always has these properties and no others."""
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }
