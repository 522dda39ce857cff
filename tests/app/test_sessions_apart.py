"""Nobody sees what another has chosen: visitors at once, each with marks of their own, and every message read.

INDBLIK_GENNEMLOEB says how many runs there are in all (200 by 10 visitors; `make sessions` does 5.000 by 50).
"""

import asyncio
import os
import re

from bench.visitor import Visitor
from tests.running import Server

RUNS = int(os.environ.get("INDBLIK_GENNEMLOEB", "200"))
VISITORS = max(10, RUNS // 100)
MARK = re.compile(rb"maerke-\d+-\d+")
AREAS = {
    "København": "101",
    "Hele landet": "000",
    "Frederiksberg": "147",
    "Odense": "461",
    "Aarhus": "751",
}
CHART_OF = re.compile(r"[?&]o=([\d.]+)")
KEYS = {"/udforsk": "i", "/beslutninger": "emne", "/kilder": "emne", "/afstemning": "emne"}


def test_no_visitor_meets_the_mark_of_another(server: Server) -> None:
    seen = asyncio.run(_all(server.url))
    assert sum(seen) == RUNS - RUNS % VISITORS


async def _all(address: str) -> list[int]:
    each = RUNS // VISITORS
    return list(await asyncio.gather(*(_one(address, number, each) for number in range(VISITORS))))


async def _one(address: str, number: int, runs: int) -> int:
    """One visitor follows marked links, which the pages repeat in notices, and chooses an area now and then, which the
    chart's address repeats; the number of runs as they should be.
    """
    visitor = Visitor(address, "/om")
    await visitor.open()
    good = 0
    for run in range(runs):
        if run % 5 == 4:
            name = list(AREAS)[(number + run // 5) % len(AREAS)]
            await visitor.go("/udforsk")
            await visitor.choose("udforsk.o", [name])
            areas = {found for chart in visitor.graphs for found in CHART_OF.findall(chart)}
            assert areas == {AREAS[name]}, f"visitor {number} chose {name}: {visitor.graphs}"
            assert visitor.query == f"o={AREAS[name]}"
            good += 1
            continue
        mark = f"maerke-{number}-{run}"
        path = list(KEYS)[(number + run) % len(KEYS)]
        await visitor.go(path, f"{KEYS[path]}={mark}")
        found = {one.decode() for one in MARK.findall(b"".join(visitor.raw))}
        assert found == {mark}, f"visitor {number} on {path}: {found}"
        good += 1
    await visitor.close()
    return good
