"""The rows of a release that are not numbers, as people's objects: events, decisions, points, questions, terms.

Plain frozen data; `read` makes them. Figures with their indicators and sources are in `dashboard.records`.
"""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; fields as in `contract.catalogue.Event`."""

    id: str
    date: str
    date_start: datetime.date
    date_end: datetime.date
    precision: str
    title: str
    text: str
    body: str
    theme: str
    kind: str
    source: str
    locator: str
    indicators: list[str]
    figures: list[str]


@dataclass(frozen=True, slots=True)
class Decision:
    """Ordered → answered; fields as in `contract.tables.Decisions`."""

    id: str
    ordered_by: str
    ordered: str
    precision: str
    title: str
    text: str
    source: str
    locator: str
    status: str
    answer: str
    answered: str
    answer_source: str
    days: int | None
    theme: str
    figures: list[str]
    event: str


@dataclass(frozen=True, slots=True)
class Point:
    """Principle, group, recommendation, vote …; fields as in `contract.tables.Points`."""

    id: str
    kind: str
    number: int | None
    field: str
    title: str
    text: str
    parties: list[str]
    votes_for: int | None
    votes_against: int | None
    abstained: int | None
    date: str
    source: str
    locator: str
    figures: list[str]


@dataclass(frozen=True, slots=True)
class Relation:
    """Two sides that ought to agree; fields as in `contract.tables.Relations`."""

    id: str
    title: str
    kind: str
    unit: str
    decimals: int
    left_label: str
    left_formula: str
    left: float
    left_low: float
    left_high: float
    right_label: str
    right_formula: str
    right: float
    right_low: float
    right_high: float
    gap: float
    explained: bool
    reason: str
    figures: list[str]


@dataclass(frozen=True, slots=True)
class Break:
    """A break in a series."""

    id: str
    indicators: list[str]
    period: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question people ask; fields as in `contract.tables.Questions`, in the order of the file."""

    id: str
    question: str
    answer: str
    figure: str
    picture: list[dict[str, str]]
    how: str
    unknown: str
    page: str
    topic: str
    words: list[str]
    figures: list[str]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field."""

    id: str
    term: str
    text: str
    source: str
    locator: str
    also: list[str]
