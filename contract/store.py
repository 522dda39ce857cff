"""Releases in an object store (`INDBLIK_DATA=s3://bucket/prefix`): kept as a copy in a local folder.

Releases never change, and every byte of one must be read to hold it against its hashes, so each is fetched
once, whole; after that a filter costs no request, and the app goes on with what it has when the store does
not answer. A thread looks for a new release every few seconds, and sees to it that the copy stays whole.
"""

import hashlib
import json
import logging
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from contract.bucket import SCHEME, Bucket, Missing, StoreError

CACHE = "INDBLIK_CACHE"
LOOK_SECONDS = 2.0
REHASH_SECONDS = 30.0
"""So often the copy of the release in use is held against its hashes; a copy that is damaged is made again."""
SILENT_SECONDS = 30.0
"""A store that has not answered for so long may have a release that nobody here sees."""
CURRENT, JOURNAL, RELEASES, MANIFEST = "CURRENT", "publications.jsonl", "releases", "manifest.json"

_LOG = logging.getLogger("indblik")
_mirrors: dict[str, "Mirror"] = {}
_making = threading.Lock()


def is_address(text: str) -> bool:
    """Whether a data root is an object store and no folder."""
    return text.startswith(SCHEME)


def mirror(address: str) -> Path:
    """The local folder with the public releases of an object store, kept up to date from now on.

    The first call waits for the first copy; without an answer the folder is what an earlier process left.
    """
    with _making:
        if address not in _mirrors:
            own = _mirrors[address] = Mirror(address, _cache(address))
            own.look()
            threading.Thread(target=own.keep_looking, name="indblik-lager", daemon=True).start()
    return _mirrors[address].folder


def trouble(address: str) -> str:
    """Why the copy of an object store may not be what is there, in Danish; empty if all is well."""
    own = _mirrors.get(address)
    return own.trouble() if own else ""


def _cache(address: str) -> Path:
    base = os.environ.get(CACHE) or Path.home() / ".cache" / "indblik"
    return Path(base) / hashlib.sha256(address.encode()).hexdigest()[:16]


class Mirror:
    """The local copy of an object store."""

    def __init__(self, address: str, folder: Path) -> None:
        self.folder = folder
        self._address = address
        self._bucket: Bucket | None = None
        self._seen: Any = None
        self._fault, self._said = "", ""
        self._answered = self._hashed = time.monotonic()

    def keep_looking(self) -> None:
        """Look again every LOOK_SECONDS, for as long as the process lives."""
        wait = threading.Event()
        while True:
            wait.wait(LOOK_SECONDS)
            self.look()

    def trouble(self) -> str:
        """What is wrong with what the store has, or that it does not answer."""
        silent = time.monotonic() - self._answered > SILENT_SECONDS
        return self._fault or ("objektlageret svarer ikke" if silent else "")

    def look(self) -> bool:
        """Copy what is new; gives whether all is well. What cannot be copied whole is not used.

        The journal and CURRENT move last, when every release they name is here and its hashes hold.
        """
        from contract.release import ReleaseError

        said = fault = ""
        try:
            self._copy_what_is_new()
        except (Missing, ReleaseError) as error:
            said = fault = str(error)
        except StoreError as error:
            said = str(error)
        except OSError as error:
            said = fault = f"kopien kan ikke skrives ({type(error).__name__})"
        except Exception as error:  # whatever the store sends, the next look is made
            said = fault = (
                f"objektlageret sender noget, der ikke kan læses ({type(error).__name__})"
            )
        if not said or fault:
            self._answered = time.monotonic()
            self._fault = fault
        if said and said != self._said:
            _LOG.error("Objektlageret: %s. Den hidtidige udgave er stadig i brug", said)
        self._said = said
        return not said

    def _copy_what_is_new(self) -> None:
        bucket = self._bucket = self._bucket or Bucket(self._address)
        current, journal = bucket.read(CURRENT), bucket.read(JOURNAL) or b""
        if current is None:
            raise Missing(f"objektlageret har ingen {CURRENT}")
        rested = time.monotonic() - self._hashed < REHASH_SECONDS
        if (current, journal) == self._seen and rested:
            return
        for name in named(current, journal):
            used = name == current.decode().strip()
            if not (whole := self.folder / RELEASES / name).is_dir() or (
                used and not _holds(whole)
            ):
                self._fetch(bucket, name, needed=used)
        if (current, journal) != self._seen:
            if journal:
                _replace(self.folder / JOURNAL, journal)
            _replace(self.folder / CURRENT, current)
        self._seen, self._hashed = (current, journal), time.monotonic()

    def _fetch(self, bucket: Bucket, name: str, *, needed: bool) -> None:
        """A release: every file its manifest names, then its folder in one move.

        An old one that the store no longer has is left out; one that is `needed` is an error.
        """
        from contract.release import ReleaseError, verify

        manifest = bucket.read(f"{RELEASES}/{name}/{MANIFEST}")
        if manifest is None and not needed:
            return
        if manifest is None:
            raise Missing(f"udgaven {name} findes ikke i objektlageret")
        files = [entry["name"] for entry in json.loads(manifest)["files"]]
        whole = self.folder / RELEASES / name
        part = self.folder / f".tmp-{os.getpid()}" / name
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        try:
            for file in files:
                if Path(file).name != file:
                    raise ReleaseError(f"udgaven {name} nævner en fil uden for sin mappe")
                bucket.copy_to(f"{RELEASES}/{name}/{file}", part / file)
            (part / MANIFEST).write_bytes(manifest)
            verify(part)
            whole.parent.mkdir(parents=True, exist_ok=True)
            if whole.is_dir() and not _holds(whole):
                whole.rename(part.parent / "old")
            try:
                part.rename(whole)
            except OSError:
                if not _holds(whole):  # else another process was first
                    raise
        finally:
            shutil.rmtree(part.parent, ignore_errors=True)


def _holds(folder: Path) -> bool:
    """Whether a release is whole."""
    from contract.release import ReleaseError, verify

    try:
        verify(folder)
    except ReleaseError:
        return False
    return True


def named(current: bytes, journal: bytes) -> Iterator[str]:
    """The ids of the releases that CURRENT and the journal name, each once. Raises ReleaseError."""
    from contract.release import RELEASE_ID, ReleaseError

    try:
        lines = [json.loads(line) for line in journal.decode().splitlines() if line.strip()]
        told = [line["release"] for line in lines]
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{JOURNAL} kan ikke læses") from error
    for name in dict.fromkeys([current.decode("utf-8", "replace").strip(), *told]):
        if not isinstance(name, str) or not RELEASE_ID.match(name):
            raise ReleaseError(f"{CURRENT} eller {JOURNAL} nævner ikke en udgave")
        yield name


def push(folder: Path, address: str) -> list[str]:
    """Put the public releases of a data folder in an object store; the ids of those that were not there.

    A release's manifest comes after its files, CURRENT after all: a reader finds the old or the new, whole.
    Raises StoreError, or ReleaseError if a release is not whole.
    """
    from contract.release import verify

    bucket, new = Bucket(address), []
    current = (folder / CURRENT).read_bytes()
    journal = (folder / JOURNAL).read_bytes() if (folder / JOURNAL).exists() else b""
    for name in named(current, journal):
        own = folder / RELEASES / name
        if not own.is_dir():
            continue
        manifest = verify(own)
        if bucket.read(f"{RELEASES}/{name}/{MANIFEST}") == (own / MANIFEST).read_bytes():
            continue
        for entry in manifest.files:
            bucket.write(f"{RELEASES}/{name}/{entry.name}", (own / entry.name).read_bytes())
        bucket.write(f"{RELEASES}/{name}/{MANIFEST}", (own / MANIFEST).read_bytes())
        new.append(name)
    if journal:
        bucket.write(JOURNAL, journal)
    bucket.write(CURRENT, current)
    return new


def _replace(file: Path, content: bytes) -> None:
    temporary = file.with_name(f".tmp-{os.getpid()}-{file.name}")
    temporary.write_bytes(content)
    temporary.replace(file)
