"""Which value of a lever gives a wanted result: bisection on a monotone function. Pure."""

from collections.abc import Callable

TOLERANCE = 1e-9


def bisect(
    function: Callable[[float], float], target: float, low: float, high: float
) -> float | None:
    """`x` between `low` and `high` where the monotone `function` is `target`; None if it never is.

    Where a whole stretch gives the target, some point of it is returned.
    """
    at_low, at_high = function(low), function(high)
    if abs(at_low - target) <= TOLERANCE:
        return low
    if abs(at_high - target) <= TOLERANCE:
        return high
    if not min(at_low, at_high) < target < max(at_low, at_high):
        return None
    rising = at_high > at_low
    for _ in range(200):
        middle = (low + high) / 2
        if (function(middle) < target) is rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2
