"""The texts of events, decisions and points, in which the numbers that are their own figures open their talpas.

The texts are cited material and stand in the data without placeholders; the entry names its figures.
Pure.
"""

import re
from collections.abc import Iterable

from dashboard.read import Figure, Release
from dashboard.text import escape, number

_SPACE = "\N{NO-BREAK SPACE}"


def linked(release: Release, text: str, figure_ids: Iterable[str]) -> str:
    """The text as HTML; each figure written in it, with its qualifier and with or without its short unit,
    becomes a link. Numbers that are no figure of the entry (dates, names of appendices) stay as they are.
    """
    known = _forms(release.figure(i) for i in figure_ids)
    if not known:
        return escape(text, quote=False)
    # a form begins and ends as a number of its own: the 2 of «24.10.2022» or «12» is not the figure 2
    longest_first = "|".join(re.escape(form) for form in sorted(known, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w.,])(?:{longest_first})(?!\w|[.,]\d)")
    html, position = "", 0
    for match in pattern.finditer(text):
        figure, bare = known[match[0]]
        html += escape(text[position : match.start()], quote=False)
        html += number(figure, bare=bare, first=match[0][0].isupper())
        position = match.end()
    return html + escape(text[position:], quote=False)


def _forms(figures: Iterable[Figure]) -> dict[str, tuple[Figure, bool]]:
    """How each figure may be written → (figure, whether its unit is left out). Figures in words are not
    looked for: «tre» in a sentence need not be the figure three.
    """
    found: dict[str, tuple[Figure, bool]] = {}
    for figure in figures:
        if not any(c.isdigit() for c in figure.text):
            continue
        full = figure.text.replace(_SPACE, " ")
        bare = full.removesuffix(figure.indicator.unit).rstrip()
        for form, is_bare in ((full, False), (bare, True)):
            for written in (form, form[0].upper() + form[1:]):
                found.setdefault(written, (figure, is_bare))
    return found
