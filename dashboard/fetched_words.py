"""What is said of fetched series: their names in lists, the notes under their charts, and which there are. Pure."""

from collections.abc import Sequence
from itertools import groupby

from contract import danish
from contract.hidden import HIDDEN
from dashboard import parts
from dashboard.fetched import Outline
from dashboard.read import Figure, Indicator, Release
from dashboard.text import escape

SERVICES = {"statbank": "StatBank", "jobindsats": "Jobindsats"}
_OFTEN = {"måned": "hver måned", "kvartal": "hvert kvartal", "år": "hvert år"}
NONE = (
    '<p class="note hentede">Der er ikke hentet serier fra statistikbankerne. Månedlige og kvartalsvise tal for '
    "København findes i StatBank (Danmarks Statistik) og Jobindsats. Den, der passer data, henter dem med "
    "<code>python -m etl fetch statbank</code> eller <code>python -m etl fetch jobindsats</code>.</p>"
)
"""Where the series could come from, when a release has none."""


def service(outline: Outline) -> str:
    """`StatBank` or `Jobindsats`: where a series, or what it is computed from, was fetched."""
    return SERVICES.get(outline.service, outline.service)


def label(release: Release, indicator: Indicator) -> str:
    """An indicator's name among others: a fetched one says first from where it is."""
    outline = release.fetched.outlines.get(indicator.id)
    if outline is None:
        return indicator.title
    return f"{'Beregnet' if outline.derived_from else service(outline)}: {indicator.title}"


def notes(
    release: Release, indicators: Sequence[Indicator], unknown: Sequence[Figure]
) -> list[str]:
    """The lines under a chart of fetched series: when fetched, where it breaks, what is left out and why."""
    found = [release.fetched.outlines[i.id] for i in indicators if i.id in release.fetched]
    said = [
        f"Hentet fra {service(o)} {danish.day(o.fetched)}, tabel {o.table}." if not o.derived_from
        else f"Beregnet af Indblik: {o.formula}. Hentet fra {service(o)} {danish.day(o.fetched)}, {_tables(release, o)}."
        for o in found
    ]  # fmt: skip
    own = {o.indicator for o in found}
    said += [
        f"Databrud, {danish.period(b.period)}: {b.text}"
        for b in release.breaks
        if own & set(b.indicators)
    ]
    hidden = sum(f.note.startswith(HIDDEN) for f in unknown)
    if hidden:
        said.append(f"{_count(hidden)} er {HIDDEN}. Linjen er brudt der.")
    if rest := len(unknown) - hidden:
        said.append(f"{_count(rest)} er ikke oplyst i svaret fra tjenesten. Linjen er brudt der.")
    return list(dict.fromkeys(said))


def _tables(release: Release, computed: Outline) -> str:
    """`tabel AUK01`, or several: where the parts of a computed series were fetched."""
    held = release.fetched.outlines
    names = list(dict.fromkeys(held[i].table for i in computed.derived_from if i in held))
    return f"{'tabel' if len(names) == 1 else 'tabellerne'} {danish.listing(names)}"


def listing(release: Release) -> str:
    """Every fetched series under its service, with a link to see it; where to get some if there are none."""
    found = sorted(
        release.fetched.outlines.values(),
        key=lambda o: (_rank(o), danish.sort_key(release.indicators[o.indicator].title)),
    )
    if not found:
        return NONE
    sections = "".join(
        parts.table(
            f"{name}: {_series(len(rows))}",
            ["Serie", "Tælles", "Perioder", "Områder", "Tal", "Hentet"],
            [_row(release, outline) for outline in rows],
            numeric=[3, 4],
        )
        for name, rows in ((n, list(g)) for n, g in groupby(found, key=service))
    )
    return (
        '<section class="hentede" id="hentede"><h2>Hentede serier</h2><p class="note">Tal, som Indblik har hentet fra '
        "statistikbankerne. De står for sig: de sættes ikke på linje med tallene fra dokumenterne.</p>"
        f"{sections}</section>"
    )


def _rank(outline: Outline) -> int:
    return list(SERVICES).index(outline.service) if outline.service in SERVICES else len(SERVICES)


def _row(release: Release, outline: Outline) -> list[str]:
    title = escape(release.indicators[outline.indicator].title)
    first, last = danish.period(outline.periods[0]), danish.period(outline.periods[-1])
    hidden = (
        f' <span class="note">({danish.number(outline.hidden)} skjult)</span>'
        if outline.hidden
        else ""
    )
    return [
        f'<a href="/udforsk?i={escape(outline.indicator)}">{title}</a>', escape(_often(outline)),
        escape(f"{first}–{last}" if first != last else first), danish.number(len(outline.areas)),
        danish.number(outline.rows) + hidden, danish.day(outline.fetched),
    ]  # fmt: skip


def _often(outline: Outline) -> str:
    return _OFTEN.get(outline.frequency, outline.frequency)


def _count(count: int) -> str:
    return f"{danish.number(count)} tal"


def _series(count: int) -> str:
    return f"{danish.number(count)} {'serie' if count == 1 else 'serier'}"
