"""What else to hide so that nothing hidden can be worked out: first sum by sum, then by linear programming.

The sum-by-sum part is quick and nearly always enough; what the audit still can work out is repaired
with the cheapest set of cells along which numbers could be moved without anybody seeing it
(the network idea of Kelly, Golden and Assad, 1992, for tables with linear relations).
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from etl.disclosure.audit import BROAD, Target
from etl.disclosure.linked import Relations, connected
from etl.disclosure.margins import Margins
from etl.disclosure.outcome import DisclosureError
from etl.disclosure.programme import least

_UNSEEN = 0.001
"""Cost of moving a number that is hidden already, so that shorter ways are preferred."""


def by_sums(found: Margins, hidden: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Hide more until every sum with a target in it leaves room for each number of it.

    `hidden`, `targets`: flags by position; rests count as hidden. A sum leaves room if its whole and
    at least one part are hidden, or if its whole is shown and its hidden parts are at least two and
    together at least 2k. Gives the new flags of what is hidden.
    """
    hidden, targets = hidden.copy(), targets.copy()
    sums, by_cell = found.sums, found.sums.tocsc()
    waiting = [*np.unique(_relations_of(by_cell, np.flatnonzero(targets)))]
    queued = set(waiting)
    while waiting:
        relation = waiting.pop()
        queued.discard(relation)
        added = _room(found, sums, by_cell, relation, hidden, targets)
        if added < 0:
            continue
        hidden[added] = targets[added] = True
        for other in _relations_of(by_cell, np.array([added])):
            if other not in queued:
                queued.add(other)
                waiting.append(other)
    return hidden


def _relations_of(by_cell: Relations, cells: np.ndarray) -> np.ndarray:
    starts, ends = by_cell.indptr[cells], by_cell.indptr[cells + 1]
    return np.concatenate(
        [by_cell.indices[a:b] for a, b in zip(starts, ends, strict=True)] or [[]]
    ).astype(int)


def _room(
    found: Margins, sums: Relations, by_cell: Relations, relation: int,
    hidden: np.ndarray, targets: np.ndarray,
) -> int:  # fmt: skip
    """The cell to hide next in a sum, or −1 if it leaves room (or nothing more can be hidden)."""
    here = slice(sums.indptr[relation], sums.indptr[relation + 1])
    cells, signs = sums.indices[here], sums.data[here]
    unseen = hidden[cells]
    if not targets[cells[unseen]].any():
        return -1
    need = BROAD * found.k[cells[unseen]].max()
    parts = cells[(signs < 0) & unseen]
    whole_hidden = bool(hidden[cells[signs > 0]].all())
    together = found.value[parts].sum()
    if len(parts) >= 1 and (whole_hidden or (len(parts) >= 2 and together >= need)):
        return -1
    able = cells[~unseen & ~_fixed(found, cells)]
    if not len(able):
        return -1
    is_whole = np.isin(able, cells[signs > 0])
    lonely = np.array([_newly_alone(sums, by_cell, cell, relation, hidden) for cell in able])
    short = ~is_whole & (together + found.value[able] < need)
    price = found.cost[able] * (1 + lonely) + np.where(short, 50.0, 0.0)
    return int(able[np.argmin(price)])


def _fixed(found: Margins, cells: np.ndarray) -> np.ndarray:
    n = len(found.cells)
    return np.where(cells < n, found.cells.fixed[np.minimum(cells, n - 1)], False)


def _newly_alone(
    sums: Relations,
    by_cell: Relations,
    cell: int,
    relation: int,
    hidden: np.ndarray,
) -> int:
    """In how many other sums the cell would be the only hidden one."""
    alone = 0
    for other in by_cell.indices[by_cell.indptr[cell] : by_cell.indptr[cell + 1]]:
        if other != relation:
            alone += not hidden[sums.indices[sums.indptr[other] : sums.indptr[other + 1]]].any()
    return alone


def repaired(found: Margins, hidden: np.ndarray, failing: list[Target]) -> np.ndarray:
    """Hide, for each target that could be worked out, the cheapest cells along which it can move.

    Raises DisclosureError if no set of cells would do: the number is public already.
    """
    hidden = hidden.copy()
    labels, columns = _labels(found), found.sums.tocsc()
    blocks: dict[int, _Block] = {}
    for target in failing:
        label = int(labels[target.cell])
        if label not in blocks:
            blocks[label] = _block(found, columns, np.flatnonzero(labels == label))
        block = blocks[label]
        for by in (target.up, -target.down):
            if by:
                hidden[block.moved(target.cell, by, hidden[block.cells])] = True
    return hidden


def _labels(found: Margins) -> np.ndarray:
    """A number for each position: the same where relations lead from one to the other, fixed ones apart."""
    free = (~_fixed(found, np.arange(len(found.value)))).astype(float)
    linked = found.sums.multiply(free).tocsr()
    linked.eliminate_zeros()
    return connected(linked)


@dataclass(frozen=True, slots=True)
class _Block:
    """The positions of one label that are not fixed, and the relations between them."""

    cells: np.ndarray
    sums: Relations
    value: np.ndarray
    cost: np.ndarray

    def moved(self, cell: int, by: float, hidden: np.ndarray) -> np.ndarray:
        """The positions that change when `cell` moves by `by` at the least cost, all numbers staying 0 or more.

        Raises DisclosureError if it cannot move so far.
        """
        spot = int(np.searchsorted(self.cells, cell))
        if spot == len(self.cells) or self.cells[spot] != cell:
            raise _public()
        for among in (self._near(hidden), np.arange(len(self.cells))):
            found = self._cheapest(among, spot, by, hidden)
            if found is not None:
                return self.cells[found]
        raise _public()

    def _near(self, hidden: np.ndarray) -> np.ndarray:
        """What is hidden, or in no sum without anything hidden.

        A way through other sums would hide something in each of them, so the cheapest is nearly always
        here, and in a large table here is a small part of it.
        """
        holds = abs(self.sums)
        clean = (holds @ hidden.astype(float) == 0).astype(float)
        return np.flatnonzero(hidden | (holds.T @ clean == 0))

    def _cheapest(
        self, among: np.ndarray, spot: int, by: float, hidden: np.ndarray
    ) -> np.ndarray | None:
        """What changes if only some may. None if these cannot."""
        at = np.flatnonzero(among == spot)
        if not len(at):
            return None
        sums, n = self.sums[:, among], len(among)
        sums = sums[np.flatnonzero(np.diff(sums.indptr))]
        cost = np.where(hidden[among], _UNSEEN, self.cost[among]) / max(abs(by), 1)
        most = np.concatenate([np.full(n, np.inf), np.maximum(self.value[among], 0)])
        bounds = np.stack([np.zeros(2 * n), most], 1)
        bounds[at[0]], bounds[n + at[0]] = max(by, 0), max(-by, 0)
        both = sparse.hstack([sums, -sums], format="csr")
        x = least(np.concatenate([cost, cost]), bounds, (both, np.zeros(sums.shape[0])))
        return None if x is None else among[np.abs(x[:n] - x[n:]) > 1e-7]


def _block(found: Margins, columns: Relations, cells: np.ndarray) -> _Block:
    """The block of some positions; `columns` are the relations by column."""
    cells = cells[~_fixed(found, cells)]
    sums = columns[:, cells].tocsr()
    sums = sums[np.flatnonzero(np.diff(sums.indptr))]
    return _Block(cells, sums, found.value[cells], found.cost[cells])


def _public() -> DisclosureError:
    return DisclosureError(
        "tal, der skal skjules, kan regnes ud af det, som tidligere udgaver viser eller som er undtaget i "
        "disclosure.toml. Træk de udgaver tilbage, eller lad perioden udgå"
    )
