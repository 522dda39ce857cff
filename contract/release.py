"""A release on disk: its manifest, its id, which one is current, and whether its hashes hold.

Written by etl, read by the dashboard. Standard library only, so that the server starts fast.
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from contract import paths

SCHEMA_VERSION = 1
MANIFEST = "manifest.json"
RELEASE_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{8}\Z")


class ReleaseError(Exception):
    """A release that is missing, incomplete or altered; the message is Danish and names the file."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of a release: name, sha256 (hex), size in bytes, number of rows."""

    name: str
    sha256: str
    bytes: int
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release says of itself. `published` is the data's own date, never the clock."""

    schema_version: int
    release: str
    previous: str
    published: str
    note: str
    inputs_sha256: str
    files: tuple[FileEntry, ...]

    def to_json(self) -> str:
        """Stable text: same manifest, same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"

    def own_id(self) -> str:
        """The id that follows from what the manifest says: its date and the hash of all but its id."""
        unnamed = replace(self, release="").to_json()
        return release_id(self.published, hashlib.sha256(unnamed.encode()).hexdigest())


def release_id(published: str, content_hash: str) -> str:
    """`YYYY-MM-DD-<8 hex>` from the publication date and the content hash (hex)."""
    return f"{published}-{content_hash[:8]}"


def sha256_of(file: Path) -> str:
    """Hex digest of a file's bytes."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a release folder. Raises ReleaseError if it is missing, malformed or altered."""
    try:
        text = (folder / MANIFEST).read_text("utf-8")
        raw = json.loads(text)
        files = tuple(FileEntry(**entry) for entry in raw.pop("files"))
        manifest = Manifest(files=files, **raw)
    except FileNotFoundError:
        raise ReleaseError(f"{folder.name}: {MANIFEST} findes ikke") from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ReleaseError(f"{folder.name}: {MANIFEST} kan ikke læses ({error})") from error
    if manifest.schema_version != SCHEMA_VERSION:
        raise ReleaseError(
            f"{folder.name}: skemaversion {manifest.schema_version}, forventet {SCHEMA_VERSION}"
        )
    if manifest.release != folder.name:
        raise ReleaseError(f"{folder.name}: manifestet hører til {manifest.release}")
    if manifest.own_id() != manifest.release or manifest.to_json() != text:
        raise ReleaseError(f"{folder.name}: {MANIFEST} er ændret, siden udgaven blev lavet")
    return manifest


def verify(folder: Path) -> Manifest:
    """The manifest, after every file's size and hash has been held against it.

    Raises ReleaseError naming the first file that is missing or altered.
    """
    manifest = read_manifest(folder)
    for entry in manifest.files:
        content_of(folder, entry)
    return manifest


def content_of(folder: Path, entry: FileEntry) -> bytes:
    """The bytes of a file of a release, after their number and hash have been held against its manifest.

    Whoever reads a release reads these: a file that is opened again may have changed in between. Raises
    ReleaseError if it is missing or altered.
    """
    file = folder / entry.name
    if Path(entry.name).name != entry.name or not file.is_file():
        raise ReleaseError(f"{folder.name}: {entry.name} findes ikke")
    if file.stat().st_size == entry.bytes:
        content = file.read_bytes()
        if hashlib.sha256(content).hexdigest() == entry.sha256:
            return content
    raise ReleaseError(f"{folder.name}: {entry.name} er ændret, siden udgaven blev lavet")


def current_id(root: Path | None = None) -> str:
    """Id of the release in use. Raises ReleaseError if CURRENT is missing or names no release id."""
    return _named_in(paths.current_file(root))


def candidate_id(root: Path | None = None) -> str:
    """Id of the release that is built but not published; empty if there is none.

    Raises ReleaseError if CANDIDATE names no release id.
    """
    file = paths.candidate_file(root)
    return _named_in(file) if file.exists() else ""


def _named_in(file: Path) -> str:
    try:
        text = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ReleaseError(f"{file.name} kan ikke læses") from error
    if not RELEASE_ID.match(text):
        raise ReleaseError(f"{file.name} nævner ikke en udgave")
    return text
