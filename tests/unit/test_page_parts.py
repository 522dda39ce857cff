"""The pages Udsatte voksne and Unge i risiko on the release in use: what they show adds up and is named."""

import re

import pytest

from dashboard import background, read
from dashboard.linked import linked
from dashboard.picture import check
from dashboard.read import Release
from dashboard.text import plain
from dashboard.topics import unge, voksne


@pytest.fixture(scope="module")
def release() -> Release:
    return read.current()


@pytest.mark.parametrize(
    "make", [voksne.status, voksne.jobparate, unge.fall, unge.caseload, unge.money]
)
def test_every_picture_has_what_a_picture_must_have(release: Release, make) -> None:
    picture = make(release)
    check(picture)
    for said in (picture.finding, picture.sub, picture.alt):
        assert said in release.story
        assert "{" not in plain(release, said)


def test_the_index_is_one_hundred_in_its_base_period(release: Release) -> None:
    tracks = background.index_tracks(
        release, "nettoledige-kontanthjaelp", voksne.AREAS, voksne.BASE
    )
    assert len(tracks) == len(voksne.AREAS)
    for track in tracks:
        (base,) = [m for m in track.marks if m.figure.period == voksne.BASE]
        assert base.text == "100"


def test_an_area_without_the_base_period_is_left_out(release: Release) -> None:
    assert background.index_tracks(release, "nettoledige-kontanthjaelp", ["101"], "1999K1") == []


def test_the_three_statements_stand_beside_each_other(release: Release) -> None:
    html = voksne.statements(release)
    assert html.count('class="niveau udsagn"') == 3
    assert html.count("periode stiplet") == 2


def test_the_two_price_levels_share_neither_chart_nor_table(release: Release) -> None:
    table, earlier = unge.earlier_money(release)
    proposed = unge.money(release)
    assert not {f.id for f in earlier} & {f.id for f in proposed.figures}
    assert "løbende p/l" in table
    assert "2023 p/l" not in table
    assert "2023 p/l" in proposed.table
    assert "løbende" not in proposed.table


def test_the_numbers_of_a_point_open_their_talpas(release: Release) -> None:
    aims = [p for p in release.points if p.kind == "målsætning" and p.figures]
    assert aims
    for aim in aims:
        html = linked(release, aim.text, aim.figures)
        assert all(f"/tal/{figure}" in html for figure in aim.figures)
        without = re.sub(r"<a .*?</a>", "", html)
        assert not re.search(r"\d", without.replace("model 1", ""))
