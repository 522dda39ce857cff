"""The plan as Danish text, for the terminal: what matters first, long lists cut with their number."""

from collections.abc import Iterable, Sequence

from contract import danish
from etl.plan.entries import NAMES
from etl.plan.fetched import SeriesChange
from etl.plan.figures import FigureChange
from etl.plan.plan import Plan

MOST = 40
"""Lines of one list in the terminal; the HTML page has them all, up to its own limit."""

SCREENS_UNKNOWN = "Det kunne ikke undersøges, hvad graferne i køreplanerne viser: se dem efter i forhåndsvisningen."


def lines(plan: Plan) -> list[str]:
    """The plan, line by line."""
    if not plan.before:
        return [f"Første udgave: {danish.number(plan.count)} tal. Der er intet at sammenligne med."]
    if plan.nothing:
        return [f"Ingen ændringer: data giver det samme som {plan.before}, der er i brug."]
    found = [f"Udskiftningsplan. I brug nu: {plan.before}", summary(plan)]
    for heading, said in sections(plan):
        found += ["", f"{heading} ({danish.number(len(said))})", *_cut(said)]
    return [*found, "", SCREENS_UNKNOWN] if plan.screens_unknown else found


def summary(plan: Plan) -> str:
    """One line: how many figures are added, gone, changed, and how many changes are large."""
    counts = [
        (len(plan.of("ændret")), "tal ændres", "tal ændres"),
        (len(plan.of("tilføjet")), "tal tilføjes", "tal tilføjes"),
        (len(plan.of("udgået")), "tal udgår", "tal udgår"),
        (len(plan.of("forklaring")), "tal får en anden forklaring", "tal får en anden forklaring"),
        (len(plan.fetched), "hentet serie ændres", "hentede serier ændres"),
        (len(plan.entries), "tekst eller definition ændres", "tekster og definitioner ændres"),
    ]
    told = danish.listing([_many(*one) for one in counts if one[0]])
    large = _many(len(plan.jumps), "ændring er stor", "ændringer er store")
    limit = danish.with_unit(round(plan.threshold * 100, 3), "pct.")
    return f"{told}. {large} (over {limit})."


def sections(plan: Plan) -> list[tuple[str, list[str]]]:
    """Headings with their lines; those without a line are left out."""
    found = [
        ("Store ændringer: se efter, at de er rigtige", [jump(change) for change in plan.jumps]),
        ("Tal, der ændres", [changed(c) for c in plan.of("ændret")]),
        ("Tal, der tilføjes", [f"{place(c)}: {c.new}" for c in plan.of("tilføjet")]),
        ("Tal, der udgår", [f"{place(c)}: {c.old}" for c in plan.of("udgået")]),
        (
            "Tal med en anden forklaring",
            [f"{place(c)}: {', '.join(c.fields)}" for c in plan.of("forklaring")],
        ),
        ("Hentede serier", [series(one) for one in plan.fetched]),
        ("Hentede tal, der ændres mest", [changed(c) for c in fetched(plan)]),
        ("Tekster og definitioner", list(_entries(plan))),
        ("Steder, der viser tal, som ændres", list(_touched(plan))),
        ("Links, som nogen kan have delt", [_link(e.text, e.ids) for e in plan.links]),
    ]
    return [(heading, said) for heading, said in found if said]


def fetched(plan: Plan) -> list[FigureChange]:
    """The figures of fetched series that are told of one by one, changed or gone."""
    return [c for one in plan.fetched for c in one.listed if c.what in ("ændret", "udgået")]


def series(change: SeriesChange) -> str:
    """A fetched series in numbers: what is added, changed, gone."""
    counts = [
        (change.added, "tal tilføjes", "tal tilføjes"),
        (change.changed, "tal ændres", "tal ændres"),
        (change.gone, "tal udgår", "tal udgår"),
        (change.explained, "tal får en anden forklaring", "tal får en anden forklaring"),
    ]
    return f"{change.title}: {danish.listing([_many(*one) for one in counts if one[0]])}"


def place(change: FigureChange) -> str:
    """Which figure: title, group, area, period."""
    return f"{change.title}, {change.where}"


def changed(change: FigureChange) -> str:
    """A figure's change: old → new, and whether it follows from others."""
    if change.old == change.new:
        return f"{place(change)}: {change.new}, men kilden skriver det anderledes"
    computed = " (beregnet)" if change.computed else ""
    return f"{place(change)}: {change.old} → {change.new or 'udgår'}{computed}"


def jump(change: FigureChange) -> str:
    """A large change: how far, and against what."""
    size = "fra nul" if change.jump == float("inf") else percent(change.jump or 0.0)
    if change.against:
        return f"{place(change)}: {change.new} er {size} fra {change.against}"
    return f"{changed(change)}: {size}"


def percent(share: float) -> str:
    """A share as people read it: 0.25 → `25 pct.`."""
    return danish.with_unit(round(share * 100), "pct.", 0)


def _entries(plan: Plan) -> Iterable[str]:
    for entry in plan.entries:
        head = f"{NAMES[entry.table]}: {entry.id}"
        if not entry.fields:
            yield f"{head} {entry.what}: {_short(entry.title)}"
        for key, old, new in entry.fields:
            yield f"{head}, {key}: «{_short(old)}» → «{_short(new)}»"


def _touched(plan: Plan) -> Iterable[str]:
    for one in plan.touched:
        reads = f": «{_short(one.old, 160)}» → «{_short(one.new, 160)}»" if one.new else ""
        yield f"{NAMES[one.table]}: {_short(one.title) or one.id}{reads}"


def _link(text: str, ids: Sequence[str]) -> str:
    named = ", ".join(ids[:6])
    return f"{text}: {named}" + (f" og {danish.number(len(ids) - 6)} til" if len(ids) > 6 else "")


def _many(count: int, one: str, more: str) -> str:
    return f"{danish.number(count)} {one if count == 1 else more}"


def _short(text: str, most: int = 100) -> str:
    flat = " ".join(text.split(" ")).replace("\n", " ")
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def _cut(said: Sequence[str]) -> list[str]:
    shown = [f"  {one}" for one in said[:MOST]]
    left = len(said) - MOST
    return (
        [*shown, f"  … og {danish.number(left)} til; se dem alle med --html"] if left > 0 else shown
    )
