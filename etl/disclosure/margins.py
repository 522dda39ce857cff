"""Which numbers sum to which: linear relations between cells, with what is left over as cells too.

Everybody who sees a whole and some of its parts can work out the rest, so a rest is looked after like any
other number, though it stands nowhere.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import sparse

from etl.disclosure.cells import EXACT, Cells, as_arrays, counts
from etl.disclosure.linked import Relations, connected
from etl.disclosure.links import Links, links
from etl.disclosure.outcome import DisclosureError
from etl.disclosure.rules import Rules

_WHOLE_COST = 5.0


@dataclass(frozen=True, slots=True)
class Margins:
    """Cells and rests as positions, and the relations between them.

    The first `len(cells)` positions are the cells. After them come the rests: a whole without its
    parts (`kind` 1), and what is left of a whole of which one part is all (`kind` 2, value 0). Each row
    of `sums` is a whole (+1), its parts and its rest (−1), and what it comes to is known to everybody:
    nothing, or the odd units that rounding leaves. `held`: an earlier release hides it, and the sums it
    is in have changed since.
    """

    cells: Cells
    figure: pl.Series
    value: np.ndarray
    k: np.ndarray
    kind: np.ndarray
    revised: np.ndarray
    whole_group: np.ndarray
    held: np.ndarray
    cost: np.ndarray
    sums: Relations


def margins(table: pl.DataFrame, rules: Rules, previous: pl.DataFrame | None) -> Margins:
    """The cells and relations of an admitted table. Raises DisclosureError where parts exceed a whole."""
    frame = counts(table, rules, previous)
    cells = as_arrays(frame)
    found = links(frame, table, rules)
    over = found.too_large(cells)
    if over.any():
        found = found.without_gone(cells, over)
        over = found.too_large(cells)
    if over.any():
        names = frame[np.unique(found.whole[over])]["indicator"].unique().sort()
        raise DisclosureError(
            f"i {int(over.sum())} summer er delene tilsammen større end det hele ({', '.join(names)}); "
            "er det sådan hos kilden, så skriv indikatoren i [[overlapping]] i disclosure.toml"
        )
    return _assembled(cells, frame["figure"], found)


def _assembled(cells: Cells, figure: pl.Series, links: Links) -> Margins:
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
    columns = np.concatenate(
        [links.whole, links.part, spot, links.whole[owner], links.part[alone], last]
    )
    signs = np.ones(len(rows))
    signs[relations : relations + len(links.of) + len(resting)] = -1
    signs[len(signs) - 2 * len(alone) :] = -1
    total = n + len(resting) + len(alone)
    cost = np.concatenate([cells.cost, np.zeros(len(resting) + len(alone))])
    cost[np.unique(links.whole)] *= _WHOLE_COST
    whole_group = np.zeros(total, bool)
    whole_group[links.part[alone]] = True
    none = np.zeros(len(alone), bool)
    sums = sparse.csr_matrix((signs, (rows, columns)), shape=(relations + len(alone), total))
    return Margins(
        cells=cells,
        figure=figure,
        value=np.concatenate([cells.value, left[resting], np.zeros(len(alone))]),
        k=np.concatenate([cells.k, cells.k[whole], cells.k[links.whole[owner]]]),
        kind=np.concatenate([np.zeros(n, int), np.full(len(resting), 1), np.full(len(alone), 2)]),
        revised=np.concatenate([cells.revised, changed, none]),
        whole_group=whole_group,
        held=_held(cells, sums),
        cost=cost,
        sums=sums,
    )


def _only_parts(cells: Cells, links: Links, left: np.ndarray) -> np.ndarray:
    """The links (as positions) whose part is all of its whole, and that is not public already."""
    whole = cells.value[links.whole][links.of]
    all_of_it = (whole > 0) & (np.abs(cells.value[links.part] - whole) <= EXACT)
    n = np.bincount(links.of, minlength=len(links.whole))
    public = np.bincount(links.of, cells.fixed[links.part], len(links.whole))
    others_public = (n[links.of] > 1) & links.complete[links.of]
    others_public &= public[links.of] - cells.fixed[links.part] == n[links.of] - 1
    movable = ~(cells.fixed[links.part] & cells.fixed[links.whole[links.of]]) & ~others_public
    return np.flatnonzero(all_of_it & movable & (left[links.of] == 0))


def _held(cells: Cells, sums: Relations) -> np.ndarray:
    """What must stay hidden because an earlier release hides it.

    A small number that is corrected upwards need not be hidden for its own sake. But were all that was
    hidden with it shown now, one could put those numbers into the earlier release and work out what the
    small one was. Where nothing that an earlier release shows has changed, today's numbers are those of
    then, and what protects them today protects them there.
    """
    held = np.zeros(sums.shape[1], bool)
    held[: len(cells)] = cells.held
    if not held.any():
        return held
    moved = np.zeros(len(held))
    moved[: len(cells)] = cells.moved
    linked = sums.multiply(held.astype(float)).tocsr()
    linked.eliminate_zeros()
    part = connected(linked)
    changed = linked[np.flatnonzero(abs(sums) @ moved)].indices
    return held & np.isin(part, part[changed])


def _left_before(cells: Cells, links: Links) -> np.ndarray:
    """Whole minus parts as earlier releases show it; NaN where one of the numbers is not shown there."""
    parts = np.bincount(links.of, cells.before[links.part], len(links.whole))
    return cells.before[links.whole] - parts
