"""The check before a meeting (forprøve): what a presenter should know of the screens before showing them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import parts, releases
from dashboard.read import Release
from dashboard.screens import Screen
from dashboard.text import escape

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know of a screen: its number, a heading and what it is about, as HTML."""

    number: int
    what: str
    html: str


def remarks(screens: Sequence[Screen], newest: Release) -> list[Remark]:
    """Changed since the sheet's release, contradicted by other figures, or from a source without a date."""
    found: list[Remark] = []
    for number, screen in enumerate(screens, start=1):
        ids = {f.id for f in (*screen.figures, *screen.large)}
        if screen.release.id != newest.id:
            changed = releases.changed_among(screen.release.id, newest.id, ids)
            if changed:
                words = "; ".join(escape(change.words) for change in changed[:_MOST_NAMED])
                more = (
                    f" og {len(changed) - _MOST_NAMED} tal mere"
                    if len(changed) > _MOST_NAMED
                    else ""
                )
                found.append(Remark(number, "Tallene er ændret siden", f"{words}{more}."))
        against = [r for r in newest.relations if ids & set(r.figures) and not r.explained]
        if against:
            named = "; ".join(f"«{escape(r.title)}»" for r in against[:_MOST_NAMED])
            found.append(
                Remark(
                    number,
                    "Andre tal siger noget andet",
                    f'{named}. <a href="/afstemning">Se forskellene</a>.',
                )
            )
        undated = list(
            dict.fromkeys(
                parts.short_source(f.source) for f in screen.figures if not f.source.published
            )
        )
        if undated:
            found.append(
                Remark(
                    number, "Kilden har ingen dato", f"{escape('; '.join(undated[:_MOST_NAMED]))}."
                )
            )
    return found
