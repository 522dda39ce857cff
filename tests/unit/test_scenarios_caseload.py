"""The caseload curve: falls with money, starts at the caseload without, and only people × price shapes it."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.scenarios import caseload
from dashboard.scenarios.caseload import Point

LOADS = st.floats(2, 500)
MONEY = st.floats(0, 1000)
PEOPLE = st.floats(10, 100_000)
PRICES = st.floats(0.01, 10)


@given(without=LOADS, people=PEOPLE, price=PRICES, less=MONEY, more=MONEY)
def test_more_money_is_fewer_people_per_adviser(without, people, price, less, more):
    assume(more - less > 1e-3)
    curve = caseload.with_price(without, people, price)
    assert curve.caseload(more) < curve.caseload(less) <= without * (1 + 1e-12)
    assert curve.caseload(more) > 0


@given(without=LOADS, people=PEOPLE, price=PRICES)
def test_no_money_is_the_caseload_without(without, people, price):
    assert caseload.with_price(without, people, price).caseload(0) == pytest.approx(without)


@given(without=LOADS, people=PEOPLE, price=PRICES, money=MONEY)
def test_it_is_people_over_advisers(without, people, price, money):
    advisers = people / without + money / price
    assert caseload.with_price(without, people, price).caseload(money) == pytest.approx(
        people / advisers
    )


@given(without=LOADS, people=PEOPLE, price=PRICES, money=MONEY, factor=st.floats(0.01, 100))
def test_only_people_times_price_shapes_the_curve(without, people, price, money, factor):
    one = caseload.with_price(without, people, price)
    other = caseload.with_price(without, people * factor, price / factor)
    assert other.caseload(money) == pytest.approx(one.caseload(money))


@st.composite
def points(draw):
    without = draw(LOADS)
    return without, Point(draw(st.floats(0.1, 1000)), without * draw(st.floats(0.05, 0.95)))


@given(points())
def test_the_curve_goes_through_its_point(drawn):
    without, point = drawn
    curve = caseload.through(without, point)
    assert curve.residual(point) == pytest.approx(0, abs=1e-6)
    assert curve.caseload(0) == pytest.approx(without)


@given(points(), PEOPLE, PRICES)
def test_implied_price_and_people_invert(drawn, people, price):
    curve = caseload.through(*drawn)
    implied = caseload.implied_price(curve, people)
    assert caseload.implied_people(curve, implied) == pytest.approx(people)
    again = caseload.with_price(drawn[0], people, implied)
    assert again.residual(drawn[1]) == pytest.approx(0, abs=1e-6)
    assert caseload.implied_price(curve, caseload.implied_people(curve, price)) == pytest.approx(
        price
    )


@given(points(), PEOPLE)
def test_implied_price_is_money_over_the_extra_advisers(drawn, people):
    without, point = drawn
    extra = caseload.advisers(people, point.caseload) - caseload.advisers(people, without)
    assert caseload.implied_price(caseload.through(without, point), people) == pytest.approx(
        point.money / extra
    )


@pytest.mark.parametrize(
    "point", [Point(0, 50), Point(-1, 50), Point(5, 110), Point(5, 120), Point(5, 0)]
)
def test_a_point_without_money_or_gain_is_refused(point):
    with pytest.raises(ValueError, match="punkt"):
        caseload.through(110, point)


@given(MONEY, MONEY)
def test_replacement_and_new_money_are_the_whole(money, expiring):
    replacement, new = caseload.split(money, expiring)
    assert replacement + new == pytest.approx(money)
    assert 0 <= replacement <= expiring
    assert new == 0 or replacement == expiring


def test_the_budget_notes_own_points():
    """Worked by hand: through 110 and 50 at 11, and what is left at 5 where the note says 70."""
    curve = caseload.through(110, Point(11, 50))
    assert curve.product == pytest.approx(1008.333, abs=0.001)
    assert round(curve.caseload(5), 1) == 71.2
    assert round(caseload.implied_price(curve, 3000), 2) == 0.34
    assert round(caseload.implied_price(curve, 2096), 2) == 0.48
    other = caseload.through(110, Point(5, 70))
    assert round(caseload.implied_price(other, 3000), 2) == 0.32
    assert round(caseload.implied_price(other, 2096), 2) == 0.46
