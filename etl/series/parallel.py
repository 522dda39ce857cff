"""The same work on several parts at once, on as many cores as there are; polars and scipy work without the GIL."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

MOST = 4
"""More at once would need more memory, not less time."""
Part = TypeVar("Part")
Made = TypeVar("Made")


def in_parallel(work: Callable[[Part], Made], parts: Iterable[Part]) -> list[Made]:
    """What the work makes of each part, in their order. Raises what the first part that failed raised."""
    with ThreadPoolExecutor(min(os.cpu_count() or 1, MOST)) as pool:
        return list(pool.map(work, parts))
