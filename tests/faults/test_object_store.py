"""Releases in an object store, over a real S3 server on this machine: put there, read, replaced, damaged, gone."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from contract import paths, store
from contract.bucket import Bucket
from contract.release import current_id, verify
from dashboard import read
from etl.__main__ import main
from tests.data.small import SmallData
from tests.faults.object_store import BUCKET, SECRET, credentials, remove, serving
from tests.publishing import put_in_use
from tests.running import Server, free_port

ADDRESS = f"s3://{BUCKET}/data"
KEPT = "Tallene kan ikke opdateres lige nu."


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
    there = Bucket(ADDRESS)
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


@pytest.mark.parametrize(
    "journal", [b"[1]\n", b'{"a": 1}\n', b'{"release": 7}\n', b"\xff\xfe", b"{"]
)
def test_a_journal_that_is_none_is_refused_and_the_next_look_is_made(
    bucket: dict[str, str], small: SmallData, tmp_path: Path, journal: bytes
) -> None:
    push(small.root)
    copy = store.Mirror(ADDRESS, tmp_path / "copy")
    assert copy.look()
    Bucket(ADDRESS).write("publications.jsonl", journal)
    assert not copy.look()
    assert "kan ikke læses" in copy.trouble() or "nævner ikke en udgave" in copy.trouble()
    push(small.root)
    assert copy.look()
    assert copy.trouble() == ""


def test_a_damaged_copy_is_made_again(
    bucket: dict[str, str], small: SmallData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(small.root)
    copy = store.Mirror(ADDRESS, tmp_path / "copy")
    assert copy.look()
    folder = copy.folder / "releases" / current_id(copy.folder)
    whole = (folder / "figures.parquet").read_bytes()
    for mirror in (copy, store.Mirror(ADDRESS, tmp_path / "copy")):  # also by the next process
        (folder / "figures.parquet").write_bytes(whole[:-1] + b"?")
        monkeypatch.setattr(store, "REHASH_SECONDS", 0.0)
        assert mirror.look()
        assert (folder / "figures.parquet").read_bytes() == whole
        assert not list(copy.folder.glob(".tmp-*"))


def test_a_store_that_does_not_answer_is_told_of_after_a_while(
    shelf: Path, small: SmallData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    with serving(shelf, port) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        push(small.root)
        copy = store.Mirror(ADDRESS, tmp_path / "copy")
        assert copy.look()
    assert not copy.look()
    assert copy.trouble() == "", "a store may be away for a moment"
    monkeypatch.setattr(store, "SILENT_SECONDS", 0.2)
    until(lambda: copy.trouble() == "objektlageret svarer ikke")
    with serving(shelf, port):
        assert copy.look()
        assert copy.trouble() == ""


@pytest.mark.faults
def test_a_running_app_follows_the_store_and_goes_on_without_it(
    shelf: Path, small: SmallData, tmp_path: Path,
    start: Callable[..., AbstractContextManager[Server]], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Started before the store is there; then a release, a new one, a pointer to nowhere, and the store gone."""
    port = free_port()
    environment = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "INDBLIK_DATA": ADDRESS,
        "INDBLIK_CACHE": str(tmp_path / "cache"), **credentials(),
    }  # fmt: skip
    for name, value in environment.items():
        if name != "INDBLIK_DATA":
            monkeypatch.setenv(name, value)
    with start(environment, healthy=False) as app:

        def shows(release: str) -> bool:
            health = app.get("/healthz")
            return (health.status, health.json.get("release")) == (200, release)

        answer = app.get("/healthz")
        assert answer.status == 503
        assert "Tallene kan ikke vises lige nu" in app.get("/").text
        with serving(shelf, port):
            push(small.root)
            first = current_id(small.root)
            until(lambda: shows(first))
            second = next_release(small, "1906-01-01", "470")
            push(small.root)
            begun = time.monotonic()
            until(lambda: shows(second))
            assert time.monotonic() - begun < 10
            assert "470" in app.get("/tal/to-1902").text
            Bucket(ADDRESS).write("CURRENT", b"../../etc\n")
            until(lambda: app.get("/healthz").status == 503)
            assert "nævner ikke en udgave" in app.get("/healthz").text
            assert "470" in app.get("/tal/to-1902").text
            assert KEPT in app.get("/om").text
            push(small.root)
            until(lambda: shows(second))
            assert KEPT not in app.get("/om").text
        for _ in range(5):  # the store is gone
            assert shows(second)
            assert app.get("/tal/to-1902").status == 200
        assert SECRET not in app.output
        assert app.output.count("Objektlageret:") < 10, "said once, not at every look"
