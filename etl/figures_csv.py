"""data/figures/*.csv → figures, each with its place. Complains of every row that cannot be read.

Two forms are understood: the project's own (comma between columns, decimal point) and what a Danish
Excel saves (semicolon between columns, decimal comma). A mixture is refused.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from contract.areas import AREAS
from contract.danish import parse_number
from contract.periods import Period, parse_period
from contract.tables import KINDS, QUALIFIERS
from etl import as_written
from etl.complaints import Complaints, Place, one_of, suggestion
from etl.decimals import place_of_last_digit
from etl.texts import complain_of, read_utf8

COLUMNS = (
    "figure", "indicator", "area", "group", "period", "value", "qualifier",
    "as_written", "kind", "source", "locator", "note",
)  # fmt: skip
REQUIRED = frozenset(COLUMNS) - {"group", "value", "note"}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_POINT_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, entered or computed, with its exact value and how many decimals it is given with."""

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
    before = len(complaints.lines())
    text = read_utf8(file, complaints)
    rows = _rows(file, text, complaints) if text is not None else None
    if rows is None:
        found.unreadable.add(file.name)
        return
    if not rows and len(complaints.lines()) == before:
        complaints.add(complaints.place(file), "filen har ingen rækker med tal")
    danish = text is not None and text.split("\n", 1)[0].count(";") > 0
    for line, row in rows:
        _read_row(complaints.place(file, line), row, danish, found, complaints)


def _rows(file: Path, text: str, complaints: Complaints) -> list[tuple[int, dict[str, str]]] | None:
    """The rows below the header as (line, column → text), or None if columns cannot be told."""
    header = text.split("\n", 1)[0].rstrip("\r")
    delimiter = ";" if ";" in header else ","
    wanted = ",".join(COLUMNS)
    columns = [name.strip().strip('"') for name in header.split(delimiter)]
    if ";" in header and "," in header:
        complaints.add(
            complaints.place(file), "overskriften blander komma og semikolon; brug kun det ene"
        )
        return None
    if sorted(columns) != sorted(COLUMNS):
        missing = [name for name in COLUMNS if name not in columns]
        extra = [name for name in columns if name not in COLUMNS]
        parts = [f"mangler {', '.join(missing)}"] if missing else []
        parts += [f"«{name}» kendes ikke{suggestion(name, missing)}" for name in extra]
        parts += ["en kolonne står to gange"] if len(columns) != len(set(columns)) else []
        complaints.add(
            complaints.place(file), f"kolonnerne er forkerte: {'; '.join(parts)}. Ventet: {wanted}"
        )
        return None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    last = 0
    try:
        for cells in reader:
            line, last = last + 1, reader.line_num
            if line == 1 or not any(cells):
                continue
            if len(cells) != len(columns):
                complaints.add(complaints.place(file, line), _wrong_count(cells, delimiter))
                continue
            rows.append((line, dict(zip(columns, cells, strict=True))))
    except csv.Error:
        complaints.add(
            complaints.place(file, last + 1),
            "rækken kan ikke læses; et felt med anførselstegn skal både begynde og slutte med \" "
            "(og \" inde i feltet skrives \"\")",
        )
        return None
    return rows


def _wrong_count(cells: list[str], delimiter: str) -> str:
    other = ";" if delimiter == "," else ","
    if any(cell.count(other) >= len(COLUMNS) - 2 for cell in cells):
        return f"rækken bruger «{other}» mellem felterne, men overskriften bruger «{delimiter}»"
    return (
        f"rækken har {len(cells)} felter, ventet {len(COLUMNS)}; et felt, der selv indeholder "
        f"«{delimiter}», skal stå i anførselstegn"
    )


def _read_row(
    place: Place, row: dict[str, str], danish: bool, found: Entered, complaints: Complaints
) -> None:
    for name, text in row.items():
        complain_of(text, place, name, complaints)
    row = {name: text.strip() for name, text in row.items()}
    found.written.append((place, row))
    empty = [name for name in COLUMNS if name in REQUIRED and not row[name]]
    problems = [f"{name} er tom; feltet skal udfyldes" for name in empty]
    if row["figure"]:
        first = found.known.setdefault(row["figure"], place)
        if first is not place:
            problems.append(f"figure: «{row['figure']}» er allerede brugt i {first}")
        if not _ID.match(row["figure"]) or len(row["figure"]) > 90:
            problems.append(
                f"figure: «{row['figure']}» er ikke et gyldigt id; brug små bogstaver a-z, cifre "
                "og enkelte bindestreger (højst 90 tegn)"
            )
    if row["area"] and row["area"] not in AREAS:
        codes = ", ".join(f"{code} {name}" for code, name in AREAS.items())
        problems.append(f"area: «{row['area']}» kendes ikke; brug en af koderne {codes}")
    for name, allowed in (("qualifier", QUALIFIERS), ("kind", KINDS)):
        if row[name] and row[name] not in allowed:
            near = suggestion(row[name], allowed)
            problems.append(f"{name}: «{row[name]}» findes ikke; brug {one_of(allowed)}{near}")
    if row["kind"] == "beregnet":
        problems.append("kind: beregnede tal skrives i derived.toml med deres formel")
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
        if value is None and not row["note"]:
            problems.append("value er tom; skriv grunden i note (fx «diskretioneret»)")
        elif row["qualifier"] in QUALIFIERS and row["as_written"]:
            problems += as_written.faults(value, row["qualifier"], row["as_written"])
    for text in problems:
        complaints.add(place, text)
    if not problems and period is not None:
        found.figures.append(_figure(row, period, value, place))


def _value(text: str, danish: bool) -> Fraction | None:
    """The exact value of a cell, None if empty. Raises ValueError with a Danish message."""
    if not text:
        return None
    if danish:
        if "." in text and "," not in text and not re.match(r"-?\d{1,3}(\.\d{3})+\Z", text):
            raise ValueError(f"«{text}» har decimalpunktum i en fil med semikolon; skriv komma")
        parse_number(text)
        return Fraction(text.replace("−", "-").replace(".", "").replace(",", "."))
    if not _POINT_NUMBER.match(text):
        hint = "; skriv decimalpunktum og ingen tusindtalspunktum" if re.search(r"\d", text) else ""
        empty = "" if re.search(r"\d", text) else "; lad feltet stå tomt, og skriv grunden i note"
        raise ValueError(f"«{text}» er ikke et tal, fx 3900 eller 53.5{hint}{empty}")
    return Fraction(text)


def _figure(row: dict[str, str], period: Period, value: Fraction | None, place: Place) -> Figure:
    written = as_written.matching(value, row["as_written"]) if value is not None else None
    shortest = max(0, place_of_last_digit(value)) if value is not None else 0
    return Figure(
        id=row["figure"], indicator=row["indicator"], area=row["area"], group=row["group"],
        period=period, value=value, decimals=max(shortest, written.decimals if written else 0),
        qualifier=row["qualifier"], as_written=row["as_written"], kind=row["kind"],
        source=row["source"], locator=row["locator"], note=row["note"], place=place,
    )  # fmt: skip
