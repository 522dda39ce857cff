"""A build or publication that is cut short leaves the old release or the new one in use, never half of either.

Faults: kill -9 at random moments and at every single step, full disk, no room for a folder, a folder
that cannot be written, two builds at once, leftovers of an earlier fault. Made-up data only.
"""

import errno
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from contract import paths
from contract.journal import JournalError, in_force
from contract.release import Manifest, current_id, verify
from etl.__main__ import main
from etl.atomic import TEMPORARY
from etl.candidate import Refused, write_candidate
from etl.check import check
from etl.lock import only_builder
from etl.publish import publish, rollback
from etl.release_bytes import release_bytes
from tests.data.small import SmallData
from tests.publishing import NOTE

pytestmark = pytest.mark.faults
RUNS = int(os.environ.get("INDBLIK_FAULT_RUNS", "4"))
SEED = int(os.environ.get("INDBLIK_FAULT_SEED", "4711"))
STRIDE = 1 if "INDBLIK_FAULT_RUNS" in os.environ else 4
"""Every single step fails in `make faults`, otherwise one in so many."""

PHASES = (("publishing", 0.3), ("writing", 0.03), ("publishing", 0.3), ("start", 0.2))
"""Where kills are counted from, and the longest delay (s) after it."""

# Loads everything, says so, waits for a line, then works: a kill hits the work, not the start-up.
DRIVER = """
import sys
from etl.__main__ import main
print("klar", flush=True)
sys.stdin.readline()
at = ["--data", sys.argv[1]]
sys.exit(main(["build", *at]) or main(["publish", *at, "--note", "Prøveudgave, kun til prøver."]))
"""


def build(root: Path) -> int:
    """Build and publish, as the data keeper does; the first exit code that is not 0."""
    at = ["--data", str(root)]
    return main(["build", *at]) or main(["publish", *at, "--note", NOTE])


def change(small: SmallData, number: int, previous: str = "") -> None:
    """Make the inputs give another release, after the one in use."""
    said = f'note = "Prøveudgave {number}."\nprevious = "{previous or current_id(small.root)}"\n'
    small.write("publication.toml", f'published = "1905-12-31"\n{said}')


def public_is_whole(root: Path) -> None:
    """The release in use is whole, and the journal that counts ends with it."""
    now = current_id(root)
    verify(paths.releases_dir(root) / now)
    assert [event.release for event in in_force(root)][-1:] == [now]


def leftovers(root: Path) -> list[Path]:
    """What builds leave behind when they are killed."""
    return [*root.glob(f"{TEMPORARY}*"), *paths.releases_dir(root).glob(f"{TEMPORARY}*")]


def start(root: Path) -> subprocess.Popen[str]:
    """A process that is ready to build and waits for a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(root)],
        cwd=paths.REPO, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "klar\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    """Let a waiting process build."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def kill_at(folder: Path, number: int, delay: float, phase: str) -> tuple[bool, bool]:
    """Kill a build and publication after a delay, counted from the beginning of a phase.

    Phases: the start, the first write of the build, the publication after it. Gives (was killed, the new
    release was in use).
    """
    small = SmallData(folder / "data")
    assert build(small.root) == 0
    old = current_id(small.root)
    change(small, number)
    process = start(small.root)
    go(process)
    begun = {
        "start": lambda: True,
        "writing": lambda: bool(leftovers(small.root)),
        "publishing": lambda: paths.candidate_file(small.root).exists(),
    }[phase]
    while process.poll() is None and not begun():
        pass
    time.sleep(delay)
    process.kill()
    killed = process.wait() != 0
    process.stdin.close()  # type: ignore[union-attr]
    process.stdout.close()  # type: ignore[union-attr]
    now = current_id(small.root)
    verify(paths.releases_dir(small.root) / old)
    public_is_whole(small.root)
    assert build(small.root) == 0
    new = current_id(small.root)
    assert new != old
    assert now in (old, new)
    verify(paths.releases_dir(small.root) / new)
    assert leftovers(small.root) == []
    return killed, now == new


def test_kill_9_at_random_moments(tmp_path: Path) -> None:
    """Every one of the runs is really killed: one that was done before is tried again with a shorter delay."""
    moments = random.Random(SEED)
    shares = [moments.random() for _ in range(RUNS)]

    def one(number: int) -> tuple[bool, bool, str]:
        phase, longest = PHASES[number % len(PHASES)]
        new = False
        for attempt in range(1, 9):
            folder = tmp_path / f"{number}-{attempt}"
            killed, new = kill_at(folder, number, shares[number] * longest / attempt, phase)
            shutil.rmtree(folder)
            if killed:
                return killed, new, phase
        return False, new, phase

    with ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(one, range(RUNS)))
    for phase in dict(PHASES):
        own = [new for killed, new, named in seen if killed and named == phase]
        print(f"killed in «{phase}»: {len(own)}, of which the new one was in use: {sum(own)}")
    assert all(killed for killed, _, _ in seen)


class Died(BaseException):
    """Stands for the process being gone: nothing after this point may be needed."""


def full() -> OSError:
    """What a full disk says."""
    return OSError(errno.ENOSPC, "No space left on device")


def fail_at(
    monkeypatch: pytest.MonkeyPatch, fatal: int, error: Callable[[], BaseException]
) -> Callable[[], int]:
    """Let the n-th step that touches the disk fail; gives a count of the steps reached."""
    reached = 0

    def wrap(owner: object, name: str) -> None:
        original = getattr(owner, name)

        def step(*args: object, **kwargs: object) -> object:
            nonlocal reached
            reached += 1
            if reached == fatal:
                raise error()
            return original(*args, **kwargs)

        monkeypatch.setattr(owner, name, step)

    for name in ("mkdir", "rename", "open"):
        wrap(Path, name)
    for name in ("fsync", "replace"):
        wrap(os, name)
    return lambda: reached


def renew(root: Path, manifest: Manifest, files: Mapping[str, bytes]) -> None:
    """Build and publish one release."""
    write_candidate(root, manifest, files)
    publish(root, manifest, NOTE)


@pytest.mark.parametrize("error", [Died, full])
def test_every_single_step_may_fail(
    small: SmallData, tmp_path: Path, error: Callable[[], BaseException]
) -> None:
    old = release_bytes(check(small.root))
    write_candidate(small.root, *old)
    change(small, 1, old[0].release)
    new = release_bytes(check(small.root))
    fatal, finished = 1 - STRIDE, False
    while not finished:
        fatal += STRIDE
        root = tmp_path / str(fatal)
        renew(root, *old)
        with pytest.MonkeyPatch.context() as patch:
            reached = fail_at(patch, fatal, error)
            with suppress(Died, OSError, JournalError, Refused):
                renew(root, *new)
            finished = reached() < fatal
        public_is_whole(root)
        assert current_id(root) in (old[0].release, new[0].release)
        if error is full:
            assert leftovers(root) == []
        renew(root, *new)
        assert verify(paths.releases_dir(root) / current_id(root)) == new[0]
        assert verify(paths.releases_dir(root) / old[0].release) == old[0]
        assert leftovers(root) == []
    assert fatal > 2 * len(new[1])


@pytest.mark.parametrize("error", [Died, full])
def test_every_single_step_back_may_fail(
    small: SmallData, tmp_path: Path, error: Callable[[], BaseException]
) -> None:
    old = release_bytes(check(small.root))
    write_candidate(small.root, *old)
    change(small, 1, old[0].release)
    new = release_bytes(check(small.root))
    fatal, finished = 1 - STRIDE, False
    while not finished:
        fatal += STRIDE
        root = tmp_path / str(fatal)
        renew(root, *old)
        renew(root, *new)
        with pytest.MonkeyPatch.context() as patch:
            reached = fail_at(patch, fatal, error)
            with suppress(Died, OSError, JournalError, Refused):
                rollback(root, NOTE, "1906-01-01")
            finished = reached() < fatal
        public_is_whole(root)
        if current_id(root) == new[0].release:
            rollback(root, NOTE, "1906-01-02")
        assert current_id(root) == old[0].release
        assert [event.kind for event in in_force(root)] == ["udgivet", "udgivet", "fortrudt"]
        assert leftovers(root) == []
    assert fatal > 5


def limited(root: Path, limit: int, *command: str) -> subprocess.CompletedProcess[str]:
    """A command in a process that may write no file longer than the limit; a build unless another is named."""
    return subprocess.run(
        [sys.executable, "-m", "etl", *(command or ("build",)), "--data", str(root)],
        cwd=paths.REPO, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip


@pytest.mark.parametrize("limit", [0, 3000])
def test_a_full_disk_moves_nothing(small: SmallData, limit: int) -> None:
    assert build(small.root) == 0
    old = current_id(small.root)
    change(small, 1)
    result = limited(small.root, limit)
    assert result.returncode == 2
    assert result.stderr.startswith("udgaven kunne ikke skrives: ")
    assert "Den hidtidige udgave er stadig i brug" in result.stderr
    assert "Traceback" not in result.stderr
    assert current_id(small.root) == old
    assert leftovers(small.root) == []
    assert [folder.name for folder in paths.releases_dir(small.root).iterdir()] == [old]


@pytest.mark.parametrize("limit", [0, 200])
def test_a_full_disk_publishes_nothing(small: SmallData, limit: int) -> None:
    """200 bytes: there is room for CURRENT, but not for the journal's second line."""
    assert build(small.root) == 0
    old, journal = current_id(small.root), paths.journal_file(small.root).read_bytes()
    change(small, 1)
    assert main(["build", "--data", str(small.root)]) == 0
    result = limited(small.root, limit, "publish", "--note", NOTE)
    assert result.returncode == 2
    assert "Den hidtidige udgave er stadig i brug" in result.stderr
    assert current_id(small.root) == old
    assert paths.journal_file(small.root).read_bytes() == journal
    assert leftovers(small.root) == []
    assert build(small.root) == 0
    assert current_id(small.root) != old


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with room for the made-up data and two or three releases."""
    place = tmp_path / "disk"
    place.mkdir()
    options = ["-t", "tmpfs", "-o", "size=320k", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(["mount", *options], capture_output=True).returncode:
        pytest.skip("a file system of its own can be mounted by root only")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("left", [0, 4096, 40960])
def test_a_disk_with_no_room_left(
    disk: Path, capsys: pytest.CaptureFixture[str], left: int
) -> None:
    small = SmallData(disk / "data")
    assert build(small.root) == 0
    old = current_id(small.root)
    change(small, 1)
    filler = disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as stream:
        while True:
            stream.write(bytes(4096))
    os.truncate(filler, filler.stat().st_size - left)
    assert build(small.root) == 2
    said = capsys.readouterr().err
    assert "No space left on device" in said
    assert "Den hidtidige udgave er stadig i brug" in said
    public_is_whole(small.root)
    assert current_id(small.root) == old
    assert leftovers(small.root) == []
    filler.unlink()
    assert build(small.root) == 0
    assert current_id(small.root) != old


def test_a_disk_that_can_only_be_read(disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small = SmallData(disk / "data")
    assert build(small.root) == 0
    old = current_id(small.root)
    change(small, 1)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    for command in (["build"], ["publish", "--note", NOTE], ["rollback", "--note", NOTE]):
        assert main([*command, "--data", str(small.root)]) in (1, 2)
    assert "Read-only file system" in capsys.readouterr().err
    public_is_whole(small.root)
    assert current_id(small.root) == old


def test_a_first_build_on_a_full_disk_leaves_no_release(small: SmallData) -> None:
    assert limited(small.root, 0).returncode == 2
    assert not paths.current_file(small.root).exists()
    assert list(paths.releases_dir(small.root).iterdir()) == []


def test_a_file_where_the_folder_should_be(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    paths.releases_dir(small.root).write_text("ikke en mappe")
    assert build(small.root) == 2
    assert "udgaven kunne ikke skrives" in capsys.readouterr().err
    assert not paths.current_file(small.root).exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to a read-only folder")
def test_a_read_only_folder(small: SmallData) -> None:
    assert build(small.root) == 0
    old = current_id(small.root)
    change(small, 1)
    paths.releases_dir(small.root).chmod(0o555)
    try:
        assert build(small.root) == 2
    finally:
        paths.releases_dir(small.root).chmod(0o755)
    assert current_id(small.root) == old


def test_a_second_build_at_the_same_time_is_refused(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(small.root) == 0
    old = current_id(small.root)
    change(small, 1)
    with only_builder(paths.releases_dir(small.root)):
        assert build(small.root) == 2
    assert "en anden er i gang med at bygge" in capsys.readouterr().err
    assert current_id(small.root) == old
    assert build(small.root) == 0


def test_many_builds_at_once_leave_one_whole_release(small: SmallData) -> None:
    processes = [start(small.root) for _ in range(3)]
    for process in processes:
        go(process)
    codes = sorted(process.wait() for process in processes)
    for process in processes:
        process.stdin.close()  # type: ignore[union-attr]
        process.stdout.close()  # type: ignore[union-attr]
    assert set(codes) <= {0, 1, 2}, (
        "1: another published meanwhile, so that there is nothing left to publish"
    )
    assert build(small.root) == 0
    verify(paths.releases_dir(small.root) / current_id(small.root))
    assert leftovers(small.root) == []


def test_leftovers_of_a_killed_build_are_swept(small: SmallData) -> None:
    assert build(small.root) == 0
    folder = paths.releases_dir(small.root) / f"{TEMPORARY}1905-12-31-00000000"
    folder.mkdir()
    (folder / "figures.parquet").write_bytes(b"halv")
    (small.root / f"{TEMPORARY}CURRENT").write_text("1905-")
    assert build(small.root) == 0
    assert leftovers(small.root) == []


def test_a_damaged_release_is_written_again(small: SmallData) -> None:
    assert build(small.root) == 0
    folder = paths.releases_dir(small.root) / current_id(small.root)
    good = (folder / "figures.parquet").read_bytes()
    (folder / "figures.parquet").write_bytes(good[:-1])
    assert build(small.root) == 0
    assert (folder / "figures.parquet").read_bytes() == good
    assert leftovers(small.root) == []


@pytest.mark.parametrize("content", ["", "x", "../../etc", "1905-12-31-0a1b2c3d\nmere"])
def test_a_damaged_pointer_is_put_right(small: SmallData, content: str) -> None:
    assert build(small.root) == 0
    good = current_id(small.root)
    paths.current_file(small.root).write_text(content)
    assert build(small.root) == 0
    assert current_id(small.root) == good
