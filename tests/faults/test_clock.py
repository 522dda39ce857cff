"""The clock of the machine is in no release, and in nothing that is shown of one.

Real processes whose clock is moved by libfaketime (requirements-dev.txt, or Debian's own); where it does not run,
those tests are skipped. Made-up data, except that the app shows the repository's own.
"""

import importlib.util
import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from contract import danish, paths
from contract.release import candidate_id, current_id, read_manifest, verify
from dashboard import read, standing
from tests.data.small import SmallData
from tests.faults.damage import flipped
from tests.publishing import put_in_use
from tests.running import Server

pytestmark = pytest.mark.faults
_PLACES = (
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib64",
    "/usr/lib",
    "/opt/homebrew/lib",
)


def _library() -> str:
    """The system's own, else the one that the package `libfaketime` carries; empty if neither is there."""
    for place in _PLACES:
        for file in Path(place).glob("faketime/libfaketime.so.1"):
            return str(file)
    package = importlib.util.find_spec("libfaketime")
    if package and package.origin and (sys.platform, platform.machine()) == ("linux", "x86_64"):
        own = Path(package.origin).parent / "vendor/libfaketime/src/libfaketime.so.1"
        return str(own) if own.exists() else ""
    return ""


LIBRARY = _library()
moved = pytest.mark.skipif(not LIBRARY, reason="libfaketime is not installed")
CLOCKS = {
    "the last second of 2099": "@2099-12-31 23:59:59",
    "two hours back": "-2h",
    "two hours on": "+2h",
    "long ago": "@1970-01-02 00:00:00",
    "summer time begins": "@2027-03-28 00:59:59",
    "summer time ends": "@2027-10-31 00:59:59",
    "the last second of week 53": "@2026-12-31 23:59:59",
    "week 1 of another year": "@2024-12-31 12:00:00",
}
if "INDBLIK_FAULT_RUNS" not in os.environ:  # all of them in `make faults`
    CLOCKS = dict(list(CLOCKS.items())[:2])


def at(clock: str) -> dict[str, str]:
    """The environment of a process whose clock is moved."""
    return {
        "LD_PRELOAD": LIBRARY,
        "FAKETIME": clock,
        "DONT_FAKE_MONOTONIC": "1",
        "TZ": "Europe/Copenhagen",
    }


def etl(root: Path, clock: str, *command: str) -> str:
    """Run a command under a clock; what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "etl", *command, "--data", str(root)],
        cwd=paths.REPO, capture_output=True, text=True, check=True, env={**os.environ, **at(clock)},
    )  # fmt: skip
    return done.stdout


@moved
@pytest.mark.parametrize("clock", CLOCKS.values(), ids=CLOCKS)
def test_the_same_data_give_the_same_release_at_any_time(
    small: SmallData, tmp_path: Path, clock: str
) -> None:
    other = SmallData(tmp_path / "andre")
    now = put_in_use(small.root)
    etl(other.root, clock, "build")
    assert candidate_id(other.root) == now
    folders = [paths.releases_dir(root) / now for root in (small.root, other.root)]
    for file in folders[0].iterdir():
        assert (folders[1] / file.name).read_bytes() == file.read_bytes(), file.name


@moved
def test_a_publication_is_dated_by_its_data_also_when_the_clock_has_gone_back(
    small: SmallData,
) -> None:
    first = put_in_use(small.root)
    small.change("glossary.toml", "Noget, der", "Alt, der")
    long_ago = "@1970-01-02 00:00:00"
    etl(small.root, long_ago, "build", "--date", "1906-01-01")
    etl(small.root, long_ago, "publish", "--note", "Prøveudgave, kun til prøver.")
    now = current_id(small.root)
    assert now.startswith("1906-01-01-")
    assert read_manifest(paths.releases_dir(small.root) / now).previous == first
    assert (
        '"date": "1906-01-01"' in paths.journal_file(small.root).read_text("utf-8").splitlines()[1]
    )


def test_files_older_than_those_before_them_are_shown(
    small: SmallData, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after `cp -p` from another machine."""
    monkeypatch.setenv("INDBLIK_DATA", str(small.root))
    first = put_in_use(small.root)
    assert read.current().id == first
    small.change("glossary.toml", "Noget, der", "Alt, der")
    small.change("publication.toml", 'previous = ""', f'previous = "{first}"')
    second = put_in_use(small.root)
    for file in [*small.root.rglob("*"), paths.current_file(small.root)]:
        os.utime(file, (0, 0))
    assert read.standing.look(check=True).release == second
    assert read.current().id == second
    damaged = paths.releases_dir(small.root) / second / "story.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-1])
    os.utime(damaged, (0, 0))
    assert "story.parquet er ændret" in read.standing.look(check=True).trouble
    assert verify(paths.releases_dir(small.root) / first)


@moved
def test_the_app_in_2099_shows_the_dates_of_the_data_and_mends_itself(
    start: Callable[..., AbstractContextManager[Server]], data_copy: Path
) -> None:
    """It starts with a damaged release, which is put right while it runs."""
    now = current_id(data_copy)
    folder = paths.releases_dir(data_copy) / now
    whole = (folder / "figures.parquet").read_bytes()
    (folder / "figures.parquet").write_bytes(whole[:-1])
    env = {"INDBLIK_DATA": str(data_copy), **at("@2099-12-31 23:59:50")}
    with start(env, healthy=False) as server:
        said = server.get("/fleksjob")
        assert said.status == 503
        assert "Tallene kan ikke vises lige nu" in said.text
        assert server.get("/klar").status == 503
        (folder / "figures.parquet").write_bytes(whole)
        assert server.get("/healthz").json == {"status": "ok", "release": now}
        published = danish.long_day(read.load(now).published)
        for page in ("/", "/nyt", "/udforsk", "/api/v1/releases"):
            answer = server.get(page)
            assert answer.status == 200
            assert not re.search(r"\b(2099|2100)\b", answer.text), page
        assert published in server.get("/nyt").text


def test_a_turned_bit_is_found_at_the_next_hashing_though_time_and_size_are_the_same(
    small: SmallData, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INDBLIK_DATA", str(small.root))
    now = put_in_use(small.root)
    clock = [1000.0]
    monkeypatch.setattr(standing.time, "monotonic", lambda: clock[0])
    own = standing.Standing(read.load)
    assert own.look(check=True).trouble == ""
    file = paths.releases_dir(small.root) / now / "figures.parquet"
    state, raw = file.stat(), file.read_bytes()
    file.write_bytes(next(flipped(raw, 1, seed=1)))
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    clock[0] += standing.REHASH_SECONDS + 1
    assert "figures.parquet er ændret" in own.look(check=True).trouble
    assert own.shown().release == now, "what is in memory was whole"
