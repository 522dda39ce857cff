"""How a number that is hidden is shown: in words, never as 0, never as an empty cell that sums as 0."""

import csv
import io

import pytest

from contract.hidden import HIDDEN
from dashboard.charts.track import Track, segments
from dashboard.export import delimited
from dashboard.read import Figure
from tests.unit.made_up import SHARE, figure

VALUE = delimited.VALUE


def hidden(period: str = "1902", **changes: object) -> Figure:
    return figure(None, period, as_written=HIDDEN, note=HIDDEN, **changes)


@pytest.mark.parametrize("one", [hidden(), hidden(indicator=SHARE)])
def test_it_is_said_in_words_and_without_a_unit(one: Figure) -> None:
    assert one.hidden
    assert one.text == one.with_unit == HIDDEN
    assert not one.approximate


def test_a_number_that_is_not_told_is_not_hidden() -> None:
    assert not figure(None, as_written="ikke oplyst", note="Kilden siger det ikke").hidden
    assert not figure(0.0).hidden
    assert not figure(4.0, note=HIDDEN).hidden


def test_csv_for_excel_says_it_and_csv_for_programs_stays_numeric() -> None:
    figures = [hidden(), figure(0.0, "1903")]
    excel = list(
        csv.reader(io.StringIO(delimited.csv_excel(figures).decode("utf-8-sig")), delimiter=";")
    )
    plain = list(csv.reader(io.StringIO(delimited.csv_plain(figures).decode())))
    assert [row[VALUE] for row in excel[1:]] == [HIDDEN, "0"]
    assert [row[VALUE] for row in plain[1:]] == ["", "0"]
    assert plain[1][VALUE + 2] == HIDDEN


def test_a_sheet_says_it() -> None:
    assert delimited.row(hidden())[VALUE] == HIDDEN
    assert delimited.row(figure(0.0))[VALUE] == 0.0


def test_the_line_is_broken_there() -> None:
    figures = [figure(10.0, "1901"), hidden("1902"), figure(12.0, "1903"), figure(14.0, "1904")]
    runs = segments(Track.of("Prøve", "andet", figures).marks)
    assert [[mark.figure.period for mark in run] for run in runs] == [["1901"], ["1903", "1904"]]
