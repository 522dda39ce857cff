"""Begreber og kilder: the search among all figures, the glossary, the documents and the breaks. Pure."""

import io
import zipfile
from collections.abc import Sequence

from contract import danish, paths
from dashboard import parts
from dashboard.fetched_search import Found, Wanted
from dashboard.link import Choice
from dashboard.read import Figure, Release
from dashboard.search import folded
from dashboard.talpas import describe
from dashboard.text import escape, number

TOPICS = {
    "alle": "Alle emner", "fleksjob": "Fleksjob", "ressourceforloeb": "Ressourceforløb", "foertidspension": "Førtidspension",
    "udsatte-voksne": "Udsatte voksne", "unge": "Unge", "flere-skal-med": "Flere skal med", "oekonomi": "Økonomi",
    "beslutninger": "Beslutninger", "konjunktur": "Konjunktur", "befolkning": "Befolkning",
}  # fmt: skip
MOST_SHOWN = 20


def choices(release: Release) -> list[Choice]:
    """Topic and source, both `alle` by default."""
    sources = {"alle": "Alle kilder"} | {
        s.id: parts.short_source(s)
        for s in sorted(
            release.sources.values(), key=lambda s: danish.sort_key(parts.short_source(s))
        )
    }
    return [Choice("emne", "Emne", TOPICS, ("alle",)), Choice("kilde", "Kilde", sources, ("alle",))]


def search(release: Release, words: str, topic: str = "alle", source: str = "alle") -> Found:
    """Figures whose texts hold every word, by indicator and period. No words give all figures."""
    chosen = Wanted(
        topics=None if topic == "alle" else {topic},
        sources=None if source == "alle" else {source},
        words=words,
    )
    return Found(release, entered(release, words, topic, source), chosen)


def entered(
    release: Release, words: str, topic: str = "alle", source: str = "alle"
) -> list[Figure]:
    """As `search`, without the fetched series."""
    wanted = folded(words).split()
    return [
        f
        for f in release.figures()
        if topic in ("alle", f.indicator.topic)
        and source in ("alle", f.source.id)
        and all(w in text for text in [_haystack(f)] for w in wanted)
    ]


def _haystack(f: Figure) -> str:
    texts = (
        describe(f),
        f.text,
        f.as_written,
        f.indicator.population,
        f.source.title,
        f.source.publisher,
        f.kind,
        f.note,
        f.id,
    )
    return folded(" ".join(texts))


def results(found: Sequence[Figure]) -> str:
    """The found figures as a table, or what to do when there are none."""
    if not found:
        return '<div class="tomt-valg"><p>Ingen tal passer til søgningen. Prøv færre ord eller et andet emne.</p></div>'
    rows = [
        [number(f), escape(describe(f)), escape(f.indicator.unit), parts.kind_badge(f.kind),
         f"{escape(parts.short_source(f.source))} {parts.tier_badge(f.source)}"]
        for f in found[:MOST_SHOWN]
    ]  # fmt: skip
    rest = len(found) - MOST_SHOWN
    more = (
        f'<p class="note">{rest} tal mere. Skriv et ord eller vælg et emne for at se færre.</p>'
        if rest > 0
        else ""
    )
    caption = f"{danish.number(len(found))} tal" if len(found) != 1 else "1 tal"
    return parts.table(caption, ["Tal", "Hvad det tæller", "Enhed", "Slags", "Kilde"], rows) + more


def glossary(release: Release) -> str:
    """The words of the field in alphabetical order, with the place in the material where there is one."""
    items = []
    for term in release.glossary:
        also = f" ({escape(', '.join(term.also))})" if term.also else ""
        source = release.sources.get(term.source)
        place = (
            f' <span class="kildelinje">{escape(parts.short_source(source))}, {escape(term.locator)}</span>'
            if source
            else ""
        )
        items.append(
            f'<div id="ord-{escape(term.id)}"><dt>{escape(term.term)}{also}</dt><dd>{escape(term.text)}{place}</dd></div>'
        )
    return f'<section class="prosa"><h2>Begreber</h2><p class="note">Forklaringerne er vores egne.</p><dl class="ordliste">{"".join(items)}</dl></section>'


def documents(release: Release) -> str:
    """Every source: title, publisher, date, tier, licence, what it covers, how many figures come from it."""
    counts: dict[str, int] = {}
    for f in release.figures():
        counts[f.source.id] = counts.get(f.source.id, 0) + (f.kind != "beregnet")
    for series in release.fetched.outlines.values():
        counts[series.source] = counts.get(series.source, 0) + series.rows * (
            not series.derived_from
        )
    items = []
    order = {"udvalgssag": 0, "kommune": 1, "officiel statistik": 2, "ministerium": 3, "presse": 4}
    for s in sorted(
        release.sources.values(), key=lambda s: (order[s.kind], s.published or "9999", s.title)
    ):
        facts = [escape(s.publisher), escape(s.dated)]
        facts += [f"sag {escape(s.case_number)}"] if s.case_number else []
        facts += [escape(s.licence)] if s.licence else []
        facts += [f"{danish.number(counts.get(s.id, 0))} tal i Indblik"]
        notes = f'<p class="note">{escape(s.note)}</p>' if s.note else ""
        items.append(
            f'<article class="kildekort" id="kilde-{escape(s.id)}"><h3>{parts.source_link(s)} {parts.tier_badge(s)}</h3>'
            f"<p>{escape(s.covers)}</p>{notes}"
            f'<p class="kildelinje">{" · ".join(facts)}</p></article>'
        )
    return f"<section><h2>Dokumenter og kilder</h2>{''.join(items)}</section>"


def breaks(release: Release) -> str:
    """The breaks in series, and what they mean for reading the charts."""
    items = "".join(
        f"<li><b>{escape(danish.listing([release.indicators[i].title for i in b.indicators]))}, {escape(danish.period(b.period))}.</b> "
        f"{escape(b.text)}</li>"
        for b in release.breaks
    )
    return f'<section class="prosa"><h2>Databrud</h2><ul>{items}</ul></section>'


def parquet(release: Release) -> bytes:
    """The release's own files, unchanged, in a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted((paths.releases_dir() / release.id).iterdir()):
            archive.writestr(
                zipfile.ZipInfo(f"{release.id}/{file.name}", (2020, 1, 1, 0, 0, 0)),
                file.read_bytes(),
            )
    return out.getvalue()
