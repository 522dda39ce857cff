"""The plan as one HTML page without scripts: to read, to print, and to send to those who must agree."""

from collections.abc import Iterable, Sequence
from html import escape

from contract import danish
from etl.plan import words
from etl.plan.entries import NAMES
from etl.plan.plan import Plan

MOST = 5_000
"""Rows of one table."""
_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 2rem; }
th, td { text-align: left; vertical-align: top; padding: .375rem .75rem .375rem 0; border-bottom: 1px solid; }
.bred { overflow-x: auto; }
td { overflow-wrap: break-word; hyphens: auto; min-width: 6rem; }
"""


def html(plan: Plan) -> str:
    """The page."""
    body = "".join(_sections(plan)) if plan.before and not plan.nothing else ""
    said = [f"I brug nu: {plan.before}", words.summary(plan)] if body else words.lines(plan)
    lead = "".join(f"<p>{escape(line)}</p>" for line in said)
    return (
        '<!DOCTYPE html>\n<html lang="da">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Udskiftningsplan · Indblik</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<h1>Udskiftningsplan</h1>\n{lead}\n{body}</body>\n</html>\n"
    )


def _sections(plan: Plan) -> Iterable[str]:
    jumps = [(words.place(c), c.old, c.new, words.jump(c).rpartition(": ")[2]) for c in plan.jumps]
    yield _table(
        "Store ændringer: se efter, at de er rigtige", ["Tal", "Før", "Nu", "Hvor meget"], jumps
    )
    changed = [
        (words.place(c), c.old, c.new, "beregnet" if c.computed else "") for c in plan.of("ændret")
    ]
    yield _table("Tal, der ændres", ["Tal", "Før", "Nu", "Bemærkning"], changed)
    yield _table(
        "Tal, der tilføjes", ["Tal", "Nu"], [(words.place(c), c.new) for c in plan.of("tilføjet")]
    )
    yield _table(
        "Tal, der udgår", ["Tal", "Før"], [(words.place(c), c.old) for c in plan.of("udgået")]
    )
    explained = [(words.place(c), c.new, ", ".join(c.fields)) for c in plan.of("forklaring")]
    yield _table("Tal med en anden forklaring", ["Tal", "Værdi", "Ændret"], explained)
    series = [tuple(words.series(one).split(": ", 1)) for one in plan.fetched]
    yield _table("Hentede serier", ["Serie", "Hvad der ændres"], series)
    moved = [(words.place(c), c.old, c.new or "udgår") for c in words.fetched(plan)]
    yield _table("Hentede tal, der ændres mest", ["Tal", "Før", "Nu"], moved)
    entries = [
        (f"{NAMES[e.table]}: {e.id}", key, old, new)
        for e in plan.entries
        for key, old, new in e.fields or [(e.what, "", e.title)]
    ]
    yield _table("Tekster og definitioner", ["Post", "Felt", "Før", "Nu"], entries)
    touched = [
        (NAMES[t.table], t.title or t.id, t.old or "uændret ordlyd", t.new) for t in plan.touched
    ]
    yield _table("Steder, der viser tal, som ændres", ["Hvad", "Titel", "Før", "Nu"], touched)
    links = [(effect.text, ", ".join(effect.ids)) for effect in plan.links]
    yield _table("Links, som nogen kan have delt", ["Hvad der sker", "Hvilke"], links)
    if plan.screens_unknown:
        yield f"<p>{words.SCREENS_UNKNOWN}</p>"


def _table(heading: str, columns: list[str], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in rows[:MOST]
    )
    left = len(rows) - MOST
    more = f"<p>… og {danish.number(left)} til.</p>" if left > 0 else ""
    count = danish.number(len(rows))
    return f'<h2>{heading} ({count})</h2>\n<div class="bred"><table>\n<tr>{head}</tr>\n{body}</table></div>{more}\n'
