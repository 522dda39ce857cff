"""What is set against what: the automatic rule on made-up data, and the cards of the release in use."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from dashboard import read, reconciliation
from dashboard.reconciliation import Item, Side
from dashboard.reconciliation_card import card, page, scale, span
from tests.data.small import SmallData
from tests.publishing import put_in_use

CSV = "figures/proeve.csv"
PLANTED = "modsat-1901,proeve-antal,000,,1901,{},præcis,{},målt,{},side 9,\n"


def built(small: SmallData, monkeypatch: pytest.MonkeyPatch) -> read.Release:
    """The made-up data as a release, loaded."""
    assert small.complaints() == []
    put_in_use(small.root)
    monkeypatch.setenv("INDBLIK_DATA", str(small.root))
    return read.current()


@pytest.fixture
def small(tmp_path: Path) -> SmallData:
    """Made-up data, without any real figure."""
    return SmallData(tmp_path / "data")


def plant(small: SmallData, value: str, source: str = "proeve-b") -> None:
    """Add a second figure for the place of `antal-1901`, which says 200."""
    text = (small.root / CSV).read_text()
    small.write(CSV, text + PLANTED.format(value, value, source))


def test_data_that_agree_give_no_disagreement(
    small: SmallData, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reconciliation.disagreements(built(small, monkeypatch)) == []


def test_a_contradicting_figure_appears_without_being_declared(
    small: SmallData, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(small, "230")
    release = built(small, monkeypatch)
    (group,) = reconciliation.disagreements(release)
    assert {f.id for f in group} == {"antal-1901", "modsat-1901"}
    item = next(i for i in reconciliation.items(release) if i.id.startswith("fundet-"))
    assert (item.section, item.gap, item.topic) == ("uenige", 30, "unge")
    html = card(release, item)
    assert "/tal/antal-1901" in html and "/tal/modsat-1901" in html
    assert "30 personer" in unescape(html).replace("\xa0", " ")
    assert item in reconciliation.items(release, topic="unge", section="uenige")
    assert item not in reconciliation.items(release, section="passer")


def test_the_same_value_from_two_sources_is_no_disagreement(
    small: SmallData, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(small, "200")
    assert reconciliation.disagreements(built(small, monkeypatch)) == []


def test_a_declared_disagreement_is_not_found_twice(
    small: SmallData, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(small, "230")
    small.change("relations.toml", 'left = "[andel-1901]"', 'left = "[antal-1901]"')
    small.change("relations.toml", 'right = "[andel-1902]"', 'right = "[modsat-1901]"')
    release = built(small, monkeypatch)
    assert reconciliation.disagreements(release) == []
    (item,) = reconciliation.items(release)
    assert (item.id, item.section) == ("proeve-afstemning", "uenige")


# ---- The release in use ----


@pytest.fixture(scope="module")
def release() -> read.Release:
    """The release in use."""
    return read.current()


@pytest.fixture(scope="module")
def items(release: read.Release) -> list[Item]:
    """Everything the page shows."""
    return reconciliation.items(release)


def text_of(html: str) -> str:
    """Markup off, spaces plain."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " "))


def test_every_relation_is_shown_once(release: read.Release, items: list[Item]) -> None:
    assert sorted(i.id for i in items if not i.id.startswith("fundet-")) == sorted(
        r.id for r in release.relations
    )
    assert len(items) == len({i.id for i in items})


def test_every_figure_of_a_side_is_a_link_to_its_talpas(
    release: read.Release, items: list[Item]
) -> None:
    for item in items:
        html = card(release, item)
        for side in item.sides:
            for figure in side.figures:
                assert f'href="/tal/{figure.id}"' in html, (item.id, figure.id)


def test_words_are_never_subtracted(release: read.Release, items: list[Item]) -> None:
    in_words = [item for item in items if item.in_words]
    assert in_words
    for item in in_words:
        shown = text_of(card(release, item))
        assert "Ikke regnet ud" in shown and "procentpoint" not in shown


def test_what_rounding_explains_and_leaves_is_the_gap(items: list[Item]) -> None:
    for item in items:
        if not item.in_words:
            assert 0 <= item.left_over <= item.gap + 1e-9
            assert (item.left_over == 0) == item.explained or item.id.startswith("fundet-")


def test_both_sides_lie_on_the_shared_scale(items: list[Item]) -> None:
    for item in items:
        first, last = scale(item)
        assert all(first <= side.low <= side.value <= side.high <= last for side in item.sides)
        assert first <= 0 or min(s.low for s in item.sides) > 0


@pytest.mark.parametrize(
    ("relation", "said"),
    [
        ("status-summer", ["88 pct.", "12 procentpoint", "84,5–91,5", "8,5 procentpoint"]),
        ("unge-i-dag", ["ca. 2.096", "knap 3.000", "904"]),
        ("unge-2017", ["ca. 2.556", "knap 3.000", "overlapper"]),
        ("voksne-2017-to-notater", ["ca. 13.333", "ca. 12.188"]),
        ("voksne-2017-sum", ["ca. 13.333", "ca. 12.300", "1.033"]),
        ("langvarige-grundlag", ["ca. 8.311", "knap 8.400", "overlapper"]),
        ("tilkendelser-halvaar-2017", ["207", "178", "29 tilkendelser"]),
        ("tilkendelser-4-kvartal-2017", ["453 − 280 = 173"]),
        ("pension-i-dag-mod-2021", ["ca. 65 pct.", "65,7 pct.", "0,7 procentpoint"]),
        ("bi07-pris-pr-medarbejder", ["ca. 0,34", "ca. 0,32"]),
        ("fleksjob-andel-faldt", ["4,9 pct.", "10,5 pct.", "64,0 pct.", "70,6 pct."]),
    ],
)
def test_the_known_cases_say_what_they_should(
    release: read.Release, items: list[Item], relation: str, said: list[str]
) -> None:
    shown = text_of(card(release, next(i for i in items if i.id == relation)))
    for part in said:
        assert part in shown, (part, shown)


def test_reasons_are_marked_as_ours_and_blame_nobody(
    release: read.Release, items: list[Item]
) -> None:
    for item in items:
        shown = text_of(card(release, item)).lower()
        assert "mulig forklaring" in shown and "vores egen" in shown
        assert not re.search(r"\b(forkert|løgn|snyd|sjusk|skjuler|misvisende)", shown)


def test_an_empty_choice_says_so(release: read.Release) -> None:
    assert "Ingen afstemninger" in page(release, [])


def test_intervals_are_written_with_the_decimals_they_need() -> None:
    def side(low: float, high: float) -> Side:
        return Side("", (), "1", low, low, high, "pct.", 0)

    assert span(side(84.5, 91.5), 1) == "84,5–91,5"
    assert span(side(100, 100), 1) == "100"
    assert span(side(7.2666, 7.2667), 2) == "7,27"


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    """Made-up releases are not kept in memory."""
    before = dict(read._loaded)
    yield
    read._loaded.clear()
    read._loaded.update(before)
