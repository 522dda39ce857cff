"""A data folder with very many fetched numbers, for the scale benchmark. Every number is invented.

The years are 1901–1906, long before any of this was counted, and the benefits are called «Opdigtet ydelse»;
only area codes and the form of the answers are those of StatBank. Municipalities sum to the country and
ages to the total, and one number in two thousand is too small to show, so that disclosure control has real
sums to work on and something to hide in them.
"""

import hashlib
import io
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from contract.areas import AREAS, COUNTRY, NAMES
from contract.paths import REPO
from etl.fetch import raw

TOTAL = "I alt"
FEW = 1 / 2000
"""The share of the innermost numbers that are from 0 to 4."""
FETCHED = "1907-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Size:
    """How much: municipalities (0 = those in use), benefits, age groups and months (from January 1901)."""

    municipalities: int = 98
    benefits: int = 41
    ages: int = 34
    months: int = 72

    @property
    def areas(self) -> list[str]:
        """Area codes, the country first."""
        others = [code for code in sorted(NAMES) if code != COUNTRY]
        chosen = (
            others[: self.municipalities]
            if self.municipalities
            else list(AREAS)[:1] + list(AREAS)[2:]
        )
        return [COUNTRY, *sorted(chosen)]

    @property
    def rows(self) -> int:
        """Numbers in all; a total stands beside the ages."""
        return len(self.areas) * self.benefits * (self.ages + (self.ages > 0) or 1) * self.months


def write(root: Path, size: Size) -> None:
    """Make the folder: the project's own declarations, invented series, and raw answers of them."""
    shutil.copytree(
        REPO / "data", root, ignore=shutil.ignore_patterns("raw", "releases", "CURRENT", "*.jsonl")
    )
    (root / "publication.toml").write_text(
        'published = "1907-01-01"\nnote = "Prøveudgave med opdigtede tal."\nprevious = ""\n',
        "utf-8",
    )
    names = [f"opdigtet-{n:02d}" for n in range(1, size.benefits + 1)]
    (root / "series.toml").write_text("\n".join(map(_declared, names)) + _SOURCE, "utf-8")
    ages = ", ".join(f'"{age}"' for age in _ages(size))
    groups = f'\n[[hierarchy]]\ndimension = "group"\nwhole = ""\nparts = [{ages}]\n' if ages else ""
    rules = 'threshold = 5\n[[hierarchy]]\ndimension = "area"\nwhole = "000"\nparts = ["101-899"]\n'
    (root / "disclosure.toml").write_text(rules + groups, "utf-8")
    for number, name in enumerate(names):
        _answer(root, name, size, seed=number)


def _ages(size: Size) -> list[str]:
    return [f"{16 + n} år" for n in range(size.ages)]


def _answer(root: Path, name: str, size: Size, seed: int) -> None:
    """One table: municipality × age × month, with country and total worked out from them."""
    table = name.replace("-", "").upper()
    ages = _ages(size)
    months = [f"{1901 + n // 12}M{n % 12 + 1:02d}" for n in range(size.months)]
    places = size.areas[1:]
    draw = np.random.default_rng(seed)
    parts = draw.integers(60, 900, (len(places), len(ages) or 1, len(months)))
    few = draw.random(parts.shape) < FEW
    parts[few] = draw.integers(0, 5, few.sum())
    by_age = np.concatenate([parts.sum(0, keepdims=True), parts])
    values = np.concatenate([by_age.sum(1, keepdims=True), by_age], 1) if ages else by_age
    groups = {"TOT": TOTAL} | {f"A{n:02d}": age for n, age in enumerate(ages)}
    variables = {
        "OMRÅDE": {code: NAMES[code] for code in size.areas},
        "ALDER": groups,
        "Tid": {m: m for m in months},
    }
    places_of, groups_of, months_of = np.indices(values.shape).reshape(3, -1)
    frame = pl.DataFrame(
        {
            "OMRÅDE": pl.Series(size.areas).gather(places_of),
            "ALDER": pl.Series(list(groups)).gather(groups_of),
            "Tid": pl.Series(months).gather(months_of),
        }
    )
    csv = io.BytesIO()
    frame.with_columns(pl.Series("INDHOLD", values.ravel())).write_csv(
        csv, separator=";", line_terminator="\r\n", include_bom=True
    )
    asked = {"table": table, "format": "CSV", "lang": "da", "valuePresentation": "Code",
             "variables": [{"code": c, "values": list(v)} for c, v in variables.items()]}  # fmt: skip
    info = {"id": table, "text": "Opdigtet tabel", "unit": "Antal", "suppressedDataValue": "0", "active": True,
            "updated": "1907-01-01T08:00:00", "footnote": None, "variables": [
                {"id": c, "text": c, "elimination": False, "time": c == "Tid",
                 "values": [{"id": i, "text": t} for i, t in v.items()]} for c, v in variables.items()]}  # fmt: skip
    _keep(root, table, "tableinfo", "text/json; charset=utf-8", "{}", json.dumps(info).encode())
    _keep(root, table, "data", "text/csv; charset=utf-8", json.dumps(asked), csv.getvalue())


def _keep(root: Path, table: str, kind: str, media: str, body: str, content: bytes) -> None:
    raw.write(root, raw.Record(
        "statbank", table, "http://localhost/opdigtet", "POST", body, FETCHED, 200, media,
        hashlib.sha256(content).hexdigest(), len(content), "opdigtet", kind,
    ), content)  # fmt: skip


def _declared(name: str) -> str:
    table = name.replace("-", "").upper()
    return f"""
[[table]]
id = "{name}"
service = "statbank"
table = "{table}"
source = "opdigtet"
measure = "personer"
frequency = "måned"
first = "1901-01"
area = "OMRÅDE"
by = "ALDER"
series = [{{ indicator = "{name}", code = "TOT", texts = ["{TOTAL}"] }}, {{ indicator = "{name}", find = "år" }}]

[[indicator]]
id = "{name}"
title = "Opdigtet ydelse {name[-2:]}"
unit = "personer"
measure = "bestand"
population = "Opdigtede personer"
decimals = 0
topic = "konjunktur"
source = "opdigtet"
"""


_SOURCE = """
[[source]]
id = "opdigtet"
publisher = "Opdigtet"
title = "Opdigtet kilde"
kind = "officiel statistik"
precision = "ukendt"
"""
