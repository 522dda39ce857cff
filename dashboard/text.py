"""Sentences with figures in them, as HTML in which every number opens its talpas, or as plain text."""

import re
from html import escape
from urllib.parse import quote

from contract import danish, template
from dashboard import shown as shown_figures
from dashboard.read import Figure, Release

__all__ = ["escape", "number", "plain", "sentence", "talpas_address"]


def talpas_address(figure_id: str) -> str:
    """The address of a figure's talpas: `/tal/<figure-id>`."""
    return f"/tal/{quote(figure_id, safe='')}"


def number(figure: Figure, *, bare: bool = False, css: str = "tal", first: bool = False) -> str:
    """A figure as a link to its talpas: qualifier in normal weight, number in bold.

    `bare` leaves out a short unit such as pct. that the sentence says itself; `first` gives the
    capital letter of a sentence's first word.
    """
    shown_figures.note(figure.id)
    qualifier, shown = _words(figure, bare=bare, first=first)
    word = f'<span class="kvalifikator">{escape(qualifier)}</span> ' if qualifier else ""
    return f'<a class="{css}" href="{talpas_address(figure.id)}">{word}<b>{escape(shown)}</b></a>'


def sentence(release: Release, text: str) -> str:
    """A template (`contract.template`) as HTML: words escaped, figures as links.

    `text` may also be the id of a story text. Raises KeyError if a figure is not in the release.
    """
    return "".join(
        _kept_together(escape(part, quote=False))
        if isinstance(part, str)
        else number(part[0], bare=part[1], first=part[2])
        for part in _parts(release, text)
    )


def plain(release: Release, text: str) -> str:
    """The same sentence without markup, for alt texts, titles and mail."""
    shown = [
        part
        if isinstance(part, str)
        else " ".join(filter(None, _words(part[0], bare=part[1], first=part[2])))
        for part in _parts(release, text)
    ]
    return "".join(shown).replace(danish.NO_BREAK_SPACE, " ")


def _parts(release: Release, text: str) -> list[str | tuple[Figure, bool, bool]]:
    """Literals and (figure, bare, first in its sentence). A full stop that follows a unit with a full
    stop of its own (`88 pct.`) is left out.
    """
    parts: list[str | tuple[Figure, bool, bool]] = []
    ends_with_stop = False
    for part in template.parse(release.story.get(text, text)):
        if isinstance(part, str):
            literal = part.removeprefix(".") if ends_with_stop else part
            parts.append(literal)
            ends_with_stop = False
            continue
        figure, bare = release.figure(part.figure), part.form == "bar"
        before = parts[-1] if parts else ""
        first = before == "" or (isinstance(before, str) and before.rstrip().endswith((".", "?", "!", ":")) and before.endswith(" ")
                                 and not before.rstrip().endswith(("ca.", "kv.", "pct.", "nr.", "f.eks.", ":")))  # fmt: skip
        parts.append((figure, bare, first))
        ends_with_stop = _words(figure, bare=bare, first=first)[1].endswith(".")
    return parts


def _kept_together(text: str) -> str:
    """A quarter (`1. kv. 2017`) is not broken over two lines."""
    return re.sub(
        r"(\d\.) (kv\.) (\d)", rf"\1{danish.NO_BREAK_SPACE}\2{danish.NO_BREAK_SPACE}\3", text
    )


def _words(figure: Figure, *, bare: bool, first: bool) -> tuple[str, str]:
    qualifier, shown = figure.parts
    if bare and shown.endswith(figure.indicator.unit):
        shown = shown.removesuffix(figure.indicator.unit).rstrip()
    if first and qualifier:
        qualifier = qualifier[0].upper() + qualifier[1:]
    elif first:
        shown = shown[0].upper() + shown[1:]
    return qualifier, shown
