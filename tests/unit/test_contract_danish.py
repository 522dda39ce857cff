"""Danish text of numbers, dates and periods: there and back again, and never another form."""

import doctest
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract import danish

DECIMALS = st.integers(min_value=0, max_value=6)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3), DECIMALS)
def test_a_number_can_be_read_back(value: float, decimals: int) -> None:
    exact = float(value)
    assert danish.parse_number(danish.number(exact)) == exact
    shown = danish.number(exact, decimals)
    assert danish.parse_number(shown) == pytest.approx(round(exact, decimals), abs=10**-decimals)
    assert danish.number(danish.parse_number(shown), decimals) == shown


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_whole_numbers_can_be_read_back(value: int) -> None:
    assert danish.parse_number(danish.number(value)) == value


@given(st.decimals(min_value=-1000, max_value=1000, places=3), DECIMALS)
def test_a_number_has_no_plain_minus_and_no_negative_zero(value: float, decimals: int) -> None:
    shown = danish.number(float(value), decimals)
    assert "-" not in shown
    assert shown.strip(f"{danish.MINUS}0,") or danish.MINUS not in shown


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, None, "0"), (999, None, "999"), (1000, None, "1.000"), (20871, None, "20.871"),
        (1234567.5, None, "1.234.567,5"), (53.5, None, "53,5"), (53.5, 2, "53,50"),
        (-18, 1, "−18,0"), (-0.04, 1, "0,0"), (-0.0, None, "0"), (0.1 + 0.2, None, "0,3"),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(value: float, decimals: int | None, text: str) -> None:
    assert danish.number(value, decimals) == text


@pytest.mark.parametrize("text", ["1.234,5", "1234,5", " 1.234 ", "−5,6", "-5,6", "0", "007"])
def test_danish_numbers_are_read(text: str) -> None:
    danish.parse_number(text)


@pytest.mark.parametrize(
    "text",
    ["", "-", "1,234.5", "1.23", "12.34,5", "1,", ",5", "1e3", "nan", "inf", "١٢", "1 234", "--5",
     "1.2345", "<5", "1.234.", "12a", "1\n2"],
)  # fmt: skip
def test_other_numbers_are_refused_in_danish(text: str) -> None:
    with pytest.raises(ValueError, match="er ikke et dansk tal"):
        danish.parse_number(text)


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2018", "2018"), ("2020K4", "4. kv. 2020"), ("2022-10", "oktober 2022"),
        ("2022-10-24", "24.10.2022"), ("2017-12/2020-12", "december 2017–december 2020"),
        ("2017-01/2017-09", "januar–september 2017"), ("2017/2019", "2017–2019"),
        ("2020K1/2020K3", "1. kv. 2020–3. kv. 2020"),
    ],
)  # fmt: skip
def test_periods_in_running_danish(period: str, text: str) -> None:
    assert danish.period(period) == text


def test_dates_and_partial_dates() -> None:
    assert danish.day(date(2022, 3, 4)) == "04.03.2022"
    assert danish.long_day(date(2022, 3, 4)) == "4. marts 2022"
    assert danish.partial_date("2018-03") == "marts 2018"
    assert danish.partial_date("") == "dato ikke oplyst"


@pytest.mark.parametrize(
    ("value", "qualifier", "written", "unit", "text"),
    [
        (3900, "knap", "knap 3.900", "fuldtidspersoner", "knap 3.900"),
        (53.5, "præcis", "53,5 %", "pct.", "53,5\u00a0pct."),
        (20, "knap", "knap hver femte", "pct.", "knap hver femte"),
        (50, "i_ord", "halveret", "pct.", "halveret"),
        (200, "over", ">200", "borgere", "over 200"),
        (30, "op_til", "op til 30 procent", "pct.", "op til 30\u00a0pct."),
        (None, "præcis", "120", "personer", "ikke oplyst"),
    ],
)
def test_a_figure_keeps_its_qualifier(
    value: float | None, qualifier: str, written: str, unit: str, text: str
) -> None:
    assert danish.figure_text(value, qualifier, written, unit) == text


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a og b"), (list("abc"), "a, b og c")]
)
def test_listings(items: list[str], text: str) -> None:
    assert danish.listing(items) == text


def test_the_examples_of_the_docstrings() -> None:
    assert doctest.testmod(danish).failed == 0
