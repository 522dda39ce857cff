"""The declarations of run sheets: what is complained of (made-up data), and what becomes of them."""

import pytest

from etl.check import check
from etl.frames import build_tables
from tests.data.small import SmallData

FILE = "runsheets.toml"
CASES = {
    "text": ("{antal-1902}", "{antal-1802}", "tallet «antal-1802» findes ikke"),
    "large figure": ('"antal-1902"', '"antal-1802"', "tallet «antal-1802» findes ikke"),
    "key": ('page = "proeve"', 'page = "proeve", farve = "x"', "farve"),
    "date": ('date = "1902-03-01"', 'date = "marts"', "date"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_named(small: SmallData, case: str) -> None:
    old, new, said = CASES[case]
    small.change(FILE, old, new)
    lines = small.complaints()
    assert lines and all(line.startswith(f"data/{FILE}:") for line in lines), lines
    assert any(said in line for line in lines), lines


def test_a_sheet_becomes_a_row(small: SmallData) -> None:
    (row,) = build_tables(check(small.root))["runsheets"].to_dicts()
    assert row["figures"] == ["antal-1901", "antal-1902"]
    assert row["items"][0]["key"] == "antal"
    assert row["items"][0]["params"] == []


def test_choices_of_a_view_are_kept_in_order(small: SmallData) -> None:
    small.change(FILE, 'page = "proeve"', 'page = "proeve", params = {o = "101", i = "antal"}')
    (row,) = build_tables(check(small.root))["runsheets"].to_dicts()
    assert row["items"][0]["params"] == [
        {"key": "o", "value": "101"},
        {"key": "i", "value": "antal"},
    ]


def test_no_run_sheets_are_no_fault(small: SmallData) -> None:
    small.write(FILE, "")
    assert small.complaints() == []
    assert build_tables(check(small.root))["runsheets"].height == 0
