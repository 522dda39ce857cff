"""Two of the data keeper's commands at the same time: one of them is done, and the other is done after it or refused.

Real processes. Made-up data only.
"""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract import paths
from contract.journal import in_force, read_journal
from contract.release import candidate_id, current_id, verify
from etl.__main__ import main
from tests.data.fetching import Keeper
from tests.data.loopback import Loopback, loopback
from tests.data.small import SmallData
from tests.data.statbank_service import Statbank
from tests.faults.commands import Ended, command, together
from tests.publishing import put_in_use

pytestmark = pytest.mark.faults
ROUNDS = max(1, int(os.environ.get("INDBLIK_FAULT_RUNS", "4")) // 10)
BUSY = "en anden er i gang med at"


@pytest.fixture
def two(small: SmallData) -> tuple[str, str]:
    """A release in use and a candidate after it."""
    first = put_in_use(small.root)
    small.change("glossary.toml", "Noget, der", "Alt, der")
    assert main(["build", "--data", str(small.root), "--date", "1906-01-01"]) == 0
    return first, candidate_id(small.root)


def whole(root: Path) -> list[tuple[str, str]]:
    """What has happened; the release in use is whole, and the last of them."""
    verify(paths.releases_dir(root) / current_id(root))
    events = in_force(root)
    assert events[-1].release == current_id(root)
    return [(event.kind, event.release) for event in events]


def test_two_publications_are_one(small: SmallData, two: tuple[str, str]) -> None:
    first, second = two
    for _ in range(ROUNDS):
        ended = together([command(small.root, "publish")] * 2)
        done = [one for one in ended if one.code == 0 and "udgivet: " in one.out]
        assert len(done) == 1, ended
        for other in (one for one in ended if one is not done[0]):
            assert "allerede i brug" in other.out or BUSY in other.err, other
        assert whole(small.root) == [("udgivet", first), ("udgivet", second)]
        _undo(small.root)


def test_a_publication_and_a_step_back_come_in_some_order(
    small: SmallData, two: tuple[str, str]
) -> None:
    """Published and then undone, or nothing to undo and then published; or one of them was told to wait."""
    first, second = two
    for _ in range(ROUNDS):
        published, undone = together([
            command(small.root, "publish"), command(small.root, "rollback"),
        ])  # fmt: skip
        wanted = [("udgivet", first)]
        if published.code == 0:
            wanted.append(("udgivet", second))
        if undone.code == 0:
            wanted.append(("fortrudt", first))
        assert whole(small.root) == wanted
        assert published.code == 0 or BUSY in published.err
        assert undone.code == 0 or _refused(undone)
        _undo(small.root)


def _refused(undone: Ended) -> bool:
    return BUSY in undone.err or "har ingen udgave før sig" in undone.err


def _undo(root: Path) -> None:
    """Back to where the first release is in use, the second is the candidate, and nothing has happened since."""
    journal, first = paths.journal_file(root), read_journal(root)[0]
    paths.current_file(root).write_text(f"{first.release}\n", "utf-8")
    journal.write_text(f"{first.to_json()}\n", "utf-8")
    assert main(["build", "--data", str(root)]) == 0


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """A StatBank on this machine, whose numbers can be raised."""
    with loopback(Statbank()) as running:
        monkeypatch.setenv("STATBANK_URL", running.url)
        yield running


def test_a_build_beside_a_fetch_never_holds_half_of_it(small: SmallData, bank: Loopback) -> None:
    """Two tables are fetched again; the fetch is held between their answers, and then a build is tried."""
    small.write("disclosure.toml", (paths.REPO / "data" / "disclosure.toml").read_bytes())
    tables = ["KY04", "KY16"]
    assert not [o.error for o in Keeper(small.root).statbank(*tables) if o.error]
    put_in_use(small.root)
    bank.service = Statbank(raised=1300, updated="1903-02-01T08:00:00")
    build = [*command(small.root, "build"), "--date", "1906-01-01"]
    arrived, go_on = threading.Event(), threading.Event()

    def held(_: object, right: object) -> object:
        arrived.set()
        go_on.wait(30)
        return right

    bank.faults = [None, None, held]  # type: ignore[list-item]
    fetched: list[Ended] = []
    fetch = [*command(small.root, "fetch"), "statbank", "--table", *tables]
    fetching = threading.Thread(target=lambda: fetched.extend(together([fetch])))
    fetching.start()
    assert arrived.wait(30), "one table is there, the other is not"
    try:
        (during,) = together([build])
    finally:
        go_on.set()
        fetching.join(60)
    assert during.code == 2
    assert "en anden er i gang med at hente tal" in during.err
    assert candidate_id(small.root) == ""
    assert fetched[0].code == 0, fetched
    assert main(build) == 0
