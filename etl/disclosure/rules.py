"""The rules of disclosure control: thresholds, what sums to what, what shares are made of, what is exempt."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from contract.entry import Id, Text

LOWEST_THRESHOLD = 3
"""Statistics Denmark's own least number of people in a cell; no setting goes below it."""

Threshold = Annotated[int, Field(ge=LOWEST_THRESHOLD)]
Ids = Annotated[tuple[Id, ...], Field(min_length=1)]


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sensitive(_Rule):
    """A topic, or an indicator, that needs the higher threshold; `reason` says why."""

    topic: str = ""
    indicator: str = ""
    reason: Text


class Own(_Rule):
    """An indicator with a threshold of its own."""

    indicator: Id
    threshold: Threshold
    reason: Text


class Hierarchy(_Rule):
    """A whole and its parts in one dimension. Parts of areas may be ranges of codes: `101-899`.

    Not all parts need be in a table: what is missing is a rest that must not be small either.
    `indicators` limits it to some indicators (empty: all); for dimension `indicator` it is not used.
    """

    dimension: Literal["area", "group", "indicator"]
    whole: str
    parts: Annotated[tuple[Text, ...], Field(min_length=1)]
    indicators: tuple[Id, ...] = ()


class Independent(_Rule):
    """An indicator whose groups neither sum to nor contain one another, so far as is known."""

    indicator: Id
    reason: Text


class Share(_Rule):
    """A computed indicator: `per` × numerator ÷ denominator, rounded to `decimals`.

    Which figures a row is computed from stands in its `derived_from`; the indicators say which of
    them are the numerator and which the denominator. `subset`: the people of the numerator are among
    those of the denominator, so that what is left is a group of its own. No numerator: a mean.
    """

    indicator: Id
    numerator: tuple[Id, ...] = ()
    denominator: Ids
    per: Annotated[float, Field(gt=0)] = 100
    decimals: Annotated[int, Field(ge=0, le=3)] = 1
    subset: bool = True


class Rounded(_Rule):
    """Indicators whose counts are rounded one by one, so that sums may miss by half a unit a number."""

    indicators: Ids
    reason: Text


class Overlapping(_Rule):
    """Indicators whose parts count some people twice, so that they exceed their whole.

    `within` is the most it may be, as a share of the whole.
    """

    indicators: Ids
    within: Annotated[float, Field(gt=0, le=0.05)]
    reason: Text


class Revisable(_Rule):
    """Indicators in which a small revision of a number of `at_least` is not a few people."""

    indicators: Ids
    at_least: Annotated[int, Field(ge=50)]
    reason: Text


class Exempt(_Rule):
    """Indicators, or a table of a release, that disclosure control leaves alone, and why."""

    indicators: tuple[Id, ...] = ()
    table: str = ""
    reason: Text


class Rules(_Rule):
    """The whole of data/disclosure.toml, and the topics of the indicators it is used on."""

    threshold: Threshold = 5
    sensitive_threshold: Threshold = 10
    hide_last: tuple[str, ...] = ()
    sensitive: tuple[Sensitive, ...] = ()
    own: tuple[Own, ...] = ()
    hierarchy: tuple[Hierarchy, ...] = ()
    independent: tuple[Independent, ...] = ()
    share: tuple[Share, ...] = ()
    rounded: tuple[Rounded, ...] = ()
    overlapping: tuple[Overlapping, ...] = ()
    revisable: tuple[Revisable, ...] = ()
    exempt: tuple[Exempt, ...] = ()
    topics: Annotated[dict[str, str], Field(exclude=True)] = {}

    def with_topics(self, topics: Mapping[str, str]) -> "Rules":
        """The same rules, knowing the topic of each indicator (indicator id → topic id)."""
        return self.model_copy(update={"topics": dict(topics)})

    def threshold_of(self, indicator: str) -> int:
        """The least number of people that may be shown.

        The highest of those that apply; an indicator whose topic is not known counts as sensitive
        as soon as any topic is.
        """
        topics = {rule.topic for rule in self.sensitive if rule.topic}
        delicate = indicator in {rule.indicator for rule in self.sensitive if rule.indicator}
        delicate |= bool(topics) and self.topics.get(indicator, next(iter(topics))) in topics
        own = [rule.threshold for rule in self.own if rule.indicator == indicator]
        return max([*(own or [self.threshold]), *([self.sensitive_threshold] if delicate else [])])

    @property
    def exempted(self) -> frozenset[str]:
        """The indicators that are left alone."""
        return frozenset(name for rule in self.exempt for name in rule.indicators)

    @property
    def rounded_indicators(self) -> frozenset[str]:
        """The indicators whose counts are rounded one by one."""
        return frozenset(name for rule in self.rounded for name in rule.indicators)

    @property
    def shares(self) -> dict[str, Share]:
        """The computed indicators by id."""
        return {rule.indicator: rule for rule in self.share}

    @property
    def named_indicators(self) -> frozenset[str]:
        """Every indicator that a rule names."""
        listed = [
            rule.indicators
            for rule in (*self.rounded, *self.overlapping, *self.revisable, *self.exempt)
        ]
        for rule in self.hierarchy:
            summed = (rule.whole, *rule.parts) if rule.dimension == "indicator" else ()
            listed += [rule.indicators, summed]
        listed += [(rule.indicator,) for rule in (*self.own, *self.independent)]
        listed += [(rule.indicator,) for rule in self.sensitive if rule.indicator]
        listed += [(rule.indicator, *rule.numerator, *rule.denominator) for rule in self.share]
        return frozenset(name for names in listed for name in names)

    def within(self, indicator: str) -> float:
        """By which share of a whole its parts may exceed it; 0 if they may not."""
        return max((r.within for r in self.overlapping if indicator in r.indicators), default=0.0)

    def revisable_from(self, indicator: str) -> float:
        """The number from which small revisions of an indicator are not looked at; infinite if none."""
        return min(
            (float(r.at_least) for r in self.revisable if indicator in r.indicators),
            default=float("inf"),
        )
