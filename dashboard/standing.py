"""Which release is shown: the one named on disk as long as it can be read, else the last one that could be.

The disk is asked by `look`: whenever someone asks which release is shown, or in a server by a thread of its
own (`watched`), so that a disk that is slow, hangs or is gone keeps nobody else waiting.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from contract import journal, paths
from contract.journal import Event, JournalError
from contract.release import ReleaseError, verify
from dashboard import in_use

LOOK_SECONDS = 0.5
"""How often the thread looks; a new release is shown after at most this and the time it takes to load."""
REHASH_SECONDS = 30.0
"""Files with the same time and size are hashed again after this long: a flipped bit changes neither."""
SILENT_SECONDS = 20.0
"""A look that takes longer than this means that the disk does not answer."""
_SILENT = "mappen med udgaver svarer ikke"
_LOG = logging.getLogger("indblik")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown, as one look found it.

    `release` is an id that is loaded, empty if there is none; `public` the ids an address may name and whose
    folder exists, last in use first; `events` what was published and undone up to now, oldest first;
    `trouble` is Danish: why what is named on disk cannot be shown or is no longer whole, or may not be the
    newest there is; empty if all is well.
    """

    root: Path
    release: str
    public: tuple[str, ...]
    events: tuple[Event, ...]
    trouble: str


class Standing:
    """The release shown by this process. `opens` loads a release by id, or raises.

    Safe to use from several threads.
    """

    def __init__(self, opens: Callable[[str], object]) -> None:
        self._opens = opens
        self._shown: Shown | None = None
        self._watching = False
        self._began, self._ended = 0.0, 0.0
        self._wanted = threading.Event()
        self._done = threading.Condition()
        self._checking = threading.Lock()
        self._checked: tuple[object, float, ReleaseError | None] | None = None

    def shown(self) -> Shown:
        """What is shown now. Raises ReleaseError if there is no release that can be."""
        found = self._shown if self._watching else None
        found = found or self.look()
        if not found.release:
            raise ReleaseError(found.trouble)
        return found

    def edition(self) -> str:
        """What everything shown depends on, for what is kept in memory. Raises ReleaseError as `shown`."""
        found = self.shown()
        return f"{found.release} {len(found.events)} {self.trouble()}"

    def trouble(self) -> str:
        """Why what is shown may not be what should be, in Danish; empty if all is well."""
        silent = time.monotonic() - self._began > SILENT_SECONDS
        if self._watching and self._began > self._ended and silent:
            return _SILENT
        found = self._shown
        return found.trouble if found else ""

    def ask(self, seconds: float) -> str:
        """`trouble` after a fresh look with all hashes; after so many seconds without one, what is known."""
        if not self._watching:
            self.look(check=True)
            return self.trouble()
        asked = time.monotonic()
        self._wanted.set()
        with self._done:
            self._done.wait_for(
                lambda: self._began >= asked and self._ended >= self._began, seconds
            )
        return self.trouble()

    def look(self, *, check: bool = False) -> Shown:
        """Ask the disk; with `check` also whether the files are still what the manifest says. Never raises."""
        root = paths.data_root()
        before = self._shown if self._shown and self._shown.root == root else None
        release, trouble = before.release if before else "", ""
        try:
            named = in_use.named_id()
            if check:
                self._check(named)
            self._opens(named)
            release, trouble = named, paths.data_trouble()
        except ReleaseError as error:
            trouble = str(error)
        except (
            Exception
        ) as error:  # whatever is wrong with the data, what is shown goes on being shown
            trouble = f"udgaven kan ikke læses ({type(error).__name__})"
        public, events, fault = _history(release, before)
        trouble = trouble or fault
        if trouble and trouble != (before.trouble if before else ""):
            _LOG.error("Udgaven på disken kan ikke bruges: %s", trouble)
        found = Shown(root, release, public, events, trouble)
        self._shown = found
        return found

    @contextmanager
    def watched(self) -> Iterator[None]:
        """From here until exit a thread looks, and nobody else."""
        self.look()
        stop = threading.Event()
        thread = threading.Thread(
            target=self._keep_looking, args=(stop,), name="indblik-udgave", daemon=True
        )
        self._watching = True
        thread.start()
        try:
            yield
        finally:
            stop.set()
            self._wanted.set()
            thread.join(1.0)
            self._watching = False

    def _keep_looking(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self._wanted.clear()
            self._began = time.monotonic()
            self.look(check=True)
            with self._done:
                self._ended = time.monotonic()
                self._done.notify_all()
            self._wanted.wait(LOOK_SECONDS)

    def _check(self, release: str) -> None:
        """Raises ReleaseError if a release is not whole; hashes only what may have changed."""
        folder = paths.releases_dir() / release
        with self._checking:
            state = (folder, _signature(folder))
            if self._checked and self._checked[0] == state:
                _, at, fault = self._checked
                if time.monotonic() - at < REHASH_SECONDS:
                    if fault:
                        raise fault
                    return
            fault = None
            try:
                verify(folder)
            except ReleaseError as error:
                fault = error
            self._checked = (state, time.monotonic(), fault)
        if fault:
            raise fault


def _signature(folder: Path) -> tuple[tuple[str, int, int], ...]:
    try:
        files = [(file.name, file.stat()) for file in sorted(folder.iterdir())]
    except OSError:
        return ()
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in files)


def _history(release: str, before: Shown | None) -> tuple[tuple[str, ...], tuple[Event, ...], str]:
    """The ids an address may name, what has happened, and what is wrong with the journal.

    A faulty journal takes nothing away from what was known before it; old links go on working.
    """
    names, events, fault = (release, *(before.public if before else ())), (), ""
    with suppress(ReleaseError):
        names = in_use.reachable()
    try:
        events = journal.in_force()
    except JournalError as error:
        fault, events = str(error), before.events if before else ()
        names = (*names, *(before.public if before else ()))
    folder = paths.releases_dir()
    known = tuple(n for n in dict.fromkeys(names) if n and (folder / n).is_dir())
    return known, _up_to(release, events), fault


def _up_to(release: str, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """What has happened up to the release shown; what came after it, if it cannot be shown, is left out."""
    while events and events[-1].release != release and any(e.release == release for e in events):
        events = events[:-1]
    return events
