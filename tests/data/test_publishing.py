"""From candidate to public and one step back: what is refused, what is recorded. Made-up data only."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from contract import paths
from contract.journal import Event, JournalError, in_force, in_use, published, read_journal
from contract.release import candidate_id, current_id
from etl.__main__ import main
from tests.data.small import SmallData
from tests.publishing import NOTE, put_in_use


def run(small: SmallData, *command: str) -> int:
    """A command of the data keeper's."""
    return main([*command, "--data", str(small.root)])


def candidate(small: SmallData, value: int, date: str) -> str:
    """Change a figure and build a candidate after the one in use; its id."""
    text = (small.root / "figures/proeve.csv").read_text("utf-8")
    first = next(line for line in text.splitlines() if line.startswith("antal-1901,"))
    changed = f"antal-1901,proeve-antal,000,,1901,{value},præcis,{value},målt,proeve-a,side 1,"
    small.write("figures/proeve.csv", text.replace(first, changed))
    assert run(small, "build", "--date", date) == 0
    return candidate_id(small.root)


@pytest.fixture
def small(tmp_path: Path) -> SmallData:
    """Made-up data without the claim that would stop a changed figure."""
    made = SmallData(tmp_path / "data")
    made.change("story.toml", ', "[andel-1901] == 20"', "")
    return made


def test_a_build_changes_nothing_public(small: SmallData) -> None:
    first = put_in_use(small.root)
    second = candidate(small, 201, "1906-01-01")
    assert second != first
    assert current_id(small.root) == in_use(small.root) == first
    assert published(small.root) == (first,)


def test_a_publication_is_recorded_with_its_note(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    first = put_in_use(small.root)
    second = candidate(small, 201, "1906-01-01")
    assert run(small, "publish", "--note", "  Ét tal   er rettet. ") == 0
    assert f"udgivet: {second}. Før: {first}." in capsys.readouterr().out
    assert current_id(small.root) == second
    assert candidate_id(small.root) == ""
    assert published(small.root) == (second, first)
    assert read_journal(small.root) == (
        Event("udgivet", first, "", "1905-12-31", NOTE),
        Event("udgivet", second, first, "1906-01-01", "Ét tal er rettet."),
    )


def test_the_day_of_a_publication_can_be_another_than_the_datas(small: SmallData) -> None:
    assert run(small, "build") == 0
    assert run(small, "publish", "--note", NOTE, "--date", "1906-03-01") == 0
    assert read_journal(small.root)[0].date == "1906-03-01"
    assert current_id(small.root).startswith("1905-12-31-")


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ("", "skriv i mindst 10 tegn, hvad der er nyt"),
        ("  .  ok   . ", "skriv i mindst 10 tegn"),
        ("Rettet efter 010203-1234", "ligner et CPR-nummer"),
        ("Et tal er\u200brettet i dag", "usynligt tegn"),
    ],
)
@pytest.mark.parametrize("command", ["publish", "rollback"])
def test_a_note_must_say_something(
    small: SmallData, capsys: pytest.CaptureFixture[str], command: str, note: str, why: str
) -> None:
    put_in_use(small.root)
    candidate(small, 201, "1906-01-01")
    before = snapshot(small.root)
    assert run(small, command, "--note", note) == 1
    said = capsys.readouterr().err
    assert (
        why.replace("hvad der er nyt", "hvad der er nyt" if command == "publish" else "hvorfor")
        in said
    )
    assert "010203-1234" not in said
    assert snapshot(small.root) == before


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file that says what is public, or could be."""
    return {
        str(file.relative_to(root)): file.read_bytes()
        for file in root.rglob("*")
        if file.is_file() and file.suffix not in (".toml", ".csv")
    }


def test_without_a_candidate_nothing_is_published(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(small, "publish", "--note", NOTE) == 1
    assert "Kør «python -m etl build» først" in capsys.readouterr().err
    put_in_use(small.root)
    small.change("figures/proeve.csv", "200,præcis,200", "201,præcis,201")
    assert run(small, "publish", "--note", NOTE) == 1
    said = capsys.readouterr().err
    assert "der er ingen kandidat at udgive" in said
    assert said.endswith("og se på kandidaten igen. Intet er udgivet.\n")


def test_a_preview_needs_a_whole_candidate(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    put_in_use(small.root)
    assert run(small, "preview") == 1
    assert "Der er ingen kandidat at se" in capsys.readouterr().err
    folder = paths.releases_dir(small.root) / candidate(small, 201, "1906-01-01")
    (folder / "story.parquet").write_bytes(b"")
    assert run(small, "preview") == 1
    assert "Kandidaten er ikke hel" in capsys.readouterr().err


def test_a_preview_whose_port_is_taken_says_which_to_use(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    candidate(small, 201, "1906-01-01")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert run(small, "preview", "--port", str(port)) == 2
    said = capsys.readouterr().err
    assert f"Porten {port} er optaget" in said
    assert f"--port {port + 1}" in said


def test_another_python_than_the_projects_is_told_in_danish(small: SmallData) -> None:
    """`-I -S`: none of the installed packages is there."""
    start = f"import sys; sys.path.insert(0, {str(paths.REPO)!r}); import runpy; sys.argv = ['etl', 'check']"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"{start}; runpy.run_module('etl', run_name='__main__')"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("der mangler en pakke (")
    assert "Traceback" not in done.stderr


def test_a_candidate_that_is_not_what_the_inputs_give_is_refused(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    first = put_in_use(small.root)
    seen = candidate(small, 201, "1906-01-01")
    small.change("figures/proeve.csv", "201,præcis,201", "202,præcis,202")
    assert run(small, "publish", "--note", NOTE) == 1
    assert f"kandidaten {seen} svarer ikke til data" in capsys.readouterr().err
    assert current_id(small.root) == first


def test_faulty_inputs_are_not_published_though_the_candidate_was_whole(small: SmallData) -> None:
    first = put_in_use(small.root)
    candidate(small, 201, "1906-01-01")
    small.change("figures/proeve.csv", "201,præcis,201", "201,præcis,210")
    assert run(small, "publish", "--note", NOTE) == 1
    assert current_id(small.root) == first


def test_a_damaged_candidate_is_refused(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    first = put_in_use(small.root)
    second = candidate(small, 201, "1906-01-01")
    file = paths.releases_dir(small.root) / second / "story.parquet"
    file.write_bytes(file.read_bytes()[:-1])
    assert run(small, "publish", "--note", NOTE) == 1
    assert "er ændret, siden den blev bygget" in capsys.readouterr().err
    assert current_id(small.root) == first


def test_a_candidate_that_no_longer_follows_the_one_in_use_is_refused(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two people at work: the other has published meanwhile."""
    put_in_use(small.root)
    theirs = candidate(small, 201, "1906-01-01")
    text = (small.root / "publication.toml").read_text("utf-8")
    assert run(small, "publish", "--note", NOTE) == 0
    small.change("figures/proeve.csv", "201,præcis,201", "203,præcis,203")
    small.write("publication.toml", text)
    assert run(small, "build") == 1
    assert run(small, "publish", "--note", NOTE) == 1
    assert current_id(small.root) == theirs
    assert "--date" in capsys.readouterr().err


def test_publishing_what_is_in_use_changes_nothing(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    put_in_use(small.root)
    before = snapshot(small.root)
    assert run(small, "publish", "--note", NOTE) == 0
    assert "allerede i brug" in capsys.readouterr().out
    assert snapshot(small.root) == before


def test_a_candidate_replaces_the_one_before_and_leaves_what_is_public(small: SmallData) -> None:
    first = put_in_use(small.root)
    one = candidate(small, 201, "1906-01-01")
    other = candidate(small, 202, "1906-01-01")
    names = {folder.name for folder in paths.releases_dir(small.root).iterdir()}
    assert names == {first, other}
    assert one != other
    small.change("figures/proeve.csv", "202,præcis,202", "200,præcis,200")
    small.write(
        "publication.toml", 'published = "1905-12-31"\nnote = "Prøveudgave."\nprevious = ""\n'
    )
    assert run(small, "build") == 0, "back to what is in use"
    assert candidate_id(small.root) == ""
    assert {folder.name for folder in paths.releases_dir(small.root).iterdir()} == {first}


def test_each_step_back_goes_one_further(
    small: SmallData, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = [put_in_use(small.root)]
    for value, date in ((201, "1906-01-01"), (202, "1906-02-01")):
        ids.append(candidate(small, value, date))
        assert run(small, "publish", "--note", NOTE) == 0
    for left in (1, 0):
        assert run(small, "rollback", "--note", "Et tal var forkert.", "--date", "1906-03-01") == 0
        assert current_id(small.root) == ids[left]
        assert in_force(small.root)[-1] == Event(
            "fortrudt", ids[left], ids[left + 1], "1906-03-01", "Et tal var forkert."
        )
    capsys.readouterr()
    before = snapshot(small.root)
    assert run(small, "rollback", "--note", "Et tal var forkert.") == 1
    assert "har ingen udgave før sig" in capsys.readouterr().err
    assert snapshot(small.root) == before
    assert set(published(small.root)) == set(ids), "what was public can still be opened"


def test_what_was_undone_can_be_published_again(small: SmallData) -> None:
    first = put_in_use(small.root)
    second = candidate(small, 201, "1906-01-01")
    assert run(small, "publish", "--note", NOTE) == 0
    assert run(small, "rollback", "--note", "Et tal var forkert.") == 0
    assert run(small, "build") == 0
    assert candidate_id(small.root) == second
    assert run(small, "publish", "--note", "Tallet var rigtigt alligevel.") == 0
    assert current_id(small.root) == second
    assert run(small, "rollback", "--note", "Nej, det var forkert.") == 0
    assert current_id(small.root) == first


def test_a_step_back_to_a_damaged_release_is_refused(small: SmallData) -> None:
    first = put_in_use(small.root)
    second = candidate(small, 201, "1906-01-01")
    assert run(small, "publish", "--note", NOTE) == 0
    (paths.releases_dir(small.root) / first / "story.parquet").unlink()
    assert run(small, "rollback", "--note", "Et tal var forkert.") == 1
    assert current_id(small.root) == second


@pytest.mark.parametrize(
    "damage",
    [
        b"",  # nothing at all: then only CURRENT is public, and a step back has nowhere to go
        b"{",
        b"\xff\xfe\n",
        b'{"kind": "udgivet"}\n',
        b"[]\n",
        json.dumps(
            {
                "kind": "andet",
                "release": "1905-12-31-0a1b2c3d",
                "previous": "",
                "date": "1905-12-31",
                "note": "",
            }
        ).encode()
        + b"\n",
    ],
)
def test_a_faulty_journal_is_never_written_over(small: SmallData, damage: bytes) -> None:
    first = put_in_use(small.root)
    second = candidate(small, 201, "1906-01-01")
    journal = paths.journal_file(small.root)
    whole = journal.read_bytes()
    journal.write_bytes(damage)
    assert run(small, "rollback", "--note", "Et tal var forkert.") != 0
    if damage:
        with pytest.raises(JournalError):
            published(small.root)
    assert run(small, "publish", "--note", NOTE) == 2
    assert journal.read_bytes() == damage
    assert current_id(small.root) == first
    journal.write_bytes(whole)
    assert run(small, "publish", "--note", NOTE) == 0
    assert current_id(small.root) == second


def test_an_entry_whose_release_never_came_in_use_does_not_count(small: SmallData) -> None:
    """What a publication that is killed between its two steps leaves behind."""
    first = put_in_use(small.root)
    second = candidate(small, 201, "1906-01-01")
    cut_short = Event("udgivet", second, first, "1906-01-01", "Nåede ikke at ske.")
    with paths.journal_file(small.root).open("a", encoding="utf-8") as journal:
        journal.write(f"{cut_short.to_json()}\n")
    assert published(small.root) == (first,)
    assert run(small, "publish", "--note", "Nu er det udgivet.") == 0
    assert [event.note for event in read_journal(small.root)] == [NOTE, "Nu er det udgivet."]


@pytest.mark.parametrize("content", [None, b"", b"../../etc", b"\xff"])
def test_a_lost_pointer_is_put_right(small: SmallData, content: bytes | None) -> None:
    first = put_in_use(small.root)
    pointer = paths.current_file(small.root)
    pointer.unlink() if content is None else pointer.write_bytes(content)
    assert run(small, "build") == 0
    assert run(small, "publish", "--note", NOTE) == 0
    assert current_id(small.root) == first
    assert len(read_journal(small.root)) == 1
