"""Ways of damaging files, and a release issued anew with other content under hashes that hold."""

import hashlib
import json
import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from contract.release import MANIFEST, FileEntry, Manifest

CUT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda raw: b"",
    "eight bytes": lambda raw: raw[:8],
    "half": lambda raw: raw[: len(raw) // 2],
    "minus one byte": lambda raw: raw[:-1],
    "one byte more": lambda raw: raw + b"\0",
    "zeros": lambda raw: bytes(len(raw)),
    "a login page": lambda raw: b"<!DOCTYPE html><title>Log ind</title>",
}
Change = Callable[[pl.DataFrame], pl.DataFrame]


def flipped(raw: bytes, count: int, seed: int) -> Iterator[bytes]:
    """The bytes with one bit turned, so many times, each time another."""
    moments = random.Random(seed)
    for _ in range(count):
        bit = moments.randrange(len(raw) * 8)
        turned = bytearray(raw)
        turned[bit // 8] ^= 1 << bit % 8
        yield bytes(turned)


def rewritten(file: Path, change: Change) -> None:
    """Give a Parquet file other content."""
    change(pl.read_parquet(file)).write_parquet(file)


def reissued(
    folder: Path, changes: Mapping[str, Change], names: Mapping[str, str] | None = None
) -> str:
    """A release beside another with some tables changed (by file name), every hash right; its id.

    `names`: what the manifest calls a file instead of its name.
    """
    new = folder.with_name("ny")
    shutil.copytree(folder, new)
    for name, change in changes.items():
        rewritten(new / name, change)
    raw = json.loads((new / MANIFEST).read_text("utf-8"))
    files = tuple(_entry(new, entry, names or {}) for entry in raw.pop("files"))
    manifest = Manifest(files=files, **raw)
    manifest = replace(manifest, release=manifest.own_id())
    (new / MANIFEST).write_text(manifest.to_json(), "utf-8")
    new.rename(folder.with_name(manifest.release))
    return manifest.release


def _entry(folder: Path, entry: dict[str, object], names: Mapping[str, str]) -> FileEntry:
    name = str(entry["name"])
    raw = (folder / name).read_bytes()
    rows = pl.scan_parquet(folder / name).select(pl.len()).collect().item()
    return FileEntry(names.get(name, name), hashlib.sha256(raw).hexdigest(), len(raw), rows)
