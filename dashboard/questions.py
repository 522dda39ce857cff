"""Spørgsmål og svar: the questions of the release, their search and their cards as HTML. Pure."""

from collections.abc import Sequence
from urllib.parse import quote

from dashboard import parts, small
from dashboard.library import TOPICS
from dashboard.link import Choice
from dashboard.read import Question, Release
from dashboard.search import Entry, search
from dashboard.sitemap import by_path
from dashboard.text import escape, plain, sentence

PATH = "spoergsmaal"
NONE = "ingen"
HEADINGS = TOPICS | {"om-tallene": "Om tallene"}
MOST_RELATED = 3


def choices(release: Release) -> list[Choice]:
    """The chosen question, none by default."""
    options = {NONE: "Intet valgt"} | {q.id: plain(release, q.question) for q in release.questions}
    return [Choice("q", "Spørgsmål", options, (NONE,))]


def chosen(release: Release, question_id: str) -> Question | None:
    """The question with an id, or None."""
    return next((q for q in release.questions if q.id == question_id), None)


def found(release: Release, query: str) -> list[Question]:
    """The questions that answer to the words typed, best first; all of them without words."""
    order = search([_entry(release, q) for q in release.questions], query)
    by_id = {q.id: q for q in release.questions}
    return [by_id[question_id] for question_id in order]


def _entry(release: Release, q: Question) -> Entry:
    labels = " ".join(bar["label"] for bar in q.picture)
    figures = " ".join(release.figure(f).indicator.title for f in q.figures)
    texts = [
        (plain(release, q.question), 4.0), (" ".join(q.words), 3.5), (plain(release, q.answer), 2.0),
        (f"{labels} {HEADINGS[q.topic]}", 1.5), (figures, 1.0),
        (f"{plain(release, q.how)} {plain(release, q.unknown)}", 0.8),
    ]  # fmt: skip
    return Entry.of(q.id, texts)


def related(release: Release, q: Question) -> list[Question]:
    """At most three other questions: most figures in common first, then of the same topic, in file order."""

    def common(other: Question) -> tuple[int, bool]:
        return (len(set(other.figures) & set(q.figures)), other.topic == q.topic)

    others = [other for other in release.questions if other.id != q.id and any(common(other))]
    return sorted(others, key=common, reverse=True)[:MOST_RELATED]


def address(question_id: str) -> str:
    """The address of its own that every question has."""
    return f"/{PATH}?q={quote(question_id, safe='')}"


def answer(release: Release, q: Question) -> str:
    """The answer in full: sentence, figure, picture, how we know, what we do not know, where there is more."""
    figure = release.figure(q.figure) if q.figure else None
    picture = _picture(release, q)
    if figure:
        shown = parts.big_number(figure) + f'<p class="om-tallet">{escape(_counts(figure))}</p>'
    else:
        shown = "" if picture else f'<p class="svar-ukendt">{parts.UNKNOWN}</p>'
    page = by_path(q.page)
    more = f'<a href="/{escape(page.path)}">Mere på siden {escape(page.title)}</a>' if page else ""
    links = "".join(
        f'<li><a href="{address(o.id)}">{escape(plain(release, o.question))}</a></li>'
        for o in related(release, q)
    )
    drawn = [*([figure] if figure else []), *(release.figure(bar["figure"]) for bar in q.picture)]
    source = parts.source_line(drawn) if drawn else ""
    return (
        f'<div class="svar"><p class="svar-kort">{sentence(release, q.answer)}</p>'
        f'<div class="svar-spalter"><div>{shown}<div class="billede">{picture}</div>{source}</div>'
        f"<dl><div><dt>Sådan ved vi det</dt><dd>{sentence(release, q.how)}</dd></div>"
        f'<div class="ved-ikke"><dt>Det ved vi ikke</dt><dd>{sentence(release, q.unknown)}</dd></div></dl></div>'
        f'<p class="svar-videre">{more}<a href="{address(q.id)}">Link til dette svar</a></p>'
        + (
            f'<div class="svar-beslaegtet"><h4>Beslægtede spørgsmål</h4><ul>{links}</ul></div>'
            if links
            else ""
        )
        + "</div>"
    )


def _counts(figure: parts.Figure) -> str:
    """Unit, what is counted, area (unless the title says it) and period."""
    unit = "" if figure.with_unit == figure.text else f"{figure.indicator.unit}: "
    title, area = figure.indicator.title, figure.area_name
    named = title if area.lower() in title.lower() else f"{title}, {area}"
    return f"{unit}{named}, {figure.period_text}"


def _picture(release: Release, q: Question) -> str:
    """Bars; dots where all are shares in words; one row of dots for a single share without bars."""
    bars = [small.Bar(b["label"], release.figure(b["figure"]), b["colour"]) for b in q.picture]
    if bars and all(
        _dotted(b.figure) and not any(c.isdigit() for c in b.figure.as_written) for b in bars
    ):
        return "".join(
            f'<p class="etiket">{escape(b.label)}</p>{small.tenths(b.figure, b.colour)}'
            for b in bars
        )
    if bars:
        return small.bars(bars, bare=False)
    figure = release.figure(q.figure) if q.figure else None
    return (
        small.tenths(figure, "koebenhavn" if figure.area == "101" else "landet")
        if figure and _dotted(figure)
        else ""
    )


def _dotted(figure: parts.Figure) -> bool:
    return (
        figure.indicator.unit == "pct."
        and figure.value is not None
        and figure.indicator.measure == "andel"
    )


def folded_out(release: Release, q: Question, *, opened: bool = False) -> str:
    """A question that opens to its answer."""
    key = release.figure(q.figure).with_unit if q.figure else "" if q.picture else parts.UNKNOWN
    return (
        f'<details class="spoergsmaal" id="{escape(q.id)}"{" open" if opened else ""}><summary>'
        f'<h3>{escape(plain(release, q.question))}</h3><span class="spoergsmaal-tal">{escape(key)}</span></summary>'
        f"{answer(release, q)}</details>"
    )


def featured(release: Release, q: Question) -> str:
    """The question of the address, answered at the top of the page."""
    return f'<article class="spoergsmaal valgt"><h2>{escape(plain(release, q.question))}</h2>{answer(release, q)}</article>'


def by_topic(release: Release, questions: Sequence[Question]) -> str:
    """All questions under the headings of their topics, in the order the file brings them up."""
    html = ""
    for topic in dict.fromkeys(q.topic for q in questions):
        own = "".join(folded_out(release, q) for q in questions if q.topic == topic)
        html += (
            f'<section class="spoergsmaalsgruppe"><h2>{escape(HEADINGS[topic])}</h2>{own}</section>'
        )
    return html


def results(release: Release, questions: Sequence[Question], query: str) -> str:
    """What the search found, the best one opened; or what to try when nothing was found."""
    if not questions:
        return (
            f'<div class="tomt-valg"><p>Ingen spørgsmål passer til «{escape(query)}». Prøv et andet ord, fx ledig, pension eller model, '
            'eller <a href="/kilder">søg i alle tal</a>.</p></div>'
        )
    return (
        '<section class="spoergsmaalsgruppe"><h2>Fundet</h2>'
        + "".join(folded_out(release, q, opened=rank == 0) for rank, q in enumerate(questions))
        + "</section>"
    )
