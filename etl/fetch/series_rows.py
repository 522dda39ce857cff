"""Raw answers of a table → one row a cell. Pure: reads data/raw only, never the network."""

from pathlib import Path

import polars as pl

from contract import paths
from contract.series import Table
from etl.fetch import (
    jobindsats_answer,
    jobindsats_info,
    raw,
    statbank_answer,
    statbank_info,
    statbank_selection,
)
from etl.fetch.matching import notation
from etl.fetch.refused import RawError

SCHEMA = pl.Schema({
    "table": pl.String(), "indicator": pl.String(), "area": pl.String(), "group": pl.String(),
    "period": pl.String(), "value": pl.Float64(), "missing": pl.Boolean(), "source_file": pl.String(),
})  # fmt: skip
_KEY = ["indicator", "area", "group", "period"]


def series_rows(root: Path, table: Table) -> pl.DataFrame:
    """Every cell that has been fetched for a table of data/series.toml, in the columns of SCHEMA.

    `table` is the service's own table id (`AUK01`), `indicator` an id of series.toml, `area` Statistics
    Denmark's code as text (`000` is the whole country), `group` the Danish text of the subgroup or empty,
    `period` the notation of contract.periods (`2017K1`, `2017-01`), `source_file` the raw file below
    data/raw (`statbank/AUK01/….csv`). `value` is in the table's `measure`; null exactly where `missing` is
    true: the service answered without a number (`..`, or a combination Jobindsats leaves out). A
    combination BULK leaves out is the table's `suppressedDataValue`, a number, never missing.

    One row a (indicator, area, group, period), sorted by them: of several answers that asked for the same
    cell the newest counts. No answers: an empty frame with the same columns.
    Raises FetchError (RawError and others), in Danish, for an answer that was altered or cannot be read, and
    when a code's text is no longer the declared one.
    """
    read = _statbank if table.service == "statbank" else _jobindsats
    frames = []
    for answer in raw.stored(root, table.service, table.table):
        rows = read(root, table, answer)
        if rows is None:
            continue
        file = answer.file.relative_to(paths.raw_dir(root)).as_posix()
        frames.append(
            rows.with_columns(table=pl.lit(table.table), source_file=pl.lit(file)).select(
                SCHEMA.names()
            )
        )
    if not frames:
        return SCHEMA.to_frame()
    # newest first, and `first` keeps it; every answer holds all cells it was asked for, also those left out
    cells = pl.concat(frames).cast(dict(SCHEMA))  # pyright: ignore[reportArgumentType]
    if len(frames) > 1:
        cells = cells.unique(_KEY, keep="first", maintain_order=True)
    # sorted as texts, by the place of each among the few there are
    ranks = [pl.col(key).cast(pl.Enum(cells[key].unique().sort())) for key in _KEY]
    return cells.sort(ranks)


def _description(root: Path, table: Table, answer: raw.Stored) -> raw.Stored:
    """The table's description that held when the answer was fetched, of the same version of the service."""
    for info in raw.stored(root, table.service, table.table, "tableinfo"):
        same = _is_version_2(info) == _is_version_2(answer)
        if same and info.record.fetched_at <= answer.record.fetched_at:
            return info
    raise RawError(
        f"{table.table}: der er ingen tabelbeskrivelse til {answer.file.name}; hent igen"
    )


def _statbank(root: Path, table: Table, answer: raw.Stored) -> pl.DataFrame:
    info = statbank_info.read_info(_description(root, table, answer).content(), table.table)
    meaning = statbank_selection.meaning_of(info, table)
    meaning |= {code: m for code, m in _newest_meaning(root, table).items() if code in meaning}
    body = answer.record.body
    rows = statbank_answer.read_answer(answer.content(), body, info.suppressed)
    names = {name.casefold(): name for name in rows.columns}
    time = next(v.code for v in info.variables.values() if v.is_time)
    periods = {code: notation(code) for code in rows[time].unique()}
    same = [
        pl.col(code) == value for code, value in statbank_selection.totals_of(info, table).items()
    ]
    by = pl.col(names[table.by.casefold()]) if table.by else pl.lit("")
    return (
        rows.lazy()
        .with_columns(by.alias("code"))
        .filter(pl.col("code").is_in(list(meaning)), *same)
        .select(
            pl.col("code").replace_strict({c: m[0] for c, m in meaning.items()}).alias("indicator"),
            pl.col("code").replace_strict({c: m[1] for c, m in meaning.items()}).alias("group"),
            pl.col(names[table.area.casefold()]).alias("area"),
            pl.col(time).replace_strict(periods).alias("period"),
            "value",
            "missing",
        )
        .collect()
    )


def _newest_meaning(root: Path, table: Table) -> dict[str, tuple[str, str]]:
    """What a code is called now, so that its older numbers stand under the same name.

    `etl.fetch.statbank` refuses a code that has come to mean something else.
    """
    newest, *_ = raw.stored(root, table.service, table.table, "tableinfo")
    return statbank_selection.meaning_of(
        statbank_info.read_info(newest.content(), table.table), table
    )


def _jobindsats(root: Path, table: Table, answer: raw.Stored) -> pl.DataFrame | None:
    record, about = answer.record, _description(root, table, answer)
    info = jobindsats_info.read_info(about.content(), table, 2 if _is_version_2(answer) else 3)
    return jobindsats_answer.rows_of(answer.content(), record.url, record.body, table, info)


def _is_version_2(answer: raw.Stored) -> bool:
    return answer.record.service == "jobindsats" and "/v2/" in answer.record.url
