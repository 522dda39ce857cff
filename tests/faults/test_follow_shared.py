"""«Følg med» through a real store: the same promises as in one process, across processes and when the store is gone."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from dashboard.server.follow import Full, MemoryStore, Unreachable
from dashboard.server.follow_scripts import PREFIX
from dashboard.server.follow_shared import ANSWER_SECONDS, SharedStore, chosen
from deploy import programs
from deploy.processes import Child
from tests.running import free_port

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(
        programs.find(programs.STORE) is None, reason=programs.missing(programs.STORE)
    ),
]


class Kept:
    """A store that can be stopped and started at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.address = f"redis://127.0.0.1:{self.port}/0"
        self.child = self.start()

    def start(self) -> Child:
        """Start it and wait until it can be reached."""
        program = programs.find(programs.STORE)
        assert program
        command = [
            program,
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self.folder),
        ]
        self.child = Child("lager", command, self.folder / "lager.txt")
        asyncio.run(self._answers())
        return self.child

    async def _answers(self) -> None:
        store, until = SharedStore(self.address), time.monotonic() + 10
        while True:
            try:
                await store.query("findes-ikke")
            except Unreachable:
                assert time.monotonic() < until, self.child.output
                await asyncio.sleep(0.05)
            else:
                return await store.close()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    one = Kept(tmp_path_factory.mktemp("lager"))
    yield one
    one.child.stop()


def _play(
    kept: Kept, play: Callable[..., Awaitable[None]], stores: int = 1, **limits: float
) -> None:
    """Run a test with clients of an empty store, each as in a process of its own."""

    async def go() -> None:
        own = [SharedStore(kept.address, **limits) for _ in range(stores)]  # type: ignore[arg-type]
        await own[0]._client.flushdb()
        try:
            await play(*own)
        finally:
            for store in own:
                await store.close()

    asyncio.run(go())


def test_a_step_in_one_process_wakes_those_who_wait_in_another(kept: Kept) -> None:
    async def play(here: SharedStore, there: SharedStore) -> None:
        started = await here.start("k=proeve", 1)
        assert await there.query(started.id) == "k=proeve"
        first = await there.wait(started.id, 0, 1)
        assert first
        assert (first.number, first.version) == (1, 1)
        waiting = [asyncio.create_task(there.wait(started.id, 1, 5)) for _ in range(20)]
        await asyncio.sleep(0)
        assert await here.move(started.id, started.secret, 4)
        for found in await asyncio.wait_for(asyncio.gather(*waiting), 1):
            assert found
            assert (found.number, found.version) == (4, 2)

    _play(kept, play, 2)


def test_no_step_is_missed_however_close_they_come(kept: Kept) -> None:
    async def play(here: SharedStore, there: SharedStore) -> None:
        started = await here.start("k=proeve", 1)

        async def follow() -> int:
            seen = 0
            while True:
                found = await there.wait(started.id, seen, 10)
                assert found
                if found.number == 60:
                    return found.version
                seen = found.version

        following = asyncio.create_task(follow())
        for number in range(2, 61):
            assert await here.move(started.id, started.secret, number)
        assert await asyncio.wait_for(following, 2) == 60

    _play(kept, play, 2, per_second=1000)


def test_waiting_ends_by_itself_and_unknown_sessions_are_over(kept: Kept) -> None:
    async def play(store: SharedStore) -> None:
        started = await store.start("k=proeve", 2)
        found = await store.wait(started.id, 1, 0.01)
        assert found
        assert (found.number, found.version) == (2, 1)
        for name in ("findes-ikke", "", "skift", "*", f"{started.id}:trin", "a" * 5000):
            assert await store.wait(name, 0, 0.01) is None
            assert await store.query(name) is None
        assert not store._counted

    _play(kept, play)


def test_only_the_presenter_steers_and_the_store_does_not_know_the_secret(kept: Kept) -> None:
    async def play(store: SharedStore) -> None:
        started = await store.start("k=proeve", 1)
        assert not await store.move(started.id, "gæt", 2)
        assert not await store.move("en-anden", started.secret, 2)
        position = await store.position(started.id)
        assert position
        assert position.number == 1
        held = await store._client.hgetall(PREFIX + started.id)  # type: ignore[misc]
        assert started.secret not in str(held)

    _play(kept, play)


def test_sessions_are_forgotten_and_all_keys_end(kept: Kept) -> None:
    async def play(store: SharedStore) -> None:
        started = await store.start("k=proeve", 1)
        await store.move(started.id, started.secret, 2)
        for key in [key async for key in store._client.scan_iter()]:
            assert 0 < await store._client.pttl(key) <= 60_000, key
        until = time.monotonic() + 5
        while await store.position(started.id):
            assert time.monotonic() < until
            await asyncio.sleep(0.05)
        assert await store.start("k=proeve", 1), "one that is forgotten counts no longer"

    _play(kept, play, seconds_kept=0.4, most=1)


def test_sessions_steps_and_followers_are_bounded(kept: Kept) -> None:
    async def play(here: SharedStore, there: SharedStore) -> None:
        started = await here.start("k=proeve", 1)
        await there.start("k=proeve", 1)
        with pytest.raises(Full, match="for mange fremlæggelser i gang"):
            await here.start("k=proeve", 1)
        for number in range(2, 5):
            await (here, there)[number % 2].move(started.id, started.secret, number)
        with pytest.raises(Full, match="for mange skift"):
            await there.move(started.id, started.secret, 5)
        here.enter(started.id)
        with pytest.raises(Full):
            here.enter(started.id)
        here.leave(started.id)
        here.enter(started.id)

    _play(kept, play, 2, most=2, per_second=3, followers=1)


def test_new_sessions_are_few_a_minute(kept: Kept) -> None:
    async def play(here: SharedStore, there: SharedStore) -> None:
        await here.start("a", 1)
        await there.start("a", 1)
        with pytest.raises(Full, match="nye"):
            await here.start("a", 1)

    _play(kept, play, 2, per_minute=2)


def test_a_store_that_is_gone_is_said_soon_and_those_who_wait_are_woken_when_it_is_back(
    tmp_path: Path,
) -> None:
    kept = Kept(tmp_path)

    async def play(store: SharedStore) -> None:
        started = await store.start("k=proeve", 1)
        assert await store.wait(started.id, 0, 1)
        waiting = asyncio.create_task(store.wait(started.id, 1, 30))
        await asyncio.wait({waiting}, timeout=0.5)  # it has asked, and now waits to be woken
        await asyncio.to_thread(kept.child.kill)
        begun = time.monotonic()
        asked_for = (
            store.position,
            lambda name: store.start(name, 1),
            lambda name: store.move(name, "", 1),
        )
        for ask in asked_for:
            with pytest.raises(Unreachable, match="ude af drift"):
                await ask(started.id)
        assert time.monotonic() - begun < 3 * (ANSWER_SECONDS + 0.5)
        assert not waiting.done()
        await asyncio.to_thread(kept.start)
        # It came back empty: the session is over, and they hear it long before their 30 seconds.
        assert await asyncio.wait_for(waiting, 5) is None

    try:
        _play(kept, play)
    finally:
        kept.child.stop()


def test_the_store_is_chosen_by_its_address_which_is_not_repeated() -> None:
    assert isinstance(chosen(""), MemoryStore)
    assert isinstance(chosen("redis://localhost:1/0"), SharedStore)
    assert isinstance(chosen("valkey://localhost:1/0"), SharedStore)
    for wrong in (
        "localhost:6379",
        "http://bruger:kodeord@lager",
        "redis://bruger:kodeord@lager:x",
    ):
        with pytest.raises(SystemExit, match="INDBLIK_FOELG") as stopped:
            chosen(wrong)
        assert "kodeord" not in str(stopped.value)
