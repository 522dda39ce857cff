"""The tables of a release: of one on disk, or of one that was just built and is still bytes."""

import io
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from contract.release import verify

Tables = dict[str, pl.DataFrame]
SERIES = "series-"
"""What the names of tables with fetched figures begin with; their columns are those of `figures`."""


def read_tables(folder: Path) -> Tables:
    """Every table of a release on disk. Raises ReleaseError if it is not whole."""
    names = [entry.name for entry in verify(folder).files]
    return {name.removesuffix(".parquet"): pl.read_parquet(folder / name) for name in names}


def built_tables(files: Mapping[str, bytes]) -> Tables:
    """Every table of a release in bytes, by file name."""
    return {
        name.removesuffix(".parquet"): pl.read_parquet(io.BytesIO(content))
        for name, content in files.items()
        if name.endswith(".parquet")
    }


def rows(tables: Tables, name: str) -> dict[str, dict[str, object]]:
    """The rows of a table with an `id`, by id; empty if the release has no such table."""
    if name not in tables:
        return {}
    return {str(row["id"]): row for row in tables[name].iter_rows(named=True)}
