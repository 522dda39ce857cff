"""data/figures/*.csv → figures, each with its place. Complains of every row that cannot be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from contract.areas import AREAS
from contract.danish import parse_number
from contract.periods import Period, parse_period
from contract.tables import ID, KINDS, QUALIFIERS
from etl import as_written
from etl.complaints import Complaints, Place, one_of, suggestion
from etl.csv_rows import COLUMNS, is_danish_excel, read_rows
from etl.decimals import place_of_last_digit
from etl.texts import complain_of, read_utf8

REQUIRED = [name for name in COLUMNS if name not in ("group", "value", "note")]
LONGEST_ID = 90
_POINT_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z", re.ASCII)
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, entered or computed: its exact value and the decimals it is given with."""

    id: str
    indicator: str
    area: str
    group: str
    period: Period
    value: Fraction | None
    decimals: int
    qualifier: str
    as_written: str
    kind: str
    source: str
    locator: str
    note: str
    place: Place
    derived_from: tuple[str, ...] = ()


@dataclass(slots=True)
class Entered:
    """The figures that could be read, and what all rows name, faulty ones included."""

    figures: list[Figure] = field(default_factory=list)
    known: dict[str, Place] = field(default_factory=dict)
    written: list[tuple[Place, dict[str, str]]] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)


def read_figures(root: Path, complaints: Complaints) -> Entered:
    """Read every CSV file in `figures/` below the data root."""
    found = Entered()
    folder = root / "figures"
    files = sorted(f for f in folder.glob("*") if not f.name.startswith((".", "~")))
    if not any(file.suffix == ".csv" for file in files):
        complaints.add(complaints.place(folder / "*.csv"), "der er ingen filer med tal")
    for file in files:
        if file.suffix == ".csv":
            _read_file(file, found, complaints)
        elif file.suffix != ".md":
            complaints.add(complaints.place(file), "kun .csv-filer læses; gem som CSV eller slet")
    return found


def _read_file(file: Path, found: Entered, complaints: Complaints) -> None:
    text = read_utf8(file, complaints)
    rows = None if text is None else read_rows(file, text, complaints)
    if text is None or rows is None:
        found.unreadable.add(file.name)
        return
    if text.count("\n", 0, len(text.rstrip())) == 0:
        complaints.add(complaints.place(file), "filen har ingen rækker med tal")
    for line, cells in rows:
        place = complaints.place(file, line)
        for name, cell in cells.items():
            complain_of(cell, place, name, complaints)
        row = {name: cell.strip() for name, cell in cells.items()}
        found.written.append((place, row))
        figure = _read_row(place, row, is_danish_excel(text), found, complaints)
        if figure is not None:
            found.figures.append(figure)


def _read_row(
    place: Place, row: dict[str, str], danish: bool, found: Entered, complaints: Complaints
) -> Figure | None:
    """The figure of a row, or None and complaints."""
    problems = [f"{name} er tom; feltet skal udfyldes" for name in REQUIRED if not row[name]]
    if row["figure"]:
        problems += _id_faults(row["figure"], place, found)
    problems += _word_faults(row)
    period = value = None
    try:
        period = parse_period(row["period"]) if row["period"] else None
    except ValueError as error:
        problems.append(f"period: {error}")
    try:
        value = _value(row["value"], danish)
    except ValueError as error:
        problems.append(f"value: {error}")
    else:
        problems += _value_faults(value, row)
    for text in problems:
        complaints.add(place, text)
    if problems or period is None:
        return None
    return _figure(row, period, value, place)


def _id_faults(figure_id: str, place: Place, found: Entered) -> Iterator[str]:
    first = found.known.setdefault(figure_id, place)
    if first is not place:
        yield f"figure: «{figure_id}» er allerede brugt i {first}"
    if not re.fullmatch(ID, figure_id) or len(figure_id) > LONGEST_ID:
        yield (
            f"figure: «{figure_id}» er ikke et gyldigt id; brug små bogstaver a-z, cifre og "
            f"enkelte bindestreger (højst {LONGEST_ID} tegn)"
        )


def _word_faults(row: dict[str, str]) -> Iterator[str]:
    if row["area"] and row["area"] not in AREAS:
        codes = ", ".join(f"{code} {name}" for code, name in AREAS.items())
        yield f"area: «{row['area']}» kendes ikke; brug en af koderne {codes}"
    for name, allowed in (("qualifier", QUALIFIERS), ("kind", KINDS)):
        if row[name] and row[name] not in allowed:
            near = suggestion(row[name], allowed)
            yield f"{name}: «{row[name]}» findes ikke; brug {one_of(allowed)}{near}"
    if row["kind"] == "beregnet":
        yield "kind: beregnede tal skrives i derived.toml med deres formel"


def _value_faults(value: Fraction | None, row: dict[str, str]) -> list[str]:
    if value is None and not row["note"]:
        return ["value er tom; skriv grunden i note (fx «diskretioneret»)"]
    if row["qualifier"] not in QUALIFIERS or not row["as_written"]:
        return []
    return as_written.faults(value, row["qualifier"], row["as_written"])


def _value(text: str, danish: bool) -> Fraction | None:
    """The exact value of a cell, None if empty. Raises ValueError with a Danish message."""
    if not text:
        return None
    if danish:
        if "." in text and "," not in text and not _THOUSANDS.match(text):
            raise ValueError(f"«{text}» har decimalpunktum i en fil med semikolon; skriv komma")
        parse_number(text)
        return Fraction(text.replace("−", "-").replace(".", "").replace(",", "."))
    if _POINT_NUMBER.match(text):
        return Fraction(text)
    if re.search(r"\d", text):
        raise ValueError(
            f"«{text}» er ikke et tal, fx 3900 eller 53.5; skriv decimalpunktum og ingen "
            "tusindtalspunktum"
        )
    raise ValueError(f"«{text}» er ikke et tal; lad feltet stå tomt, og skriv grunden i note")


def _figure(row: dict[str, str], period: Period, value: Fraction | None, place: Place) -> Figure:
    written = as_written.matching(value, row["as_written"]) if value is not None else None
    shortest = max(0, place_of_last_digit(value)) if value is not None else 0
    texts: dict[str, Any] = {
        name: text for name, text in row.items() if name not in ("figure", "period", "value")
    }
    return Figure(
        id=row["figure"],
        period=period,
        value=value,
        decimals=max(shortest, written.decimals if written else 0),
        place=place,
        **texts,
    )
