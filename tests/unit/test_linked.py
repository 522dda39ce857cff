"""Numbers in cited texts: only those that are the entry's own figures become links, whole and once."""

import re
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from dashboard import read
from dashboard.linked import linked


@dataclass
class _Figures:
    """A release that holds made-up figures only."""

    texts: dict[str, tuple[str, str]] = field(default_factory=dict)

    def figure(self, name: str) -> SimpleNamespace:
        text, unit = self.texts[name]
        qualifier, _, rest = text.rpartition("|")
        parts = (qualifier, rest)
        return SimpleNamespace(
            id=name,
            text=" ".join(filter(None, parts)),
            parts=parts,
            indicator=SimpleNamespace(unit=unit),
        )


def _words(html: str) -> str:
    return re.sub(
        r"<a [^>]*/tal/([a-z0-9-]+)[^>]*>(.*?)</a>",
        lambda m: f"[{re.sub('<[^>]+>', '', m[2])}]",
        html,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("varer op til 13 uger.", "varer [op til 13 uger]."),
        ("Op til 13 uger varer det", "[Op til 13 uger] varer det"),
        ("af 13 uger", "af 13 uger"),  # without its qualifier it is not the figure
        ("med 6 stemmer mod 2, 06.12.2016", "med [6] stemmer mod [2], 06.12.2016"),
        ("bilag 26 og 6,5 og 2.600", "bilag 26 og 6,5 og 2.600"),
        ("hver 3. måned <nu>", "hver [3]. måned &lt;nu&gt;"),
        ("uden tal", "uden tal"),
    ],
)
def test_numbers_become_links(text: str, expected: str) -> None:
    figures = _Figures({
        "a": ("op til|13\N{NO-BREAK SPACE}uger", "uger"), "b": ("6", "stemmer"), "c": ("2", "stemmer"),
        "d": ("3\N{NO-BREAK SPACE}måneder", "måneder"), "e": ("tre uger", "uger"),
    })  # fmt: skip
    shown = _words(linked(figures, text, list(figures.texts)))  # type: ignore[arg-type]
    assert shown.replace("\N{NO-BREAK SPACE}", " ") == expected


def test_without_figures_the_text_is_only_escaped() -> None:
    assert linked(_Figures(), "6 < 7 & «8»", []) == "6 &lt; 7 &amp; «8»"  # type: ignore[arg-type]


def test_linking_changes_no_word_of_the_release() -> None:
    release = read.current()
    for entry in (*release.events, *release.decisions, *release.points):
        html = linked(release, entry.text, entry.figures)
        shown = re.sub(r"<[^>]+>", "", html).replace("\N{NO-BREAK SPACE}", " ")
        assert shown == entry.text.replace("&", "&amp;").replace("<", "&lt;").replace(
            ">", "&gt;"
        ), entry.id
