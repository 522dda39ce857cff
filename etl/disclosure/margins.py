"""Which numbers sum to which: linear relations between cells, with what is left over as cells too.

Everybody who sees a whole and some of its parts can work out the rest, so a rest is looked after like any
other number, though it stands nowhere.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import sparse

from contract.areas import NAMES
from etl.disclosure.cells import EXACT, Cells, as_arrays, counts
from etl.disclosure.intake import KEY, in_parts
from etl.disclosure.outcome import DisclosureError
from etl.disclosure.rules import Hierarchy, Rules

_LINKS = {"whole": pl.UInt32, "part": pl.UInt32, "complete": pl.Boolean, "rule": pl.Int32}
_WHOLE_COST = 5.0


@dataclass(frozen=True, slots=True)
class Margins:
    """Cells and rests as positions, and the relations between them.

    The first `len(cells)` positions are the cells. After them come the rests: a whole without its
    parts (`kind` 1), and what is left of a whole of which one part is all (`kind` 2, value 0). Each row
    of `sums` is a whole (+1), its parts and its rest (−1), and what it comes to is known to everybody:
    nothing, or the odd units that rounding leaves.
    """

    cells: Cells
    figure: pl.Series
    value: np.ndarray
    k: np.ndarray
    kind: np.ndarray
    revised: np.ndarray
    whole_group: np.ndarray
    cost: np.ndarray
    sums: sparse.csr_matrix


def margins(table: pl.DataFrame, rules: Rules, previous: pl.DataFrame | None) -> Margins:
    """The cells and relations of an admitted table. Raises DisclosureError where parts exceed a whole."""
    frame = counts(table, rules, previous)
    links = [
        _links(frame, rule, number, rules) for number, rule in enumerate(rules.hierarchy)
    ]
    links.append(_subsets(frame, table, rules))
    cells = as_arrays(frame)
    found = _Links.of_frame(pl.concat(links))
    over = found.too_large(cells)
    if over.any():
        found = found.without_gone(cells, over)
        over = found.too_large(cells)
    if over.any():
        names = frame[np.unique(found.whole[over])]["indicator"].unique().sort()
        raise DisclosureError(
            f"i {int(over.sum())} summer er delene tilsammen større end det hele ({', '.join(names)}); "
            "tallene passer ikke sammen"
        )
    return _assembled(cells, frame["figure"], found)


def _links(cells: pl.DataFrame, rule: Hierarchy, number: int, rules: Rules) -> pl.DataFrame:
    """Whole and part of every relation that a hierarchy makes, one row a part."""
    name = rule.dimension
    free = [*rules.exempted] if name != "indicator" else []
    inside = cells.filter(~pl.col("indicator").is_in(free))
    if rule.indicators and name != "indicator":
        inside = inside.filter(pl.col("indicator").is_in(rule.indicators))
    codes = inside[name].unique().to_list()
    ranges = name == "area"
    held = [c for c in codes if (in_parts(c, rule.parts) if ranges else c in rule.parts)]
    wanted = {c for c in NAMES if in_parts(c, rule.parts)} if ranges else set(rule.parts)
    wanted |= {part for part in rule.parts if not (ranges and "-" in part)}
    wanted.discard(rule.whole)
    rest = [key for key in KEY if key != name]
    wholes = inside.filter(pl.col(name) == rule.whole).select(pl.col("cell").alias("whole"), *rest)
    parts = inside.filter(pl.col(name).is_in(held) & (pl.col(name) != rule.whole))
    met = parts.select(pl.col("cell").alias("part"), *rest, name).join(wholes, on=rest, maintain_order="left")
    present = pl.col(name).is_in(list(wanted)).sum().over("whole")
    return met.with_columns(
        complete=present == len(wanted), rule=pl.lit(number, pl.Int32)
    ).select(pl.col(column).cast(kind) for column, kind in _LINKS.items())


def _subsets(cells: pl.DataFrame, table: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Numerators as parts of their denominator, where a share is of one number."""
    found = [pl.DataFrame(schema=_LINKS)]
    for rule in rules.share:
        if not rule.subset or not rule.numerator or len(rule.denominator) != 1:
            continue
        rows = table.filter(pl.col("indicator") == rule.indicator).select("row", figure="derived_from")
        inputs = rows.explode("figure").join(
            cells.select("cell", "figure", "indicator"), on="figure", maintain_order="left"
        )
        whole = inputs.filter(pl.col("indicator").is_in(rule.denominator))
        part = inputs.filter(pl.col("indicator").is_in(rule.numerator))
        found.append(
            part.select("row", part="cell").join(whole.select("row", whole="cell"), on="row", maintain_order="left")
            .unique(["whole", "part"], maintain_order=True)
            .with_columns(complete=pl.lit(False), rule=pl.lit(-1, pl.Int32))
            .select(pl.col(column).cast(kind) for column, kind in _LINKS.items())
        )  # fmt: skip
    # Several shares may be of one whole; each is a relation of its own, so that parts are never mixed.
    joined = pl.concat(found)
    return joined.with_columns(rule=-1 - pl.int_range(joined.height, dtype=pl.Int32))


@dataclass(frozen=True, slots=True)
class _Links:
    """Relations: `whole` and `complete` by relation; `part` and `of` (its relation) by part."""

    whole: np.ndarray
    complete: np.ndarray
    rule: np.ndarray
    part: np.ndarray
    of: np.ndarray

    @classmethod
    def of_frame(cls, links: pl.DataFrame) -> "_Links":
        relations = links.group_by("rule", "whole", maintain_order=True).agg(pl.col("complete").first())
        numbered = relations.with_row_index("of")
        of = links.join(numbered, on=["rule", "whole"], maintain_order="left")["of"]
        return cls(
            relations["whole"].to_numpy(), relations["complete"].to_numpy(), relations["rule"].to_numpy(),
            links["part"].to_numpy(), of.to_numpy(),
        )  # fmt: skip

    def left(self, cells: Cells) -> tuple[np.ndarray, np.ndarray]:
        """Whole minus parts of each relation, and by how much rounding may make it miss."""
        n = np.bincount(self.of, minlength=len(self.whole))
        parts = np.bincount(self.of, cells.value[self.part], len(self.whole))
        left = cells.value[self.whole] - parts
        left[np.abs(left) <= EXACT] = 0
        return left, np.where(cells.rounded[self.whole], (n + 1) / 2, EXACT)

    def too_large(self, cells: Cells) -> np.ndarray:
        """The relations whose parts exceed their whole by more than rounding can."""
        left, tolerance = self.left(cells)
        return left < -tolerance

    def without_gone(self, cells: Cells, which: np.ndarray) -> "_Links":
        """Without what only earlier releases have, in some relations: it may have been corrected since."""
        drop = which[self.of] & (cells.gone[self.part] | cells.gone[self.whole[self.of]])
        keep = np.unique(self.of[~drop])
        place = np.full(len(self.whole), -1)
        place[keep] = np.arange(len(keep))
        return _Links(
            self.whole[keep], self.complete[keep], self.rule[keep], self.part[~drop], place[self.of[~drop]]
        )


def _assembled(cells: Cells, figure: pl.Series, links: _Links) -> Margins:
    n, relations = len(cells), len(links.whole)
    left, tolerance = links.left(cells)
    odd = (left < 0) | (links.complete & cells.rounded[links.whole] & (left <= tolerance))
    # Where all parts are there and come to the whole, everybody knows that nothing is left.
    several = np.bincount(links.of, minlength=relations) > 1
    resting = np.flatnonzero(~odd & ((left > 0) | ~links.complete | ~several))
    alone = _only_parts(cells, links, left)
    earlier = _left_before(cells, links)[resting]
    gap = np.abs(earlier - left[resting])
    whole = links.whole[resting]
    changed = (gap > EXACT) & (gap < cells.k[whole]) & (left[resting] < cells.revisable[whole])
    spot = n + np.arange(len(resting))
    last = n + len(resting) + np.arange(len(alone))
    owner = links.of[alone]
    rows = np.concatenate([
        np.arange(relations), links.of, resting, *([relations + np.arange(len(alone))] * 3)
    ])  # fmt: skip
    columns = np.concatenate([links.whole, links.part, spot, links.whole[owner], links.part[alone], last])
    signs = np.ones(len(rows))
    signs[relations : relations + len(links.of) + len(resting)] = -1
    signs[len(signs) - 2 * len(alone) :] = -1
    total = n + len(resting) + len(alone)
    cost = np.concatenate([cells.cost, np.zeros(len(resting) + len(alone))])
    cost[np.unique(links.whole)] *= _WHOLE_COST
    whole_group = np.zeros(total, bool)
    whole_group[links.part[alone]] = True
    none = np.zeros(len(alone), bool)
    return Margins(
        cells=cells,
        figure=figure,
        value=np.concatenate([cells.value, left[resting], np.zeros(len(alone))]),
        k=np.concatenate([cells.k, cells.k[whole], cells.k[links.whole[owner]]]),
        kind=np.concatenate([np.zeros(n, int), np.full(len(resting), 1), np.full(len(alone), 2)]),
        revised=np.concatenate([cells.revised, changed, none]),
        whole_group=whole_group,
        cost=cost,
        sums=sparse.csr_matrix((signs, (rows, columns)), shape=(relations + len(alone), total)),
    )


def _only_parts(cells: Cells, links: _Links, left: np.ndarray) -> np.ndarray:
    """The links (as positions) whose part is all of its whole, and that is not public already."""
    whole = cells.value[links.whole][links.of]
    all_of_it = (whole > 0) & (np.abs(cells.value[links.part] - whole) <= EXACT)
    n = np.bincount(links.of, minlength=len(links.whole))
    public = np.bincount(links.of, cells.fixed[links.part], len(links.whole))
    others_public = (n[links.of] > 1) & links.complete[links.of]
    others_public &= public[links.of] - cells.fixed[links.part] == n[links.of] - 1
    movable = ~(cells.fixed[links.part] & cells.fixed[links.whole[links.of]]) & ~others_public
    return np.flatnonzero(all_of_it & movable & (left[links.of] == 0))


def _left_before(cells: Cells, links: _Links) -> np.ndarray:
    """Whole minus parts as earlier releases show it; NaN where one of the numbers is not shown there."""
    parts = np.bincount(links.of, cells.before[links.part], len(links.whole))
    return cells.before[links.whole] - parts
