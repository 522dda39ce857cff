"""data/series.toml → what is fetched from which service, checked. Complains of all that cannot be used.

The file may be missing: then nothing is fetched.
"""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from contract.areas import AREAS, NAMES
from contract.catalogue import Break, Indicator, Source
from contract.periods import parse_period
from contract.series import Ratio, SeriesFile, Table
from etl.complaints import Complaints, suggestion
from etl.pydantic_danish import in_danish
from etl.toml_file import parse_toml
from etl.toml_lines import EntryLines

SERIES = "series.toml"
_MODELS: dict[str, type[BaseModel]] = {
    "table": Table, "indicator": Indicator, "source": Source, "break": Break,
    "ratio": Ratio,
}  # fmt: skip


def read_series(root: Path, complaints: Complaints) -> SeriesFile:
    """The series declared below a data root; of faulty entries only the complaints."""
    file = root / SERIES
    parsed = parse_toml(file, complaints) if file.exists() else None
    if parsed is None:
        return SeriesFile()
    content, located = parsed
    for key in content.keys() - _MODELS.keys():
        complaints.add(complaints.place(file), f"«{key}» hører ikke til her; skriv [[table]]")
    read = {name: _entries(name, content, located, file, complaints) for name in _MODELS}
    _check_names(read, file, complaints)
    return SeriesFile(
        **{name: tuple(entry for entry, _ in entries) for name, entries in read.items()}
    )


def areas_of(table: Table) -> tuple[str, ...]:
    """The area codes a table is declared to be fetched for, the country first."""
    return tuple(sorted(AREAS if table.areas == "i-brug" else NAMES))


def _entries(
    name: str,
    content: dict[str, Any],
    located: list[EntryLines],
    file: Path,
    complaints: Complaints,
) -> list[tuple[Any, EntryLines]]:
    lines = [entry for entry in located if entry.name == name]
    raws = content.get(name, [])
    if not isinstance(raws, list) or len(raws) != len(lines):
        complaints.add(
            complaints.place(file), f"hver post skal begynde med sin egen linje [[{name}]]"
        )
        return []
    found = []
    for raw, where in zip(raws, lines, strict=True):
        try:
            found.append((_MODELS[name].model_validate(raw), where))
        except ValidationError as error:
            for key, text in in_danish(error, _MODELS[name]):
                complaints.add(complaints.place(file, where.of(key)), text)
    return found


def _check_names(
    read: dict[str, list[tuple[Any, EntryLines]]], file: Path, complaints: Complaints
) -> None:
    """Ids stand once, what is named is declared in the file, and a table's series fit its `by`."""
    known = {name: {entry.id for entry, _ in entries} for name, entries in read.items()}
    counted = {
        s.indicator: (t.service, t.measure, t.frequency) for t, _ in read["table"] for s in t.series
    }
    for name, entries in read.items():
        seen: set[str] = set()
        for entry, where in entries:
            if entry.id in seen:
                complaints.add(
                    complaints.place(file, where.of("id")), f"id «{entry.id}» er brugt to gange"
                )
            seen.add(entry.id)
            cited = name not in ("source", "ratio")
            named = [("source", entry.source, known["source"])] if cited else []
            if name == "ratio":
                fetched = {s.indicator for t, _ in read["table"] for s in t.series}
                named += [("indicator", entry.indicator, known["indicator"] - fetched)]
                named += [("numerator", each, fetched) for each in entry.numerator]
                named += [("denominator", each, fetched) for each in entry.denominator]
                if len({counted.get(i) for i in (*entry.numerator, *entry.denominator)}) > 1:
                    complaints.add(
                        complaints.place(file, where.line),
                        "ratio: leddene er ikke talt på samme måde (tjeneste, enhed og hyppighed)",
                    )
            if name == "table":
                named += [("series", s.indicator, known["indicator"]) for s in entry.series]
                for text in _table_faults(entry):
                    complaints.add(complaints.place(file, where.line), text)
            if name == "break":
                named += [("indicators", each, known["indicator"]) for each in entry.indicators]
            for key, value, ids in named:
                if value not in ids:
                    place = complaints.place(file, where.of(key))
                    complaints.add(
                        place, f"{key}: «{value}» findes ikke i {SERIES}{suggestion(value, ids)}"
                    )


def _table_faults(table: Table) -> list[str]:
    faults = []
    try:
        if parse_period(table.first).frequency != table.frequency:
            faults.append(f"first: «{table.first}» er ikke af typen «{table.frequency}»")
    except ValueError as error:
        faults.append(f"first: {error}")
    faults += [f"names: «{code}» er ingen områdekode" for code in table.names.keys() - NAMES.keys()]
    for series in table.series:
        if table.by and bool(series.texts) == bool(series.find):
            faults.append(
                f"series: {series.indicator} skal have enten texts eller find, da tabellen har by"
            )
        if not table.by and (series.texts or series.find or series.code or len(table.series) > 1):
            faults.append("series: en tabel uden by er én serie, uden code, texts og find")
    if table.service == "jobindsats" and (not table.value or any(s.find for s in table.series)):
        faults.append("jobindsats: value skal nævne kolonnen med tallene, og find kan ikke bruges")
    return faults
