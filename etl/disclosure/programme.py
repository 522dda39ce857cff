"""Linear programmes (HiGHS through scipy), for the audit and for what repairs its findings."""

from typing import Any

import numpy as np
from scipy.optimize import linprog

from etl.disclosure.linked import Relations


def least(
    cost: np.ndarray,
    bounds: np.ndarray,
    equal: tuple[Relations, np.ndarray],
    at_most: tuple[Relations, np.ndarray] | None = None,
) -> np.ndarray | None:
    """The numbers of least cost within `bounds` (one row a number: low, high).

    `equal`, `at_most`: rows that must come to, or at most to, the given right sides. None: there are no
    such numbers.
    """
    rows, right = equal
    upper, limit = at_most if at_most is not None and at_most[0].shape[0] else (None, None)
    solved: Any = linprog(
        cost, A_ub=upper, b_ub=limit, A_eq=rows if rows.shape[0] else None,
        b_eq=right if rows.shape[0] else None, bounds=bounds, method="highs",
        options={"presolve": False},
    )  # fmt: skip
    return solved.x if solved.status == 0 else None
