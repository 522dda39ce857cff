"""The question asked backwards: what would it take to reach a target by 2030, one lever at a time? Pure."""

from collections.abc import Callable
from dataclasses import replace

from contract import danish
from dashboard import link, parts
from dashboard.link import Values
from dashboard.read import Release
from dashboard.scenarios import fleksjob_flow as flow
from dashboard.scenarios.fleksjob_flow import LAST, Assumptions, Rates, Stock
from dashboard.scenarios.flow_page import assumptions, missing
from dashboard.text import sentence

NAMES = {
    "finding": "Jobfinding",
    "loss": "Jobtab",
    "direct": "Andel af de nye, der går direkte i job",
}
OUT_OF_REACH = "kan ikke nås med dette greb alene"
ALREADY = "målet er nået, uanset dette greb"


def answer(stock: Stock, rates: Rates, lever: str, target: float) -> str:
    """The value of a lever that gives the target share (0–1) in the last year, or why none does."""
    found = flow.needed(stock, rates, lever, target)
    if found is not None:
        return f"{danish.number(100 * found, 1)}{danish.NO_BREAK_SPACE}pct."
    ceiling = {"finding": 1 - rates.loss, "loss": 1 - rates.finding, "direct": 1.0}[lever]
    ends = [
        flow.final_share(stock, replace(rates, **{lever: x}), LAST - flow.FIRST)
        for x in (0.0, ceiling)
    ]
    return f'<span class="note">{ALREADY if max(ends) < target else OUT_OF_REACH}</span>'


def rows(stock: Stock, assumed: Assumptions, target: float) -> list[list[str]]:
    """One row a lever: the visitor's own span, and what is needed when the rest goes best and worst."""

    def shown(show: Callable[[Rates], float]) -> str:
        low, high = sorted((100 * show(assumed.best), 100 * show(assumed.worst)))
        return (
            f"{danish.number(low)} pct."
            if low == high
            else f"{danish.number(low)}–{danish.number(high)} pct."
        )

    own = {
        "finding": shown(lambda r: r.finding),
        "loss": shown(lambda r: r.loss),
        "direct": shown(lambda r: r.direct),
    }
    return [
        [
            NAMES[lever],
            own[lever],
            answer(stock, assumed.best, lever, target),
            answer(stock, assumed.worst, lever, target),
        ]
        for lever in flow.LEVERS
    ]


def section(release: Release, values: Values) -> str:
    """The table of levers, or what is missing before it can be worked out."""
    target = link.amount(values, "maal")
    intro = f'<section class="prosa"><p>{sentence(release, "stroem-maal")}</p></section>'
    if missing(values) or target is None:
        return intro + f'<p class="tom">{parts.escape("Vælg antagelser, så regnes svaret ud.")}</p>'
    stock, assumed = assumptions(values)
    caption = f"Det skal der til for at nå {danish.number(target)} ledige af 100 i {LAST}"
    columns = [
        "Greb, ét ad gangen",
        "Din antagelse",
        "Hvis resten går bedst",
        "Hvis resten går dårligst",
    ]
    return (
        intro
        + parts.table(caption, columns, rows(stock, assumed, target / 100), numeric=(1, 2, 3))
        + f'<p class="note">{parts.kind_badge("beregnet")} Samme formel som ovenfor, regnet baglæns '
        f"ved at halvere et interval, til andelen passer. "
        "Bedst = dit høje tal for jobfinding og dit lave for jobtab; dårligst er omvendt. Der er "
        "regnet videre fra dit starttal.</p>"
    )
