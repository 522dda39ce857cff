"""Made-up tables by sex, age and areas in two levels, with every total, shares of a population, and a release before.

Nothing here is a real number; see `made_up_counts`. One seed gives one table, always the same.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import polars as pl

from etl.disclosure import Rules, parse_rules
from tests.data.made_up_counts import GROUPS, Key, Sum, table

REGIONS = {"081": ["101", "147", "151"], "082": ["461", "410"], "083": ["751", "706", "710"]}
AGES = ["16-24 år", "25-44 år", "45+ år"]
DENSITIES = [(0, 4), (0, 9), (0, 30), (0, 120), (0, 500)]
Place = tuple[str, str, str]
"""(municipality, sex, age); the innermost of a table."""


@dataclass(frozen=True)
class Crossed:
    """Counts now and in the release before, the rules they are under, and what sums to what.

    `decimals` is that of the shares; there are none if there is no population.
    """

    now: Mapping[Key, float]
    then: Mapping[Key, float]
    rules: Rules
    sums: Sequence[Sum]
    decimals: int

    def shares(self, cells: Mapping[Key, float]) -> dict[Key, tuple[float, Sequence[Key]]]:
        """Every share of the population, rounded, with its inputs."""
        people = {key[1:]: value for key, value in cells.items() if key[0] == "befolkning"}
        return {
            ("andel", *key[1:]): (
                round(100 * value / people[key[1:]], self.decimals),
                [key, ("befolkning", *key[1:])],
            )
            for key, value in cells.items()
            if key[0] == "antal" and people.get(key[1:])
        }

    def table(self, cells: Mapping[Key, float]) -> pl.DataFrame:
        """Counts and shares in the columns of Figures."""
        return table(cells, self.shares(cells))


def made(seed: int) -> Crossed:
    """A table of its own for each seed: few or many cells, thin or dense, threshold 3, 5 or 10."""
    draw = random.Random(seed)
    regions = {
        name: parts[: draw.randint(2, len(parts))]
        for name, parts in draw.sample(sorted(REGIONS.items()), draw.randint(1, 3))
    }
    sexes, ages = draw.choice([GROUPS, GROUPS, []]), draw.choice([AGES, AGES[:2], []])
    groups = {"": (sexes, ages)} | {s: ([s], ages) for s in sexes} | {a: (sexes, [a]) for a in ages}
    if draw.random() < 0.7:
        groups |= {f"{s} {a}": ([s], [a]) for s in sexes for a in ages}
    municipalities = [name for parts in regions.values() for name in parts]
    areas = {name: [name] for name in municipalities} | regions | {"000": municipalities}
    density = draw.choice(DENSITIES)
    inner = {
        place: _count(draw, density)
        for place in product(municipalities, sexes or [""], ages or [""])
    }
    rest = {place: draw.randint(0, 300) for place in inner} if draw.random() < 0.6 else None
    before = _corrected(draw, inner)

    def counted(own: Mapping[Place, int]) -> dict[Key, float]:
        counts = _totals("antal", own, areas, groups)
        people = {place: value + rest[place] for place, value in own.items()} if rest else {}
        return counts | (_totals("befolkning", people, areas, groups) if people else {})

    wholes = _wholes(regions, sexes, ages, groups)
    now = counted(inner)
    decimals = draw.choice([0, 1, 1, 2])
    return Crossed(now, counted(before), _rules(draw, wholes, decimals), [*_sums(now, wholes)], decimals)  # fmt: skip


def _count(draw: random.Random, density: tuple[int, int]) -> int:
    if draw.random() < 0.2:
        return 0
    return draw.randint(*(draw.choice([density, (0, 9), (0, 1500)]) if draw.random() < 0.4 else density))  # fmt: skip


def _corrected(draw: random.Random, inner: Mapping[Place, int]) -> dict[Place, int]:
    """What the release before said: nothing else, some numbers that were too small, or a little of everything."""
    kind = draw.choice(["same", "too small", "too small", "noise"])
    before = dict(inner)
    if kind == "too small":
        for place in draw.sample(sorted(before), 1):
            before[place] = draw.randint(1, 4) if before[place] > 8 else before[place]
    if kind == "noise":
        before = {p: max(0, v + draw.choice([0, 0, 0, 0, 12, -12])) for p, v in before.items()}
    return before


def _totals(
    name: str, inner: Mapping[Place, int], areas: Mapping[str, Sequence[str]],
    groups: Mapping[str, tuple[Sequence[str], Sequence[str]]],
) -> dict[Key, float]:  # fmt: skip
    return {
        (name, area, group, "1901"): float(sum(
            inner[place] for place in product(parts, sexes or [""], ages or [""])
        ))
        for area, parts in areas.items()
        for group, (sexes, ages) in groups.items()
    }  # fmt: skip


def _wholes(
    regions: Mapping[str, Sequence[str]], sexes: Sequence[str], ages: Sequence[str],
    groups: Iterable[str],
) -> list[tuple[str, str, list[str]]]:  # fmt: skip
    """Every (dimension, whole, parts) of the table."""
    found = [("area", "000", [*regions])] if len(regions) > 1 else []
    if len(regions) == 1:
        found.append(("area", "000", [*next(iter(regions.values()))]))
    found += [("area", name, [*parts]) for name, parts in regions.items()]
    found += [("group", "", [*parts]) for parts in (sexes, ages) if parts]
    if sexes and ages and f"{sexes[0]} {ages[0]}" in groups:
        found += [("group", sex, [f"{sex} {age}" for age in ages]) for sex in sexes]
        found += [("group", age, [f"{sex} {age}" for sex in sexes]) for age in ages]
    return found


def _rules(
    draw: random.Random, wholes: Iterable[tuple[str, str, list[str]]], decimals: int
) -> Rules:
    content: dict[str, Any] = {
        "threshold": draw.choice([3, 5, 5, 10]),
        "hierarchy": [{"dimension": d, "whole": whole, "parts": parts} for d, whole, parts in wholes],
        "share": [{"indicator": "andel", "numerator": ["antal"], "denominator": ["befolkning"], "decimals": decimals}],
    }  # fmt: skip
    if draw.random() < 0.3:
        content["sensitive"] = [{"indicator": "antal", "reason": "prøve"}]
    return parse_rules(content)


def _sums(cells: Iterable[Key], wholes: Iterable[tuple[str, str, list[str]]]) -> Iterable[Sum]:
    keys = [*cells]
    for dimension, whole, parts in wholes:
        for name, area, group, period in keys:
            if dimension == "area" and area == whole:
                yield (name, area, group, period), [(name, p, group, period) for p in parts]
            if dimension == "group" and group == whole:
                yield (name, area, group, period), [(name, area, p, period) for p in parts]
