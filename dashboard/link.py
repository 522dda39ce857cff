"""The one place for view state in addresses: ids in short keys, never labels. Pure.

A page declares its choices (`dashboard.choice`); `read` turns an address
into valid values and says what it set aside and why; `write` turns values into an address. Keys are the
same on every page:

    d  release (pinned)     i  indicators     o  areas     fra, til  period     vis  way of showing
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from contract import danish
from contract.periods import parse_period
from dashboard import migrations
from dashboard.choice import Choice, Kind, Number, SetAside, Values, shown

__all__ = [
    "Choice",
    "Kind",
    "Number",
    "SetAside",
    "Values",
    "accept",
    "address",
    "amount",
    "in_order",
    "nearest_period",
    "read",
    "shown",
    "typed",
    "write",
]

SEPARATOR = "."
RELEASE = "d"
EVERY = "alle"
"""In a choice of several: all that are offered. Only pinned links use it, so that «all» cannot grow."""
_IGNORED = frozenset({RELEASE, "embed", "embed_options"})
_TRACKING = ("utm_", "fbclid", "gclid", "msclkid", "mc_")

# In an address both `0.5` and `0,5` are a half: a full stop never groups thousands there.
_ADDRESS_NUMBER = re.compile(r"[-\u2212]?[0-9]{1,12}(?:[.,][0-9]{1,9})?")


def read(
    params: Mapping[str, Sequence[str]], choices: Sequence[Kind]
) -> tuple[Values, list[SetAside]]:
    """(values by key, what was set aside). Never raises, whatever the address holds.

    Old names of keys and ids are read as their new ones; damage is put right before, by the server.
    """
    params = migrations.parameters(params)
    known = {choice.key: choice for choice in choices}
    aside = [
        SetAside(f"«{shown(key)}»", "siden kender ikke det valg")
        for key in params
        if key not in known and key not in _IGNORED and not key.startswith(_TRACKING)
    ]
    values: Values = {}
    for choice in choices:
        given = list(params.get(choice.key, ()))
        one = (
            _read_number(choice, given) if isinstance(choice, Number) else _read_one(choice, given)
        )
        values[choice.key], complaints = one
        aside += complaints
    return values, aside


def _read_one(choice: Choice, given: list[str]) -> tuple[tuple[str, ...], list[SetAside]]:
    if not given:
        return choice.default, []
    aside: list[SetAside] = []
    if len(given) > 1:
        aside.append(
            SetAside(choice.name, "valget stod flere gange i adressen; det første er brugt")
        )
    if choice.many and given[0] == "":
        return (), aside
    if choice.many and given[0] == EVERY and EVERY not in choice.options:
        return tuple(choice.options)[: choice.most], aside
    wanted = given[0].split(SEPARATOR) if choice.many else [given[0]]
    accepted: list[str] = []
    for raw in wanted[:200]:
        value = raw if raw in choice.options else migrations.identifier(choice.key, raw)
        if value in choice.options:
            if value not in accepted:
                accepted.append(value)
        elif choice.period and (near := nearest_period(value, list(choice.options))):
            accepted.append(near)
            why = f"der er ikke tal for perioden; {choice.options[near]} er valgt"
            aside.append(SetAside(f"{choice.name} «{shown(raw)}»", why))
        else:
            why = "det findes ikke her" if raw else "der stod ikke noget"
            aside.append(SetAside(f"{choice.name} «{shown(raw)}»", why))
    if len(accepted) > choice.most:
        aside.append(SetAside(choice.name, f"der kan vælges højst {choice.most}"))
        accepted = accepted[: choice.most]
    return (tuple(accepted) or choice.default), aside


def _read_number(choice: Number, given: list[str]) -> tuple[tuple[str, ...], list[SetAside]]:
    if not given:
        return choice.default, []
    aside: list[SetAside] = []
    if len(given) > 1:
        aside.append(
            SetAside(choice.name, "valget stod flere gange i adressen; det første er brugt")
        )
    if given[0] == "" and choice.start is None:
        return (), aside
    if not _ADDRESS_NUMBER.fullmatch(given[0]):
        return choice.default, [*aside, _not_a_number(choice, given[0])]
    value, complaints = accept(
        choice, float(given[0].replace(danish.MINUS, "-").replace(",", ".")), given[0]
    )
    return value, aside + complaints


def typed(choice: Number, text: str) -> tuple[tuple[str, ...], list[SetAside]]:
    """What a visitor typed, as Danish is written (`1.234,5`; `0.5` is taken as a half).

    An empty field is the default. Text that is no number, and numbers out of range, are named.
    """
    stripped = text.strip()
    if not stripped:
        return choice.default, []
    try:
        value = danish.parse_number("" if stripped.startswith("0.") else stripped)
    except ValueError:
        if not _ADDRESS_NUMBER.fullmatch(stripped):
            return choice.default, [_not_a_number(choice, stripped)]
        value = float(stripped.replace(danish.MINUS, "-").replace(",", "."))
    return accept(choice, value, stripped)


def accept(choice: Number, value: float, given: str) -> tuple[tuple[str, ...], list[SetAside]]:
    """A number as a value of the choice: the nearest valid one, with a notice if it had to move."""
    near = choice.nearest(value)
    chosen = (choice.text(near),)
    if abs(near - value) < 1e-9:
        return chosen, []
    span = f"fra {choice.danish(choice.low)} til {choice.danish(choice.high)}"
    why = f"trinnet er {choice.danish(choice.step)}"
    if not choice.low <= value <= choice.high:
        why = f"tallet skal være {span}"
    return chosen, [
        SetAside(f"{choice.name} «{shown(given)}»", f"{why}; {choice.danish(near)} er valgt")
    ]


def amount(values: Mapping[str, Sequence[str]], key: str) -> float | None:
    """The value of a `Number` as a number; None when it is not chosen."""
    chosen = values[key]
    return float(chosen[0]) if chosen else None


def _not_a_number(choice: Number, given: str) -> SetAside:
    instead = (
        f"{choice.danish(choice.start)} er valgt"
        if choice.start is not None
        else "der er ikke valgt et tal"
    )
    return SetAside(f"{choice.name} «{shown(given)}»", f"det er ikke et tal; {instead}")


def nearest_period(text: str, options: Sequence[str]) -> str | None:
    """The option whose start is nearest to a period's; None if the text is no period or no options."""
    try:
        start = parse_period(text).start
    except ValueError:
        return None
    if not options:
        return None

    def distance(option: str) -> int:
        return abs((parse_period(option).start - start).days)

    return min(options, key=distance)


def write(
    values: Mapping[str, Sequence[str]], choices: Sequence[Kind], *, full: bool = False
) -> dict[str, str]:
    """Address parameters for the values. Defaults are left out unless `full` (shared links are full)."""
    result: dict[str, str] = {}
    for choice in choices:
        chosen = tuple(values.get(choice.key, choice.default))
        if full or chosen != choice.default:
            result[choice.key] = SEPARATOR.join(chosen)
    return result


def address(path: str, params: Mapping[str, str]) -> str:
    """`/udforsk?i=folketal&o=101.000`: the part of a link after the host."""
    query = urlencode(params)
    return f"/{path.strip('/')}" + (f"?{query}" if query else "")


def in_order(start: str, end: str) -> bool:
    """Whether period `start` begins no later than period `end`."""
    first: date = parse_period(start).start
    return first <= parse_period(end).start
