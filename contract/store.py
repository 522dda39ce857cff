"""Releases in an object store (`INDBLIK_DATA=s3://bucket/prefix`): kept as a copy in a local folder.

Releases never change, and every byte of one must be read to hold it against its hashes, so each is fetched
once, whole; after that a filter costs no request, and the app goes on with what it has when the store does
not answer. A thread looks for a new release every few seconds. Through pyarrow's own file system; keys and
address come from the environment as S3 programs know them (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_ENDPOINT_URL, AWS_REGION).
"""

import hashlib
import json
import logging
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

SCHEME = "s3://"
CACHE = "INDBLIK_CACHE"
LOOK_SECONDS = 2.0
CURRENT, JOURNAL, RELEASES, MANIFEST = "CURRENT", "publications.jsonl", "releases", "manifest.json"

_LOG = logging.getLogger("indblik")
_mirrors: dict[str, "Mirror"] = {}
_making = threading.Lock()


class StoreError(OSError):
    """An object store that cannot be read or written; the message is Danish and holds no key."""


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


def _cache(address: str) -> Path:
    base = os.environ.get(CACHE) or Path.home() / ".cache" / "indblik"
    return Path(base) / hashlib.sha256(address.encode()).hexdigest()[:16]


class Bucket:
    """The files of an object store below an address. Raises StoreError where it does not answer."""

    def __init__(self, address: str) -> None:
        from pyarrow import fs  # a fifth of a second, and only for those who use a store

        # Many S3 servers do not know the newest checksums; a release has its own hashes.
        for name in ("AWS_REQUEST_CHECKSUM_CALCULATION", "AWS_RESPONSE_CHECKSUM_VALIDATION"):
            os.environ.setdefault(name, "when_required")
        endpoint = os.environ.get("AWS_ENDPOINT_URL") or None
        self._files = fs.S3FileSystem(
            endpoint_override=endpoint, region=os.environ.get("AWS_REGION") or None,
            connect_timeout=3, request_timeout=20,
            retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=2),
        )  # fmt: skip
        self._base = address.removeprefix(SCHEME).strip("/")

    def read(self, name: str) -> bytes | None:
        """The content of a file, None if there is no such file."""
        try:
            with self._files.open_input_stream(f"{self._base}/{name}") as stream:
                return stream.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"objektlageret kan ikke læses ({name})") from error

    def copy_to(self, name: str, file: Path) -> None:
        """Copy a file here, a piece at a time."""
        try:
            with (
                self._files.open_input_stream(f"{self._base}/{name}") as stream,
                file.open("wb") as out,
            ):
                shutil.copyfileobj(stream, out, 1 << 20)
        except OSError as error:
            raise StoreError(f"objektlageret kan ikke læses ({name})") from error

    def write(self, name: str, content: bytes) -> None:
        """Put a file there, wholly or not at all."""
        try:
            with self._files.open_output_stream(f"{self._base}/{name}") as stream:
                stream.write(content)
        except OSError as error:
            raise StoreError(f"objektlageret kan ikke skrives ({name})") from error


class Mirror:
    """The local copy of an object store."""

    def __init__(self, address: str, folder: Path) -> None:
        self.folder = folder
        self._address = address
        self._bucket: Bucket | None = None
        self._seen: Any = None

    def keep_looking(self) -> None:
        """Look again every LOOK_SECONDS, for as long as the process lives."""
        wait = threading.Event()
        while True:
            wait.wait(LOOK_SECONDS)
            self.look()

    def look(self) -> bool:
        """Copy what is new; gives whether the store answered. What cannot be copied whole is not used.

        The journal and CURRENT move last, when every release they name is here and its hashes hold.
        """
        from contract.release import ReleaseError, verify

        try:
            bucket = self._bucket = self._bucket or Bucket(self._address)
            current, journal = bucket.read(CURRENT), bucket.read(JOURNAL) or b""
            if current is None:
                raise StoreError(f"objektlageret har ingen {CURRENT}")
            if (current, journal) == self._seen:
                return True
            for name in named(current, journal):
                if not (self.folder / RELEASES / name).is_dir():
                    self._fetch(bucket, name, needed=name == current.decode().strip())
            verify(self.folder / RELEASES / current.decode().strip())
            if journal:
                _replace(self.folder / JOURNAL, journal)
            _replace(self.folder / CURRENT, current)
            self._seen = (current, journal)
        except (OSError, ReleaseError, ValueError) as error:
            _LOG.error("Objektlageret: %s. Den hidtidige udgave er stadig i brug", error)
            return False
        return True

    def _fetch(self, bucket: Bucket, name: str, *, needed: bool) -> None:
        """A release: every file its manifest names, then its folder in one move.

        An old one that the store no longer has is left out; one that is `needed` is an error.
        """
        from contract.release import verify

        manifest = bucket.read(f"{RELEASES}/{name}/{MANIFEST}")
        if manifest is None and not needed:
            return
        if manifest is None:
            raise StoreError(f"udgaven {name} findes ikke i objektlageret")
        files = [entry["name"] for entry in json.loads(manifest)["files"]]
        whole = self.folder / RELEASES / name
        part = self.folder / f".tmp-{os.getpid()}" / name
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        try:
            for file in files:
                if Path(file).name != file:
                    raise StoreError(f"udgaven {name} nævner en fil uden for sin mappe")
                bucket.copy_to(f"{RELEASES}/{name}/{file}", part / file)
            (part / MANIFEST).write_bytes(manifest)
            verify(part)
            whole.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):  # another process was first
                part.rename(whole)
        finally:
            shutil.rmtree(part.parent, ignore_errors=True)


def named(current: bytes, journal: bytes) -> Iterator[str]:
    """The ids of the releases that CURRENT and the journal name, each once. Raises ValueError."""
    from contract.release import RELEASE_ID

    told = [json.loads(line)["release"] for line in journal.decode().splitlines() if line.strip()]
    for name in dict.fromkeys([current.decode().strip(), *told]):
        if not isinstance(name, str) or not RELEASE_ID.match(name):
            raise ValueError(f"{CURRENT} eller {JOURNAL} nævner ikke en udgave")
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
