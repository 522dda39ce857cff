"""Releases in an object store, over a real S3 server on this machine: put there, read, replaced, damaged, gone."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from contract import paths, store
from contract.release import current_id, verify
from dashboard import read
from etl.__main__ import main
from tests.data.small import SmallData
from tests.faults.object_store import BUCKET, SECRET, remove, serving
from tests.publishing import put_in_use
from tests.running import Server, free_port

ADDRESS = f"s3://{BUCKET}/data"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """The folder the store serves from."""
    return tmp_path / "shelf"


@pytest.fixture
def bucket(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    with serving(shelf) as environment:
        environment |= {"INDBLIK_CACHE": str(tmp_path / "cache")}
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        yield environment


@pytest.fixture
def small(tmp_path: Path) -> SmallData:
    """A data folder with one release of made-up figures in use."""
    made = SmallData(tmp_path / "data")
    put_in_use(made.root)
    return made


def next_release(small: SmallData, day: str, value: str) -> str:
    """Another release in use, in which a made-up figure has another value; its id."""
    before = current_id(small.root)
    small.write("publication.toml", f'published = "{day}"\nnote = ""\nprevious = "{before}"\n')
    text = (small.root / "figures/proeve.csv").read_text("utf-8").splitlines()
    row = next(line for line in text if line.startswith("to-1902,"))
    small.change(
        "figures/proeve.csv",
        row,
        f"to-1902,proeve-antal-to,000,unge,1902,{value},ca,ca. {value},målt,proeve-b,side 3,",
    )
    return put_in_use(small.root)


def push(root: Path) -> None:
    assert main(["push", ADDRESS, "--data", str(root)]) == 0


def until(true: Callable[[], bool], seconds: float = 15) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def test_a_release_in_a_store_is_read_as_one_in_a_folder(
    bucket: dict[str, str], small: SmallData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(small.root)
    copy = store.Mirror(ADDRESS, tmp_path / "copy")
    assert copy.look()
    monkeypatch.setenv("INDBLIK_DATA", str(copy.folder))
    release = read.current()
    assert release.id == current_id(small.root)
    assert verify(paths.releases_dir() / release.id) == verify(small.root / "releases" / release.id)
    assert release.figure("antal-1903").text == "knap 3.900"


def test_only_what_is_not_there_is_put_there(
    bucket: dict[str, str], small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    push(small.root)
    push(small.root)
    assert "ingen nye udgaver" in capsys.readouterr().out
    new = next_release(small, "1906-01-01", "470")
    push(small.root)
    assert new in capsys.readouterr().out


def test_a_new_release_is_copied_and_an_old_one_stays(
    bucket: dict[str, str], small: SmallData, tmp_path: Path
) -> None:
    push(small.root)
    copy = store.Mirror(ADDRESS, tmp_path / "copy")
    assert copy.look()
    first = current_id(copy.folder)
    second = next_release(small, "1906-01-01", "470")
    push(small.root)
    assert copy.look()
    assert current_id(copy.folder) == second
    assert verify(copy.folder / "releases" / first).release == first


@pytest.mark.faults
@pytest.mark.parametrize("harm", ["flip", "cut", "gone", "no manifest", "nonsense", "no CURRENT"])
def test_what_is_damaged_in_the_store_is_not_used(
    bucket: dict[str, str], small: SmallData, tmp_path: Path, harm: str
) -> None:
    push(small.root)
    copy = store.Mirror(ADDRESS, tmp_path / "copy")
    assert copy.look()
    first = current_id(copy.folder)
    second = next_release(small, "1906-01-01", "470")
    push(small.root)
    there = store.Bucket(ADDRESS)
    file = f"releases/{second}/figures.parquet"
    whole = there.read(file)
    assert whole
    middle = len(whole) // 2
    if harm == "flip":
        there.write(file, whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    elif harm == "cut":
        there.write(file, whole[:-5])
    elif harm == "nonsense":
        there.write("CURRENT", b"../../etc\n")
    else:
        lost = {
            "gone": file,
            "no manifest": f"releases/{second}/manifest.json",
            "no CURRENT": "CURRENT",
        }
        remove(bucket, f"data/{lost[harm]}")
    assert not copy.look()
    assert current_id(copy.folder) == first
    assert verify(copy.folder / "releases" / first).release == first
    assert not (copy.folder / "releases" / second).exists()
    assert not list(copy.folder.glob(".tmp-*"))
    if harm != "no manifest":
        remove(bucket, f"data/releases/{second}/manifest.json")
    push(small.root)
    assert copy.look(), "put right, it is used"
    assert current_id(copy.folder) == second


@pytest.mark.faults
def test_a_running_app_takes_the_new_release_and_goes_on_without_the_store(
    shelf: Path, small: SmallData, tmp_path: Path,
    start: Callable[..., AbstractContextManager[Server]], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    port = free_port()
    with serving(shelf, port) as bucket:
        for name, value in bucket.items():
            monkeypatch.setenv(name, value)
        push(small.root)
        first = current_id(small.root)
        environment = {"INDBLIK_DATA": ADDRESS, "INDBLIK_CACHE": str(tmp_path / "cache")}
        context = start(environment)
        app = context.__enter__()
        try:
            assert app.get("/healthz").json["release"] == first
            second = next_release(small, "1906-01-01", "470")
            push(small.root)
            begun = time.monotonic()
            until(lambda: app.get("/healthz").json["release"] == second)
            assert time.monotonic() - begun < 10
        except BaseException:
            context.__exit__(None, None, None)
            raise
    try:  # the store is gone
        for _ in range(5):
            answer = app.get("/healthz")
            assert (answer.status, answer.json["release"]) == (200, second)
            assert app.get("/tal/to-1902").status == 200
        assert SECRET not in app.output
    finally:
        context.__exit__(None, None, None)
