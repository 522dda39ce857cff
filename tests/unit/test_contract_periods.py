"""The period notation: every period has its first and last day, everything else is refused."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.periods import FREQUENCIES, parse_period

YEARS = st.integers(min_value=1000, max_value=9998)


@pytest.mark.parametrize(
    ("text", "start", "end", "frequency"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31), "år"),
        ("2020K1", date(2020, 1, 1), date(2020, 3, 31), "kvartal"),
        ("2020K4", date(2020, 10, 1), date(2020, 12, 31), "kvartal"),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "måned"),
        ("2022-10-24", date(2022, 10, 24), date(2022, 10, 24), "dag"),
        ("2017-12/2020-12", date(2017, 12, 1), date(2020, 12, 31), "interval"),
        ("2018/2018", date(2018, 1, 1), date(2018, 12, 31), "interval"),
        ("2018/2020K1", date(2018, 1, 1), date(2020, 3, 31), "interval"),
    ],
)
def test_a_period_has_its_days(text: str, start: date, end: date, frequency: str) -> None:
    period = parse_period(text)
    assert (period.text, period.start, period.end) == (text, start, end)
    assert period.frequency == frequency
    assert frequency in FREQUENCIES


@given(YEARS)
def test_quarters_and_months_fill_the_year(year: int) -> None:
    for parts in (
        [f"{year}K{quarter}" for quarter in range(1, 5)],
        [f"{year}-{month:02d}" for month in range(1, 13)],
    ):
        periods = [parse_period(part) for part in parts]
        assert periods[0].start == date(year, 1, 1)
        assert periods[-1].end == date(year, 12, 31)
        for one, following in pairwise(periods):
            assert one.end + timedelta(days=1) == following.start


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_a_period(day: date) -> None:
    assert parse_period(day.isoformat()).start == day


@pytest.mark.parametrize(
    "text",
    ["", "18", "2018K5", "2018K0", "2018Q1", "2018k1", "2018-13", "2018-00", "2018-1", "2018-02-30",
     "202413", "2024M01", "jan-24", "2018-", "2018/", "/2018", "2018/2019/2020", "2019/2018", "٢٠١٨",
     "2018 ", "2018\n", "0000", "uge 53"],
)  # fmt: skip
def test_other_periods_are_refused_in_danish(text: str) -> None:
    with pytest.raises(ValueError, match="perioden «"):
        parse_period(text)
