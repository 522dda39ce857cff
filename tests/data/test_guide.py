"""The data keeper's guide quotes what the commands say: every message in its tables is one that they give.

Those of `check` are provoked; of the others, what stands between the marks for what varies is looked for in the code.
"""

import re

import pytest

from contract import paths
from etl.check import check
from tests.data.small import SmallData

GUIDE = (paths.REPO / "docs/vejledning/data.md").read_text("utf-8")
TABLES = re.findall(r"(?m)^\| der står \|.*\n\|[-|]+\n((?:\|.*\n)+)", GUIDE)
FETCH, CHECK, STOPS = (
    [row.split("|")[1].strip() for row in table.splitlines()] for table in TABLES
)
FIRST = "1901,200,præcis,200"


def _semicolons(small: SmallData) -> None:
    file = "figures/proeve.csv"
    text = (small.root / file).read_text("utf-8")
    rows = [row.replace(",", ";") for row in text.splitlines() if '"' not in row]
    small.write(file, "\n".join(rows).replace("1901;200;", "1901;53.5;") + "\n")


def _written(small: SmallData) -> None:
    text = (small.root / "figures/proeve.csv").read_text("utf-8")
    small.write("figures/proeve.csv", text.encode("cp1252"))


FAULTS = {
    "value og as_written": lambda s: s.change("figures/proeve.csv", FIRST, "1901,201,præcis,200"),
    "qualifier er": lambda s: s.change("figures/proeve.csv", FIRST, "1901,3900,præcis,knap 3.900"),
    "kilden": lambda s: s.change("figures/proeve.csv", f"{FIRST},målt,proeve-a", f"{FIRST},målt,x"),
    "area": lambda s: s.change("figures/proeve.csv", f"000,,{FIRST}", f"0,,{FIRST}"),
    "har decimalpunktum": _semicolons,
    "filen er ikke": _written,
    "figure": lambda s: s.change("figures/proeve.csv", "antal-1902,", "antal-1901,"),
    "påstanden": lambda s: s.change("figures/proeve.csv", FIRST, "1901,210,præcis,210"),
    "her står noget": lambda s: s.change("glossary.toml", "Noget, der", "010190-1234, der"),
}
"""How each row of the table under «Tjek» comes about."""


def test_every_message_of_the_guide_has_its_fault() -> None:
    assert len(CHECK) == len(FAULTS)
    assert all(any(name in message for message in CHECK) for name in FAULTS)


@pytest.mark.parametrize("name", FAULTS)
def test_check_says_what_the_guide_quotes(small: SmallData, name: str) -> None:
    (message,) = [message for message in CHECK if name in message]
    FAULTS[name](small)
    said = "\n".join(check(small.root).complaints.lines())
    pattern = re.sub(r"\d[\d.,]*\d|\d", r"[\\d.,]+", re.escape(message).replace("…", ".*"))
    assert re.search(pattern, said), said


@pytest.mark.parametrize("message", [*FETCH, *STOPS])
def test_what_stops_a_command_is_quoted_as_it_is_said(message: str) -> None:
    files = [file for part in ("etl", "contract") for file in (paths.REPO / part).rglob("*.py")]
    code = "".join(file.read_text("utf-8") for file in files)
    flat = re.sub(r"[\"']\s*\n\s*f?[\"']", "", code)
    for part in re.split(r"…| / |\b8502\b|\b429\b|^publications\.jsonl", message):
        assert part.strip(" ,:()") in flat, part
