"""A release that is damaged on disk is refused, whatever the damage: never read as if it were whole."""

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from contract import paths
from contract.release import MANIFEST, ReleaseError, current_id, verify
from contract.tables import TABLES
from tests.data.small import SmallData
from tests.publishing import put_in_use

pytestmark = pytest.mark.faults
FLIPS = int(os.environ.get("INDBLIK_FAULT_FLIPS", "60"))
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


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda raw: b"",
    "eight bytes": lambda raw: raw[:8],
    "half": lambda raw: raw[: len(raw) // 2],
    "minus one byte": lambda raw: raw[:-1],
    "one byte more": lambda raw: raw + b"\0",
    "zeros": lambda raw: bytes(len(raw)),
    "a login page": lambda raw: b"<!DOCTYPE html><title>Log ind</title>",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
@pytest.mark.parametrize("file", [f for f in FILES if f != MANIFEST])
def test_a_table_that_is_cut_or_replaced_is_refused(
    release: Path, file: str, damage: Callable[[bytes], bytes]
) -> None:
    raw = (release / file).read_bytes()
    (release / file).write_bytes(damage(raw))
    with pytest.raises(ReleaseError, match=f"{file} er ændret"):
        verify(release)


@pytest.mark.parametrize("damage", [d for n, d in DAMAGE.items() if n not in ("minus one byte",)])
def test_a_manifest_that_is_cut_or_replaced_is_refused(
    release: Path, damage: Callable[[bytes], bytes]
) -> None:
    raw = (release / MANIFEST).read_bytes()
    (release / MANIFEST).write_bytes(damage(raw))
    with pytest.raises(ReleaseError):
        verify(release)


def test_any_flipped_bit_of_a_table_is_refused(release: Path) -> None:
    moments = random.Random(4711)
    for file in (f for f in FILES if f != MANIFEST):
        raw = (release / file).read_bytes()
        for _ in range(FLIPS):
            flipped = bytearray(raw)
            bit = moments.randrange(len(raw) * 8)
            flipped[bit // 8] ^= 1 << bit % 8
            (release / file).write_bytes(bytes(flipped))
            with pytest.raises(ReleaseError):
                verify(release)
        (release / file).write_bytes(raw)
    verify(release)


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
