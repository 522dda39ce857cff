"""StatBank's description of a table (TABLEINFO): its variables, their values, and what left-out cells are."""

import json
from dataclasses import dataclass
from typing import Any

from etl.fetch.refused import FetchError


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a table: its code, whether it is time, and its values as code → Danish text."""

    code: str
    is_time: bool
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Info:
    """A table as StatBank describes it. `suppressed` is what a combination BULK leaves out stands for."""

    table: str
    title: str
    unit: str
    updated: str
    suppressed: str
    variables: dict[str, Variable]


def read_info(content: bytes, table: str) -> Info:
    """TABLEINFO's JSON as Info. Raises FetchError unless it is a whole description of that table, still active."""
    try:
        raw = json.loads(content.decode("utf-8-sig"))
        variables = {v.code: v for v in map(_variable, raw["variables"])}
        info = Info(
            str(raw["id"]), str(raw["text"]), str(raw["unit"]), str(raw["updated"]),
            str(raw["suppressedDataValue"]), variables,
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise FetchError(
            f"{table}: tabelbeskrivelsen er ikke hel eller har en anden form"
        ) from None
    if info.table.casefold() != table.casefold():
        raise FetchError(f"{table}: tabelbeskrivelsen hører til {info.table}")
    if raw.get("active") is not True:
        raise FetchError(f"{table}: tabellen er afsluttet og får ikke flere tal")
    if sum(v.is_time for v in variables.values()) != 1:
        raise FetchError(f"{table}: tabellen skal have netop én tidsvariabel")
    return info


def _variable(raw: dict[str, Any]) -> Variable:
    values = {str(v["id"]): str(v["text"]) for v in raw["values"]}
    if not values or len(values) != len(raw["values"]) or not isinstance(raw["id"], str):
        raise ValueError
    return Variable(raw["id"], raw["time"] is True, values)
