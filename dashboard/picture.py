"""All that a chart on screen consists of, and the HTML around it. Pure; `figure` draws it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from contract import danish
from dashboard import parts
from dashboard.charts import Spec
from dashboard.read import Event, Figure, Release
from dashboard.text import escape, number, plain, sentence

_BESIDE_PLOT = 44
"""Margins and axis (px): what every chart has around its plot at least."""


class IncompleteFigure(ValueError):
    """A picture that lacks what every picture must have; the message names it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is needed to show a chart. Texts are story ids or templates.

    `finding` is the heading, `sub` says population, unit and method, `alt` states the finding for
    those who cannot see the chart. `figures` are the numbers shown: the source line, the table and
    the download are made of them. `notes` are short lines under the chart (keys, coverage).
    """

    key: str
    finding: str
    sub: str
    alt: str
    spec: Spec
    figures: Sequence[Figure]
    events: Sequence[Event] = ()
    notes: Sequence[str] = ()
    extra: str = ""
    computed: bool = False
    """The values drawn are computed here (index, per 10.000): a badge says so after `sub`."""
    table: str = field(default="")
    """HTML of the table, where the plain list of figures does not say it well."""


def check(picture: Picture) -> None:
    """Raises IncompleteFigure if alt text, unit, period, source or figures are missing."""
    if not picture.alt.strip():
        raise IncompleteFigure(f"{picture.key}: alternativ tekst mangler")
    if not picture.figures:
        raise IncompleteFigure(f"{picture.key}: der er ingen tal")
    for figure in picture.figures:
        for name, value in (
            ("enhed", figure.indicator.unit), ("periode", figure.period), ("kilde", figure.source.title),
            ("sted i kilden", figure.locator),
        ):  # fmt: skip
            if not value.strip():
                raise IncompleteFigure(f"{picture.key}: {figure.id} mangler {name}")


def below(release: Release, picture: Picture) -> str:
    """What stands under the chart: notes, numbered events, source line."""
    notes = "".join(f'<p class="note">{sentence(release, note)}</p>' for note in picture.notes)
    return f"{notes}{event_list(picture.events)}{parts.source_line(picture.figures, picture.extra)}"


def place_for(
    release: Release,
    picture: Picture,
    address: str,
    *,
    ahead: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """The place of the chart: what it shows in words, where it is drawn (`address`, without a width), and
    room for it until it is there. `ahead`: `view.one_click_away`, for the chart after a click (graf.js).
    """
    words = json.dumps(ahead, ensure_ascii=False, separators=(",", ":"))
    soon = f' data-forud="{escape(words)}"' if ahead else ""
    return (
        f'<div class="graf" role="img" aria-label="{escape(plain(release, picture.alt))}" '
        f'data-figur="{escape(picture.key)}" data-graf="{escape(address)}"{soon} '
        f'style="min-height:{picture.spec["height"] + _BESIDE_PLOT}px"></div>'
    )


def event_list(events: Sequence[Event]) -> str:
    """The events of the strip, numbered as there: date, own words, source."""
    if not events:
        return ""
    items = "".join(
        f'<li><span class="nr" aria-hidden="true">{i}</span><span><span class="dato">{escape(danish.period(e.date))}</span> '
        f'<a href="/beslutninger#h-{escape(e.id)}">{escape(e.title)}</a></span></li>'
        for i, e in enumerate(events, start=1)
    )
    return f'<ol class="haendelser" aria-label="Hændelser i perioden">{items}</ol>'


def _which(figure: Figure, area_too: bool) -> str:
    return ", ".join(
        filter(None, (figure.period_text, figure.area_name if area_too else "", figure.group))
    )


def about_figures(release: Release, figures: Sequence[Figure]) -> str:
    """Definition, population, caveats and sources of all that is shown, and the way to each talpas."""
    blocks: list[str] = []
    for indicator in {f.indicator.id: f.indicator for f in figures}.values():
        own = [f for f in figures if f.indicator.id == indicator.id]
        sources = {f.source.id: f.source for f in own}.values()
        breaks = [b for b in release.breaks if indicator.id in b.indicators]
        rows = [
            ("Tæller", escape(indicator.population)),
            ("Enhed", escape(indicator.unit)),
            ("Definition", escape(indicator.definition) or parts.UNKNOWN),
            ("Forbehold", escape(indicator.caveats) or "ingen nævnt"),
        ]
        if breaks:
            rows.append(
                (
                    "Databrud",
                    "<br>".join(
                        f"{escape(danish.period(b.period))}: {escape(b.text)}" for b in breaks
                    ),
                )
            )
        rows.append(("Kilde", "<br>".join(
            f"{parts.source_link(s)}, {escape(s.publisher)}, {escape(s.dated)} {parts.tier_badge(s)}"
            + (f" {escape(s.licence)}" if s.licence else "") for s in sources)))  # fmt: skip
        formulas = [f for f in own if f.kind == "beregnet"]
        if formulas:
            rows.append(
                ("Formel", "<br>".join(f"{number(f)}: {escape(f.note)}" for f in formulas[:12]))
            )
        listed = "".join(f"<div><dt>{label}</dt><dd>{html}</dd></div>" for label, html in rows)
        links = " · ".join(
            f"{number(f)} ({escape(_which(f, len({x.area for x in own}) > 1))})" for f in own[:40]
        )
        more = f" og {len(own) - 40} tal mere i tabellen" if len(own) > 40 else ""
        blocks.append(
            f'<section class="om-indikator"><h3>{escape(indicator.title)}</h3><dl>{listed}</dl>'
            f"<p>Talpas: {links}{more}</p></section>"
        )
    return "".join(blocks)
