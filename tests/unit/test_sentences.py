"""Sentences built from figures: as HTML in which every number opens its talpas, and as plain text."""

import re

import pytest

from dashboard import read
from dashboard.read import Release
from dashboard.text import escape, number, plain, sentence, talpas_address
from tests.screens import Document, visible
from tests.unit.made_up import SHARE, figure


def test_a_number_is_a_link_to_its_talpas() -> None:
    document = Document.of(number(figure(3900, qualifier="knap", as_written="knap 3.900")))
    (link,) = document.named("a")
    assert link.attributes["href"] == "/tal/proeve-antal-000-1901"
    assert link.text == "knap 3.900"
    (bold,) = document.named("b")
    assert bold.text == "3.900", "the qualifier is not bold, and never left out"


def test_a_short_unit_follows_the_number_unless_the_sentence_says_it() -> None:
    share = figure(53.5, indicator=SHARE, as_written="53,5 %")
    assert visible(number(share)) == "53,5 pct."
    assert visible(number(share, bare=True)) == "53,5"
    assert visible(number(figure(53), bare=True)) == "53"


def test_a_number_in_words_stays_in_words() -> None:
    words = figure(20, indicator=SHARE, qualifier="knap", as_written="knap hver femte")
    assert visible(number(words)) == "knap hver femte"
    assert visible(number(words, first=True)) == "Knap hver femte"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Andelen var {andel-1902}.", "Andelen var 19,5 pct."),
        ("Andelen var {andel-1902}. Så faldt den.", "Andelen var 19,5 pct. Så faldt den."),
        ("Andelen var {andel-1902}, og", "Andelen var 19,5 pct., og"),
        ("Antallet var {antal-1902}.", "Antallet var 1.000."),
        ("{andel-1902|bar} procent.", "19,5 procent."),
        ("{antal-1903} prøver", "Knap 3.900 prøver"),
        ("Der var {antal-1903} prøver", "Der var knap 3.900 prøver"),
        ("Det var i 1902. {antal-1903} prøver.", "Det var i 1902. Knap 3.900 prøver."),
        ("Det var ca. {antal-1902}, nr. {antal-1901}", "Det var ca. 1.000, nr. 200"),
        ("Tal: {antal-1903}", "Tal: knap 3.900"),
        ("Ingen tal.", "Ingen tal."),
    ],
)
def test_full_stops_and_capitals(small_release: Release, text: str, shown: str) -> None:
    assert plain(small_release, text) == shown
    html = sentence(small_release, text)
    assert re.sub(r"<[^>]+>", "", html).replace("\N{NO-BREAK SPACE}", " ") == shown


def test_words_around_the_numbers_are_escaped(small_release: Release) -> None:
    html = sentence(small_release, "<b>Fedt</b> & {antal-1901} «prøver»")
    assert html.startswith("&lt;b&gt;Fedt&lt;/b&gt; &amp; ")
    assert [element.tag for element in Document.of(html).elements] == ["b", "a"], (
        "only the number's own markup"
    )


def test_a_story_is_named_by_its_id(small_release: Release) -> None:
    assert plain(small_release, "proeve-procent") == "Andelen var 19,5 pct."
    assert plain(small_release, "proeve-begyndelse").startswith(
        "Knap 3.900 prøver, og så knap 3.900"
    )


def test_a_figure_that_does_not_exist_is_an_error(small_release: Release) -> None:
    with pytest.raises(KeyError):
        sentence(small_release, "Der var {findes-ikke}")


def test_an_address_of_a_talpas_holds_nothing_but_the_id() -> None:
    assert talpas_address("a-1") == "/tal/a-1"
    assert talpas_address("a/../b?c#d") == "/tal/a%2F..%2Fb%3Fc%23d"


def test_every_story_of_the_release_reads_well() -> None:
    release = read.current()
    faults = []
    for name, text in release.story.items():
        shown = plain(release, text)
        html = sentence(release, text)
        if Document.of(html).faults:
            faults.append(f"{name}: {html}")
        for fault in (
            r"\.\.", r"\s[.,;:](?!\d)", r"  ", r"\bca\. ca\.", r"\bknap knap\b", r"[{}]",
            r"(?<=[a-zæøå]{4})\. [a-zæøå]",  # no capital after a full stop (short words are abbreviations)
        ):  # fmt: skip
            if found := re.search(fault, shown):
                faults.append(f"{name}: «{found[0]}» in «{shown}»")
    assert not faults, "\n".join(faults)


def test_everything_is_escaped() -> None:
    assert escape('<a href="x">&\'') == "&lt;a href=&quot;x&quot;&gt;&amp;&#x27;"
