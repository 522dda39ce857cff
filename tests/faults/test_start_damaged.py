"""A process that starts over a damaged pointer, manifest or journal: never half a release, never an exception unsaid.

Without a whole release there is nothing to show, and it is said; a damaged journal takes only the history away.
Made-up data only.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from contract import paths
from contract.release import MANIFEST, ReleaseError, current_id
from dashboard import read
from dashboard.server import documents
from dashboard.sitemap import PAGES
from dashboard.standing import Standing
from tests.data.small import SmallData
from tests.faults.damage import CUT
from tests.publishing import put_in_use

pytestmark = pytest.mark.faults
NONSENSE: dict[str, Callable[[bytes], bytes]] = {
    **CUT,
    "no text": lambda raw: b"\xff\xfe\x00",
    "not JSON": lambda raw: b"2026-11-23",
    "a list": lambda raw: b"[]",
    "null": lambda raw: b"null",
    "nested without end": lambda raw: b"[" * 200_000,
    "outside": lambda raw: b"../../etc/passwd\n",
    "nothing there is": lambda raw: b"2001-01-01-00000000\n",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data in use."""
    root = tmp_path_factory.mktemp("whole") / "data"
    put_in_use(SmallData(root).root)
    return root


@pytest.fixture
def damaged(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, str], Standing]:
    """Damages a file of data in use (`CURRENT`, `manifest` or `journal`), and starts over it."""
    root = Path(shutil.copytree(whole, tmp_path / "data"))
    files = {
        "CURRENT": paths.current_file(root),
        "manifest": paths.releases_dir(root) / current_id(root) / MANIFEST,
        "journal": paths.journal_file(root),
    }

    def do(which: str, how: str) -> Standing:
        file = files[which]
        raw = file.read_bytes()
        file.unlink()
        if how == "a folder":
            file.mkdir()
        elif how != "missing":
            file.write_bytes(NONSENSE[how](raw))
        monkeypatch.setenv("INDBLIK_DATA", str(root))
        own = Standing(read.load)
        monkeypatch.setattr(read, "standing", own)
        return own

    return do


ALL = [*NONSENSE, "missing", "a folder"]
STILL_NAMES_IT = ("CURRENT", "minus one byte")
"""Only the line's end is gone."""


@pytest.mark.parametrize("how", ALL)
@pytest.mark.parametrize("which", ["CURRENT", "manifest"])
def test_a_start_without_a_whole_release_says_so(
    damaged: Callable[[str, str], Standing], which: str, how: str
) -> None:
    own = damaged(which, how)
    if (which, how) == STILL_NAMES_IT:
        assert own.shown().trouble == ""
        return
    with pytest.raises(ReleaseError):
        own.shown()
    assert own.look(check=True).release == ""
    assert own.trouble()
    answer = documents.document(documents.Asked(PAGES[0], "", "", False, ""), None)
    assert answer.status == 503
    assert "Tallene kan ikke vises lige nu" in answer.body.decode()


@pytest.mark.parametrize("how", [how for how in ALL if how not in ("empty", "missing")])
def test_a_start_over_a_damaged_journal_shows_the_release_and_says_so(
    damaged: Callable[[str, str], Standing], how: str
) -> None:
    found = damaged("journal", how).shown()
    assert found.public == (found.release,)
    assert found.trouble.startswith("publications.jsonl")


@pytest.mark.parametrize("how", ["empty", "missing"])
def test_without_a_journal_only_the_release_in_use_is_public(
    damaged: Callable[[str, str], Standing], how: str
) -> None:
    found = damaged("journal", how).shown()
    assert found.public == (found.release,)
    assert found.events == ()
