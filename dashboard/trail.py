"""Beslutningsspor: which events are shown, and the list of them with date, document and figures. Pure."""

from collections.abc import Sequence

from contract import danish
from dashboard import parts
from dashboard.library import TOPICS
from dashboard.link import Choice, Values
from dashboard.linked import linked
from dashboard.read import Event, Release, Source
from dashboard.text import escape, number

ALL = "alle"
BODIES = {
    "BIU": ("biu", "Beskæftigelses- og Integrationsudvalget (BIU)"),
    "SUD": ("sud", "Socialudvalget (SUD)"),
    "BR": ("br", "Borgerrepræsentationen (BR)"),
    "KK": ("kk", "Københavns Kommune i øvrigt"),
    "Folketing og ministerium": ("staten", "Folketing og ministerium"),
    "Danmarks Statistik": ("dst", "Danmarks Statistik"),
    "Andre": ("andre", "Andre"),
}
"""Body as the data name it → (id in an address, name in a list)."""
_SHORT = {"KK": "Kommunen", "Folketing og ministerium": "Ministerium og Folketing"}
KINDS = {
    "beslutning": "Beslutninger", "aftale": "Aftaler", "drøftelse": "Drøftelser", "afrapportering": "Afrapporteringer",
    "notat": "Notater", "oplysning": "Oplysninger", "lov": "Love", "budget": "Budget", "ordning": "Ordninger og forsøg",
}  # fmt: skip
_PRECISION = {
    "måned": "kun måneden er kendt",
    "år": "kun året er kendt",
    "ukendt": "datoen er ikke kendt",
}


def choices(release: Release) -> list[Choice]:
    """Body, theme and kind of event, all `alle` by default. Only what some event has is offered."""
    bodies = {
        slug: name
        for body, (slug, name) in BODIES.items()
        if any(e.body == body for e in release.events)
    }
    topics = {
        key: name for key, name in TOPICS.items() if any(e.theme == key for e in release.events)
    }
    kinds = {
        _slug(kind): name
        for kind, name in KINDS.items()
        if any(e.kind == kind for e in release.events)
    }
    return [
        Choice("org", "Hvem", {ALL: "Alle"} | bodies, (ALL,)),
        Choice("emne", "Emne", {ALL: "Alle emner"} | topics, (ALL,)),
        Choice("art", "Slags", {ALL: "Alle slags"} | kinds, (ALL,)),
    ]


def _slug(kind: str) -> str:
    return kind.replace("ø", "oe")


def selected(release: Release, values: Values) -> list[Event]:
    """The events that fit body, theme and kind, oldest first."""
    body, theme, kind = (values[key][0] for key in ("org", "emne", "art"))
    return [
        e
        for e in release.events
        if body in (ALL, BODIES[e.body][0])
        and theme in (ALL, e.theme)
        and kind in (ALL, _slug(e.kind))
    ]


def who(event: Event) -> str:
    """The body as it stands under an event."""
    return _SHORT.get(event.body, event.body)


def when(event: Event) -> str:
    """The date as precisely as it is known: `15.08.2017`, `november 2019`, `2018`."""
    return danish.period(event.date)


def document(release: Release, source_id: str, place: str) -> str:
    """The document as a link (its own address, else its entry among the sources), place and tier."""
    source: Source = release.sources[source_id]
    name = parts.short_source(source)
    link = (
        parts.source_link(source, name)
        if source.url.startswith("https://") or source.url.startswith("http://")
        else f'<a href="/kilder#kilde-{escape(source.id)}">{escape(name)}</a>'
    )
    return f'<p class="kildelinje">{link}, {escape(place)} {parts.tier_badge(source)}</p>'


def concerned(release: Release, figure_ids: Sequence[str], label: str = "Tal i sagen") -> str:
    """The figures an entry concerns: each number opens its talpas, with what it counts beside it."""
    if not figure_ids:
        return ""
    items = []
    for figure in map(release.figure, figure_ids):
        about = ", ".join(filter(None, [figure.indicator.title, figure.group, figure.period_text]))
        items.append(f"<li>{number(figure)} <span>{escape(about)}</span></li>")
    return f'<p class="etiket">{escape(label)}</p><ul class="spor-tal">{"".join(items)}</ul>'


def events(release: Release, shown: Sequence[Event]) -> str:
    """The events in two columns of years, each to be opened for text, document and figures."""
    columns = "".join(
        f"<div>{''.join(_year(release, *year) for year in column)}</div>"
        for column in columns_of(shown)
    )
    return f'<div class="spor-liste">{columns}</div>'


def columns_of(shown: Sequence[Event]) -> list[list[tuple[int, list[Event]]]]:
    """The events by year, in one or two columns of about the same length."""
    years: dict[int, list[Event]] = {}
    for event in shown:
        years.setdefault(event.date_start.year, []).append(event)
    if len(years) < 2:
        return [list(years.items())]
    listed = list(years.items())

    def unevenness(cut: int) -> int:
        return abs(
            sum(len(own) for _, own in listed[:cut]) - sum(len(own) for _, own in listed[cut:])
        )

    cut = min(range(1, len(listed)), key=unevenness)
    return [listed[:cut], listed[cut:]]


def _year(release: Release, year: int, own: Sequence[Event]) -> str:
    return f"<h3>{year}</h3><ol>{''.join(f'<li>{_event(release, e)}</li>' for e in own)}</ol>"


def _event(release: Release, event: Event) -> str:
    unsure = _PRECISION.get(event.precision)
    facts = " · ".join(filter(None, [who(event), event.kind, unsure]))
    text = f"<p>{linked(release, event.text, event.figures)}</p>" if event.text else ""
    return (
        f'<details class="spor-haendelse" id="h-{escape(event.id)}"><summary>'
        f'<span class="spor-maerke {"dag" if not unsure else "felt"}" aria-hidden="true"></span>'
        f'<span class="spor-dato">{escape(when(event))}</span>'
        f'<span><b>{escape(event.title)}</b> <span class="spor-hvem">{escape(facts)}</span></span></summary>'
        f'<div class="spor-krop">{text}{concerned(release, event.figures)}'
        f"{document(release, event.source, event.locator)}</div></details>"
    )
