"""People referred to a fleksjob, in job or unemployed, one step a year. Pure.

A year is: some leave the scheme (the same share of both groups), then some of the unemployed find a job and
some of those in job lose it, then new people are referred, and a share of them starts directly in a job.

    in job'     = (1 − a) × (in job × (1 − t) + unemployed × j) + n × d
    unemployed' = (1 − a) × (unemployed × (1 − j) + in job × t) + n × (1 − d)

with a = share leaving, j = share of the unemployed who find a job, t = share of those in job who lose it,
n = newly referred, d = share of them starting directly. All are shares of a year; j + t may be at most 1,
since people would otherwise swing between the groups, and more job-finding could mean more unemployed.
"""

from dataclasses import dataclass, replace

from dashboard.scenarios.solve import bisect

FIRST, LAST = 2022, 2030
LEVERS = ("finding", "loss", "direct")
"""The rates one can ask backwards about."""


@dataclass(frozen=True, slots=True)
class Stock:
    """People in job and unemployed, in the unit of the start (here: per 100 referred at the start)."""

    in_job: float
    unemployed: float

    @property
    def total(self) -> float:
        """All who are referred."""
        return self.in_job + self.unemployed

    @property
    def share(self) -> float:
        """The unemployed as a share of all, 0–1. Raises ZeroDivisionError when nobody is left."""
        return self.unemployed / self.total


@dataclass(frozen=True, slots=True)
class Rates:
    """A year's flows: shares 0–1, except `inflow`, which is people in the unit of the stock."""

    finding: float
    loss: float
    inflow: float
    direct: float
    leaving: float

    def __post_init__(self) -> None:
        shares = (self.finding, self.loss, self.direct, self.leaving)
        if (
            not all(0 <= share <= 1 for share in shares)
            or self.inflow < 0
            or self.finding + self.loss > 1 + 1e-12
        ):
            raise ValueError(
                "andele skal ligge mellem 0 og 1, og jobfinding og jobtab tilsammen højst være 1"
            )


def step(stock: Stock, rates: Rates) -> Stock:
    """The stock a year later."""
    stay = 1 - rates.leaving
    return Stock(
        stay * (stock.in_job * (1 - rates.loss) + stock.unemployed * rates.finding)
        + rates.inflow * rates.direct,
        stay * (stock.unemployed * (1 - rates.finding) + stock.in_job * rates.loss)
        + rates.inflow * (1 - rates.direct),
    )


def path(stock: Stock, rates: Rates, years: int = LAST - FIRST) -> list[Stock]:
    """The stock at the start and after each year."""
    stocks = [stock]
    for _ in range(years):
        stocks.append(step(stocks[-1], rates))
    return stocks


def lasting(rates: Rates) -> float | None:
    """The share of unemployed that the flows lead to in the long run; None if nothing ever moves."""
    fresh = (
        rates.leaving if rates.inflow else 0.0
    )  # in the long run a year's newcomers are this share of all
    stays = (1 - fresh) * (1 - rates.finding - rates.loss)
    return (
        None
        if stays >= 1
        else ((1 - fresh) * rates.loss + fresh * (1 - rates.direct)) / (1 - stays)
    )


@dataclass(frozen=True, slots=True)
class Span:
    """The visitor's low and high assumption of a rate."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """Half-way between the two: only for tests and comparison, never shown as a forecast."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Assumptions:
    """All that the visitor assumes: spans for the two rates within the scheme, one value for the rest."""

    finding: Span
    loss: Span
    inflow: float
    direct: float
    leaving: float

    @property
    def best(self) -> Rates:
        """Most find a job and fewest lose it: the lower edge of unemployment."""
        return Rates(self.finding.high, self.loss.low, self.inflow, self.direct, self.leaving)

    @property
    def worst(self) -> Rates:
        """Fewest find a job and most lose it: the upper edge."""
        return Rates(self.finding.low, self.loss.high, self.inflow, self.direct, self.leaving)

    @property
    def middle(self) -> Rates:
        """Half-way in both spans."""
        return replace(self.best, finding=self.finding.middle, loss=self.loss.middle)


def band(
    stock: Stock, assumptions: Assumptions, years: int = LAST - FIRST
) -> list[tuple[float, float]]:
    """(lowest, highest) share of unemployed at the start and after each year.

    The share falls with job-finding and rises with job loss, so the two edges hold every combination.
    Raises ValueError if the highest job-finding and job loss together exceed 1.
    """
    replace(
        assumptions.best, loss=assumptions.loss.high
    )  # refuses spans whose upper ends exceed 1 together
    lower, upper = path(stock, assumptions.best, years), path(stock, assumptions.worst, years)
    return [(low.share, high.share) for low, high in zip(lower, upper, strict=True)]


def final_share(stock: Stock, rates: Rates, years: int = LAST - FIRST) -> float:
    """The share of unemployed after so many years."""
    return path(stock, rates, years)[-1].share


def needed(
    stock: Stock, rates: Rates, lever: str, target: float, years: int = LAST - FIRST
) -> float | None:
    """The value of one lever that gives the target share after so many years, the others unchanged.

    None if no value of it does. `lever` is one of LEVERS.
    """
    ceiling = {"finding": 1 - rates.loss, "loss": 1 - rates.finding, "direct": 1.0}[lever]
    return bisect(
        lambda x: final_share(stock, replace(rates, **{lever: x}), years), target, 0.0, ceiling
    )
