"""What the fetch tests share: a data folder with the project's own series.toml, moved to 1901, and runs of it."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from contract.paths import REPO
from contract.series import SeriesFile, Table
from etl.complaints import Complaints
from etl.fetch import jobindsats, raw, statbank
from etl.fetch.keeping import Outcome, Run
from etl.fetch.refused import FetchError
from etl.fetch.series_rows import series_rows
from etl.series_toml import read_series

QUICK = {"pace": 0.0, "first_wait": 0.001, "longest_wait": 0.4, "read_timeout": 5.0}


def declare(root: Path) -> SeriesFile:
    """Put the project's series.toml in a folder, asking from 1901 on, and read it."""
    root.mkdir(parents=True, exist_ok=True)
    text = (REPO / "data" / "series.toml").read_text("utf-8")
    text = text.replace('first = "2017', 'first = "1901')
    (root / "series.toml").write_text(text, "utf-8")
    complaints = Complaints(root)
    declared = read_series(root, complaints)
    assert not complaints.lines()
    return declared


@dataclass
class Keeper:
    """Somebody who fetches into a folder, and what was said on the way."""

    root: Path
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tables: tuple[Table, ...] = declare(self.root).table

    def table(self, name: str) -> Table:
        """The declared table of a service's id."""
        return next(t for t in self.tables if t.table == name)

    def statbank(self, *names: str, cell_limit: int = 1_000_000, resume: bool = False,
                 areas: tuple[str, ...] = (), **quick: float) -> list[Outcome]:  # fmt: skip
        """Fetch tables from STATBANK_URL."""
        run = Run(self.root, self.said.append, areas, "", resume)
        at = statbank.service(**(QUICK | quick))
        statbank.fetch(run, at, [self.table(n) for n in names], cell_limit)
        return run.outcomes

    def jobindsats(self, *names: str, version: int = 3, resume: bool = False,
                   areas: tuple[str, ...] = (), **quick: float) -> list[Outcome]:  # fmt: skip
        """Fetch tables from JOBINDSATS_URL."""
        run = Run(self.root, self.said.append, areas, "", resume)
        at = jobindsats.service(version, **(QUICK | quick))
        jobindsats.fetch(run, at, [self.table(n) for n in names], version)
        return run.outcomes

    def rows(self, name: str) -> pl.DataFrame:
        """The cells that are kept of a table."""
        return series_rows(self.root, self.table(name))

    def kept(self) -> list[str]:
        """Every file below data/raw, temporary ones too."""
        folder = self.root / "raw"
        return sorted(f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file())

    def age(self, table: str) -> None:
        """Make what is kept of a StatBank table a year older, with its file names."""
        for stored in [
            *self.answers("statbank", table),
            *self.answers("statbank", table, "tableinfo"),
        ]:
            about = stored.file.with_name(stored.file.stem + raw.REQUEST)
            said = json.loads(about.read_text("utf-8"))
            older = f"{int(said['fetched_at'][:4]) - 1}{said['fetched_at'][4:]}"
            said["fetched_at"] = older
            stem = older.replace("-", "").replace(":", "") + stored.file.stem[16:]
            stored.file.rename(stored.file.with_name(stem + stored.file.suffix))
            about.unlink()
            about.with_name(stem + raw.REQUEST).write_text(
                json.dumps(said, ensure_ascii=False), "utf-8"
            )

    def answers(self, service: str, table: str, kind: str = "data") -> list[raw.Stored]:
        """What is kept of a table, newest first."""
        return raw.stored(self.root, service, table, kind)


def refused(outcomes: list[Outcome]) -> FetchError:
    """The one refusal of a run."""
    errors = [outcome.error for outcome in outcomes if outcome.error]
    assert len(errors) == 1, outcomes
    return errors[0]


def well(outcomes: list[Outcome]) -> list[Outcome]:
    """The outcomes, none of them refused."""
    assert not [outcome.error for outcome in outcomes if outcome.error]
    return outcomes
