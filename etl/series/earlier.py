"""The fetched series of earlier releases: what was once public is known, and hidden numbers must not follow from it."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from contract import paths
from contract.hidden import SERIES
from contract.journal import JournalError, published
from contract.release import Manifest, ReleaseError, verify
from etl.series.refused import SeriesError
from etl.series.shielded import Earlier

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
    files = [file for name in releases for file in _files(paths.releases_dir(root) / name, is_self)]

    def rows(periods: list[str]) -> pl.DataFrame | None:
        wanted = pl.col("period").is_in(periods) & (pl.col("kind").cast(pl.String) != "beregnet")
        found = [pl.scan_parquet(file).filter(wanted).collect() for file in files]
        return pl.concat(found) if found else None

    return rows


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
