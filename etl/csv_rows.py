"""The text of a CSV file → rows with their line numbers. Knows the columns, not what they mean.

Two forms are understood: the project's own (comma between columns, decimal point) and what a Danish
Excel saves (semicolon between columns, decimal comma). A mixture is refused.
"""

import csv
import io
from pathlib import Path

from etl.complaints import Complaints, suggestion

COLUMNS = (
    "figure", "indicator", "area", "group", "period", "value", "qualifier",
    "as_written", "kind", "source", "locator", "note",
)  # fmt: skip


def is_danish_excel(text: str) -> bool:
    """Whether the header has semicolons, as a Danish Excel writes them."""
    return ";" in text.split("\n", 1)[0]


def read_rows(
    file: Path, text: str, complaints: Complaints
) -> list[tuple[int, dict[str, str]]] | None:
    """The rows below the header as (line, column → text), None if the columns cannot be told."""
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
            'rækken kan ikke læses; et felt med anførselstegn skal både begynde og slutte med " '
            '(og " inde i feltet skrives "")',
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
