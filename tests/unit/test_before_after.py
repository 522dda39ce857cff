"""Flere skal med: every point of the note stands in its field and column, on its source."""

from dashboard import before_after, read
from dashboard.topics import flere_skal_med


def test_every_point_stands_once() -> None:
    release = read.current()
    html = before_after.comparison(release)
    points = [p for p in release.points if p.kind in ("før", "indsats", "oplevelse")]
    assert points
    assert {p.field for p in points} == set(before_after.FIELDS)
    assert {p.source for p in points} == {before_after.SOURCE}
    assert html.count("<li>") == len(points)


def test_every_field_has_all_three_columns_filled() -> None:
    release = read.current()
    for field in before_after.FIELDS:
        for kind, _ in before_after.COLUMNS:
            assert before_after._points(release, kind, field), (field, kind)


def test_an_unknown_level_is_words_not_a_number() -> None:
    card = before_after.unknown_card("Sagsstamme", "kun i ord")
    assert "findes ikke i materialet" in card
    assert not any(c.isdigit() for c in card)


def test_the_chart_shows_both_shares_and_their_computed_difference() -> None:
    picture = flere_skal_med.activity(read.current())
    city, country, difference = picture.figures
    assert (city.area, country.area) == ("101", "000")
    assert difference.kind == "beregnet"
    assert difference.value == (country.value or 0) - (city.value or 0)


def test_what_only_the_press_says_is_marked_as_press() -> None:
    html = before_after.results(read.current())
    cards = html.split("<article")[1:]
    assert sum("presse" in card for card in cards) == 5
    assert sum("udvalgssag" in card for card in cards) == 1
