"""How the process leaves: streams end, waiting ends, and the length of the wait is checked."""

import asyncio

import pytest

from dashboard.server.leaving import Closed, Leaving, seconds


def test_what_waits_ends_when_the_process_lets_go() -> None:
    async def play() -> None:
        leaving = Leaving()
        assert await leaving.unless_closed(asyncio.sleep(0, "svar")) == "svar"
        cancelled = asyncio.Event()

        async def long() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                cancelled.set()

        waiting = asyncio.create_task(leaving.unless_closed(long()))
        await asyncio.sleep(0)
        leaving.begin()
        await asyncio.sleep(0)
        assert leaving.begun
        assert not waiting.done(), "those who are there are served until it lets go"
        leaving.close()
        with pytest.raises(Closed):
            await waiting
        await asyncio.wait_for(cancelled.wait(), 1)
        with pytest.raises(Closed):
            await leaving.unless_closed(asyncio.Event().wait())

    asyncio.run(play())


def test_a_failure_of_what_is_awaited_is_passed_on() -> None:
    async def play() -> None:
        async def fails() -> None:
            raise ValueError("fejl")

        with pytest.raises(ValueError, match="fejl"):
            await Leaving().unless_closed(fails())

    asyncio.run(play())


@pytest.mark.parametrize(
    ("given", "found"), [(None, 0.0), ("", 0.0), ("0", 0.0), ("2.5", 2.5), ("600", 600.0)]
)
def test_the_seconds_before_closing(given: str | None, found: float) -> None:
    assert seconds(given) == found


@pytest.mark.parametrize("given", ["ti", "-1", "601", "nan", "inf"])
def test_seconds_that_are_none_stop_the_start(given: str) -> None:
    with pytest.raises(SystemExit, match="INDBLIK_LUK_SEKUNDER"):
        seconds(given)
