"""Whether a release's files still are what the contract says: every fault names its table and its column."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import dataframely as dy
import polars as pl

from contract.hidden import SERIES
from contract.tables import TABLES, Figures, Series

LARGEST_FAULTS = 5
"""Faults told of in one sentence."""


def faults(folder: Path) -> list[str]:
    """What is not as `contract.tables` says in a release folder, in Danish; [] if all is well.

    Missing, further, renamed and reordered columns, other types, values outside an enumeration, empty
    cells and double keys, tables that are missing, empty or no Parquet. Never raises for what is in the folder.
    """
    return list(_faults(folder))


def told(found: list[str]) -> str:
    """The first faults as one sentence without its stop."""
    more = f" og {len(found) - LARGEST_FAULTS} til" if len(found) > LARGEST_FAULTS else ""
    return "; ".join(found[:LARGEST_FAULTS]) + more


def _faults(folder: Path) -> Iterator[str]:
    series = {file.stem for file in folder.glob(f"{SERIES}-*.parquet")}
    if (folder / f"{SERIES}.parquet").exists() or series:
        series.add(SERIES)
    for name in [*TABLES, *sorted(series)]:
        schema = TABLES.get(name, Series if name == SERIES else Figures)
        yield from _table(name, schema, folder / f"{name}.parquet")


def _table(name: str, schema: type[dy.Schema], file: Path) -> Iterator[str]:
    try:
        columns = pl.read_parquet_schema(file)
        wrong = list(_columns(name, schema.create_empty().schema, columns))
        yield from wrong
        if not wrong:
            yield from _rows(name, schema, pl.read_parquet(file))
    except FileNotFoundError:
        yield f"{name}: tabellen mangler"
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        yield f"{name}: filen er ikke en hel Parquet-fil"


def _columns(
    name: str, wanted: Mapping[str, pl.DataType], found: Mapping[str, pl.DataType]
) -> Iterator[str]:
    for column in wanted:
        if column not in found:
            yield f"{name}: kolonnen «{column}» mangler"
    for column, kind in found.items():
        own = wanted.get(column)
        if own is None:
            yield f"{name}: kolonnen «{column}» er ikke i kontrakten"
        elif isinstance(own, pl.Enum) and isinstance(kind, pl.Enum) and own != kind:
            strange = sorted(set(kind.categories) ^ set(own.categories))
            yield f"{name}: kolonnen «{column}» har andre mulige værdier ({', '.join(strange[:3])})"
        elif own != kind:
            yield f"{name}: kolonnen «{column}» er {kind}, ventet {own}"
    if set(wanted) == set(found) and list(wanted) != list(found):
        moved = next(f for w, f in zip(wanted, found, strict=True) if w != f)
        yield f"{name}: kolonnen «{moved}» står et andet sted end ventet"


def _rows(name: str, schema: type[dy.Schema], table: pl.DataFrame) -> Iterator[str]:
    if table.is_empty() and (name == "figures" or name.startswith(SERIES)):
        yield f"{name}: tabellen har ingen rækker"
    _, failure = schema.filter(table)
    for rule, count in sorted(failure.counts().items()):
        column, _, kind = rule.partition("|")
        if rule == "primary_key":
            column, kind = "», «".join(schema.primary_key()), "samme nøgle flere gange"
        where = f"kolonnen «{column}» ({kind})" if kind else f"reglen {rule}"
        yield f"{name}: {where} i {count} rækker"
