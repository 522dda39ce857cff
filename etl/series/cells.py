"""What was fetched, as one slim table an indicator: codes instead of texts, some twenty bytes a number."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from contract import paths
from contract.areas import NAMES
from contract.periods import FREQUENCIES, Period, parse_period
from contract.series import SeriesFile, Table
from etl.fetch import raw
from etl.fetch.series_rows import series_rows
from etl.series.refused import SeriesError

AREA = pl.Enum(sorted(NAMES))
KEY = ("area", "group", "period_start")


@dataclass(frozen=True, slots=True)
class Answer:
    """The raw answer that numbers come from: its file below data/raw, the day it was fetched, its hash."""

    file: str
    day: str
    sha256: str


@dataclass(slots=True)
class Cells:
    """The numbers of one indicator, sorted by KEY, and what they have in common.

    `rows`: area (Enum), group and period (Categorical), period_start, value (null: no number), hidden
    (disclosure control took it away) and answer (which of `answers` it came from).
    """

    indicator: str
    table: Table
    rows: pl.DataFrame
    answers: tuple[Answer, ...]
    periods: dict[str, Period]

    @property
    def newest(self) -> str:
        """The day (ISO, UTC) of the newest answer used."""
        return max(answer.day for answer in self.answers)


def gather(root: Path, declared: SeriesFile) -> dict[str, Cells]:
    """Everything that was fetched for the declared tables, by indicator; {} if nothing was.

    Raises SeriesError for an area or period that is not known, FetchError for answers that cannot be used.
    """
    found: dict[str, Cells] = {}
    for table in declared.table:
        rows = series_rows(root, table)
        if rows.is_empty():
            continue
        stored = raw.stored(root, table.service, table.table)
        answers = {
            answer.file.relative_to(paths.raw_dir(root)).as_posix(): answer.record
            for answer in stored
        }
        for (indicator,), own in rows.partition_by(
            "indicator", as_dict=True, include_key=False
        ).items():
            if indicator in found:
                raise SeriesError(f"{indicator} hentes af to tabeller i series.toml")
            used = tuple(
                Answer(file, answers[file].fetched_at[:10], answers[file].sha256)
                for file in sorted(own["source_file"].unique())
            )
            found[str(indicator)] = _cells(str(indicator), table, own, used)
    return found


def _cells(indicator: str, table: Table, own: pl.DataFrame, used: tuple[Answer, ...]) -> Cells:
    unknown = sorted(set(own["area"].unique()) - NAMES.keys())
    if unknown:
        raise SeriesError(f"{indicator}: områderne {', '.join(unknown[:5])} kendes ikke")
    periods: dict[str, Period] = {}
    for text in own["period"].unique():
        try:
            periods[text] = parse_period(text)
        except ValueError as error:
            raise SeriesError(f"{indicator}: {error}") from error
    odd = {p.frequency for p in periods.values()} - {table.frequency}
    if odd or table.frequency not in FREQUENCIES:
        raise SeriesError(f"{indicator}: der er perioder, som ikke er «{table.frequency}»")
    numbered = {answer.file: index for index, answer in enumerate(used)}
    starts = {text: period.start for text, period in periods.items()}
    rows = own.select(
        pl.col("area").cast(AREA),
        pl.col("group").cast(pl.Enum(sorted(own["group"].unique()))),
        pl.col("period").cast(pl.Enum(sorted(periods))),
        pl.col("period").replace_strict(starts, return_dtype=pl.Date).alias("period_start"),
        "value",
        pl.lit(False).alias("hidden"),
        pl.col("source_file").replace_strict(numbered, return_dtype=pl.UInt32).alias("answer"),
    ).sort(KEY)
    return Cells(indicator, table, rows, used, periods)
