"""The app over a disk on which every open takes long, and over one that can only be read.

A real server whose own opens of files in the data folder are held up (2 s each in `make faults`). It opens the
files of a release itself; polars gets their bytes.
"""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from contract import paths
from contract.release import current_id
from dashboard import standing
from tests.faults.later_release import NOTE, PAGE, QUERY, Later, later
from tests.running import Server

pytestmark = pytest.mark.faults
DELAY = 2.0 if "INDBLIK_FAULT_RUNS" in os.environ else 0.05
PAGE_WITHIN = 10.0
NOTICE = "Tallene kan ikke opdateres lige nu."

# An audit hook sees every open of this process before it happens.
_SLOW = """
import os, sys, time
_root, _flag, _delay = os.environ["SLOW_ROOT"], os.environ["SLOW_FLAG"], float(os.environ["SLOW_DELAY"])
def _hold(event, args):
    if event == "open" and isinstance(args[0], str) and args[0].startswith(_root):
        if os.access(_flag, os.F_OK):
            time.sleep(_delay)
sys.addaudithook(_hold)
"""


@pytest.fixture
def made(tmp_path: Path) -> Later:
    """The data with a candidate."""
    return later(tmp_path / "data")


@pytest.fixture
def slow(tmp_path: Path, made: Later) -> tuple[dict[str, str], Path]:
    """The environment of a server whose opens in the data folder take long while a file is there; and that file."""
    (tmp_path / "slow").mkdir()
    (tmp_path / "slow" / "sitecustomize.py").write_text(_SLOW, "utf-8")
    flag = tmp_path / "flag"
    env = {
        "INDBLIK_DATA": str(made.root), "PYTHONPATH": str(tmp_path / "slow"),
        "SLOW_ROOT": str(made.root), "SLOW_FLAG": str(flag), "SLOW_DELAY": str(DELAY),
    }  # fmt: skip
    return env, flag


def test_a_slow_disk_makes_no_page_slow_and_a_new_release_comes_in_time(
    made: Later, slow: tuple[dict[str, str], Path],
    start: Callable[..., AbstractContextManager[Server]],
) -> None:  # fmt: skip
    env, flag = slow
    with start(env) as server:
        before = _threads(server)
        flag.touch()
        made.run("publish", "--note", NOTE)
        files = len(list((paths.releases_dir(made.root) / made.new).iterdir()))
        reads = 2 * files + 10  # hashed, then read; and what names them, several times
        until = time.monotonic() + reads * DELAY + standing.SILENT_SECONDS
        told, seen, slowest = False, set[str](), 0.0
        while made.new not in seen:
            assert time.monotonic() < until, "the new release never came"
            asked = time.monotonic()
            answer = server.get(f"{PAGE}?{QUERY}")
            slowest = max(slowest, time.monotonic() - asked)
            assert answer.status == 200
            text = answer.text.replace("\u00a0", " ")
            told |= NOTICE in text
            of = {name for name, texts in ((made.old, made.before), (made.new, made.after))
                  if all(number in text for number in texts)}  # fmt: skip
            assert len(of) == 1, "an answer is of one release"
            seen |= of
            time.sleep(0.05)
        assert slowest < PAGE_WITHIN
        assert _threads(server) <= before + 3, "requests do not pile up behind the disk"
        if DELAY * files > standing.SILENT_SECONDS:
            assert told, "who reads is told that the disk does not answer"


def _threads(server: Server) -> int:
    return len(list(Path(f"/proc/{server.process.pid}/task").iterdir()))


@pytest.fixture
def read_only(tmp_path: Path, made: Later) -> Iterator[Path]:
    """The data folder, mounted so that nobody can write in it."""
    place = tmp_path / "disk"
    place.mkdir()
    bind = ["mount", "--bind", str(made.root), str(place)]
    if os.geteuid() != 0 or subprocess.run(bind, capture_output=True).returncode:
        pytest.skip("a file system of its own can be mounted by root only")
    subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True)
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_the_app_needs_to_write_nothing_in_its_data(
    read_only: Path, start: Callable[..., AbstractContextManager[Server]]
) -> None:
    with pytest.raises(OSError, match="Read-only"):
        (read_only / "CURRENT").write_text("")
    with start({"INDBLIK_DATA": str(read_only)}) as server:
        whole = {"status": "ok", "release": current_id(read_only)}
        assert server.get("/healthz").json == whole
        for page in ("/", "/nyt", f"{PAGE}?{QUERY}"):
            answer = server.get(page)
            assert answer.status == 200
            assert NOTICE not in answer.text
