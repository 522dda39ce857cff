"""A release as bytes: the same checked inputs give the same bytes, and the bytes give the id."""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from contract.release import MANIFEST, SCHEMA_VERSION, FileEntry, Manifest
from etl.check import Checked
from etl.frames import build_tables
from etl.series.build import add_series


def release_bytes(checked: Checked) -> tuple[Manifest, dict[str, bytes]]:
    """The manifest, and every file of the release (manifest included) by name.

    The content hash is that of the manifest without its id. The manifest names every file's hash,
    the inputs' hash and the publication's date, note and previous release, so one id is always one
    set of bytes. Raises TableError if a table breaks the contract.
    """
    if checked.declarations.publication is None:
        raise ValueError("publication.toml er ikke læst")
    publication = checked.declarations.publication.entry

    def is_self(manifest: Manifest, fetched: str) -> bool:
        own = (publication.previous, publication.published, _inputs_hash(checked, fetched))
        return (manifest.previous, manifest.published, manifest.inputs_sha256) == own

    added = add_series(checked.complaints.root, checked.series, is_self)
    tables = build_tables(checked, added.entries)
    files = {f"{name}.parquet": _parquet(table) for name, table in tables.items()}
    rows = {f"{name}.parquet": table.height for name, table in tables.items()}
    files |= {name: content for name, (content, _) in added.files.items()}
    rows |= {name: count for name, (_, count) in added.files.items()}
    unnamed = Manifest(
        schema_version=SCHEMA_VERSION,
        release="",
        previous=publication.previous,
        published=publication.published,
        note=publication.note,
        inputs_sha256=_inputs_hash(checked, added.inputs),
        files=_entries(files, rows),
    )
    manifest = replace(unnamed, release=unnamed.own_id())
    return manifest, files | {MANIFEST: manifest.to_json().encode()}


def _parquet(table: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.write_parquet(buffer, compression="zstd", compression_level=9, statistics=True)
    return buffer.getvalue()


def _entries(files: Mapping[str, bytes], rows: Mapping[str, int]) -> tuple[FileEntry, ...]:
    return tuple(
        FileEntry(
            name=name,
            sha256=hashlib.sha256(content).hexdigest(),
            bytes=len(content),
            rows=rows[name],
        )
        for name, content in sorted(files.items())
    )


def _inputs_hash(checked: Checked, fetched: str) -> str:
    """Hash of what the inputs say: comments, line breaks and the order of entries do not count.

    `fetched` is the hash of what was fetched, empty if nothing was.
    """
    said = {
        file: sorted((declared.entry.model_dump(mode="json") for declared in entries), key=_text)
        for file, entries in checked.declarations.entries.items()
    }
    figures = [
        [
            f.id, f.indicator, f.area, f.group, f.period.text, str(f.value), f.qualifier,
            f.as_written, f.kind, f.source, f.locator, f.note,
        ]
        for f in checked.figures.values()
        if not f.derived_from
    ]  # fmt: skip
    every = [said, sorted(figures), *filter(None, [fetched])]
    return hashlib.sha256(_text(every).encode()).hexdigest()


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
