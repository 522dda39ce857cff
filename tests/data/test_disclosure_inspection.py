"""`etl check` on the rules of disclosure control, and on CPR numbers in whatever is loaded."""

import io
import struct
from pathlib import Path

import pytest

from contract.paths import REPO
from contract.series import SeriesFile
from etl.complaints import Complaints
from etl.disclosure import DisclosureError, protect, read_rules
from etl.disclosure.inspection import inspect
from tests.data.made_up_counts import PARTS, rules, table
from tests.data.small import SmallData

CPR_LIKE = ["010203-1234", "0102031234", "010203–1234", "999999-9999"]


def said(root: Path) -> list[str]:
    complaints = Complaints(root)
    inspect(root, SeriesFile(), complaints)
    return complaints.lines()


def answer(root: Path, content: str, name: str = "20260101T000000Z-0123456789ab.csv") -> None:
    folder = root / "raw" / "statbank" / "PROEVE"
    folder.mkdir(parents=True)
    (folder / name).write_text(content, "utf-8")


def test_the_rules_of_the_project_can_be_read_and_name_what_exists() -> None:
    known = read_rules(REPO / "data")
    assert known.threshold >= 3
    assert known.sensitive_threshold >= 10
    assert any(rule.table == "figures" and rule.reason for rule in known.exempt)


@pytest.mark.parametrize("number", CPR_LIKE)
@pytest.mark.parametrize("name", ["x.csv", "x.json", "x.request.json"])
def test_a_cpr_number_in_an_answer_stops_the_load(small: SmallData, number: str, name: str) -> None:
    small.write("disclosure.toml", "threshold = 5\n")
    answer(small.root, f"OMRÅDE;INDHOLD\r\n147;{number}\r\n", name)
    (line,) = small.complaints()
    assert line.startswith(f"data/raw/statbank/PROEVE/{name}:2: ")
    assert "CPR" in line
    assert number not in line


@pytest.mark.parametrize("number", CPR_LIKE)
@pytest.mark.parametrize(
    ("name", "rest"), [("disclosure.toml", "threshold = 5\n"), ("series.toml", "")]
)
def test_a_cpr_number_in_the_rules_stops_the_load(
    small: SmallData, name: str, rest: str, number: str
) -> None:
    small.write(name, f"# {number}\n{rest}")
    (line,) = small.complaints()
    assert "CPR" in line
    assert number not in line


def test_hashes_times_and_long_numbers_are_no_cpr_numbers(small: SmallData) -> None:
    small.write("disclosure.toml", "threshold = 5\n")
    answer(
        small.root,
        '{"sha256": "ab1234567890cd", "fetched_at": "2026-01-01T10:00:00Z", "n": 12345678901}',
    )
    assert small.complaints() == []


def test_answers_without_rules_are_refused(small: SmallData) -> None:
    answer(small.root, "OMRÅDE;INDHOLD\r\n")
    assert small.complaints() == [
        "data/disclosure.toml:1: filen mangler; uden regler for diskretion udgives ingen hentede tal"
    ]
    with pytest.raises(DisclosureError, match="mangler"):
        read_rules(small.root)


@pytest.mark.parametrize(("text", "wanted"), [
    ("threshold = 2", "mindst 3"),
    ("threshold = 4.5", "helt tal"),
    ("treshold = 5", "threshold"),
    ("sensitive_threshold = 4", "lavere end threshold"),
    ("topics = {a = 'b'}", "topics"),
    ('[[sensitive]]\nreason = "x"', "enten topic eller indicator"),
    ('[[own]]\nindicator = "ukendt"\nthreshold = 2\nreason = "x"', "mindst 3"),
    ('[[own]]\nindicator = "ukendt"\nthreshold = 7\nreason = "x"', "findes ikke i series.toml"),
    ('[[hierarchy]]\ndimension = "area"\nwhole = "000"\nparts = ["000"]', "del af sig selv"),
    ('[[exempt]]\nindicators = ["a"]', "reason"),
    ("threshold = ", "TOML"),
    ("", "filen er tom"),
    ("# kun en bemærkning", "filen er tom"),
])  # fmt: skip
def test_rules_that_cannot_be_used_are_complained_of(
    small: SmallData, text: str, wanted: str
) -> None:
    small.write("disclosure.toml", text)
    lines = said(small.root)
    assert lines
    assert any(wanted in line and line.startswith("data/disclosure.toml:") for line in lines), lines


def test_a_hidden_number_is_not_even_left_in_memory() -> None:
    """A null over a number would go out with formats that write memory as it is."""
    values = [3.0, 777.25, 888.5, 999.75]
    cells = {("antal", area, "", "1901"): v for area, v in zip(PARTS, values, strict=True)}
    cells["antal", "000", "", "1901"] = sum(values)
    outcome = protect(table(cells), rules()).frame
    out = io.BytesIO()
    outcome.write_ipc(out, compression="uncompressed")
    shown = set(outcome["value"].drop_nulls())
    assert 3.0 not in shown
    for value in cells.values():
        assert (struct.pack("<d", value) in out.getvalue()) == (value in shown)
