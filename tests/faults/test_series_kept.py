"""Fetched series are read long after the release was verified: what is shown is still what the hash covers.

Invented values only; see series_data. Both as they are kept in memory and, as large ones are, in a file without
a name.
"""

import io
import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest

from contract import paths
from contract.release import current_id
from dashboard import own_copy, read, standing
from dashboard.own_copy import OwnCopy
from dashboard.read import Release
from tests.data import series_data
from tests.faults.damage import CUT, flipped

pytestmark = pytest.mark.faults
SERIES = "auk01-ledighedsydelse"


def _other_values(raw: bytes) -> bytes:
    """A whole Parquet file with the same rows and other numbers: no reader sees that anything is wrong."""
    file = io.BytesIO()
    pl.read_parquet(io.BytesIO(raw)).with_columns(pl.col("value") + 1).write_parquet(file)
    return file.getvalue()


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    **CUT,
    "other values": _other_values,
    "a flipped bit": lambda raw: next(flipped(raw, 1, seed=4711)),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data with fetched series in use."""
    made = tmp_path_factory.mktemp("series") / "data"
    series_data.make(made)
    return made


@pytest.fixture(params=[0, own_copy.IN_MEMORY], ids=["a file without a name", "in memory"])
def shown(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[tuple[standing.Standing, Path]]:
    """What is shown of a copy that may be damaged, and the series' file in it."""
    copy = tmp_path / "data"
    shutil.copytree(root, copy)
    monkeypatch.setattr(own_copy, "IN_MEMORY", request.param)
    with series_data.in_use(copy):
        own = standing.Standing(read.load)
        assert own.look(check=True).trouble == ""
        now = current_id(copy)
        yield own, paths.releases_dir(copy) / now / f"series-{SERIES}.parquet"


def values(release: Release) -> list[tuple[str, float | None]]:
    """What is read of the series now, from its file and not from the figures that are kept."""
    rows = release.fetched.collect(release.fetched.scan(SERIES).select("figure", "value"))
    return rows.rows()


@pytest.mark.parametrize("name", DAMAGE)
def test_a_series_damaged_after_it_was_verified_is_shown_as_it_was(
    shown: tuple[standing.Standing, Path], name: str
) -> None:
    own, file = shown
    release = read.load(own.shown().release)
    before = values(release)
    assert len(before) == 48
    file.write_bytes(DAMAGE[name](file.read_bytes()))
    assert f"{file.name} er ændret" in own.look(check=True).trouble
    assert own.shown().release == release.id
    assert values(release) == before
    assert [(f.id, f.value) for f in release.series(SERIES)] == before


def test_series_whose_folder_is_gone_are_still_shown(
    shown: tuple[standing.Standing, Path],
) -> None:
    own, file = shown
    release = read.load(own.shown().release)
    before = values(release)
    shutil.rmtree(file.parents[2])
    assert own.look(check=True).trouble
    assert [(f.id, f.value) for f in release.series(SERIES)] == before


def test_a_large_file_is_not_held_in_memory_and_many_may_read_it_at_once() -> None:
    raw = b"".join(bytes([n % 256]) * 4096 for n in range(own_copy.IN_MEMORY // 4096 + 1))
    copy = OwnCopy(raw)
    assert isinstance(copy.source, str)
    with Path(copy.source).open("rb") as one, Path(copy.source).open("rb") as other:
        assert one.read(8192) == raw[:8192]
        assert other.read() == raw
    small = OwnCopy(raw[: own_copy.IN_MEMORY])
    assert small.source == raw[: own_copy.IN_MEMORY]


def test_without_room_for_a_copy_it_stays_in_memory() -> None:
    raw = bytes(own_copy.IN_MEMORY + 1)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        copy = OwnCopy(raw)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert copy.source == raw
