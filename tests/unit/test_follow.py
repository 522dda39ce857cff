"""The sessions of those who follow: steps reach them, strangers do not steer, nothing grows without bound."""

import asyncio

import pytest

from dashboard.server.follow import Full, MemoryStore


class Clock:
    """Time that the test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_step_wakes_those_who_wait() -> None:
    async def play() -> None:
        store = MemoryStore()
        started = await store.start("k=proeve", 1)
        first = await store.wait(started.id, 0, 1)
        assert first
        assert first.number == 1
        waiting = asyncio.create_task(store.wait(started.id, first.version, 5))
        await asyncio.sleep(0)
        assert await store.move(started.id, started.secret, 4)
        found = await asyncio.wait_for(waiting, 1)
        assert found
        assert found.number == 4

    asyncio.run(play())


def test_waiting_ends_by_itself_with_the_same_position() -> None:
    async def play() -> None:
        store = MemoryStore()
        started = await store.start("k=proeve", 2)
        found = await store.wait(started.id, 1, 0.01)
        assert found
        assert (found.number, found.version) == (2, 1)
        assert await store.wait("findes-ikke", 0, 0.01) is None

    asyncio.run(play())


def test_only_the_presenter_steers() -> None:
    async def play() -> None:
        store = MemoryStore()
        started = await store.start("k=proeve", 1)
        assert not await store.move(started.id, "gæt", 2)
        assert not await store.move("en-anden", started.secret, 2)
        position = await store.position(started.id)
        assert position
        assert position.number == 1
        assert started.id not in started.secret

    asyncio.run(play())


def test_sessions_are_forgotten_when_nothing_happens() -> None:
    async def play() -> None:
        clock = Clock()
        store = MemoryStore(seconds_kept=100, clock=clock)
        started = await store.start("k=proeve", 1)
        clock.now = 90
        assert await store.move(started.id, started.secret, 2)
        clock.now = 180
        assert len(store) == 1
        clock.now = 191
        assert await store.position(started.id) is None
        assert len(store) == 0

    asyncio.run(play())


def test_sessions_steps_and_followers_are_bounded() -> None:
    async def play() -> None:
        clock = Clock()
        store = MemoryStore(most=2, per_second=3, per_minute=5, followers=1, clock=clock)
        started = await store.start("k=proeve", 1)
        await store.start("k=proeve", 1)
        with pytest.raises(Full):
            await store.start("k=proeve", 1)
        for number in (2, 3, 4):
            await store.move(started.id, started.secret, number)
        with pytest.raises(Full):
            await store.move(started.id, started.secret, 5)
        clock.now = 1
        assert await store.move(started.id, started.secret, 5)
        store.enter(started.id)
        with pytest.raises(Full):
            store.enter(started.id)
        store.leave(started.id)
        store.enter(started.id)

    asyncio.run(play())


def test_new_sessions_are_few_a_minute() -> None:
    async def play() -> None:
        clock = Clock()
        store = MemoryStore(per_minute=2, clock=clock)
        await store.start("a", 1)
        await store.start("a", 1)
        with pytest.raises(Full):
            await store.start("a", 1)
        clock.now = 60
        await store.start("a", 1)

    asyncio.run(play())
