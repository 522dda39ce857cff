"""Release bytes → data/releases/<id>/ and data/CURRENT: wholly old or wholly new, whatever happens.

Everything is written to a temporary folder beside its place, forced to disk and renamed; CURRENT
moves last, by one atomic replacement.
"""

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from contract import paths
from contract.release import Manifest, ReleaseError, verify
from etl.lock import only_builder

TEMPORARY = ".tmp-"


def publish(root: Path, manifest: Manifest, files: Mapping[str, bytes]) -> bool:
    """Write the release and point CURRENT at it. Gives whether anything was changed.

    Raises BusyError if another build is under way, OSError if the disk fails; in both cases
    CURRENT and every finished release are as they were.
    """
    releases = paths.releases_dir(root)
    releases.mkdir(parents=True, exist_ok=True)
    with only_builder(releases):
        _sweep(releases)
        _sweep(root)
        written = _write_release(releases, manifest, files)
        moved = _move_current(root, manifest.release)
        return written or moved


def _write_release(releases: Path, manifest: Manifest, files: Mapping[str, bytes]) -> bool:
    target = releases / manifest.release
    if _is_whole(target, manifest):
        return False
    temporary = releases / f"{TEMPORARY}{manifest.release}"
    try:
        temporary.mkdir()
        for name, content in files.items():
            _write(temporary / name, content)
        _sync_folder(temporary)
        if target.exists():  # damaged since it was written: set aside, swept by the next build
            target.rename(releases / f"{TEMPORARY}damaged-{manifest.release}")
        temporary.rename(target)
        _sync_folder(releases)
    finally:
        _sweep(releases)
    return True


def _is_whole(folder: Path, manifest: Manifest) -> bool:
    with suppress(ReleaseError, OSError):
        return verify(folder) == manifest
    return False


def _move_current(root: Path, release: str) -> bool:
    current = paths.current_file(root)
    content = f"{release}\n".encode()
    with suppress(FileNotFoundError):
        if current.read_bytes() == content:
            return False
    temporary = root / f"{TEMPORARY}CURRENT"
    try:
        _write(temporary, content)
        temporary.replace(current)
        _sync_folder(root)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def _write(file: Path, content: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; its renames are journalled
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    """Remove what a build that was cut short left behind."""
    for leftover in folder.glob(f"{TEMPORARY}*"):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)
