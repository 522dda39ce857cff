"""A picture is refused when anything is missing that a reader must have; what stands around it is whole."""

from dataclasses import replace
from typing import Any

import pytest

from dashboard import picture
from dashboard.picture import IncompleteFigure, Picture
from dashboard.read import Release
from tests.screens import Document, visible
from tests.unit.made_up import event, figure, series

WHOLE = Picture(
    key="proeve",
    finding="Fund",
    sub="Under",
    alt="Kurven stiger.",
    spec={"layer": []},
    figures=series(1, 2),
)


def test_a_whole_picture_passes() -> None:
    picture.check(WHOLE)


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"alt": ""}, "alternativ tekst"),
        ({"alt": "  "}, "alternativ tekst"),
        ({"figures": []}, "ingen tal"),
        ({"figures": [figure(1, indicator__unit="")]}, "enhed"),
        ({"figures": [figure(1), figure(2, indicator__unit=" ")]}, "enhed"),
        ({"figures": [replace(figure(1), period="")]}, "periode"),
        ({"figures": [figure(1, source__title="")]}, "kilde"),
        ({"figures": [figure(1, locator="")]}, "sted i kilden"),
    ],
)
def test_a_picture_that_lacks_something_is_refused_by_name(
    changes: dict[str, Any], names: str
) -> None:
    with pytest.raises(IncompleteFigure, match=names):
        picture.check(replace(WHOLE, **changes))


def test_events_under_a_chart_are_numbered_as_in_it() -> None:
    html = picture.event_list([event("1901-05-02", "Første"), event("1903", "Anden")])
    document = Document.of(html)
    assert [e.text for e in document.elements if "nr" in e.classes] == ["1", "2"]
    assert "02.05.1901 Første" in visible(html)
    assert picture.event_list([]) == ""


def test_what_stands_about_the_figures_names_definition_caveats_and_breaks(
    small_release: Release,
) -> None:
    figures = small_release.series("proeve-antal")
    html = picture.about_figures(small_release, figures)
    document = Document.of(html)
    assert not document.faults
    labels = [e.text for e in document.named("dt")]
    assert labels[:4] == ["Tæller", "Enhed", "Definition", "Forbehold"]
    assert "Databrud" in labels
    assert "Formel" in labels, "one of them is computed"
    assert "findes ikke i materialet" in visible(html)
    links = {e.attributes["href"] for e in document.named("a")}
    assert {f"/tal/{one.id}" for one in figures} <= links
