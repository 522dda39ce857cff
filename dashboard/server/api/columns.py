"""What a row holds: one list of columns a table, from which JSON, CSV and schema are all made."""

import csv
import io
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Union, get_args, get_origin

from contract import danish
from dashboard import text
from dashboard.read import Release

Schema = dict[str, Any]
LIST_SEPARATOR = "|"
"""Between the items of a list in a CSV cell; no id, name or word of the data holds it."""

STRING: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
DAY: Schema = {"type": "string", "format": "date"}
_SIMPLE: dict[Any, Schema] = {
    str: STRING, bool: {"type": "boolean"}, int: {"type": "integer"}, float: {"type": "number"}, date: DAY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column: name, JSON Schema, and how its value is found in a row of a release."""

    name: str
    schema: Schema
    value: Callable[[Release, Any], Any]


def of(kind: type, about: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns of a dataclass of `dashboard.read`, one a field; `about` describes some of them."""
    return tuple(
        Column(
            f.name,
            _schema(f.type) | ({"description": about[f.name]} if f.name in about else {}),
            _field(f.name),
        )
        for f in fields(kind)
    )


def _schema(annotation: Any) -> Schema:
    if annotation in _SIMPLE:
        return dict(_SIMPLE[annotation])
    if get_origin(annotation) is list:
        return {"type": "array", "items": _schema(get_args(annotation)[0])}
    if get_origin(annotation) in (types.UnionType, Union):
        inner = next(a for a in get_args(annotation) if a is not type(None))
        return {"type": [_schema(inner)["type"], "null"]}
    raise TypeError(f"no JSON form for {annotation}")


def _field(name: str) -> Callable[[Release, Any], Any]:
    def value(release: Release, row: Any) -> Any:
        found = getattr(row, name)
        if isinstance(found, date):
            return found.isoformat()
        if isinstance(found, str) and "{" in found:
            return text.plain(release, found)
        return list(found) if isinstance(found, list) else found

    return value


def plain(words: str) -> str:
    """Text as a program compares it: ordinary spaces."""
    return words.replace(danish.NO_BREAK_SPACE, " ")


def record(columns: Sequence[Column], release: Release, row: Any) -> dict[str, Any]:
    """A row as a JSON object."""
    return {column.name: column.value(release, row) for column in columns}


def schema(columns: Sequence[Column], about: str) -> Schema:
    """JSON Schema of `record`: every column is always there, and nothing else is."""
    return {
        "type": "object",
        "description": about,
        "required": [column.name for column in columns],
        "additionalProperties": False,
        "properties": {column.name: column.schema for column in columns},
    }


def as_csv(columns: Sequence[Column], records: Iterable[Mapping[str, Any]]) -> bytes:
    """UTF-8, comma, decimal point, header row, LF. Nothing is rounded; null is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [column.name for column in columns]
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in records)
    return out.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return LIST_SEPARATOR.join(value)
    return str(value)
