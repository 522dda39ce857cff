"""Words around the caseload curve: where its numbers come from, what it takes for granted, how it fits. Pure."""

from contract import danish
from dashboard import parts
from dashboard.link import Choice, Number
from dashboard.read import Release
from dashboard.scenarios.caseload_choice import Result, choices
from dashboard.text import escape, number


def check_html(found: Result) -> str:
    """The curve held against each of the note's models: what it gives, what the note says, the gap."""
    rows = ""
    for key, money, said in (
        ("model-2", found.note.money_2, found.note.model_2),
        ("model-1", found.note.money_1, found.note.model_1),
    ):
        point = found.note.points()[key]
        gap = abs(round(found.curve.caseload(point.money), 1) - point.caseload)
        rows += (
            f"<p>Ved {number(money)} giver kurven <b>{danish.number(found.curve.caseload(point.money), 1)}</b>. "
            f"Notatet skriver {number(said)}. Forskellen er {danish.number(gap, 1)}.</p>"
        )
    if found.own_price:
        through = f"Kurven er lagt gennem {number(found.note.without)} med din pris."
    else:
        model = found.note.model_1 if found.anchor == "model-1" else found.note.model_2
        through = f"Kurven er lagt gennem {number(found.note.without)} og {number(model)}."
    return f'<div class="proeve"><h3>Prøve mod kilden</h3><p>{through}</p>{rows}</div>'


def assumed(release: Release, found: Result) -> list[tuple[Choice, Number, str]]:
    """The two assumptions that can be changed: choice, field for an own number, where it comes from."""
    by_key = {choice.key: choice for choice in choices(release)}
    rows: list[tuple[Choice, Number, str]] = []
    for key, own, html in (("unge", "n", people_html(found)), ("pris", "c", price_html(found))):
        choice, number_choice = by_key[key], by_key[own]
        if isinstance(choice, Choice) and isinstance(number_choice, Number):
            rows.append((choice, number_choice, html))
    return rows


def caveat() -> str:
    """What the curve does not say."""
    return parts.notice(
        "Kurven siger noget om sagstal, ikke om resultater.",
        "Materialet har ingen tal for, hvor mange flere der kommer i job ved et lavere sagstal.",
    )


def people_html(found: Result) -> str:
    """Where the number of young people comes from."""
    if found.own_people:
        return f'<p class="ophav">{parts.ASSUMPTION}</p>'
    figure = (
        found.note.people if found.people == found.note.people.value else found.note.people_computed
    )
    return (
        f'<p class="ophav">Fra kilden: {number(figure)} {escape(figure.indicator.unit)} '
        f"{parts.kind_badge(figure.kind)}</p>"
    )


def price_html(found: Result) -> str:
    """Where the price comes from: the visitor, or what a model means for so many young people."""
    if found.own_price:
        return f'<p class="ophav">{parts.ASSUMPTION}</p>'
    return (
        f'<p class="ophav">{parts.kind_badge("beregnet")} ca. {danish.number(found.price, 2)} '
        f"mio. kr. om året pr. ekstra medarbejder. "
        "Prisen står ikke i notatet.</p>"
    )


def assumptions_html() -> str:
    """What the curve takes for granted."""
    items = (
        "Sagstallet er omvendt proportionalt med antal medarbejdere.",
        "Hver million giver lige mange medarbejdere.",
        "Antallet af unge er det samme i alle årene.",
    )
    listed = "".join(f"<li>{escape(item)}</li>" for item in items)
    return (
        f'<div class="antagelser"><p class="etiket">Kurven regner også '
        f"med</p><p>{parts.ASSUMPTION}</p><ul>{listed}</ul></div>"
    )
