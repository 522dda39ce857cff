"""The pieces of HTML that pages are made of: well-formed, escaped, and saying what they must."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import parts, small
from dashboard.read import Release
from tests.screens import Document, visible
from tests.unit.made_up import SHARE, SOURCE, figure, series

EVIL = '<img src=x onerror="alert(1)">&'


@given(st.text(max_size=80) | st.just(EVIL))
def test_text_never_becomes_markup(text: str) -> None:
    one = figure(1, locator=text, source__title=text, source__publisher=text)
    html = "".join(
        (
            parts.notice(text),
            parts.unknowns(text, [parts.Unknown(text, text)]),
            parts.page_head(text, text),
            parts.card_source(one),
            parts.source_line([one], text),
            parts.table(text, [text, text], [["a", "b"]]),
            parts.figure_table(text, [one]),
            small.bars([small.Bar(text, one)]),
            small.split(one, text, one, text, "fleksjob"),
            small.pairs([(text, one, one)], ("fleksjob", "andet")),
        )
    )
    document = Document.of(html)
    assert not document.faults
    assert not document.named("img", "script", "style", "iframe", "form")
    for element in document.elements:
        assert not any(name.startswith("on") for name in element.attributes)
        assert element.attributes.get("href", "/").startswith(("/", "https://example.org"))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "", "ftp://x", "//evil.example"]
)
def test_a_source_without_a_web_address_is_no_link(url: str) -> None:
    assert parts.source_link(figure(source__url=url).source) == "Prøvekilde"


def test_a_source_opens_beside_the_page() -> None:
    (link,) = Document.of(parts.source_link(SOURCE)).named("a")
    assert link.attributes == {
        "href": "https://example.org/proeve",
        "rel": "noopener external",
        "target": "_blank",
    }


@pytest.mark.parametrize("kind", ["målt", "beregnet", "skønnet", "mål", "forslag"])
def test_every_kind_has_its_badge_in_words(kind: str) -> None:
    badge = parts.kind_badge(kind)
    assert visible(badge) == kind
    assert ("afledt" in badge) == (kind != "målt")


def test_a_source_line_says_period_unit_source_and_tier() -> None:
    line = visible(parts.source_line(series(1, 2, 3)))
    for word in ("1901–1903", "personer", "Prøveudgiver", "Prøvekilde", "11.02.1909", "kommune"):
        assert word in line
    assert "beregnet" not in line
    assert "beregnet" in visible(parts.source_line([figure(1, kind="beregnet")]))


def test_a_table_is_a_table_for_those_who_hear_it() -> None:
    document = Document.of(
        parts.table("Prøver", ["År", "Tal"], [["1901", "5"], ["1902", "6"]], numeric=[1])
    )
    assert [e.text for e in document.named("caption")] == ["Prøver"]
    scopes = [e.attributes.get("scope") for e in document.named("th")]
    assert sorted(scopes) == ["col", "col", "row", "row"]
    cells = document.named("td")
    assert [c.attributes["data-label"] for c in cells] == ["Tal", "Tal"], (
        "what a row becomes on a phone"
    )
    assert all("tal-celle" in c.classes for c in cells)


def test_a_table_of_figures_links_every_number_and_names_what_differs() -> None:
    figures = [figure(5, "1901", group="unge"), figure(7, "1902", group="")]
    document = Document.of(parts.figure_table("Prøver", figures))
    assert [e.text for e in document.named("th") if e.attributes.get("scope") == "col"] == [
        "Periode",
        "Gruppe",
        "Tal",
        "Enhed",
        "Kilde",
    ]
    assert [e.text for e in document.named("a")] == ["5", "7"]
    two = [*figures, figure(9, "1901", area="851")]
    assert "Område" in visible(parts.figure_table("Prøver", two))


def test_a_card_links_its_number_and_says_where_it_stands(small_release: Release) -> None:
    one = small_release.figure("antal-1903")
    html = parts.answer_card(
        small_release, "{antal-1903} prøver", one, "opdigtede", "", more="/kilder"
    )
    document = Document.of(html)
    assert not document.faults
    assert document.named("h3")[0].text == "Knap 3.900 prøver"
    assert {"/tal/antal-1903", "/kilder"} == {e.attributes["href"] for e in document.named("a")}
    assert "side 2, linje 4" in visible(html)
    level = Document.of(parts.level_card(small_release, "Prøve", one, "{antal-1903} prøver"))
    assert not level.faults
    assert [e.attributes["aria-label"] for e in level.named("a") if e.text == "Talpas"] == [
        "Talpas for knap 3.900, Prøve"
    ]


# ---- small pictures ----


def widths(html: str, css: str) -> list[float]:
    """The drawn lengths, in per cent."""
    found = [e for e in Document.of(html).elements if css in e.classes]
    return [float(e.attributes["style"].partition(":")[2].strip("%; ")) for e in found]


@given(st.lists(st.floats(0.1, 1e6), min_size=1, max_size=8))
def test_small_bars_are_in_proportion_from_zero(values: list[float]) -> None:
    html = small.bars([small.Bar(f"nr. {n}", figure(value)) for n, value in enumerate(values)])
    assert widths(html, "stang") == pytest.approx(
        [100 * value / max(values) for value in values], rel=1e-3
    )


def test_an_approximate_small_bar_is_marked() -> None:
    assert "omtrent" in small.bars([small.Bar("a", figure(5, qualifier="ca", as_written="ca. 5"))])
    assert "omtrent" not in small.bars([small.Bar("a", figure(5))])


@pytest.mark.parametrize(("share", "full"), [(0, 0), (4, 0), (20, 2), (65.7, 7), (100, 10)])
def test_tenths_are_ten_dots(share: float, full: int) -> None:
    html = small.tenths(figure(share, indicator=SHARE, as_written=f"{share} %"), "koebenhavn")
    dots = [e for e in Document.of(html).elements if "prik" in e.classes]
    assert len(dots) == 10
    assert sum("fyldt" in dot.classes for dot in dots) == full


def test_the_last_dot_of_an_approximate_share_is_dashed() -> None:
    html = small.tenths(
        figure(20, indicator=SHARE, qualifier="knap", as_written="knap hver femte"), "koebenhavn"
    )
    dots = [e.classes for e in Document.of(html).elements if "prik" in e.classes]
    assert "fyldt" in dots[0]
    assert "omtrent" in dots[1]


def test_tenths_of_what_is_no_share_are_refused() -> None:
    with pytest.raises(ValueError, match="andel i pct"):
        small.tenths(figure(20), "koebenhavn")


def test_a_split_bar_is_in_proportion() -> None:
    assert widths(small.split(figure(30), "a", figure(10), "b", "koebenhavn"), "del") == [75, 25]
