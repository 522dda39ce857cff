"""Nobody sees what another has chosen: visitors at once, each with marks of their own, and every message read.

INDBLIK_GENNEMLOEB says how many runs there are in all (200; `make sessions` does 5.000).
"""

import asyncio
import os
import re

from bench.visitor import Visitor
from tests.running import Server

RUNS = int(os.environ.get("INDBLIK_GENNEMLOEB", "200"))
VISITORS = 10
MARK = re.compile(rb"maerke-\d+-\d+")
KEYS = {"/udforsk": "i", "/beslutninger": "emne", "/kilder": "emne", "/afstemning": "emne"}


def test_no_visitor_meets_the_mark_of_another(server: Server) -> None:
    seen = asyncio.run(_all(server.url))
    assert sum(seen) == RUNS - RUNS % VISITORS


async def _all(address: str) -> list[int]:
    each = RUNS // VISITORS
    return list(await asyncio.gather(*(_one(address, number, each) for number in range(VISITORS))))


async def _one(address: str, number: int, runs: int) -> int:
    """One visitor follows marked links, which the pages repeat in notices; the number of runs as they should be."""
    visitor = Visitor(address, "/om")
    await visitor.open()
    good = 0
    for run in range(runs):
        mark = f"maerke-{number}-{run}"
        path = list(KEYS)[(number + run) % len(KEYS)]
        await visitor.go(path, f"{KEYS[path]}={mark}")
        found = {one.decode() for one in MARK.findall(b"".join(visitor.raw))}
        assert found == {mark}, f"visitor {number} on {path}: {found}"
        good += 1
    await visitor.close()
    return good
