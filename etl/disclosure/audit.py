"""The audit: tries to work every hidden number out from all that is shown, by linear programming.

It takes the side of a reader who knows every relation, every shown number, every earlier release, that
no number is negative, and how rounding made each sum miss. For a hidden number the least and the most it
may be are found. The rule (docs/decisions/0008): the interval must be at least 2k wide, and where the
number is hidden because it is small it must reach from 0. It knows nothing of how the numbers were chosen.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from etl.disclosure.linked import Relations, connected
from etl.disclosure.margins import Margins
from etl.disclosure.programme import least

BROAD = 2.0
"""How wide the interval of a hidden number must be, in thresholds."""
_SLACK = 1e-4
_DRAWN, _PAYS, _IDLE = 0.4, 0.02, 3
_BATCH = 6000


@dataclass(frozen=True, slots=True)
class Target:
    """A hidden number and how far it must be able to move: `up` and `down` from the truth."""

    cell: int
    up: float
    down: float


@dataclass(frozen=True, slots=True)
class Findings:
    """What the audit found: how many numbers it tried, and those it could work out too well."""

    tried: int
    failing: list[Target]


def audit(
    found: Margins,
    hidden: np.ndarray,
    small: np.ndarray,
    guarded: np.ndarray,
    shares: Relations | None = None,
    *,
    exact: bool = True,
) -> Findings:
    """Try to work out every hidden cell and every guarded rest.

    `hidden`: what a reader does not see, rests included. `small`: what is hidden for being small.
    `guarded`: all that must not be known; what of it is public fails at once. `shares`: what shown shares
    say, as rows of which each is at most 0 for the true numbers (`etl.disclosure.shares`). Not `exact`:
    a number that was not proven safe together with others fails without being tried alone.
    """
    n = len(found.cells)
    goals = guarded.copy()
    goals[:n] |= hidden[:n]
    public = np.zeros(len(hidden), bool)
    public[:n] = found.cells.fixed
    unknown = hidden & ~public
    lost = [_target(found, int(cell), small) for cell in np.flatnonzero(goals & ~unknown)]
    game = _Game(found, unknown, small, goals & unknown, shares)
    return Findings(int(goals.sum()), lost + game.play(exact))


def _target(found: Margins, cell: int, small: np.ndarray) -> Target:
    width, value = BROAD * found.k[cell], max(found.value[cell], 0.0)
    if small[cell]:
        return Target(int(cell), max(width - value, 0), value)
    down = min(value, width / 2)
    return Target(int(cell), width - down, down)


class _Game:
    """The intervals of the unknown numbers: widened with every solution found, until all goals are met."""

    def __init__(
        self, found: Margins, unknown: np.ndarray, small: np.ndarray, goals: np.ndarray,
        shares: Relations | None,
    ) -> None:  # fmt: skip
        self.found, self.small = found, small
        self.cells = np.flatnonzero(unknown)
        self.goal = goals[self.cells]
        self.truth = np.maximum(found.value[self.cells], 0)
        self.low, self.high = self.truth.copy(), self.truth.copy()
        self.k = found.k[self.cells]
        sums = found.sums[:, self.cells]
        self.sums = sums[np.flatnonzero(np.diff(sums.indptr))].tocsr()
        self.shares, self.room = _unseen(shares, found, self.cells, self.truth)

    def play(self, exact: bool) -> list[Target]:
        """The goals that are not met when nothing more can be found out."""
        part = connected(sparse.vstack([self.sums, self.shares], format="csr"))
        for cells in _batches(part, self.goal):
            self._together(cells, part)
        failing = []
        for cell in np.flatnonzero(self.goal & ~self._met()):
            cells = np.flatnonzero(part == part[cell])
            if not exact or not self._alone(cells, int(cell)):
                failing.append(_target(self.found, self.cells[cell], self.small))
        return failing

    def _met(self) -> np.ndarray:
        wide = self.high - self.low >= BROAD * self.k - _SLACK
        return wide & (~self.small[self.cells] | (self.low <= _SLACK))

    def _together(self, cells: np.ndarray, part: np.ndarray) -> None:
        """Push many numbers that are not yet wide enough at once: one solution serves many.

        Numbers stand in each other's way, so each round pushes some of them, drawn by lot (always the
        same lots), until rounds no longer pay. Parts (`part`) in which all are wide are done with.
        """
        lots, idle = np.random.default_rng(len(cells)), 0
        while idle < _IDLE:
            left = np.flatnonzero(self.goal[cells] & ~self._met()[cells])
            if not len(left):
                return
            cells = cells[np.isin(part[cells], part[cells[left]])]
            left = np.flatnonzero(self.goal[cells] & ~self._met()[cells])
            drawn = left[lots.random(len(left)) < _DRAWN] if len(left) > 2 else left
            down = self.small[self.cells[cells[drawn]]] & (self.low[cells[drawn]] > _SLACK)
            self._solve(cells, drawn, np.where(down & (lots.random(len(drawn)) < 0.5), -1.0, 1.0))
            met = (~(self.goal[cells] & ~self._met()[cells])[left]).sum()
            idle = 0 if met >= max(1, len(left) * _PAYS) else idle + 1

    def _alone(self, cells: np.ndarray, cell: int) -> bool:
        """The exact interval of one number, as far as the rule asks."""
        spot = np.flatnonzero(cells == cell)
        for sign in (1.0, -1.0):
            if not self._met()[cell]:
                self._solve(cells, spot, np.array([sign]))
        return bool(self._met()[cell])

    def _solve(self, cells: np.ndarray, pushed: np.ndarray, signs: np.ndarray) -> None:
        """Move the pushed numbers up (1) or down (−1), each at most 2k, and note where all may be.

        The variables are the numbers, and for each pushed one how far it has come (`step`).
        """
        n, m = len(cells), len(pushed)
        sums = self.sums[:, cells]
        sums = sums[np.flatnonzero(np.diff(sums.indptr))]
        shares = self.shares[:, cells]
        held = np.flatnonzero(np.diff(shares.indptr))
        truth = self.truth[cells]
        pick = sparse.csr_matrix((-signs, (np.arange(m), pushed)), shape=(m, n))
        steps: Relations = sparse.vstack([sparse.eye_array(m), sparse.csr_matrix((len(held), m))])
        moving: Relations = sparse.vstack([pick, shares[held]])
        still = sparse.csr_matrix((sums.shape[0], m))
        far = np.concatenate([np.full(n, np.inf), BROAD * self.k[cells][pushed]])
        x = least(
            np.concatenate([np.zeros(n), -np.ones(m)]),
            np.stack([np.zeros(n + m), far], 1),
            (sparse.hstack([sums, still], format="csr"), sums @ truth),
            (
                sparse.hstack([moving, steps], format="csr"),
                np.concatenate([-signs * truth[pushed], self.room[held]]),
            ),
        )
        if x is not None:
            self.low[cells] = np.minimum(self.low[cells], np.maximum(x[:n], 0))
            self.high[cells] = np.maximum(self.high[cells], x[:n])


def _unseen(
    shares: Relations | None, found: Margins, cells: np.ndarray, truth: np.ndarray
) -> tuple[Relations, np.ndarray]:
    """What shown shares say of the unknown numbers, and the room that the known ones leave."""
    if shares is None or not shares.shape[0]:
        return sparse.csr_matrix((0, len(cells))), np.zeros(0)
    rows = shares[:, cells].tocsr()
    held = np.flatnonzero(np.diff(rows.indptr))
    return rows[held], (rows @ truth - shares @ found.value)[held]


def _batches(part: np.ndarray, goal: np.ndarray) -> list[np.ndarray]:
    """The unknown numbers in groups that nothing connects, each of a size one programme solves quickly."""
    with_goals = np.zeros(part.max(initial=-1) + 1, bool)
    with_goals[part[goal]] = True
    order = np.argsort(part, kind="stable")
    order = order[with_goals[part[order]]]
    groups, start = [], 0
    edges = np.flatnonzero(np.diff(part[order])) + 1
    for end in [*edges, len(order)]:
        if end - start >= _BATCH or end == len(order):
            groups.append(order[start:end])
            start = end
    return [group for group in groups if len(group)]
