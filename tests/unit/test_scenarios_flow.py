"""Stock and flow: nobody appears or vanishes, shares stay shares, and the range holds every combination."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.scenarios import fleksjob_flow as flow
from dashboard.scenarios.fleksjob_flow import Assumptions, Rates, Span, Stock
from dashboard.scenarios.solve import bisect

SHARE = st.floats(0, 1)


@st.composite
def all_rates(draw):
    finding = draw(SHARE)
    return Rates(
        finding,
        draw(st.floats(0, 1 - finding)),
        draw(st.floats(0, 50)),
        draw(SHARE),
        draw(st.floats(0, 0.5)),
    )


@st.composite
def stocks(draw):
    total = draw(st.floats(1, 1000))
    unemployed = total * draw(SHARE)
    return Stock(total - unemployed, unemployed)


@st.composite
def assumed(draw):
    low, high = sorted((draw(SHARE), draw(SHARE)))
    lost = sorted((draw(st.floats(0, 1 - high)), draw(st.floats(0, 1 - high))))
    return Assumptions(
        Span(low, high), Span(*lost), draw(st.floats(0, 50)), draw(SHARE), draw(st.floats(0, 0.5))
    )


@given(stocks(), all_rates())
def test_people_are_conserved(stock, rates):
    after = flow.step(stock, rates)
    assert after.total == pytest.approx((1 - rates.leaving) * stock.total + rates.inflow)


@given(stocks(), all_rates())
def test_shares_stay_between_none_and_all(stock, rates):
    for year in flow.path(stock, rates):
        assert year.in_job >= -1e-9
        assert year.unemployed >= -1e-9
        assert -1e-9 <= year.share <= 1 + 1e-9


def test_the_path_has_a_stock_a_year():
    years = flow.path(Stock(80, 20), Rates(0.2, 0.1, 5, 0.5, 0.05))
    assert len(years) == flow.LAST - flow.FIRST + 1
    assert years[0] == Stock(80, 20)


def test_a_year_worked_by_hand():
    after = flow.step(Stock(80, 20), Rates(0.5, 0.1, 10, 0.3, 0.1))
    assert after.in_job == pytest.approx(0.9 * (72 + 10) + 3)
    assert after.unemployed == pytest.approx(0.9 * (10 + 8) + 7)


@given(stocks(), all_rates(), SHARE)
def test_more_job_finding_is_never_more_unemployment(stock, rates, other):
    more = max(rates.finding, min(other, 1 - rates.loss))
    better = flow.path(stock, replace(rates, finding=more))
    for before, after in zip(flow.path(stock, rates), better, strict=True):
        assert after.share <= before.share + 1e-9


@given(stocks(), all_rates(), SHARE)
def test_more_job_loss_is_never_less_unemployment(stock, rates, other):
    more = max(rates.loss, min(other, 1 - rates.finding))
    worse = flow.path(stock, replace(rates, loss=more))
    for before, after in zip(flow.path(stock, rates), worse, strict=True):
        assert after.share >= before.share - 1e-9


@given(stocks(), assumed(), SHARE, SHARE)
def test_the_range_contains_the_middle_and_everything_else(stock, assumptions, at, other):
    edges = flow.band(stock, assumptions)
    within = replace(
        assumptions.middle,
        finding=assumptions.finding.low + at * (assumptions.finding.high - assumptions.finding.low),
        loss=assumptions.loss.low + other * (assumptions.loss.high - assumptions.loss.low),
    )
    for rates in (assumptions.middle, within):
        for (low, high), year in zip(edges, flow.path(stock, rates), strict=True):
            assert low - 1e-9 <= year.share <= high + 1e-9


@given(stocks(), all_rates())
def test_in_the_long_run_the_share_is_the_lasting_one(stock, rates):
    assume(rates.leaving == 0 or rates.leaving > 0.02)
    assume(rates.inflow == 0 or rates.inflow > 0.1)
    assume(rates.leaving > 0 or rates.inflow == 0)  # growing without end comes near only slowly
    assume(rates.inflow > 0 or rates.finding + rates.loss > 0.05)
    assume(rates.inflow > 0 or rates.leaving == 0)  # nobody would be left
    expected = flow.lasting(rates)
    assert flow.path(stock, rates, 2000)[-1].share == pytest.approx(expected, abs=1e-6)


def test_nothing_moves_nothing_lasts():
    assert flow.lasting(Rates(0, 0, 0, 0.5, 0.1)) is None


@pytest.mark.parametrize(
    "rates",
    [
        (0.7, 0.4, 1, 0.5, 0.1),
        (-0.1, 0, 1, 0.5, 0.1),
        (0.1, 0.1, -1, 0.5, 0.1),
        (0.1, 0.1, 1, 1.5, 0.1),
    ],
)
def test_impossible_rates_are_refused(rates):
    with pytest.raises(ValueError, match="mellem 0 og 1"):
        Rates(*rates)


def test_a_range_whose_upper_ends_exceed_all_is_refused():
    with pytest.raises(ValueError, match="mellem 0 og 1"):
        flow.band(Stock(80, 20), Assumptions(Span(0.1, 0.8), Span(0.1, 0.4), 5, 0.3, 0.05))


@given(stocks(), all_rates(), st.sampled_from(flow.LEVERS), SHARE)
def test_the_reverse_question_is_answered_or_out_of_reach(stock, rates, lever, target):
    found = flow.needed(stock, rates, lever, target)
    ceiling = {"finding": 1 - rates.loss, "loss": 1 - rates.finding, "direct": 1.0}[lever]
    ends = [flow.final_share(stock, replace(rates, **{lever: x})) for x in (0.0, ceiling)]
    if found is None:
        assert not min(ends) < target < max(ends)
    else:
        assert 0 <= found <= ceiling
        assert flow.final_share(stock, replace(rates, **{lever: found})) == pytest.approx(
            target, abs=1e-6
        )


@given(stocks(), all_rates(), st.sampled_from(flow.LEVERS))
def test_the_reverse_question_gives_the_rate_back(stock, rates, lever):
    target = flow.final_share(stock, rates)
    found = flow.needed(stock, rates, lever, target)
    assert found is not None
    assert flow.final_share(stock, replace(rates, **{lever: found})) == pytest.approx(
        target, abs=1e-6
    )


@given(st.floats(-50, 50), st.floats(0.1, 5), st.booleans())
def test_bisection_solves_both_ways(root, slope, falling):
    sign = -1 if falling else 1
    found = bisect(lambda x: sign * slope * (x - root), 0.0, -100, 100)
    assert found == pytest.approx(root, abs=1e-6)


def test_bisection_says_when_there_is_no_answer():
    assert bisect(lambda x: x, 2.0, 0.0, 1.0) is None
