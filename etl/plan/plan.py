"""The plan: what would change in public if today's inputs were published."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from contract import paths
from contract.journal import in_use
from etl.check import Checked
from etl.plan import listing
from etl.plan.entries import EntryChange, compare_entries
from etl.plan.fetched import SeriesChange, changed_among, compare_series
from etl.plan.figures import FigureChange, compare_figures
from etl.plan.screens import UnknownScreens, named, on_screens
from etl.plan.tables import SERIES, Tables, built_tables, read_tables, rows
from etl.plan.touched import LinkEffect, Touched, links, touched
from etl.release_bytes import release_bytes


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change. `before` is the release in use, empty if there is none; `count` is figures now."""

    before: str
    count: int
    threshold: float
    figures: tuple[FigureChange, ...]
    fetched: tuple[SeriesChange, ...]
    entries: tuple[EntryChange, ...]
    touched: tuple[Touched, ...]
    links: tuple[LinkEffect, ...]
    listing: str = ""
    """Every figure that changes as CSV, if it was asked for."""
    screens_unknown: bool = False
    """Whether it could not be found out what the charts of the run sheets show."""

    @property
    def nothing(self) -> bool:
        """Whether the public would see no change at all."""
        return bool(self.before) and not (
            self.figures or self.fetched or self.entries or self.touched
        )

    @property
    def jumps(self) -> list[FigureChange]:
        """The changes beyond the threshold, the largest first."""
        every = [*self.figures, *(one for series in self.fetched for one in series.listed)]
        found = [change for change in every if change.jump is not None]
        return sorted(found, key=lambda change: -(change.jump or 0.0))

    def of(self, what: str) -> list[FigureChange]:
        """The entered and computed figures to which one thing happened."""
        return [change for change in self.figures if change.what == what]


def make_plan(
    root: Path,
    checked: Checked,
    threshold: float,
    *,
    with_screens: bool = False,
    with_listing: bool = False,
) -> Plan:
    """The plan of the checked inputs against the release in use; `threshold` is a share (0.2 = 20 pct.).

    `with_screens`: also which screens of run sheets show a changed figure in their charts; takes seconds.
    `with_listing`: also the file of all figures that change. Raises ReleaseError if the release in use is not whole, JournalError, TableError.
    """
    before = in_use(root)
    manifest, files = release_bytes(checked)
    new = built_tables(files)
    if not before:
        return Plan("", _count(new), threshold, (), (), (), (), ())
    folder = paths.releases_dir(root) / before
    old = read_tables(folder)
    plan = compare(before, old, new, threshold)
    if with_listing:
        plan = replace(plan, listing=listing.csv(old, new))
    if not with_screens or plan.nothing or not rows(new, "runsheets"):
        return plan
    try:
        on = on_screens(folder, manifest.release, files)
    except UnknownScreens:
        return replace(plan, screens_unknown=True)
    changed = _seen(plan.figures) | changed_among(old, new, named(on))
    return replace(plan, touched=tuple(touched(old, new, changed, on)))


def compare(before: str, old: Tables, new: Tables, threshold: float) -> Plan:
    """The plan from one release's tables (its id is `before`) to another's."""
    figures = compare_figures(old, new, threshold)
    kept = {c.id for c in figures if c.what == "ændret"}
    gone = {c.id for c in figures if c.what == "udgået"}
    return Plan(
        before=before,
        count=_count(new),
        threshold=threshold,
        figures=tuple(figures),
        fetched=tuple(compare_series(old, new, threshold)),
        entries=tuple(compare_entries(old, new)),
        touched=tuple(touched(old, new, _seen(figures))),
        links=tuple(links(old, new, kept, gone)),
    )


def _seen(figures: Iterable[FigureChange]) -> set[str]:
    return {change.id for change in figures if change.what != "forklaring"}


def _count(tables: Tables) -> int:
    return sum(
        t.height for name, t in tables.items() if name == "figures" or name.startswith(SERIES)
    )
