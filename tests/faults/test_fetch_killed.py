"""A fetch that is killed again and again loses nothing it has kept, and in the end has what one in peace has.

Real processes and a real HTTP server; made-up data only.
"""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from contract import paths
from contract.areas import NAMES
from etl.atomic import TEMPORARY
from etl.fetch.raw import REQUEST
from tests.data.fetching import Keeper, well
from tests.data.loopback import loopback
from tests.data.statbank_service import Statbank

pytestmark = pytest.mark.faults
KILLS = int(os.environ.get("INDBLIK_FAULT_RUNS", "4"))
TABLES = ("AUK01", "KY04", "KY16", "FOLK1A")
LIMIT = 3000
"""Cells of a request, so that there are several for a table."""

# Loads everything, says so, then fetches: a kill hits the work, not the start-up.
_DRIVER = """
import sys
from pathlib import Path
from contract.areas import NAMES
from tests.data.fetching import Keeper
import etl.fetch.statbank
print("klar", flush=True)
done = Keeper(Path(sys.argv[1])).statbank(
    *sys.argv[3:], areas=tuple(sorted(NAMES)), cell_limit=int(sys.argv[2]), pace=0.02
)
sys.exit(any(outcome.error for outcome in done))
"""


def start(root: Path) -> "subprocess.Popen[str]":
    """A fetch that has just begun."""
    process = subprocess.Popen(
        [sys.executable, "-c", _DRIVER, str(root), str(LIMIT), *TABLES],
        cwd=paths.REPO, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "klar\n"
    return process


def whole(keeper: Keeper) -> dict[str, bytes]:
    """The answers that count: with their request, as they came."""
    folder = keeper.root / "raw"
    names = [name for name in keeper.kept() if name.endswith(REQUEST) and TEMPORARY not in name]
    return {name: (folder / name).read_bytes() for name in names}


def test_killed_at_any_moment_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with loopback(Statbank()) as bank:
        monkeypatch.setenv("STATBANK_URL", bank.url)
        peace, keeper = Keeper(tmp_path / "peace"), Keeper(tmp_path / "data")
        areas = tuple(sorted(NAMES))
        well(peace.statbank(*TABLES, areas=areas, cell_limit=LIMIT))
        chance, before, killed = random.Random(1901), {}, 0
        while killed < KILLS:
            process = start(keeper.root)
            try:
                process.wait(chance.uniform(0.0, 0.35))
            except subprocess.TimeoutExpired:
                process.kill()
                killed += 1
            process.communicate(timeout=30)
            now = whole(keeper)
            assert now.items() >= before.items(), "what was kept is there, unchanged"
            for table in TABLES:
                for answer in keeper.answers("statbank", table):
                    answer.content()
            before = now
            if process.returncode == 0:  # done before it could be killed: from the beginning
                shutil.rmtree(keeper.root / "raw")
                before = {}
        last = start(keeper.root)
        out, err = last.communicate(timeout=60)
        assert last.returncode == 0, out + err
    assert whole(keeper).items() >= before.items()
    assert not [name for name in keeper.kept() if TEMPORARY in name]
    for table in TABLES:
        rows = keeper.rows(table).drop("source_file")
        assert rows.equals(peace.rows(table).drop("source_file")), table
