"""What was checked → the public tables of `contract.tables`, validated and sorted."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import dataframely as dy
import polars as pl
from dataframely.exc import ValidationError

from contract import template
from contract.catalogue import FILES
from contract.periods import parse_period
from contract.tables import TABLES
from etl.check import Checked
from etl.consistency import days_between
from etl.declarations import Declarations
from etl.figures_csv import Figure
from etl.relations import Compared

Row = dict[str, Any]
_ORDER = {
    "figures": ["indicator", "area", "group", "period_start", "period_end", "figure"],
    "events": ["date_start", "date_end", "id"],
    "decisions": ["ordered", "id"],
    "points": ["kind", "number", "id"],
    "questions": ["rank"],
    "runsheets": ["rank"],
}


class TableError(Exception):
    """A table that breaks the contract though the check passed; the message is Danish."""


def build_tables(
    checked: Checked, fetched: Mapping[str, Sequence[Any]] | None = None
) -> dict[str, pl.DataFrame]:
    """Every table of a release. Raises TableError naming table and rule.

    `fetched`: entries by table that fetched series bring besides the declared ones.
    """
    figures, relations = checked.figures.values(), checked.relations
    rows: dict[str, list[Row]] = {
        "figures": [_figure_row(figure) for figure in figures],
        "relations": [_relation_row(compared) for compared in relations],
    }
    for name in TABLES.keys() - rows.keys():
        rows[name] = _entry_rows(name, checked.declarations)
        columns = TABLES[name].column_names()
        rows[name] += [
            {key: _listed(value) for key, value in entry.model_dump().items() if key in columns}
            for entry in (fetched or {}).get(name, ())
        ]
    return {name: _validated(name, schema, rows[name]) for name, schema in TABLES.items()}


def _validated(name: str, schema: type[dy.Schema], rows: list[Row]) -> pl.DataFrame:
    columns = schema.create_empty().schema
    try:
        table = pl.DataFrame(rows, schema=columns, orient="row")
        schema.validate(table)
    except (pl.exceptions.PolarsError, ValidationError, TypeError) as error:
        raise TableError(f"tabellen {name} bryder kontrakten: {error}") from error
    return table.sort(_ORDER.get(name, ["id"]), maintain_order=True)


def _entry_rows(name: str, declarations: Declarations) -> list[Row]:
    """One row an entry: the declared keys that are columns, and what is worked out from them."""
    file = next(file for file in FILES if file.removesuffix(".toml") == name)
    added = _ADDED.get(name, lambda _: {})
    columns = TABLES[name].column_names()
    rows = []
    for rank, declared in enumerate(declarations.of(file)):
        entry = declared.entry.model_dump() | {"rank": rank}
        row = {key: _listed(value) for key, value in entry.items() if key in columns}
        rows.append(row | added(declared.entry))
    return rows


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _event(entry: Any) -> Row:
    period = parse_period(entry.date)
    return {"date_start": period.start, "date_end": period.end}


def _story(entry: Any) -> Row:
    return {"figures": list(dict.fromkeys(template.references(entry.text)))}


def _question(entry: Any) -> Row:
    texts = (entry.question, entry.answer, entry.how, entry.unknown)
    named = [name for text in texts for name in template.references(text)]
    drawn = [bar.figure for bar in entry.picture]
    own = [entry.figure] if entry.figure else []
    return {"figures": list(dict.fromkeys([*own, *drawn, *named]))}


def _runsheet(entry: Any) -> Row:
    items, named = [], []
    for item in entry.items:
        params = [{"key": key, "value": value} for key, value in item.params.items()]
        items.append(item.model_dump() | {"params": params, "figures": list(item.figures)})
        named += item.figures
        named += [
            name
            for text in (item.title, item.note, item.talk)
            for name in template.references(text)
        ]
    return {"items": items, "figures": list(dict.fromkeys(named))}


_ADDED: dict[str, Callable[[Any], Row]] = {
    "events": _event,
    "decisions": lambda entry: {"days": days_between(entry)},
    "story": _story,
    "questions": _question,
    "runsheets": _runsheet,
}


def _figure_row(figure: Figure) -> Row:
    return {
        "figure": figure.id,
        "indicator": figure.indicator,
        "area": figure.area,
        "group": figure.group,
        "period": figure.period.text,
        "period_start": figure.period.start,
        "period_end": figure.period.end,
        "frequency": figure.period.frequency,
        "value": None if figure.value is None else float(figure.value),
        "qualifier": figure.qualifier,
        "as_written": figure.as_written,
        "kind": figure.kind,
        "source": figure.source,
        "locator": figure.locator,
        "derived_from": list(figure.derived_from),
        "note": figure.note,
    }


def _relation_row(compared: Compared) -> Row:
    entry = compared.entry
    row: Row = {
        "id": entry.id,
        "title": entry.title,
        "kind": entry.kind,
        "unit": entry.unit,
        "decimals": entry.decimals,
        "gap": float(compared.gap),
        "explained": compared.explained,
        "reason": entry.reason,
        "figures": compared.figures,
    }
    for name, side in (("left", compared.left), ("right", compared.right)):
        row |= {
            f"{name}_label": getattr(entry, f"{name}_label"),
            f"{name}_formula": getattr(entry, name),
            name: float(side.value),
            f"{name}_low": float(side.interval.low),
            f"{name}_high": float(side.interval.high),
        }
    return row
