"""The fetched series of earlier releases: what was once public is known, and hidden numbers must not follow from it.

Each file is read once, and kept as slim as what is fetched: some twelve bytes a number. What two releases say
alike is kept once.
"""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from contract import paths
from contract.hidden import HIDDEN, SERIES
from contract.journal import JournalError, published
from contract.release import Manifest, ReleaseError, verify
from etl.series.columns import figure_id
from etl.series.refused import SeriesError
from etl.series.shielded import Earlier

_PLACE = ["area", "group", "period"]
_SAID = ["value", "hidden"]
IsSelf = Callable[[Manifest], bool]
"""Whether a release is the very one that is being built, which says nothing that it does not."""


def before(root: Path, is_self: IsSelf) -> Earlier:
    """Gives, for some periods, the measured rows of every other release that is or was public, oldest first.

    Raises SeriesError if an earlier release cannot be read: then nobody knows what is public.
    """
    try:
        releases = list(reversed(published(root)))
    except JournalError as error:
        raise SeriesError(f"de tidligere udgaver kendes ikke: {error}") from error
    files: dict[str, list[Path]] = {}
    for name in releases:
        for file in _files(paths.releases_dir(root) / name, is_self):
            files.setdefault(file.stem.removeprefix(f"{SERIES}-"), []).append(file)
    known = {indicator: _by_period(own) for indicator, own in files.items()}

    def rows(periods: list[str]) -> pl.DataFrame | None:
        found = [
            own[period].select(
                pl.lit(indicator).alias("indicator"), pl.col(_PLACE).cast(pl.String), *_SAID
            )
            for indicator, own in known.items()
            for period in periods
            if period in own
        ]
        return _told(pl.concat(found)) if found else None

    return rows


def _by_period(files: list[Path]) -> dict[str, pl.DataFrame]:
    """What some files of one indicator say, the oldest first, by period."""
    every: list[pl.DataFrame] = []
    for file in files:
        measured = pl.scan_parquet(file).filter(pl.col("kind").cast(pl.String) != "beregnet")
        hidden = pl.col("value").is_null() & pl.col("note").str.starts_with(HIDDEN)
        every.append(measured.select(*_PLACE, "value", hidden=hidden).collect())
    kinds = {n: pl.Enum(sorted({v for one in every for v in one[n].unique()})) for n in _PLACE}
    slim = pl.concat([one.cast(dict(kinds)) for one in every])  # pyright: ignore[reportArgumentType]
    if len(files) > 1:
        slim = slim.unique(keep="last", maintain_order=True)
    return {
        str(period): own for (period,), own in slim.partition_by("period", as_dict=True).items()
    }


def _told(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows as disclosure control reads earlier releases."""
    return rows.select(
        figure_id(pl.col("indicator"), rows).alias("figure"),
        "indicator",
        *_PLACE,
        "value",
        note=pl.when("hidden").then(pl.lit(HIDDEN)).otherwise(pl.lit("")),
        derived_from=pl.lit([], pl.List(pl.String)),
    )


def _files(folder: Path, is_self: IsSelf) -> list[Path]:
    if not folder.is_dir():
        return []
    try:
        manifest = verify(folder)
    except ReleaseError as error:
        raise SeriesError(
            f"den tidligere udgave {folder.name} kan ikke læses, så det kan ikke ses, hvad der er "
            f"offentligt: {error}"
        ) from error
    if is_self(manifest):
        return []
    names = sorted(entry.name for entry in manifest.files)
    return [folder / name for name in names if name.startswith(f"{SERIES}-")]
