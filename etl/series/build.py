"""What fetched series add to a release: their files, and the indicators, sources and breaks they bring.

With nothing fetched there is nothing to add, and the release is byte for byte what it was without.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contract.catalogue import Indicator
from contract.hidden import SERIES
from contract.release import Manifest
from contract.series import SeriesFile
from contract.tables import series_file
from etl.disclosure import DisclosureError, Report, Rules, read_rules
from etl.fetch.refused import FetchError
from etl.series import cells, earlier, files, ratio, shielded
from etl.series.cells import Cells
from etl.series.columns import as_figures
from etl.series.parallel import in_parallel
from etl.series.refused import SeriesError


@dataclass(frozen=True, slots=True)
class Added:
    """Files by name with their number of rows, entries of the catalogue by table, and the inputs' hash.

    Empty when nothing is fetched. `reports` say how much disclosure control hid: counts, never values.
    """

    files: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    entries: dict[str, list[Any]] = field(default_factory=dict)
    inputs: str = ""
    reports: tuple[Report, ...] = ()


def add_series(root: Path, declared: SeriesFile, is_self: Callable[[Manifest, str], bool]) -> Added:
    """Everything fetched below a data root, protected and in files.

    `is_self` says of an earlier release and the hash of these inputs whether it is the one being built.
    Raises SeriesError, in Danish and without values: then nothing may be published.
    """
    try:
        return _add(root, declared, is_self) if declared.table else Added()
    except (FetchError, DisclosureError) as error:
        raise SeriesError(f"de hentede serier: {error}") from error


def _add(root: Path, declared: SeriesFile, is_self: Callable[[Manifest, str], bool]) -> Added:
    series = cells.gather(root, declared)
    if not series:
        return Added()
    indicators = {each.id: each for each in declared.indicator}
    rules = read_rules(root).with_topics({each.id: each.topic for each in declared.indicator})
    inputs = _inputs(declared, rules, series)
    before = earlier.before(root, lambda manifest: is_self(manifest, inputs))
    reports = shielded.shield(series, rules, before)
    made: dict[str, tuple[bytes, int]] = {}
    entries: list[dict[str, Any]] = []
    for content, entry in in_parallel(_measured, series.values()):
        made[entry["file"]] = content, entry["rows"]
        entries.append(entry)
    for each in declared.ratio:
        parts = list(dict.fromkeys([*each.numerator, *each.denominator]))
        if not set(parts) <= series.keys():
            continue
        rows = ratio.compute(each, indicators[each.indicator], series, rules)
        if rows.is_empty():
            continue
        own = series[parts[0]]
        made[series_file(each.indicator)] = files.series_bytes(each.indicator, rows), rows.height
        entries.append(files.entry(
            rows, series_file(each.indicator), own.table.service, "", max(series[p].newest for p in parts),
            parts, ratio.formula(each, indicators),
        ))  # fmt: skip
    made[f"{SERIES}.parquet"] = files.index_bytes(entries), len(entries)
    held = {entry["indicator"] for entry in entries}
    return Added(made, _catalogue(declared, held, indicators), inputs, tuple(reports))


def _measured(own: Cells) -> tuple[bytes, dict[str, Any]]:
    """The file of a series, and what the table of all series says of it."""
    name = series_file(own.indicator)
    rows = as_figures(own, own.rows)
    entry = files.entry(rows, name, own.table.service, own.table.table, own.newest, [], "")
    return files.series_bytes(own.indicator, rows), entry


def _catalogue(
    declared: SeriesFile, held: set[str], indicators: Mapping[str, Indicator]
) -> dict[str, list[Any]]:
    """The declarations of what there are figures of; comparisons and breaks only among those."""
    if unknown := held - indicators.keys():
        raise SeriesError(f"{', '.join(sorted(unknown))}: indikatoren står ikke i series.toml")
    own = [
        each.model_copy(
            update={"comparable_with": tuple(i for i in each.comparable_with if i in held)}
        )
        for each in declared.indicator
        if each.id in held
    ]
    breaks = [
        each.model_copy(update={"indicators": tuple(i for i in each.indicators if i in held)})
        for each in declared.break_
        if held & set(each.indicators)
    ]
    cited = {each.source for each in (*own, *breaks)}
    cited |= {t.source for t in declared.table if held & {s.indicator for s in t.series}}
    sources = [each for each in declared.source if each.id in cited]
    return {"indicators": own, "breaks": breaks, "sources": sources}


def _inputs(declared: SeriesFile, rules: Rules, series: Mapping[str, Cells]) -> str:
    """Hash of the answers used, the declarations and the rules."""
    said = {
        "declared": declared.model_dump(mode="json"),
        "rules": rules.model_dump(mode="json"),
        "answers": sorted({answer.sha256 for own in series.values() for answer in own.answers}),
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
