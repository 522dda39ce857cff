"""What a release would take away from the one in use, more than anyone does on purpose in passing.

A service that sends half a table, last year's file or only empty cells, or a lost folder of answers, gives a
release that breaks no rule. It is refused until the data keeper says that it is meant (`--fewer`).
"""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from contract import paths
from contract.hidden import SERIES
from contract.journal import in_use
from contract.periods import parse_period
from contract.release import Manifest, ReleaseError, read_manifest
from contract.tables import series_file

KEPT = 0.75
"""Share of a table's rows that must still be there."""
SMALLEST = 10
"""Tables with fewer rows than this may lose any number of them."""
_NAMED = 3


def losses(root: Path, manifest: Manifest, files: Mapping[str, bytes]) -> list[str]:
    """What the built release lacks of the one in use, in Danish, each with its table and column.

    [] if nothing of note, or if there is no release in use that can be read. Raises JournalError.
    """
    before = in_use(root)
    if not before or before == manifest.release:
        return []
    folder = paths.releases_dir(root) / before
    try:
        old = read_manifest(folder)
        return [*_rows(old, manifest), *_values(folder, files), *_series(folder, files)]
    except (ReleaseError, OSError, pl.exceptions.PolarsError):
        return []  # a damaged release must be possible to replace


def _rows(old: Manifest, new: Manifest) -> Iterator[str]:
    after = {entry.name: entry.rows for entry in new.files}
    for entry in old.files:
        left = after.get(entry.name, 0)
        if entry.rows >= SMALLEST and left < KEPT * entry.rows:
            table = entry.name.removesuffix(".parquet")
            yield f"{table}: {left} rækker, udgaven i brug har {entry.rows}"


def _values(folder: Path, files: Mapping[str, bytes]) -> Iterator[str]:
    for name, content in files.items():
        if name != "figures.parquet" and not name.startswith(f"{SERIES}-"):
            continue
        if (
            _numbers(io.BytesIO(content)) == 0
            and (folder / name).exists()
            and _numbers(folder / name)
        ):
            yield f"{name.removesuffix('.parquet')}: kolonnen «value» er helt tom"


def _numbers(file: Path | io.BytesIO) -> int:
    return pl.scan_parquet(file).select(pl.col("value").count()).collect().item()


def _series(folder: Path, files: Mapping[str, bytes]) -> Iterator[str]:
    name = f"{SERIES}.parquet"
    if not (folder / name).exists():
        return
    old = pl.read_parquet(folder / name)
    new = {}
    if name in files:
        index = pl.read_parquet(io.BytesIO(files[name]))
        new = {row["indicator"]: row for row in index.iter_rows(named=True)}
    for row in old.iter_rows(named=True):
        table = series_file(row["indicator"]).removesuffix(".parquet")
        after = new.get(row["indicator"])
        if after is None:
            yield f"{table}: serien er væk"
            continue
        newest, before = after["periods"][-1], row["periods"][-1]
        if parse_period(newest).end < parse_period(before).end:
            yield f"{table}: kolonnen «period» slutter {newest}, i udgaven i brug {before}"
        for column in ("area", "group", "period"):
            gone = sorted(set(row[f"{column}s"]) - set(after[f"{column}s"]))
            if gone:
                more = " …" if len(gone) > _NAMED else ""
                yield f"{table}: kolonnen «{column}» mangler {', '.join(gone[:_NAMED])}{more}"
