"""Releases side by side: which there are, which one an address means, what changed, a figure's history.

The figures are made up: the years are 1901 to 1905.
"""

from pathlib import Path

import pytest

from contract import paths
from contract.release import current_id
from dashboard import read, releases, shell, shown
from dashboard.server import talpas as talpas_route
from dashboard.topics import nyt
from tests.data.small import SmallData
from tests.publishing import put_in_use

FILE = "figures/proeve.csv"
LEFT = (
    FILE,
    "antal-1904,proeve-antal,000,,1904,,præcis,ikke oplyst,målt,proeve-a,side 2,Kilden oplyser det ikke\n",
    "",
)
GONE = "1899-06-30-0123abcd"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallData:
    """A data root with one release of made-up figures."""
    made = SmallData(tmp_path / "data")
    monkeypatch.setenv("INDBLIK_DATA", str(made.root))
    put_in_use(made.root)
    return made


def publish(small: SmallData, date: str, *edits: tuple[str, str, str]) -> str:
    """A further release with edits (file, old, new); its id."""
    before = current_id()
    said = (small.root / "publication.toml").read_text("utf-8").splitlines()
    for name, value in (("published", date), ("previous", before)):
        small.change(
            "publication.toml",
            next(line for line in said if line.startswith(name)),
            f'{name} = "{value}"',
        )
    for file, old, new in edits:
        small.change(file, old, new)
    return put_in_use(small.root)


HIGHER = (FILE, '1902,19.5,præcis,"19,5 %"', '1902,19.8,præcis,"19,8 %"')
NEARLY = (FILE, "1903,3900,knap,knap 3.900", "1903,3800,knap,knap 3.800")


def test_an_address_may_name_a_release_in_full_or_in_short(small: SmallData) -> None:
    first = current_id()
    second = publish(small, "1906-03-01", HIGHER)
    assert releases.existing() == [second, first]
    for text in (first, releases.short(first)):
        assert releases.resolve(text) == first
        release, why = releases.opened(text)
        assert (release.id, why) == (first, "")


@pytest.mark.parametrize(
    "text",
    [
        "..",
        "../../etc",
        "0123abcd",
        "%2e%2e",
        "1905-12-31",
        "x" * 7000,
        "\x00",
        "１９０５",
        "CURRENT",
        ".",
    ],
)
def test_what_names_no_release_gives_the_one_in_use(small: SmallData, text: str) -> None:
    assert releases.resolve(text) is None
    release, why = releases.opened(text)
    assert release.id == current_id()
    assert why.startswith("den findes ikke; du ser den nærmeste")
    assert release.id in why


def test_an_empty_name_gives_the_one_in_use(small: SmallData) -> None:
    release, why = releases.opened("")
    assert release.id == current_id()
    assert why == "der stod ikke noget; du ser den nyeste"


def test_a_release_that_is_gone_gives_the_nearest_in_time(small: SmallData) -> None:
    first = current_id()
    second = publish(small, "1906-03-01", HIGHER)
    assert releases.nearest(GONE) == first
    assert releases.nearest("1907-01-01-0123abcd") == second
    assert releases.nearest("1906-02-28-0123abcd") == second
    assert releases.opened(GONE)[0].id == first


def test_a_release_that_cannot_be_read_gives_the_one_in_use(small: SmallData) -> None:
    first = current_id()
    second = publish(small, "1906-03-01", HIGHER)
    file = paths.releases_dir() / first / "figures.parquet"
    file.chmod(0o644)
    file.write_bytes(b"x")
    read._loaded.clear()
    release, why = releases.opened(first)
    assert release.id == second
    assert why == f"den kan ikke læses; du ser den nyeste, {second}"
    assert "kan ikke læses" in nyt.log()


def test_changes_name_what_came_went_and_moved(small: SmallData) -> None:
    first = current_id()
    added = (
        FILE,
        "andel-1902,",
        'andel-1905,proeve-andel,000,,1905,20,præcis,"20 %",målt,proeve-b,side 4,\nandel-1902,',
    )
    second = publish(small, "1906-03-01", HIGHER, NEARLY, added, LEFT)
    found = {change.figure.id: change.words for change in releases.changes(first, second)}
    assert found["andel-1902"] == "19,5\u00a0pct. → 19,8\u00a0pct."
    assert found["antal-1903"] == "knap 3.900 → knap 3.800"
    assert found["andel-1905"].startswith("nyt: 20")
    assert found["antal-1904"].startswith("udgået:")
    assert "to-1902" not in found
    assert releases.changes(second, second) == ()


def test_a_changed_word_is_a_change_too(small: SmallData) -> None:
    first = current_id()
    second = publish(small, "1906-03-01", (FILE, "side 3", "side 4"))
    assert {change.words for change in releases.changes(first, second)} == {
        "forklaringen er ændret"
    }


def test_only_the_figures_of_the_page_are_named(small: SmallData) -> None:
    first = current_id()
    second = publish(small, "1906-03-01", HIGHER, NEARLY)
    found = releases.changed_among(first, second, ["antal-1903", "to-1902"])
    assert [change.figure.id for change in found] == ["antal-1903"]


def test_the_notice_over_an_old_release(small: SmallData) -> None:
    first = current_id()
    second = publish(small, "1906-03-01", HIGHER, NEARLY)
    shown.begin()
    shown.note("andel-1902")
    shown.note("to-1902")
    said = shell.old_release("udforsk", {"d": [releases.short(first)], "i": ["proeve-antal"]})
    assert ".." not in said
    assert "1 af 2 tal på siden er ændret siden" in said
    assert "19,5\u00a0pct. → 19,8\u00a0pct." in said
    assert "3.800" not in said
    assert 'href="/udforsk?i=proeve-antal"' in said
    assert first in said
    shown.begin()
    shown.note("to-1902")
    assert "Ingen af tallene på siden er ændret siden" in shell.old_release("om", {"d": [first]})
    assert shell.old_release("om", {"d": [second]}) == ""
    assert shell.old_release("om", {}) == ""


def test_the_nearest_of_a_release_that_is_gone_has_the_notice_too(small: SmallData) -> None:
    first = current_id()
    publish(small, "1906-03-01", HIGHER)
    shown.begin()
    shown.note("andel-1902")
    said = shell.old_release("udforsk", {"d": [GONE]})
    assert first in said
    assert "19,5\u00a0pct. → 19,8\u00a0pct." in said


def test_a_figures_history_is_newest_first(small: SmallData) -> None:
    publish(small, "1906-03-01", HIGHER)
    publish(small, "1907-03-01", (FILE, '1902,19.8,præcis,"19,8 %"', '1902,20.5,præcis,"20,5 %"'))
    assert [figure.text for _, figure in releases.history("andel-1902")] == [
        "20,5\u00a0pct.",
        "19,8\u00a0pct.",
        "19,5\u00a0pct.",
    ]
    assert releases.history("findes-ikke") == []


def test_the_log_lists_every_release_newest_first(small: SmallData) -> None:
    first = current_id()
    second = publish(small, "1906-03-01", HIGHER)
    log = nyt.log()
    assert log.index(second) < log.index(first)
    assert "Første udgave" in log
    assert "19,8\u00a0pct." in log


def test_a_passport_can_be_of_any_release(small: SmallData) -> None:
    first = current_id()
    second = publish(small, "1906-03-01", HIGHER)
    old, status = talpas_route.respond("andel-1902", releases.short(first), True)
    assert status == 200
    assert 'data-citation="19,5 pct. (' in old
    assert "findes ikke længere" not in old
    assert "19,8\u00a0pct." in old, "the history names the newer figure"
    assert 'data-citation="19,8 pct. (' in talpas_route.respond("andel-1902", "", True)[0]
    assert second in talpas_route.respond("andel-1902", "99999999", True)[0]


def test_a_figure_that_has_left_is_shown_as_it_was(small: SmallData) -> None:
    first = current_id()
    publish(small, "1906-03-01", LEFT)
    html, status = talpas_route.respond("antal-1904", "", True)
    assert status == 200
    assert "Tallet er ikke i udgaven" in html
    assert first in html
    assert talpas_route.respond("findes-ikke", "", True)[1] == 404
