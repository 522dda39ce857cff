"""Money per year → caseload. Pure.

With N young people, a caseload of L0 without money (so N / L0 advisers) and a price c of one adviser a
year, the money k pays for k / c more advisers:

    caseload(k) = N / (N / L0 + k / c)   which is the same as   1 / caseload(k) = 1 / L0 + k / (N × c)

Only the product N × c shapes the curve. A documented point (money, caseload) therefore fixes the product,
and the number of young people splits it into the price of an adviser: who disputes the price disputes
the number of people.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """Money per year (mio. kr.) and the caseload it is said to give."""

    money: float
    caseload: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The caseload without money, and the product of people and price (mio. kr.)."""

    without: float
    product: float

    def caseload(self, money: float) -> float:
        """Young people per adviser with `money` mio. kr. a year. Falls with money, never below zero."""
        return 1 / (1 / self.without + money / self.product)

    def residual(self, point: Point) -> float:
        """What the curve says at a documented point, minus what the document says there."""
        return self.caseload(point.money) - point.caseload


def through(without: float, point: Point) -> Curve:
    """The curve through the caseload without money and one documented point.

    Raises ValueError unless the point has money and a lower caseload.
    """
    if point.money <= 0 or not 0 < point.caseload < without:
        raise ValueError("et punkt skal have et beløb og et lavere sagstal end uden midler")
    return Curve(without, point.money / (1 / point.caseload - 1 / without))


def with_price(without: float, people: float, price: float) -> Curve:
    """The curve for a number of young people and a price of one adviser (mio. kr. a year)."""
    return Curve(without, people * price)


def implied_price(curve: Curve, people: float) -> float:
    """The price of one adviser (mio. kr. a year) that the curve means if there are so many people."""
    return curve.product / people


def implied_people(curve: Curve, price: float) -> float:
    """The number of young people that the curve means if one adviser costs so much."""
    return curve.product / price


def advisers(people: float, caseload: float) -> float:
    """How many advisers so many people need at a caseload."""
    return people / caseload


def split(money: float, expiring: float) -> tuple[float, float]:
    """(replacement, new): money first replaces what expires; only the rest is new."""
    replacement = min(money, expiring)
    return replacement, money - replacement
