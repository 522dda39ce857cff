"""Which cells are whole and part of each other: what the rules' hierarchies and shares say of a table."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from contract.areas import NAMES
from etl.disclosure.cells import EXACT, Cells
from etl.disclosure.intake import KEY, in_parts
from etl.disclosure.rules import Hierarchy, Rules

_COLUMNS = {"whole": pl.UInt32, "part": pl.UInt32, "complete": pl.Boolean, "rule": pl.Int32}


@dataclass(frozen=True, slots=True)
class Links:
    """Relations: `whole` and `complete` by relation; `part` and `of` (its relation) by part."""

    whole: np.ndarray
    complete: np.ndarray
    rule: np.ndarray
    part: np.ndarray
    of: np.ndarray

    @classmethod
    def of_frame(cls, links: pl.DataFrame) -> "Links":
        """From one row a part: `whole`, `part`, `complete` and the number of the `rule`."""
        relations = links.group_by("rule", "whole", maintain_order=True).agg(
            pl.col("complete").first()
        )
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
        """The relations whose parts exceed their whole by more than the rules allow."""
        left, tolerance = self.left(cells)
        return left < -np.maximum(tolerance, cells.within[self.whole] * cells.value[self.whole])

    def without_gone(self, cells: Cells, which: np.ndarray) -> "Links":
        """Without what only earlier releases have, in some relations: it may have been corrected since."""
        drop = which[self.of] & (cells.gone[self.part] | cells.gone[self.whole[self.of]])
        keep = np.unique(self.of[~drop])
        place = np.full(len(self.whole), -1)
        place[keep] = np.arange(len(keep))
        return Links(
            self.whole[keep],
            self.complete[keep],
            self.rule[keep],
            self.part[~drop],
            place[self.of[~drop]],
        )


def links(cells: pl.DataFrame, table: pl.DataFrame, rules: Rules) -> Links:
    """Every relation between the cells (the frame of `etl.disclosure.cells.counts`) of an admitted table."""
    found = [_links(cells, rule, number, rules) for number, rule in enumerate(rules.hierarchy)]
    return Links.of_frame(pl.concat([*found, _subsets(cells, table, rules)]))


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
    met = parts.select(pl.col("cell").alias("part"), *rest, name).join(
        wholes, on=rest, maintain_order="left"
    )
    present = pl.col(name).is_in(list(wanted)).sum().over("whole")
    return met.with_columns(complete=present == len(wanted), rule=pl.lit(number, pl.Int32)).select(
        pl.col(column).cast(kind) for column, kind in _COLUMNS.items()
    )


def _subsets(cells: pl.DataFrame, table: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Numerators as parts of their denominator, where a share is of one number."""
    found = [pl.DataFrame(schema=_COLUMNS)]
    for rule in rules.share:
        if not rule.subset or not rule.numerator or len(rule.denominator) != 1:
            continue
        rows = table.filter(pl.col("indicator") == rule.indicator).select(
            "row", figure="derived_from"
        )
        inputs = rows.explode("figure").join(
            cells.select("cell", "figure", "indicator"), on="figure", maintain_order="left"
        )
        whole = inputs.filter(pl.col("indicator").is_in(rule.denominator))
        part = inputs.filter(pl.col("indicator").is_in(rule.numerator))
        found.append(
            part.select("row", part="cell").join(whole.select("row", whole="cell"), on="row", maintain_order="left")
            .unique(["whole", "part"], maintain_order=True)
            .with_columns(complete=pl.lit(False), rule=pl.lit(-1, pl.Int32))
            .select(pl.col(column).cast(kind) for column, kind in _COLUMNS.items())
        )  # fmt: skip
    # Several shares may be of one whole; each is a relation of its own, so that parts are never mixed.
    joined = pl.concat(found)
    return joined.with_columns(rule=-1 - pl.int_range(joined.height, dtype=pl.Int32))
