"""Når tallene ikke stemmer: what is set against what, the gap, and how much rounding can explain. Pure.

Declared relations come from the release, where both sides are computed at build. Besides, figures of
the same indicator, area, group and period from different sources with different values are found
here, so that a contradicting figure shows up without being declared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from contract import danish, formula
from dashboard.library import TOPICS
from dashboard.link import Choice
from dashboard.read import Figure, Relation, Release
from dashboard.talpas import describe

SECTIONS = {
    "uenige": "Uenige om det samme",
    "to-maal": "To mål, der let forveksles",
    "udvikling": "Udvikling, der ser skæv ud",
    "passer": "Passer, når man regner efter",
}
ABOUT = {
    "uenige": "Tal, der burde være ens eller give en hel sum, og hvor afrunding ikke er forklaring nok.",
    "to-maal": "Tal, der ligner hinanden, men ikke er vist at være samme mål. En forskel betyder ikke, at nogen tager fejl.",
    "udvikling": "Tal, der hver for sig kan være rigtige, men som ikke uden videre fortæller samme historie.",
    "passer": "Tal, vi har efterregnet, og hvor afrunding og forbehold er forklaring nok.",
}
_SECTION_OF = {"to mål": "to-maal", "udvikling": "udvikling"}


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its label, its figures, and either the one figure it is, or its formula and value.

    `low`–`high` are what it may have been before rounding.
    """

    label: str
    figures: tuple[Figure, ...]
    formula: str
    value: float
    low: float
    high: float
    unit: str
    decimals: int

    @property
    def figure(self) -> Figure | None:
        """The figure it is, if it is one and not a formula."""
        alone = [figure for figure in self.figures if self.formula == f"[{figure.id}]"]
        return alone[0] if alone else None

    @property
    def in_words(self) -> bool:
        """Written in words by its source, so that nothing can be subtracted from it."""
        return self.figure is not None and not any(c.isdigit() for c in self.figure.as_written)

    @property
    def approximate(self) -> bool:
        """Whether any of its figures is rounded or bounded (knap, ca., over)."""
        return any(figure.approximate for figure in self.figures)

    @property
    def text(self) -> str:
        """As on screen: `knap 3.000`, `ca. 2.096` or `14,8 pct.`."""
        if self.figure is not None:
            return self.figure.text
        shown = (
            danish.with_unit(self.value, self.unit, self.decimals)
            if self.unit in danish.SHORT_UNITS
            else danish.number(self.value, self.decimals)
        )
        return f"ca. {shown}" if self.approximate else shown

    @property
    def noun(self) -> str:
        """The unit where it is not part of the number: `fuldtidspersoner` or `i 1.000 kr.`."""
        if self.unit in danish.SHORT_UNITS or self.in_words:
            return ""
        return f"i {self.unit}" if self.unit[:1].isdigit() else self.unit


@dataclass(frozen=True, slots=True)
class Item:
    """Sides set against each other. `reason` is a template, empty when nobody has written one."""

    id: str
    title: str
    section: str
    topic: str
    sides: tuple[Side, ...]
    decimals: int
    explained: bool
    reason: str

    @property
    def in_words(self) -> bool:
        """Whether a side is written in words: then no difference is computed."""
        return any(side.in_words for side in self.sides)

    @property
    def gap(self) -> float:
        """Greatest difference between two sides."""
        values = [side.value for side in self.sides]
        return max(values) - min(values)

    @property
    def left_over(self) -> float:
        """What rounding cannot explain: the distance between the intervals, 0 if they overlap."""
        return max(
            0.0, max(side.low for side in self.sides) - min(side.high for side in self.sides)
        )

    @property
    def unit(self) -> str:
        """Unit of the gap: none if the sides are counted in different units."""
        units = {side.unit for side in self.sides}
        if len(units) > 1:
            return ""
        (unit,) = units
        return "procentpoint" if unit == "pct." else unit

    def amount(self, value: float, decimals: int | None = None) -> str:
        """A difference with the gap's unit."""
        shown = danish.number(value, self.decimals if decimals is None else decimals)
        return f"{shown}{danish.NO_BREAK_SPACE}{self.unit}" if self.unit else shown


def items(release: Release, topic: str = "alle", section: str = "alle") -> list[Item]:
    """Everything set against something, by section and topic; what was found and not declared first."""
    found = [
        *(_found(group) for group in disagreements(release)),
        *(_declared(release, r) for r in release.relations),
    ]
    sections, topics = list(SECTIONS), list(TOPICS)
    wanted = [i for i in found if topic in ("alle", i.topic) and section in ("alle", i.section)]
    return sorted(wanted, key=lambda item: (sections.index(item.section), topics.index(item.topic)))


def disagreements(release: Release) -> list[tuple[Figure, ...]]:
    """Figures of one indicator, area, group and period that different sources give different values.

    Those a declared relation already sets against each other are left out.
    """
    declared = [set(relation.figures) for relation in release.relations]
    with_value = [figure for figure in release.figures() if figure.value is not None]
    with_value.sort(key=_place)
    found = []
    for _, members in groupby(with_value, key=_place):
        group = tuple(members)
        if len({f.source.id for f in group}) < 2 or len({f.value for f in group}) < 2:
            continue
        ids = {figure.id for figure in group}
        if not any(ids <= named for named in declared):
            found.append(group)
    return found


def _place(figure: Figure) -> tuple[str, str, str, str]:
    return (figure.indicator.id, figure.area, figure.group, figure.period)


def _found(group: Sequence[Figure]) -> Item:
    first = group[0]
    sides = tuple(
        Side(
            label=f"{f.source.publisher}: {f.source.title}", figures=(f,), formula=f"[{f.id}]", value=f.value or 0.0,
            low=f.value or 0.0, high=f.value or 0.0, unit=f.indicator.unit, decimals=f.indicator.decimals,
        )
        for f in group
    )  # fmt: skip
    title = f"Kilderne har hvert sit tal: {describe(first)}"
    return Item(
        f"fundet-{first.id}",
        title,
        "uenige",
        first.indicator.topic,
        sides,
        first.indicator.decimals,
        False,
        "",
    )


def _declared(release: Release, relation: Relation) -> Item:
    sides = (
        _side(
            release,
            relation,
            relation.left_label,
            relation.left_formula,
            relation.left,
            relation.left_low,
            relation.left_high,
        ),
        _side(
            release,
            relation,
            relation.right_label,
            relation.right_formula,
            relation.right,
            relation.right_low,
            relation.right_high,
        ),
    )
    section = _SECTION_OF.get(relation.kind, "passer" if relation.explained else "uenige")
    topic = release.figure(relation.figures[0]).indicator.topic
    return Item(
        relation.id,
        relation.title,
        section,
        topic,
        sides,
        relation.decimals,
        relation.explained,
        relation.reason,
    )


def _side(
    release: Release,
    relation: Relation,
    label: str,
    text: str,
    value: float,
    low: float,
    high: float,
) -> Side:
    figures = tuple(release.figure(i) for i in formula.references(text))
    alone = len(figures) == 1 and text.strip() == f"[{figures[0].id}]"
    unit = figures[0].indicator.unit if alone else relation.unit
    return Side(label, figures, text.strip(), value, low, high, unit, relation.decimals)


def choices(release: Release) -> list[Choice]:
    """Topic and section, both `alle` by default. Only topics that something is about are offered."""
    present = {item.topic for item in items(release)}
    topics = {topic: name for topic, name in TOPICS.items() if topic == "alle" or topic in present}
    return [
        Choice("emne", "Emne", topics, ("alle",)),
        Choice("slags", "Slags", {"alle": "Alle"} | SECTIONS, ("alle",)),
    ]
