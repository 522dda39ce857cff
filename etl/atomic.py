"""Files and folders that are wholly old or wholly new, whatever happens while they are written.

Everything is written under a temporary name beside its place, forced to disk and renamed.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

TEMPORARY = ".tmp-"


def replace_file(file: Path, content: bytes) -> None:
    """Give a file its new content, or leave it as it was. Raises OSError if the disk fails."""
    temporary = file.with_name(f"{TEMPORARY}{file.name}")
    try:
        _write(temporary, content)
        temporary.replace(file)
        _sync_folder(file.parent)
    finally:
        temporary.unlink(missing_ok=True)


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder with its files, in place of a damaged one if there is one. Raises OSError."""
    temporary = target.with_name(f"{TEMPORARY}{target.name}")
    try:
        temporary.mkdir()
        for name, content in files.items():
            _write(temporary / name, content)
        _sync_folder(temporary)
        if target.exists():
            set_aside(target)
        temporary.rename(target)
        _sync_folder(target.parent)
    finally:
        sweep(target.parent)


def set_aside(folder: Path) -> None:
    """Take a folder away in one step; `sweep` removes what is in it."""
    folder.rename(folder.with_name(f"{TEMPORARY}gone-{folder.name}"))


def sweep(folder: Path) -> None:
    """Remove what was set aside, and what work that was cut short left behind."""
    for leftover in folder.glob(f"{TEMPORARY}*"):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)


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
