"""What was agreed, recommended, voted and said: principles, groups, recommendations, votes, statements. Pure."""

from collections.abc import Sequence

from contract import danish
from dashboard.decision_log import status
from dashboard.linked import linked
from dashboard.read import Figure, Point, Release
from dashboard.text import escape, number
from dashboard.trail import concerned, document


def points(release: Release, kind: str) -> list[Point]:
    """The points of a kind in the document's order."""
    return sorted(
        (p for p in release.points if p.kind == kind), key=lambda p: (p.date, p.number or 0)
    )


def principles(release: Release) -> str:
    """The five principles, numbered as in the agreement, and their source once."""
    own = points(release, "princip")
    items = "".join(
        f'<li><span class="nr" aria-hidden="true">{p.number}</span><div><h3>{escape(p.title)}</h3>'
        f"<p>{linked(release, p.text, p.figures)}</p></div></li>"
        for p in own
    )
    return f'<ol class="nummererede">{items}</ol>{document(release, own[0].source, own[0].locator)}'


def groups(release: Release) -> str:
    """The four groups with what each should have, and the targets as figures."""
    cards = "".join(
        f'<article class="niveau"><p class="etiket">Gruppe {p.number}</p><h3>{escape(p.title)}</h3>'
        f"<p>{linked(release, p.text, p.figures)}</p>{concerned(release, p.figures, 'Mål i tal')}</article>"
        for p in points(release, "gruppe")
    )
    own = points(release, "gruppe")[0]
    return f'<div class="grupper-4">{cards}</div>{document(release, own.source, own.locator.partition(",")[0])}'


def recommendations(release: Release) -> str:
    """The five recommendations, each with what the log shows came of it."""
    own = points(release, "anbefaling")
    items = "".join(
        f'<li><span class="nr" aria-hidden="true">{p.number}</span><div><h3>{escape(p.title)}</h3>'
        f"<p>{linked(release, p.text, p.figures)}</p>{concerned(release, p.figures)}{_followed(release, p)}</div></li>"
        for p in own
    )
    return f'<ol class="nummererede">{items}</ol>{document(release, own[0].source, "Taskforcens anbefalinger")}'


def _followed(release: Release, point: Point) -> str:
    """The entries of the log that come from the same place in the same document."""
    same = [
        d
        for d in release.decisions
        if d.source == point.source and d.locator.startswith(point.locator)
    ]
    items = "".join(
        f'<li>{status(d.status)} <a href="/beslutninger#b-{escape(d.id)}">{escape(d.title)}</a></li>'
        for d in same
    )
    return f'<ul class="fulgt">{items}</ul>' if items else ""


def minutes(release: Release) -> str:
    """Votes and party statements by meeting, in neutral words, with document and place."""
    entered = points(release, "afstemning") + points(release, "protokolbemærkning")
    meetings: dict[str, list[Point]] = {}
    for point in sorted(entered, key=lambda p: p.date):
        meetings.setdefault(point.source, []).append(point)
    return f'<div class="spor-ord">{"".join(_meeting(release, source, own) for source, own in meetings.items())}</div>'


def _meeting(release: Release, source: str, entered: Sequence[Point]) -> str:
    dated = danish.partial_date(release.sources[source].published)
    parts = "".join(
        _vote(release, p) if p.kind == "afstemning" else _statement(release, p) for p in entered
    )
    return (
        f'<section><h3>{escape(release.sources[source].title)}, {escape(dated)}</h3>{parts}'
        f"{document(release, source, 'Beslutning')}</section>"
    )  # fmt: skip


def _statement(release: Release, point: Point) -> str:
    return (
        f'<article class="bemaerkning"><h4>{escape(point.title)}</h4>'
        f'<p class="spor-hvem">{escape(danish.listing(point.parties))}</p>'
        f"<p>{linked(release, point.text, point.figures)}</p></article>"
    )


def _vote(release: Release, point: Point) -> str:
    counted = {f.group: f for f in map(release.figure, point.figures)}
    rows = "".join(
        _vote_row(label, value, counted[group], css)
        for label, value, group, css in (
            ("For", point.votes_for, "for", "fyldt"),
            ("Imod", point.votes_against, "imod", "tom"),
            ("Undlod", point.abstained, "undlod", "tom"),
        )
        if value is not None and group in counted
    )
    return (
        f'<article class="stemmekort"><h4>{escape(point.title)}</h4><dl>{rows}</dl>'
        f"<p>{linked(release, point.text, point.figures)}</p></article>"
    )


def _vote_row(label: str, value: int, figure: Figure, css: str) -> str:
    squares = f'<span class="stemme {css}"></span>' * value
    shown = f'<span class="stemmer" aria-hidden="true">{squares}</span> {number(figure)}'
    return f"<div><dt>{label}</dt><dd>{shown}</dd></div>"
