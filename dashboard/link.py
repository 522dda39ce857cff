"""The one place for view state in addresses: ids in short keys, never labels. Pure.

A page declares its choices; `read` turns an address into valid values and says what it set aside and
why; `write` turns values into an address. Keys are the same on every page:

    d  release (pinned)     i  indicators     o  areas     fra, til  period     vis  way of showing
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from contract.periods import parse_period

SEPARATOR = "."
RELEASE = "d"
_IGNORED = frozenset({RELEASE, "embed", "embed_options"})
_TRACKING = ("utm_", "fbclid", "gclid", "msclkid", "mc_")
_LONGEST_SHOWN = 40

Values = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice in the address. `options` maps id → label in order; `default` is a tuple of ids.

    `many`: several may be chosen (at most `most`). `period`: options are periods, and one that is not
    offered gives the nearest. `name` is what the notice calls it.
    """

    key: str
    name: str
    options: Mapping[str, str]
    default: tuple[str, ...]
    many: bool = False
    most: int = 12
    period: bool = False
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something in an address that could not be used: what it was and why, as plain Danish text."""

    what: str
    why: str


def read(params: Mapping[str, Sequence[str]], choices: Sequence[Choice]) -> tuple[Values, list[SetAside]]:
    """(values by key, what was set aside). Never raises, whatever the address holds."""
    known = {choice.key: choice for choice in choices}
    aside = [
        SetAside(f"«{shown(key)}»", "siden kender ikke det valg")
        for key in params
        if key not in known and key not in _IGNORED and not key.startswith(_TRACKING)
    ]
    values: Values = {}
    for choice in choices:
        given = list(params.get(choice.key, ()))
        values[choice.key], complaints = _read_one(choice, given)
        aside += complaints
    return values, aside


def _read_one(choice: Choice, given: list[str]) -> tuple[tuple[str, ...], list[SetAside]]:
    if not given:
        return choice.default, []
    aside: list[SetAside] = []
    if len(given) > 1:
        aside.append(SetAside(choice.name, "valget stod flere gange i adressen; det første er brugt"))
    if choice.many and given[0] == "":
        return (), aside
    wanted = given[0].split(SEPARATOR) if choice.many else [given[0]]
    accepted: list[str] = []
    for raw in wanted[:200]:
        value = choice.aliases.get(raw, raw)
        if value in choice.options:
            if value not in accepted:
                accepted.append(value)
        elif choice.period and (near := nearest_period(value, list(choice.options))):
            accepted.append(near)
            aside.append(SetAside(f"{choice.name} «{shown(raw)}»", f"der er ikke tal for perioden; {choice.options[near]} er valgt"))
        else:
            aside.append(SetAside(f"{choice.name} «{shown(raw)}»", "det findes ikke her" if raw else "der stod ikke noget"))
    if len(accepted) > choice.most:
        aside.append(SetAside(choice.name, f"der kan vælges højst {choice.most}"))
        accepted = accepted[: choice.most]
    return (tuple(accepted) or choice.default), aside


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


def write(values: Mapping[str, Sequence[str]], choices: Sequence[Choice], *, full: bool = False) -> dict[str, str]:
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


def shown(text: str) -> str:
    """A stretch of an address fit to be shown: printable, at most 40 characters, no markup meaning."""
    clean = "".join(c if c.isprintable() else "·" for c in text)
    return clean if len(clean) <= _LONGEST_SHOWN else clean[: _LONGEST_SHOWN - 1] + "…"


def in_order(start: str, end: str) -> bool:
    """Whether period `start` begins no later than period `end`."""
    first: date = parse_period(start).start
    return first <= parse_period(end).start
