"""What changed in the fetched series from one release to another: counts for each series, old against new."""

from functools import lru_cache

import polars as pl

from contract import danish
from dashboard import read
from dashboard.read import Release
from dashboard.text import escape

_SAID = ["value", "as_written"]


@lru_cache(maxsize=64)
def between(old: str, new: str) -> tuple[str, ...]:
    """One line of HTML for each series that came, went or changed between two releases (ids).

    That a series was fetched another day, with the same numbers, is no change. Raises ReleaseError if
    a release cannot be read.
    """
    before, after = read.load(old), read.load(new)
    lines = []
    for name in sorted(before.fetched.outlines.keys() | after.fetched.outlines.keys()):
        release = after if name in after.fetched else before
        said = _said(before, after, name)
        if said:
            title = escape(release.indicators[name].title)
            shown = (
                f'<a href="/udforsk?i={escape(name)}">{title}</a>' if release is after else title
            )
            lines.append(f"{shown}: {said}")
    return tuple(lines)


def _said(before: Release, after: Release, name: str) -> str:
    old, new = before.fetched.outlines.get(name), after.fetched.outlines.get(name)
    if old is None or new is None:
        held = new or old
        count = danish.number(held.rows) if held else ""
        return f"ny serie, {count} tal" if new else f"udgået, {count} tal"
    if _hash(before, old.file) == _hash(after, new.file):
        return ""
    columns = ["figure", *_SAID]
    left = before.fetched.scan(name).select(columns)
    right = after.fetched.scan(name).select(columns)
    joined = left.join(right, on="figure", how="full", suffix="_new")
    same = pl.all_horizontal(pl.col(c).eq_missing(pl.col(f"{c}_new")) for c in _SAID)
    both = pl.col("figure").is_not_null() & pl.col("figure_new").is_not_null()
    counts = after.fetched.collect(joined.select(
        pl.col("figure").is_null().sum().alias("nye"),
        (both & ~same).sum().alias("ændrede"),
        pl.col("figure_new").is_null().sum().alias("udgåede"),
    )).row(0, named=True)  # fmt: skip
    told = [f"{danish.number(count)} {what}" for what, count in counts.items() if count]
    return f"{danish.listing(told)} tal" if told else ""


def _hash(release: Release, file: str) -> str:
    return next(entry.sha256 for entry in release.manifest.files if entry.name == file)
