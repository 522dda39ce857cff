"""A running app goes over to a newly published release by itself, and back: no request fails, nothing is mixed.

Real server, real commands in processes of their own, under plain requests and Streamlit sessions: a few, and in
`make faults` 30 of them through many publications and steps back.
"""

import asyncio
import itertools
import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.visitor import Visitor
from contract import danish, paths
from tests.faults.later_release import CHANGED, INDICATOR, NOTE, PAGE, QUERY, Later, later, words
from tests.running import Server, running

pytestmark = pytest.mark.faults
WITHIN = 10.0
"""Seconds from the end of a command until every answer is of the new release."""
ROUNDS = int(os.environ.get("INDBLIK_SWAPS", "1"))
"""Publications, each with a step back."""
VISITORS = 30 if ROUNDS > 1 else 3
ASKERS = 3
"""Plain requests: a passport, a page, the API."""
UNDONE = "Prøve: de opdigtede tal skal væk igen."
NOTICE = "Tallene er skiftet, mens siden var åben."
FIGURE = next(iter(CHANGED))


@pytest.fixture
def made(tmp_path: Path) -> Later:
    """The data with a candidate."""
    return later(tmp_path / "data")


@pytest.fixture
def server(made: Later) -> Iterator[Server]:
    """The app over them."""
    with running(made.root.parent / "log.txt", {"INDBLIK_DATA": str(made.root)}) as app:
        yield app


class Load:
    """Plain requests from threads and Streamlit sessions from one, all until `stop`; what each one saw.

    `seen`: (when, which release, who), `faults`: whatever went wrong.
    """

    def __init__(self, server: Server, made: Later) -> None:
        self.server, self.made = server, made
        self.seen: list[tuple[float, str, str]] = []
        self.faults: list[str] = []
        self.told: set[int] = set()
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._asks, args=(f"/tal/{FIGURE}?del=1", "tal")),
            threading.Thread(target=self._asks, args=(f"{PAGE}?{QUERY}", "side")),
            threading.Thread(
                target=self._asks, args=(f"/api/v1/figures?indicator={INDICATOR}&area=461", "api")
            ),
            threading.Thread(target=lambda: asyncio.run(self._visits())),
        ]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, release: str, since: float, seconds: float) -> None:
        """Return when everyone has asked after a moment and seen the release; fail after some seconds."""
        until = time.monotonic() + seconds
        while True:
            latest = {who: (when, what) for when, what, who in list(self.seen)}
            if len(latest) == VISITORS + ASKERS and all(
                when > since and what == release for when, what in latest.values()
            ):
                return
            assert time.monotonic() < until, f"not within {seconds} s: {latest} {self.faults[:3]}"
            time.sleep(0.02)

    def _asks(self, address: str, who: str) -> None:
        while not self._stop.is_set():
            asked = time.monotonic()
            try:
                answer = self.server.get(address)
            except OSError as error:
                self.faults.append(f"{who}: {error!r}")
                continue
            if answer.status != 200:
                self.faults.append(f"{who}: {answer.status} {answer.text[:200]}")
                continue
            self._note(answer.text, who, asked)
            self._stop.wait(0.02)

    async def _visits(self) -> None:
        await asyncio.gather(*(self._visit(number) for number in range(VISITORS)))

    async def _visit(self, number: int) -> None:
        visitor = Visitor(self.server.url, PAGE, QUERY)
        try:
            await visitor.open()
            while not self._stop.is_set():
                asked = time.monotonic()
                await visitor.run()
                told = [text for text in visitor.texts if NOTICE in text]
                if told:
                    self.told.add(number)
                own = [text for text in visitor.texts if text not in told]
                self._note("".join(own), f"besøg {number}", asked)
        except Exception as error:
            self.faults.append(f"visit {number}: {error!r}")
        finally:
            await visitor.close()

    def _note(self, text: str, who: str, asked: float) -> None:
        """Which release an answer is of; one that holds figures of both, or lacks one, is a fault."""
        plain = words(text).replace("\u00a0", " ") if who == "side" else text.replace("\u00a0", " ")
        before, after = self.made.before, self.made.after
        if who == "tal":  # one figure, and after it the history, which names both
            plain = plain.partition("Siden sidste udgave")[0]
            before, after = before[:1], after[:1]
        if who == "api":
            held = {row["figure"]: danish.number(row["value"]) for row in json.loads(text)["data"]}
            plain = " ".join(held[figure] for figure in CHANGED)
        found = (sum(n in plain for n in before), sum(n in plain for n in after))
        of = {(len(before), 0): self.made.old, (0, len(after)): self.made.new}.get(found)
        if of is None:
            self.faults.append(f"{who}: {found} {plain[:300]}")
        else:
            self.seen.append((asked, of, who))


def test_a_running_app_follows_publications_and_steps_back(made: Later, server: Server) -> None:
    assert UNDONE not in server.get("/nyt").text
    took: list[float] = []
    with Load(server, made) as load:
        load.wait_for(made.old, 0.0, 60)
        for turn in range(ROUNDS):
            if turn:
                made.run("build")
            for command, note, release in (
                ("publish", NOTE, made.new),
                ("rollback", UNDONE, made.old),
            ):
                made.run(command, "--note", note, "--date", "2099-01-03")
                load.wait_for(release, time.monotonic(), WITHIN)
                moved = (
                    paths.current_file(made.root).stat().st_mtime - time.time() + time.monotonic()
                )
                took.append(max(asked for asked, what, _ in load.seen if what != release) - moved)
                assert server.get("/healthz").json == {"status": "ok", "release": release}
                assert load.faults == []
    print(
        f"{len(took)} swaps, {VISITORS} visitors, {len(load.seen)} answers, 0 faults; "
        f"the last request to get the one before came {max(took):.2f} s after CURRENT moved"
    )
    assert load.told == set(range(VISITORS)), (
        "who has the page open is told at the next interaction"
    )
    order = [what for _, what, who in load.seen if who == "api"]
    changes = sum(one != other for one, other in itertools.pairwise(order))
    assert changes == 2 * ROUNDS, "over once and back once, never to and fro"
    _what_was_undone_can_be_opened_and_says_so(made, server)


def _what_was_undone_can_be_opened_and_says_so(made: Later, server: Server) -> None:
    async def visit(path: str, query: str) -> str:
        visitor = Visitor(server.url, path, query)
        try:
            await visitor.open()
            return "".join(visitor.texts).replace("\u00a0", " ")
        finally:
            await visitor.close()

    early = server.get("/nyt").text
    assert UNDONE in early, "the HTML that was kept from before is not used again"
    text = asyncio.run(visit(PAGE, f"{QUERY}&d={made.new}"))
    assert f"({made.new}), som er trukket tilbage." in text
    assert "2 af " in text
    assert "7.345.671 → 911" in text
    log = asyncio.run(visit("/nyt", ""))
    assert log.index(UNDONE) < log.index(NOTE)
    assert f"Udgaven {made.new} er trukket tilbage, og {made.old} er igen i brug." in log
    assert "3. januar 2099" in log
