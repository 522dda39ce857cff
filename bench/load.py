"""`python -m bench.load`: many visitors at once on the real pages, and on a bare Streamlit page beside them.

klik        people who click every second
mættet      the same people, as often as they can
stormløb    40 who open within five seconds
forbundet   200 connected, twenty of whom click
overlast    three times as many, and then few again
hukommelse  opening and closing, memory after each round
bar         klik and mættet on the bare page

With `--check` the exit code says whether the promises hold. Absolute times belong to the machine.
"""

import argparse
import asyncio
import json
import math
import os
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

import psutil

from bench import chart, habits, server
from bench.visitor import Failed, Run, Visitor, fetch
from contract.paths import REPO

BARE = REPO / "bench" / "bare" / "app.py"
APP = REPO / "app.py"
_FAILURES = (Failed, OSError, EOFError, TimeoutError)
_WIDTHS = (360, 640, 1120)
"""Widths (px) that the visitors' browsers have for a chart."""


@dataclass
class Outcome:
    """What a scenario gave. Times in ms, memory in MB, processor in pct. of one core."""

    name: str
    runs: int = 0
    per_second: float = 0.0
    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0
    worst: float = 0.0
    errors: list[str] = field(default_factory=list)
    charts: int = 0
    chart_p95: float = 0.0
    cpu: float = 0.0
    memory: float = 0.0
    bytes_a_run: float = 0.0
    samples: list[float] = field(default_factory=list)
    """Memory over time, where that is what is measured."""


@dataclass
class Crowd:
    """Visitors of one server, and what they saw."""

    address: str
    process: psutil.Process
    paths: tuple[str, ...] = habits.PAGES
    runs: list[Run] = field(default_factory=list)
    charts: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    async def arrive(self, number: int) -> Visitor | None:
        """One visitor opens a page."""
        path = self.paths[number % len(self.paths)]
        visitor = Visitor(self.address, path)
        try:
            self.runs.append(await visitor.open())
            await self._look(visitor, number)
        except _FAILURES as error:
            self._failed(visitor, error)
            return None
        return visitor

    async def gather(self, users: int) -> list[Visitor]:
        """`users` visitors who have opened a page, ten at a time."""
        there: list[Visitor | None] = []
        for first in range(0, users, 10):
            numbers = range(first, min(first + 10, users))
            there += await asyncio.gather(*map(self.arrive, numbers))
        return [visitor for visitor in there if visitor]

    def forget(self) -> None:
        """Leave out of the figures what was seen until now; errors stay."""
        self.runs, self.charts = [], []

    async def click(self, visitor: Visitor, number: int, seconds: float, think: float) -> None:
        """One visitor clicks with about `think` seconds between until the time is over, and leaves.

        Half to one and a half times that. With the same time for everyone, those who were once kept
        waiting together click together ever after: fifty metronomes in step, which no people are.
        """
        chance = random.Random(number)
        until = time.monotonic() + seconds
        await asyncio.sleep(chance.random() * think)
        while time.monotonic() < until:
            try:
                self.runs.append(await habits.act(visitor, chance))
                await self._look(visitor, number)
            except _FAILURES as error:
                self._failed(visitor, error)
                break
            await asyncio.sleep(think * chance.uniform(0.5, 1.5))
        await visitor.close()

    async def _look(self, visitor: Visitor, number: int) -> None:
        """Fetch the charts of the page, as the browser does; a visitor's screen keeps its width."""
        for graph in visitor.graphs:
            begun = time.perf_counter()
            status, _ = await fetch(self.address, f"{graph}&b={_WIDTHS[number % len(_WIDTHS)]}")
            self.charts.append(time.perf_counter() - begun)
            if status != 200:
                self.errors.append(f"{graph}: {status}")

    def _failed(self, visitor: Visitor, error: Exception) -> None:
        self.errors.append(f"{visitor.path}: {type(error).__name__} {error}"[:200])

    def outcome(self, name: str, seconds: float, cpu: float) -> Outcome:
        """The figures of what was seen since the last call."""
        times = sorted(1000 * run.seconds for run in self.runs)
        made = Outcome(
            name, len(times), len(times) / seconds, percentile(times, 50), percentile(times, 95),
            percentile(times, 99), times[-1] if times else 0.0, self.errors, len(self.charts),
            percentile(sorted(1000 * t for t in self.charts), 95), cpu, memory(self.process),
            median(run.size for run in self.runs) if self.runs else 0.0,
        )  # fmt: skip
        self.runs, self.charts, self.errors = [], [], []
        return made

    async def during(self, name: str, work: Callable[[], Awaitable[object]]) -> Outcome:
        """Do some work and give its outcome."""
        self.process.cpu_percent()
        begun = time.perf_counter()
        await work()
        taken = time.perf_counter() - begun
        return self.outcome(name, taken, self.process.cpu_percent())


def percentile(values: list[float], per_cent: float) -> float:
    """The nearest-rank percentile of sorted values; 0 of none.

    >>> percentile([1.0, 2.0, 3.0, 4.0], 50)
    2.0
    """
    return values[max(math.ceil(per_cent / 100 * len(values)) - 1, 0)] if values else 0.0


def memory(process: psutil.Process) -> float:
    """Memory in use (RSS), MB."""
    return process.memory_info().rss / 1e6


async def clicking(
    crowd: Crowd, users: int, seconds: float, name: str = "klik", think: float = 1.0
) -> Outcome:
    """`users` people who click every `think` seconds."""
    there = await crowd.gather(users)
    crowd.forget()  # how long it took to arrive is another scenario
    clicks = [crowd.click(one, number, seconds, think) for number, one in enumerate(there)]
    return await crowd.during(name, lambda: asyncio.gather(*clicks))


async def connected(crowd: Crowd, users: int) -> Outcome:
    """`users` with the page open; twenty of them click for ten seconds."""
    there = await crowd.gather(users)
    crowd.forget()
    clicks = [crowd.click(one, number, 10.0, 1.0) for number, one in enumerate(there[:20])]
    made = await crowd.during("forbundet", lambda: asyncio.gather(*clicks))
    await asyncio.gather(*(visitor.close() for visitor in there[20:]))
    return made


async def burst(crowd: Crowd, users: int, within: float) -> Outcome:
    """`users` people who open the link, spread over `within` seconds."""

    async def one(number: int) -> None:
        await asyncio.sleep(within * number / users)
        visitor = await crowd.arrive(number)
        if visitor:
            await visitor.close()

    return await crowd.during("stormløb", lambda: asyncio.gather(*map(one, range(users))))


async def saturated(crowd: Crowd, chosen: argparse.Namespace) -> Outcome:
    """As many runs as the server can do: everyone clicks as soon as the answer is there."""
    return await clicking(crowd, chosen.users, min(chosen.seconds, 30.0), "mættet", 0.0)


async def overload(crowd: Crowd, users: int, seconds: float) -> list[Outcome]:
    """Far too many for a while, then 20 again."""
    much = await clicking(crowd, users, seconds, "overlast")
    return [much, await clicking(crowd, 20, min(seconds, 30), "derefter")]


async def coming_and_going(crowd: Crowd, rounds: int, every: float) -> Outcome:
    """Twenty visitors open, click once and leave, again and again, `every` so many seconds; memory after every round."""
    samples: list[float] = []

    async def work() -> None:
        begun = time.monotonic()
        for number in range(rounds):
            await asyncio.sleep(begun + number * every - time.monotonic())
            there = await crowd.gather(20)
            await asyncio.gather(*(crowd.click(one, n, 0.5, 0.2) for n, one in enumerate(there)))
            samples.append(memory(crowd.process))

    made = await crowd.during("hukommelse", work)
    made.samples = samples
    return made


async def real(address: str, process: psutil.Process, chosen: argparse.Namespace) -> list[Outcome]:
    """The scenarios that were asked for, on the real pages."""
    crowd = Crowd(address, process)
    await clicking(crowd, 2, 2)  # the first visitors after a start are not the ones measured
    found: list[Outcome] = []
    if "klik" in chosen.only:
        found.append(await clicking(crowd, chosen.users, chosen.seconds))
    if "mættet" in chosen.only:
        found.append(await saturated(crowd, chosen))
    if "stormløb" in chosen.only:
        found.append(await burst(crowd, 40, 5.0))
    if "forbundet" in chosen.only:
        found.append(await connected(crowd, 200))
    if "overlast" in chosen.only:
        found += await overload(crowd, 3 * chosen.users, min(chosen.seconds, 60))
    if "hukommelse" in chosen.only:
        found.append(await coming_and_going(crowd, chosen.rounds, chosen.every))
    return found


def _bare(chosen: argparse.Namespace) -> list[Outcome]:
    """The same clicking on a bare Streamlit page with one choice and one chart."""

    async def both(address: str) -> list[Outcome]:
        crowd = Crowd(address, _started(), ("/",))
        click = await clicking(crowd, chosen.users, chosen.seconds, "bar: klik")
        full = await saturated(crowd, chosen)
        full.name = "bar: mættet"
        return [click, full]

    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as kept:
        json.dump(chart.specs(), kept)
        kept.flush()
        env = {"BENCH_SPECS": kept.name}
        with server.streamlit(BARE, "/_stcore/health", env=env) as (address, _):
            return asyncio.run(both(address))


def _started() -> psutil.Process:
    """The server that was started last."""
    return psutil.Process().children()[-1]


def broken(found: list[Outcome]) -> list[str]:
    """Which promises do not hold, in Danish."""
    by_name = {one.name: one for one in found}
    faults = [
        f"{one.name}: {len(one.errors)} fejl, først {one.errors[0]}" for one in found if one.errors
    ]
    click, full, bare = (by_name.get(name) for name in ("klik", "mættet", "bar: mættet"))
    if click and click.p95 >= 300:
        faults.append(f"klik: p95 er {round(click.p95)} ms, men skal være under 300")
    if full and bare and full.per_second < 5 * bare.per_second:
        faults.append("mættet: under fem gange så mange gennemløb i sekundet som en bar side")
    kept = by_name["hukommelse"].samples if "hukommelse" in by_name else []
    if len(kept) >= 8 and median(kept[-3:]) > 1.1 * median(
        kept[len(kept) // 4 : len(kept) // 4 + 3]
    ):
        faults.append("hukommelse: vokser stadig")
    return faults


def _print(found: list[Outcome]) -> None:
    heads = ("", "gennemløb", "pr. s", "p50 ms", "p95 ms", "p99 ms", "værst", "fejl", "grafer",
             "graf p95", "CPU pct.", "MB", "kB/løb")  # fmt: skip
    print(f"{heads[0]:15}" + "".join(f"{head:>10}" for head in heads[1:]))
    for one in found:
        row = (one.runs, round(one.per_second, 1), *map(round, (one.p50, one.p95, one.p99, one.worst)),
               len(one.errors), one.charts, round(one.chart_p95), round(one.cpu), round(one.memory),
               round(one.bytes_a_run / 1000))  # fmt: skip
        print(f"{one.name:15}" + "".join(f"{value:>10}" for value in row))
        if one.samples:
            step = max(1, len(one.samples) // 30)
            shown = " ".join(str(round(s)) for s in one.samples[::step])
            print(f"   MB efter {'hver' if step == 1 else f'hver {step}.'} runde: {shown}")
        for error in one.errors[:3]:
            print(f"   {error}")


def main() -> int:
    """Run the scenarios and print a line for each; with `--check` 1 if a promise does not hold."""
    every = ("klik", "mættet", "stormløb", "forbundet", "overlast", "hukommelse", "bar")
    asked = argparse.ArgumentParser(prog="python -m bench.load")
    asked.add_argument("--users", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=600.0)
    asked.add_argument(
        "--rounds", type=int, default=30, help="opening and closing, 20 visitors each"
    )
    asked.add_argument(
        "--every",
        type=float,
        default=0.0,
        help="seconds from one round to the next: 360 of 10 are an hour",
    )
    asked.add_argument("--only", nargs="+", default=every, choices=every)
    asked.add_argument("--app", type=Path, default=APP)
    asked.add_argument("--json", type=Path)
    asked.add_argument("--check", action="store_true")
    chosen = asked.parse_args()
    found: list[Outcome] = []
    if set(chosen.only) - {"bar"}:
        with server.streamlit(chosen.app.resolve(), "/healthz") as (address, _):
            found += asyncio.run(real(address, _started(), chosen))
    if "bar" in chosen.only:
        found += _bare(chosen)
    print(f"{chosen.users} besøgende, {round(chosen.seconds)} s, {os.cpu_count()} kerner")
    _print(found)
    if chosen.json:
        chosen.json.write_text(json.dumps([asdict(one) for one in found], indent=1), "utf-8")
    faults = broken(found) if chosen.check else []
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
