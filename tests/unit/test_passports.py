"""The talpas: every row always there, for every figure of the release; unknown is said, never left out."""

import re
from dataclasses import replace

import pytest

from dashboard import read, talpas
from dashboard.parts import UNKNOWN
from dashboard.read import Release
from tests.screens import Document, visible
from tests.unit.made_up import SHARE, figure

ROWS = [
    "Kvalifikator",
    "Enhed",
    "Population",
    "Område",
    "Periode",
    "Definition",
    "Slags",
    "Som skrevet",
    "Dokument",
    "Sted",
    "Forbehold",
]


def rows(html: str) -> dict[str, str]:
    """Label → text of each row."""
    document = Document.of(html)
    labels, texts = document.named("dt"), document.named("dd")
    return {
        label.text: " ".join(text.text.split()) for label, text in zip(labels, texts, strict=True)
    }


def test_every_figure_of_the_release_has_a_whole_talpas() -> None:
    release = read.current()
    faults = []
    for one in release.figures():
        html = talpas.render(release, one.id)
        document, found = Document.of(html), rows(html)
        if document.faults:
            faults.append(f"{one.id}: {document.faults}")
        missing = [label for label in ROWS if not found.get(label)]
        if missing:
            faults.append(f"{one.id}: {missing}")
        if (one.kind == "beregnet") != ("Regnet af" in found):
            faults.append(f"{one.id}: kind {one.kind}, but «Regnet af» says otherwise")
        headings = [heading.text for heading in document.named("h3")]
        if headings[:2] != ["Andre om noget af det samme", "Siden sidste udgave"]:
            faults.append(f"{one.id}: {headings}")
        shown = visible(html)
        if re.search(r"\bNone\b|\bnan\b|[{}]", shown):
            faults.append(f"{one.id}: {shown}")
        if (
            one.parts[1] not in visible(html.partition("<dl>")[0]).replace(" ", " ")
            and " ".join(one.parts[1].split()) not in shown
        ):
            faults.append(f"{one.id}: its own number is not there")
    assert not faults, "\n".join(faults)


def test_what_is_not_known_reads_as_such(small_release: Release) -> None:
    found = rows(talpas.render(small_release, "antal-1902"))
    assert found["Definition"] == UNKNOWN
    assert found["Kvalifikator"] == "ingen; tallet står uden forbehold"
    assert found["Forbehold"] == "ingen nævnt"
    assert found["Som skrevet"] == "«1.000»"


def test_a_qualifier_is_explained(small_release: Release) -> None:
    html = talpas.render(small_release, "antal-1903")
    found = rows(html)
    assert found["Kvalifikator"].startswith("knap; lidt under tallet")
    assert found["Forbehold"] == "Prøvenote"
    assert '<span class="kvalifikator">knap</span> <b>3.900</b>' in html


def test_a_figure_without_a_value_says_so(small_release: Release) -> None:
    html = talpas.render(small_release, "antal-1904")
    assert "ikke oplyst" in visible(html)
    assert rows(html)["Forbehold"] == "Kilden oplyser det ikke"


def test_a_computed_figure_names_what_it_is_made_of_and_how(small_release: Release) -> None:
    found = rows(talpas.render(small_release, "andel-1901"))
    assert "200" in found["Regnet af"]
    assert "1.000" in found["Regnet af"]
    assert "÷" in found["Forbehold"], "the formula is shown"


def test_others_are_never_the_figure_itself_or_what_it_is_made_of() -> None:
    release = read.current()
    for one in release.figures():
        found = talpas.others(release, one)
        assert len(found) <= 4
        for other in found:
            assert other.id != one.id
            assert other.id not in one.derived_from
            assert one.id not in other.derived_from
            assert (
                other.indicator.unit == one.indicator.unit
                or other.indicator.id in one.indicator.comparable_with
            )


def test_an_unknown_figure_is_an_error(small_release: Release) -> None:
    with pytest.raises(KeyError):
        talpas.render(small_release, "findes-ikke")


def test_nothing_of_the_data_becomes_markup(small_release: Release) -> None:
    evil = '<img src=x onerror="alert(1)">'
    one = small_release.figure("antal-1902")
    bad = replace(
        one, group=evil, locator=evil, note=evil, as_written=f"1.000 {evil}",
        indicator=replace(one.indicator, title=evil, population=evil, definition=evil, caveats=evil),
        source=replace(one.source, title=evil, publisher=evil, url='https://example.org/"><script>'),
    )  # fmt: skip
    release = replace(
        small_release,
        _series={
            **small_release._series,
            one.indicator.id: {**small_release._series[one.indicator.id], one.id: bad},
        },
    )
    document = Document.of(talpas.render(release, one.id))
    assert not document.faults
    assert not document.named("img", "script")


def test_a_citation_stands_alone() -> None:
    text = talpas.citation(figure(53.5, indicator=SHARE, as_written="53,5 %"))
    assert text == (
        "53,5 pct. (Prøveandel, Hele landet, 1901). Kilde: Prøveudgiver: Prøvekilde (11.02.1909), prøveside 1."
    )
