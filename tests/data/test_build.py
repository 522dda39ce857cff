"""A build: the same inputs give the same bytes, nothing else does, and nothing public changes. Made-up data only."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from contract import paths
from contract.release import MANIFEST, candidate_id, current_id, release_id, sha256_of, verify
from contract.tables import TABLES
from etl.__main__ import main
from etl.check import check
from tests.data.small import SmallData
from tests.publishing import NOTE


def build(small: SmallData) -> int:
    """Run the command as the data keeper does."""
    return main(["build", "--data", str(small.root)])


def publish(small: SmallData) -> int:
    """Publish what was built."""
    return main(["publish", "--data", str(small.root), "--note", NOTE])


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file of the releases, CURRENT and CANDIDATE, by relative path."""
    pointers = [paths.current_file(root), paths.candidate_file(root)]
    files = [*pointers, *paths.releases_dir(root).rglob("*")]
    return {str(f.relative_to(root)): f.read_bytes() for f in files if f.is_file()}


def test_a_candidate_is_whole_and_not_in_use(small: SmallData) -> None:
    assert build(small) == 0
    folder = paths.releases_dir(small.root) / candidate_id(small.root)
    manifest = verify(folder)
    assert {entry.name for entry in manifest.files} == {f"{name}.parquet" for name in TABLES}
    assert manifest.published == "1905-12-31"
    assert manifest.release.startswith("1905-12-31-")
    assert (folder / MANIFEST).read_text("utf-8") == manifest.to_json()


def test_two_builds_give_identical_bytes(tmp_path: Path) -> None:
    one, other = SmallData(tmp_path / "et sted" / "data"), SmallData(tmp_path / "b" / "andet")
    assert build(one) == build(other) == 0
    assert snapshot(one.root) == snapshot(other.root)


def test_another_process_clock_and_place_give_identical_bytes(tmp_path: Path) -> None:
    one, other = SmallData(tmp_path / "a"), SmallData(tmp_path / "b")
    assert build(one) == 0
    for file in other.root.rglob("*"):
        os.utime(file, (0, 0))
    environment = os.environ | {
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "4711",
        "POLARS_MAX_THREADS": "1",
        "LC_ALL": "C",
        "PYTHONUTF8": "1",
    }
    subprocess.run(
        [sys.executable, "-m", "etl", "build", "--data", str(other.root)],
        cwd=paths.REPO, env=environment, check=True, capture_output=True,
    )  # fmt: skip
    assert snapshot(one.root) == snapshot(other.root)


def test_a_second_build_changes_nothing(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(small) == 0
    assert capsys.readouterr().out.startswith("bygget: 1905-12-31-")
    before = {f: (f.read_bytes(), f.stat().st_mtime_ns) for f in all_files(small)}
    assert build(small) == 0
    assert capsys.readouterr().out.startswith("uændret: 1905-12-31-")
    assert {f: (f.read_bytes(), f.stat().st_mtime_ns) for f in all_files(small)} == before


def all_files(small: SmallData) -> list[Path]:
    """Every file below the data folder."""
    return [file for file in small.root.rglob("*") if file.is_file()]


def test_comments_order_and_line_ends_do_not_make_a_release(small: SmallData) -> None:
    assert build(small) == 0
    before = snapshot(small.root)
    sources = (small.root / "sources.toml").read_text("utf-8")
    first, second = sources.rstrip("\n").split("\n\n")
    small.write("sources.toml", f"# en kommentar\n{second}\n\n{first}\n".replace("\n", "\r\n"))
    rows = (small.root / "figures/proeve.csv").read_text("utf-8").splitlines()
    small.write("figures/proeve.csv", "\n".join([rows[0], *reversed(rows[1:])]) + "\n")
    assert build(small) == 0
    assert snapshot(small.root) == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("figures/proeve.csv", "200,præcis,200", "201,præcis,201"),
        ("publication.toml", "Prøveudgave.", "Prøveudgave to."),
        ("publication.toml", "1905-12-31", "1906-01-01"),
        ("glossary.toml", "over to linjer", "over 2 linjer"),
        ("story.toml", "[antal-1902] > [antal-1901]", "[antal-1902] != [antal-1901]"),
    ],
)
def test_every_change_of_content_makes_a_release(
    small: SmallData, file: str, old: str, new: str
) -> None:
    small.change("story.toml", ', "[andel-1901] == 20"', "")
    assert build(small) == 0
    first = candidate_id(small.root)
    small.change(file, old, new)
    assert build(small) == 0
    second = candidate_id(small.root)
    assert first != second
    verify(paths.releases_dir(small.root) / second)
    assert [f.name for f in paths.releases_dir(small.root).iterdir()] == [second]


def test_a_release_names_the_one_in_use_as_previous(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(small) == publish(small) == 0
    first = current_id(small.root)
    before = snapshot(small.root)
    small.change("figures/proeve.csv", "200,præcis,200", "201,præcis,201")
    small.change("story.toml", ', "[andel-1901] == 20"', "")
    assert build(small) == 1
    assert "--date" in capsys.readouterr().err
    assert snapshot(small.root) == before
    assert main(["build", "--data", str(small.root), "--date", "1906-02-01"]) == 0
    manifest = verify(paths.releases_dir(small.root) / candidate_id(small.root))
    assert (manifest.previous, manifest.published, manifest.note) == (first, "1906-02-01", "")
    assert current_id(small.root) == first


def test_an_earlier_date_than_the_one_in_use_is_refused(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(small) == publish(small) == 0
    assert main(["build", "--data", str(small.root), "--date", "1905-12-30"]) == 1
    assert "ligger før forrige udgave" in capsys.readouterr().out
    assert not paths.candidate_file(small.root).exists()


def test_beginning_a_release_keeps_what_else_stands_in_the_file(small: SmallData) -> None:
    assert build(small) == publish(small) == 0
    text = (
        "# først\r\nprevious = ''  # her\r\n\r\npublished='1905-12-31'\r\nnote = 'Prøveudgave.'\r\n"
    )
    small.write("publication.toml", text)
    assert main(["build", "--data", str(small.root), "--date", "1906-02-01"]) == 0
    written = (small.root / "publication.toml").read_bytes().decode()
    assert written == (
        f'# først\r\nprevious = "{current_id(small.root)}"\r\n\r\npublished = "1906-02-01"\r\nnote = ""\r\n'
    )


def test_a_note_over_several_lines_is_left_to_people(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(small) == publish(small) == 0
    small.change("publication.toml", '"Prøveudgave."', '"""\nPrøve\nudgave."""')
    before = (small.root / "publication.toml").read_bytes()
    assert main(["build", "--data", str(small.root), "--date", "1906-02-01"]) == 1
    assert "skriv selv published = " in capsys.readouterr().err
    assert (small.root / "publication.toml").read_bytes() == before


def test_the_id_is_the_date_and_the_hash_of_the_manifest(small: SmallData) -> None:
    assert build(small) == 0
    folder = paths.releases_dir(small.root) / candidate_id(small.root)
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    for entry in manifest["files"]:
        assert sha256_of(folder / entry["name"]) == entry["sha256"]
    assert folder.name == release_id("1905-12-31", folder.name[-8:])


def test_faulty_data_are_not_published(small: SmallData) -> None:
    assert build(small) == 0
    before = snapshot(small.root)
    small.change("figures/proeve.csv", "200,præcis,200", "201,præcis,200")
    assert build(small) == 1
    assert snapshot(small.root) == before


def test_rows_are_sorted_whatever_the_files_say(small: SmallData) -> None:
    import polars as pl

    assert build(small) == 0
    folder = paths.releases_dir(small.root) / candidate_id(small.root)
    figures = pl.read_parquet(folder / "figures.parquet")
    order = ["indicator", "area", "group", "period_start", "period_end", "figure"]
    assert figures.equals(figures.sort(order))


def test_a_table_that_breaks_the_contract_is_not_published(
    small: SmallData, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build(small) == 0
    before = snapshot(small.root)
    checked = check(small.root)
    checked.figures["antal-1901"] = replace(checked.figures["antal-1901"], area="hele landet")
    monkeypatch.setattr("etl.commands.check.read_and_check", lambda root: checked)
    assert build(small) == 1
    message = capsys.readouterr().err
    assert "tabellen figures bryder kontrakten" in message
    assert "area" in message
    assert snapshot(small.root) == before
