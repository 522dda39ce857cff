"""Sentences with figures in them, as HTML in which every number opens its talpas, or as plain text."""

from html import escape
from urllib.parse import quote

from contract import danish, template
from dashboard.read import Figure, Release

__all__ = ["escape", "number", "plain", "sentence", "talpas_address"]


def talpas_address(figure_id: str) -> str:
    """The address of a figure's talpas: `/tal/<figure-id>`."""
    return f"/tal/{quote(figure_id, safe='')}"


def number(figure: Figure, *, bare: bool = False, css: str = "tal") -> str:
    """A figure as a link to its talpas: qualifier in normal weight, number in bold.

    `bare` leaves out a short unit such as pct. that the sentence says itself.
    """
    qualifier, shown = figure.parts
    if bare and shown.endswith(figure.indicator.unit):
        shown = shown.removesuffix(figure.indicator.unit).rstrip()
    word = f'<span class="kvalifikator">{escape(qualifier)}</span> ' if qualifier else ""
    return (
        f'<a class="{css}" href="{talpas_address(figure.id)}">{word}<b>{escape(shown)}</b></a>'
    )


def sentence(release: Release, text: str) -> str:
    """A template (`contract.template`) as HTML: words escaped, figures as links.

    `text` may also be the id of a story text. Raises KeyError if a figure is not in the release.
    """
    parts = template.parse(release.story.get(text, text))
    return "".join(
        escape(part, quote=False)
        if isinstance(part, str)
        else number(release.figure(part.figure), bare=part.form == "bar")
        for part in parts
    )


def plain(release: Release, text: str) -> str:
    """The same sentence without markup, for alt texts, titles and mail."""
    shown: list[str] = []
    for part in template.parse(release.story.get(text, text)):
        if isinstance(part, str):
            shown.append(part)
            continue
        figure = release.figure(part.figure)
        unit = figure.indicator.unit
        whole = figure.text
        shown.append(whole.removesuffix(unit).rstrip() if part.form == "bar" else whole)
    return "".join(shown).replace(danish.NO_BREAK_SPACE, " ")
