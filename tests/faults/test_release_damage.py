"""A release that is damaged on disk is refused, whatever the damage: never read as if it were whole."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from contract import paths
from contract.release import MANIFEST, ReleaseError, current_id, verify
from contract.tables import TABLES
from dashboard import read
from tests.data.small import SmallData
from tests.faults.damage import CUT, flipped, reissued
from tests.publishing import put_in_use

pytestmark = pytest.mark.faults
FLIPS = int(os.environ.get("INDBLIK_FLIPS", "40"))
FILES = [*(f"{name}.parquet" for name in TABLES), MANIFEST]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole release of made-up data."""
    small = SmallData(tmp_path_factory.mktemp("release") / "data")
    put_in_use(small.root)
    return paths.releases_dir(small.root) / current_id(small.root)


@pytest.fixture
def release(whole: Path, tmp_path: Path) -> Path:
    """A copy to damage."""
    return Path(shutil.copytree(whole, tmp_path / whole.name))


@pytest.mark.parametrize("damage", CUT.values(), ids=CUT)
@pytest.mark.parametrize("file", [f for f in FILES if f != MANIFEST])
def test_a_table_that_is_cut_or_replaced_is_refused(
    release: Path, file: str, damage: Callable[[bytes], bytes]
) -> None:
    raw = (release / file).read_bytes()
    (release / file).write_bytes(damage(raw))
    with pytest.raises(ReleaseError, match=f"{file} er ændret"):
        verify(release)


@pytest.mark.parametrize("damage", CUT.values(), ids=CUT)
def test_a_manifest_that_is_cut_or_replaced_is_refused(
    release: Path, damage: Callable[[bytes], bytes]
) -> None:
    raw = (release / MANIFEST).read_bytes()
    (release / MANIFEST).write_bytes(damage(raw))
    with pytest.raises(ReleaseError):
        verify(release)


def _holds(folder: Path) -> bool:
    try:
        verify(folder)
    except ReleaseError:
        return False
    return True


@pytest.mark.parametrize("file", FILES)
def test_any_flipped_bit_is_refused(release: Path, file: str) -> None:
    raw = (release / file).read_bytes()
    for number, turned in enumerate(flipped(raw, FLIPS, seed=4711)):
        (release / file).write_bytes(turned)
        assert not _holds(release), f"flip {number} of {file} was not seen"
    (release / file).write_bytes(raw)
    verify(release)


@pytest.fixture(scope="module")
def other(whole: Path) -> Path:
    """A second whole release beside the first: one text is another."""
    return whole.with_name(reissued(whole, {"glossary.parquet": _reworded}))


def _reworded(table: pl.DataFrame) -> pl.DataFrame:
    return table.with_columns(text=pl.lit("Noget andet."))


@pytest.mark.parametrize("file", ["glossary.parquet", MANIFEST])
def test_a_file_of_another_release_is_refused(release: Path, other: Path, file: str) -> None:
    verify(other)
    (release / file).write_bytes((other / file).read_bytes())
    with pytest.raises(ReleaseError, match=r"er ændret|hører til"):
        verify(release)


def test_two_tables_under_each_others_names_are_refused(release: Path) -> None:
    one, two = release / "events.parquet", release / "decisions.parquet"
    one.rename(release / "x")
    two.rename(one)
    (release / "x").rename(two)
    with pytest.raises(ReleaseError, match=r"decisions\.parquet er ændret"):
        verify(release)


@pytest.mark.parametrize("name", ["Figures.parquet", "figures.parquet.bak", "figures (1).parquet"])
def test_a_table_under_another_name_is_refused(release: Path, name: str) -> None:
    (release / "figures.parquet").rename(release / name)
    with pytest.raises(ReleaseError, match=r"figures\.parquet findes ikke"):
        verify(release)


@pytest.mark.parametrize(
    "name", ["../figures.parquet", "/etc/hostname", "..", ".", "", "sub/figures.parquet", "..\\x"]
)
def test_a_manifest_that_points_outside_its_folder_is_refused(release: Path, name: str) -> None:
    """Though its hashes hold and a file is there."""
    (release.parent / "figures.parquet").write_bytes((release / "figures.parquet").read_bytes())
    outside = release.with_name(reissued(release, {}, {"figures.parquet": name}))
    with pytest.raises(ReleaseError, match="findes ikke"):
        verify(outside)


def test_a_file_that_the_manifest_does_not_name_is_not_read(
    release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (release / "series.parquet").write_bytes(b"ikke en tabel")
    (release / "figures.parquet.tmp").write_bytes(b"")
    root = release.parent.with_name("data")
    (root / "releases").mkdir(parents=True)
    release.rename(root / "releases" / release.name)
    monkeypatch.setenv("INDBLIK_DATA", str(root))
    assert len(read.load(release.name).fetched) == 0


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_refused_by_name(release: Path, file: str) -> None:
    (release / file).unlink()
    with pytest.raises(ReleaseError, match=f"{file} findes ikke"):
        verify(release)


def test_another_releases_manifest_is_refused(release: Path) -> None:
    other = release.with_name("1905-12-31-00000000")
    release.rename(other)
    with pytest.raises(ReleaseError, match="manifestet hører til"):
        verify(other)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("schema_version", 999),
        ("schema_version", "1"),
        ("files", None),
        ("files", [{"name": "../figures.parquet", "sha256": "", "bytes": 0, "rows": 0}]),
        ("files", [{"navn": "figures.parquet"}]),
        ("ukendt", 1),
    ],
)
def test_a_manifest_with_another_meaning_is_refused(release: Path, key: str, value: object) -> None:
    content = json.loads((release / MANIFEST).read_text("utf-8"))
    content[key] = value
    (release / MANIFEST).write_text(json.dumps(content), "utf-8")
    with pytest.raises(ReleaseError):
        verify(release)


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"..", b"/etc/passwd\n", b"1905-12-31-0A1B2C3D"])
def test_a_pointer_that_names_no_release_is_refused(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "CURRENT").write_bytes(raw)
    with pytest.raises(ReleaseError):
        current_id(tmp_path)


def test_a_missing_pointer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError):
        current_id(tmp_path)
