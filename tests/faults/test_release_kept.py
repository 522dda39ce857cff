"""Whatever happens to the files under a running app: it shows the last good release whole, says so, and /healthz too.

One real server through every fault, so that it is the running server that notices. In `make faults` also a bit that
turns without a trace in size or time, which is seen when the files are hashed again.
"""

import asyncio
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest

from bench.visitor import Visitor
from contract import paths
from contract.journal import PUBLISHED, Event
from contract.release import MANIFEST
from dashboard import standing
from etl.atomic import replace_file
from tests.faults.damage import CUT, flipped, reissued
from tests.faults.later_release import CHANGED, NOTE, PAGE, QUERY, Later, later, words
from tests.running import Answer, Server, running

pytestmark = pytest.mark.faults
FULL = "INDBLIK_FLIPS" in os.environ
FIGURE = next(iter(CHANGED))
NOTICE = "Tallene kan ikke opdateres lige nu."
WITHIN = 10.0
"""Seconds until what is put right is shown."""
SEEN_WITHIN = 60.0
"""Seconds until /healthz tells of any fault."""


class Files:
    """The data under the app, and a copy to put them right from."""

    def __init__(self, made: Later, copy: Path) -> None:
        self.made, self.root, self.copy = made, made.root, copy
        shutil.copytree(made.root, copy)

    def right(self) -> None:
        """Everything as it was: the old release in use, the new one beside it."""
        hidden = self.root.with_name("væk")
        if hidden.exists():
            shutil.rmtree(self.root, ignore_errors=True)
            hidden.rename(self.root)
        for name in (self.made.old, self.made.new):
            folder, whole = (
                paths.releases_dir(self.root) / name,
                paths.releases_dir(self.copy) / name,
            )
            folder.mkdir(parents=True, exist_ok=True)
            for file in folder.iterdir():
                if not (whole / file.name).exists():
                    file.unlink()
            for file in whole.iterdir():
                if not _same(file, folder / file.name):
                    replace_file(folder / file.name, file.read_bytes())
        replace_file(paths.journal_file(self.root), paths.journal_file(self.copy).read_bytes())
        current = paths.current_file(self.root)
        if current.is_dir() and not current.is_symlink():
            current.rmdir()
        self.name(self.made.old)

    def name(self, content: str | bytes) -> None:
        """Let CURRENT hold something, in one step."""
        raw = content if isinstance(content, bytes) else f"{content}\n".encode()
        replace_file(paths.current_file(self.root), raw)

    def in_use(self, release: str) -> None:
        """Put a release in use as a publication does, whatever its files are."""
        file = paths.journal_file(self.root)
        event = Event(PUBLISHED, release, self.made.old, "2099-01-03", NOTE)
        replace_file(file, file.read_bytes() + f"{event.to_json()}\n".encode())
        self.name(release)

    def of(self, release: str, file: str) -> Path:
        """A file of a release."""
        return paths.releases_dir(self.root) / release / file


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def _damaged(release: str, file: str, change: Callable[[bytes], bytes]) -> Callable[[Files], None]:
    """A file is damaged: of the release in use after it was loaded, or of the new one just before it is in use."""

    def do(files: Files) -> None:
        own = files.of(getattr(files.made, release), file)
        own.write_bytes(change(own.read_bytes()))
        if release == "new":
            files.in_use(files.made.new)

    return do


def _issued(
    changes: dict[str, Callable[[pl.DataFrame], pl.DataFrame]], **names: str
) -> Callable[[Files], None]:
    """A further release is in use whose hashes hold, but not its tables."""

    def do(files: Files) -> None:
        folder = paths.releases_dir(files.root) / files.made.new
        made = reissued(folder, changes, {f"{k}.parquet": v for k, v in names.items()})
        files.in_use(made)

    return do


def _flip(raw: bytes) -> bytes:
    return next(flipped(raw, 1, seed=len(raw)))


def _swap(files: Files) -> None:
    """The figures of the old release stand in the new one, which is put in use."""
    old = files.of(files.made.old, "figures.parquet").read_bytes()
    files.of(files.made.new, "figures.parquet").write_bytes(old)
    files.in_use(files.made.new)


def _exchange(files: Files) -> None:
    """Two tables of the new release have each other's name."""
    one, two = (files.of(files.made.new, f"{n}.parquet") for n in ("events", "decisions"))
    a, b = one.read_bytes(), two.read_bytes()
    one.write_bytes(b)
    two.write_bytes(a)
    files.in_use(files.made.new)


def _renamed(files: Files) -> None:
    own = files.of(files.made.new, "figures.parquet")
    own.rename(own.with_name("Figures.parquet"))
    files.in_use(files.made.new)


def _folder_gone(files: Files) -> None:
    shutil.rmtree(files.of(files.made.old, "x").parent)


def _directory(files: Files) -> None:
    paths.current_file(files.root).unlink()
    paths.current_file(files.root).mkdir()


def _cut_journal(files: Files, change: Callable[[bytes], bytes]) -> None:
    file = paths.journal_file(files.root)
    replace_file(file, change(file.read_bytes()))


def _both(files: Files) -> None:
    paths.journal_file(files.root).write_bytes(b"{")
    paths.current_file(files.root).unlink()


FAULTS: dict[str, Callable[[Files], object]] = {
    "CURRENT missing": lambda f: paths.current_file(f.root).unlink(),
    "CURRENT empty": lambda f: f.name(b""),
    "CURRENT nonsense": lambda f: f.name(b"\xff\xfe\x00"),
    "CURRENT pointing outside": lambda f: f.name("../../etc/passwd"),
    "CURRENT naming nothing there is": lambda f: f.name("2001-01-01-00000000"),
    "CURRENT a folder": _directory,
    "CURRENT and journal": _both,
    "journal half": lambda f: _cut_journal(f, CUT["minus one byte"]),
    "journal zeros": lambda f: _cut_journal(f, CUT["zeros"]),
    "data gone": lambda f: f.root.rename(f.root.with_name("væk")),
    "release in use gone": _folder_gone,
    **{f"in use, {n}": _damaged("old", "figures.parquet", c) for n, c in CUT.items()},
    "in use, a flipped bit": _damaged("old", "story.parquet", _flip),
    "in use, no manifest": lambda f: f.of(f.made.old, MANIFEST).unlink(),
    **{f"new, {n}": _damaged("new", "figures.parquet", c) for n, c in CUT.items()},
    "new, a flipped bit": _damaged("new", "figures.parquet", _flip),
    "new, a flipped bit of the manifest": _damaged("new", MANIFEST, _flip),
    "new, half a manifest": _damaged("new", MANIFEST, CUT["half"]),
    "new, figures of the old": _swap,
    "new, two tables exchanged": _exchange,
    "new, a table under another name": _renamed,
    "new, a manifest that points outside": _issued({}, sources="../../publication.toml"),
    "new, a column missing": _issued({"sources.parquet": lambda t: t.drop("publisher")}),
    "new, a key column as numbers": _issued({"figures.parquet": lambda t: t.drop("indicator")}),
}  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The data with a release in use and a later one beside it."""
    folder = tmp_path_factory.mktemp("kept")
    return Files(later(folder / "data"), folder / "copy")


@pytest.fixture(scope="module")
def server(files: Files) -> Iterator[Server]:
    """The app over them."""
    with running(files.root.parent / "log.txt", {"INDBLIK_DATA": str(files.root)}) as app:
        yield app


def probe(server: Server, status: int, seconds: float) -> Answer:
    """What /healthz says once it has this status."""
    until = time.monotonic() + seconds
    while (answer := server.get("/healthz")).status != status:
        assert time.monotonic() < until, f"{answer.status} {answer.text}"
        time.sleep(0.05)
    return answer


def shows(server: Server, files: Files, *, new: bool = False, page: bool = False) -> str:
    """Hold everything that is answered against one release; the text of a whole page."""
    right, wrong = (files.made.after, files.made.before)[:: 1 if new else -1]
    passport = _plain(server, f"/tal/{FIGURE}").partition("Siden sidste udgave")[0]
    assert right[0] in passport
    assert wrong[0] not in passport
    held = json.loads(_plain(server, f"/api/v1/figures/{FIGURE}"))
    assert held["release"] == (files.made.new if new else files.made.old)
    if page:
        text = words(_plain(server, f"{PAGE}?{QUERY}"))
        assert all(number in text for number in right)
        assert not any(number in text for number in wrong)
        return text
    return passport


def _plain(server: Server, address: str) -> str:
    answer = server.get(address)
    assert answer.status == 200, (address, answer.text[:300])
    return answer.text.replace("\u00a0", " ")


@pytest.mark.parametrize("name", FAULTS)
def test_the_last_good_release_is_shown_and_said_to_be(
    server: Server, files: Files, name: str
) -> None:
    files.right()
    probe(server, 200, WITHIN)
    assert NOTICE not in shows(server, files)
    FAULTS[name](files)
    told = probe(server, 503, WITHIN)
    assert told.json["status"] == "fejl"
    assert files.made.old in told.json["reason"]
    assert str(files.root) not in told.text
    assert NOTICE in shows(server, files)
    assert server.get("/klar").status == 200
    files.right()
    assert probe(server, 200, WITHIN).json["release"] == files.made.old


def test_open_pages_tell_and_then_go_on_to_the_new_release(server: Server, files: Files) -> None:
    files.right()
    probe(server, 200, WITHIN)

    async def visit() -> None:
        visitor = Visitor(server.url, PAGE, QUERY)
        try:
            await visitor.open()
            assert NOTICE not in "".join(visitor.texts)
            FAULTS["new, half"](files)
            probe(server, 503, WITHIN)
            await visitor.run()
            seen = "".join(visitor.texts).replace("\u00a0", " ")
            assert NOTICE in seen
            assert files.made.before[0] in seen
            assert files.made.after[0] not in seen
            assert NOTICE in shows(server, files, page=True)
            files.right()
            files.in_use(files.made.new)
            assert probe(server, 200, WITHIN).json["release"] == files.made.new
            await visitor.run()
            seen = "".join(visitor.texts).replace("\u00a0", " ")
            assert NOTICE not in seen
            assert files.made.after[0] in seen
            assert NOTICE not in shows(server, files, new=True, page=True)
        finally:
            await visitor.close()

    asyncio.run(visit())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_disk_that_does_not_answer_keeps_nobody_waiting(server: Server, files: Files) -> None:
    """CURRENT is a named pipe: whoever opens it waits, as on a network drive that hangs, until somebody writes."""
    files.right()
    probe(server, 200, WITHIN)
    shows(server, files)
    before = threads(server)
    pipe = files.root.parent / "pipe"
    os.mkfifo(pipe)
    os.link(pipe, files.root / "pipe")
    (files.root / "pipe").replace(paths.current_file(files.root))
    since = time.monotonic()
    while time.monotonic() < since + 4 * standing.LOOK_SECONDS:
        asked = time.monotonic()
        shows(server, files)
        assert time.monotonic() - asked < 10.0
    assert threads(server) <= before + 3, "requests do not pile up behind the disk"
    if FULL:
        assert "svarer ikke" in probe(server, 503, SEEN_WITHIN).text
        assert NOTICE in shows(server, files)
    files.name(files.made.old)
    os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))  # the disk answers; fails if nobody waited
    assert probe(server, 200, SEEN_WITHIN).json["release"] == files.made.old


def threads(server: Server) -> int:
    """Threads of the server's process."""
    return len(list(Path(f"/proc/{server.process.pid}/task").iterdir()))


@pytest.mark.skipif(not FULL, reason="waits for the next hashing: make faults")
def test_a_bit_that_turns_without_a_trace_is_found(server: Server, files: Files) -> None:
    files.right()
    probe(server, 200, WITHIN)
    own = files.of(files.made.old, "figures.parquet")
    state, raw = own.stat(), own.read_bytes()
    own.write_bytes(_flip(raw))
    os.utime(own, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert "figures.parquet er ændret" in probe(server, 503, SEEN_WITHIN).text
    assert NOTICE in shows(server, files)
    own.write_bytes(raw)
    os.utime(own, ns=(state.st_atime_ns, state.st_mtime_ns))
    probe(server, 200, SEEN_WITHIN)


def test_a_damaged_journal_breaks_no_old_link(server: Server, files: Files) -> None:
    files.right()
    files.in_use(files.made.new)
    assert probe(server, 200, WITHIN).json["release"] == files.made.new
    old = f"/api/v1/figures/{FIGURE}?d={files.made.old}"
    log = server.get("/nyt").text
    assert NOTE in log
    assert json.loads(_plain(server, old))["release"] == files.made.old
    _cut_journal(files, CUT["half"])
    assert "publications.jsonl" in probe(server, 503, WITHIN).text
    assert json.loads(_plain(server, old))["release"] == files.made.old
    assert NOTE in server.get("/nyt").text
    files.right()
