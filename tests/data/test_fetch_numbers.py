"""The cells of fetched answers: Danish numbers, marks for missing ones, and nothing else. All values are made up."""

import io
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.danish import number
from contract.series import Choice
from etl.fetch.jobindsats_answer import MISSING, count
from etl.fetch.matching import normal, notation, pick
from etl.fetch.refused import FetchError
from etl.fetch.statbank_answer import read_answer

BODY = (
    '{"table": "PR01", "format": "CSV", "variables": '
    '[{"code": "A", "values": ["1"]}, {"code": "Tid", "values": ["1901"]}]}'
)


def _statbank(cell: str) -> float | None:
    content = f"A;TID;INDHOLD\r\n1;1901;{cell}\r\n".encode()
    row = read_answer(content, BODY, "0").row(0, named=True)
    assert row["missing"] == (row["value"] is None)
    return row["value"]


@given(st.integers(0, 10**12), st.integers(0, 3))
def test_what_is_written_in_danish_is_read_back(thousandths: int, decimals: int) -> None:
    value = round(thousandths / 10**decimals, decimals)
    assert count(number(value, decimals)) == value
    assert _statbank(number(value, decimals).replace(".", "")) == value


@given(st.text(max_size=12))
def test_any_text_is_a_number_missing_or_refused(text: str) -> None:
    try:
        value = count(text)
    except ValueError:
        return
    assert value is None if text.strip() in MISSING else value is not None and 0 <= value < math.inf


@given(st.text(alphabet="0123456789.,-−+ <eENaN٤\xa0", max_size=9))
def test_any_cell_of_a_csv_is_a_number_missing_or_refused(text: str) -> None:
    try:
        value = _statbank(text)
    except FetchError:
        return
    if text in ("", ".."):
        assert value is None
    else:
        assert value == float(text.replace(",", "."))


@given(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.lists(st.integers(), max_size=2),
        st.binary(),
    )
)
def test_what_json_can_hold(cell: Any) -> None:
    try:
        value = count(cell)
    except ValueError:
        assert isinstance(cell, bool | list | bytes) or not 0 <= cell < math.inf
        return
    assert value is None if cell is None else value == cell


@pytest.mark.parametrize(
    "cell", ["1.23", "12.345.6", "1,234.5", "1 234", "0x10", "1e3", "٤", "４", "½", "--", "…"]
)
def test_near_numbers_are_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="er ikke et dansk tal"):
        count(cell)


@pytest.mark.parametrize("cell", [None, "", " ", "-", ".", ".."])
def test_missing_is_none(cell: str | None) -> None:
    assert count(cell) is None


def test_minus_zero_is_zero() -> None:
    assert math.copysign(1, count(-0.0) or 0.0) == 1


@pytest.mark.parametrize(
    ("code", "text"),
    [("1901K4", "1901K4"), ("1901Q4", "1901K4"), ("1901M12", "1901-12"), ("1901", "1901")],
)
def test_periods(code: str, text: str) -> None:
    assert notation(code) == text


@pytest.mark.parametrize(
    "code",
    ["1901K5", "1901M00", "1901M13", "1901U01", "190113", "1901QMAT01", "", "jan-01", "١٩٠١"],
)
def test_periods_that_are_none(code: str) -> None:
    with pytest.raises(ValueError, match=r"perioden|kan ikke læses"):
        notation(code)


def test_a_choice_is_one_value_or_a_fault() -> None:
    values = {"a": "I alt", "b": "Andet", "c": "Andet"}
    for choice, wanted in (
        (Choice(code="a", texts=("i  ALT",)), "a"), (Choice(texts=("I alt",)), "a"),
        (Choice(texts=("Andet",)), ""), (Choice(code="b", texts=("I alt",)), ""),
        (Choice(code="d", texts=("I alt",)), ""),
    ):  # fmt: skip
        faults: list[str] = []
        assert pick(values, choice, "X", faults) == wanted
        assert len(faults) == (0 if wanted else 1)
    assert normal(" Høje-Taastrup ") == "høje-taastrup"


def test_a_wide_answer_is_read_whole() -> None:
    """A hundred thousand rows, in an order nobody promised."""
    periods = [f"{year}M{month:02d}" for year in range(1000, 1834) for month in range(1, 13)][
        :10_000
    ]
    values = [str(n) for n in range(10)]
    body = (
        f'{{"table": "PR01", "format": "CSV", "variables": [{{"code": "A", "values": {values}}}, '
        f'{{"code": "Tid", "values": {periods}}}]}}'
    ).replace("'", '"')
    out = io.StringIO()
    out.write("A;TID;INDHOLD\r\n")
    for period in reversed(periods):
        out.writelines(f"{value};{period};{int(value) * 7}\r\n" for value in values)
    rows = read_answer(out.getvalue().encode(), body, "0")
    assert rows.height == 100_000
    assert rows.filter(rows["A"].cast(int) * 7 != rows["value"]).is_empty()
