"""Bestilt og leveret: who ordered what and when, the answer, the days between, and the status. Pure.

Nothing is guessed: an answer stands here only if a source of the project shows it.
"""

from collections.abc import Sequence

from contract import danish
from dashboard import parts
from dashboard.link import Choice, Values
from dashboard.linked import linked
from dashboard.read import Decision, Release
from dashboard.text import escape
from dashboard.trail import ALL, concerned, document

STATUSES = {
    "leveret": ("leveret", "Leveret", "Svaret står i en kilde i materialet."),
    "delvist": ("delvist", "Delvist", "Noget af svaret står der, eller svaret er kun omtalt."),
    "ikke fundet i materialet": (
        "ikke-fundet",
        "Ikke fundet",
        "Svaret står ikke i materialet. Det kan findes andre steder.",
    ),
}
"""Status as the data name it → (id in an address and in CSS, short name, what it means)."""
_NONE = '<span class="gaelder-ikke">–</span>'
_WORDS = (
    "ingen",
    "én",
    "to",
    "tre",
    "fire",
    "fem",
    "seks",
    "syv",
    "otte",
    "ni",
    "ti",
    "elleve",
    "tolv",
)


def choice(release: Release) -> Choice:
    """The status filter, with how many entries each has."""
    counts = count(release)
    options = {ALL: f"Alle {len(release.decisions)}"}
    options |= {slug: f"{name} {counts[status]}" for status, (slug, name, _) in STATUSES.items()}
    return Choice("status", "Status", options, (ALL,))


def count(release: Release) -> dict[str, int]:
    """How many entries have each status."""
    return {status: sum(d.status == status for d in release.decisions) for status in STATUSES}


def in_words(value: int) -> str:
    """Small counts as words, as in running Danish; from thirteen as digits."""
    return _WORDS[value] if 0 <= value < len(_WORDS) else danish.number(value)


def headline(release: Release) -> str:
    """How many of the entries have each status, as a sentence."""
    counts = count(release)
    whole, partly, missing = (counts[status] for status in STATUSES)
    return (
        f"Af {in_words(len(release.decisions))} bestillinger, tilsagn og forslag er {in_words(whole)} leveret og "
        f"{in_words(partly)} delvist leveret. Svaret på de øvrige {in_words(missing)} er ikke fundet i materialet."
    )


def selected(release: Release, values: Values) -> list[Decision]:
    """The entries with the chosen status, newest first."""
    wanted = values["status"][0]
    return [d for d in reversed(release.decisions) if wanted in (ALL, STATUSES[d.status][0])]


def status(name: str) -> str:
    """A status as shape and words."""
    css = STATUSES[name][0]
    return f'<span class="status {css}"><span class="status-tegn" aria-hidden="true"></span>{escape(name)}</span>'


def legend() -> str:
    """What each status means."""
    rows = "".join(
        f"<div><dt>{status(name)}</dt><dd>{escape(meaning)}</dd></div>"
        for name, (_, _, meaning) in STATUSES.items()
    )
    return f'<dl class="status-forklaring">{rows}</dl>'


def table(release: Release, shown: Sequence[Decision]) -> str:
    """The entries as a table; the wording, source and figures of each are folded away."""
    rows = [_row(release, decision) for decision in shown]
    columns = ["Dato", "Hvem", "Bestilling", "Svar", "Dage", "Status"]
    made = parts.table("Bestillinger, tilsagn og forslag, nyeste først", columns, rows, numeric=[4])
    return f'<div class="bestilt">{made}</div>'


def _row(release: Release, decision: Decision) -> list[str]:
    seen = ""
    if decision.event:
        seen = f'<p><a href="/beslutninger#h-{escape(decision.event)}">Se hændelsen på tidslinjen</a></p>'
    ordered = (
        f"<b>{escape(decision.title)}</b><details><summary>Ordlyd og kilde</summary>"
        f"<p>{linked(release, decision.text, decision.figures)}</p>{concerned(release, decision.figures)}"
        f"{document(release, decision.source, decision.locator)}{seen}</details>"
    )
    return [
        f'<span id="b-{escape(decision.id)}">{escape(danish.partial_date(decision.ordered))}</span>',
        escape(decision.ordered_by), ordered, _answer(release, decision), _days(decision), status(decision.status),
    ]  # fmt: skip


def _answer(release: Release, decision: Decision) -> str:
    if not decision.answer:
        return _NONE
    dated = (
        f'<p class="etiket">{escape(danish.period(decision.answered))}</p>'
        if decision.answered
        else ""
    )
    source = release.sources[decision.answer_source]
    return (
        f"{dated}<p>{linked(release, decision.answer, decision.figures)}</p>"
        f'<p class="kildelinje">{escape(parts.short_source(source))} {parts.tier_badge(source)}</p>'
    )


def _days(decision: Decision) -> str:
    """Days from order to answer; `ukendt` when a day is not known, `–` when there is no answer."""
    if decision.days is not None:
        return danish.number(decision.days)
    return '<span class="mangler">ukendt</span>' if decision.answer else _NONE
