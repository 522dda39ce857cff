"""StatBank's description of a table (TABLEINFO) → what can be asked of it, and whether it is what we think.

Every code is held against its declared text before it is used: a code that has been given another meaning
stops the table instead of giving wrong figures.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from contract.areas import NAMES
from contract.periods import parse_period
from contract.series import Choice, Table
from etl.fetch.refused import FetchError

_PERIOD = re.compile(r"(\d{4})(?:[KQ]([1-4])|M(\d{2}))?\Z")


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a table: its code, whether it is time, and its values as code → Danish text."""

    code: str
    is_time: bool
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Info:
    """A table as StatBank describes it. `suppressed` is what a combination BULK leaves out stands for."""

    table: str
    title: str
    unit: str
    updated: str
    suppressed: str
    variables: dict[str, Variable]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked: values by variable (in the table's own spelling), and what each series code means.

    `meaning` is code → (indicator, group); the code is empty when the table has no series variable.
    """

    info: Info
    area: str
    by: str
    time: str
    values: dict[str, tuple[str, ...]]
    meaning: dict[str, tuple[str, str]]


def read_info(content: bytes, table: str) -> Info:
    """TABLEINFO's JSON as Info. Raises FetchError unless it is a whole description of that table, still active."""
    try:
        raw = json.loads(content.decode("utf-8-sig"))
        variables = {v["id"]: _variable(v) for v in raw["variables"]}
        info = Info(
            str(raw["id"]), str(raw["text"]), str(raw["unit"]), str(raw["updated"]),
            str(raw["suppressedDataValue"]), variables,
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        raise FetchError(f"{table}: tabelbeskrivelsen er ikke hel eller har en anden form") from None
    if info.table.casefold() != table.casefold():
        raise FetchError(f"{table}: tabelbeskrivelsen hører til {info.table}")
    if raw.get("active") is not True:
        raise FetchError(f"{table}: tabellen er afsluttet og får ikke flere tal")
    if sum(v.is_time for v in variables.values()) != 1:
        raise FetchError(f"{table}: tabellen skal have netop én tidsvariabel")
    return info


def choose(info: Info, table: Table, areas: tuple[str, ...], first: str) -> Selection:
    """What to ask for: areas (codes), every declared series, the totals of the rest, and all periods
    from `first`. Raises FetchError that names everything that is not as declared.
    """
    faults: list[str] = []
    area = _find(info, table.area, faults)
    by = _find(info, table.by, faults) if table.by else None
    time = next(v for v in info.variables.values() if v.is_time)
    values: dict[str, tuple[str, ...]] = {}
    meaning = _meaning(by, table, faults)
    if area:
        values[area.code] = areas
        faults += _area_faults(area, areas)
    if by:
        values[by.code] = tuple(meaning)
    values |= {code: (value,) for code, value in _totals(info, table, faults).items()}
    values[time.code] = _periods(time, table, first, faults)
    if faults:
        raise FetchError(
            f"{table.table}: tabellen er ikke, som data/series.toml siger: {'; '.join(faults)}. Intet er hentet. "
            "Betyder det nye det samme, så ret series.toml; ellers skal tallene vurderes på ny"
        )
    return Selection(info, area.code if area else "", by.code if by else "", time.code, values, meaning)


def meaning_of(info: Info, table: Table) -> dict[str, tuple[str, str]]:
    """Series code → (indicator, group), as `choose` does. Raises FetchError when a text is another."""
    faults: list[str] = []
    by = _find(info, table.by, faults) if table.by else None
    meaning = _meaning(by, table, faults)
    if faults:
        raise FetchError(f"{table.table}: {'; '.join(faults)}")
    return meaning


def totals_of(info: Info, table: Table) -> dict[str, str]:
    """Variable → the value it is held at, as `choose` does. Raises FetchError when a text is another."""
    faults: list[str] = []
    totals = _totals(info, table, faults)
    if faults:
        raise FetchError(f"{table.table}: {'; '.join(faults)}")
    return totals


def notation(code: str) -> str:
    """A time code in the notation of contract.periods: `2017K1` (also `2017Q1`), `2017M01` → `2017-01`.

    Raises ValueError for any other form.
    """
    found = _PERIOD.match(code)
    if not (found and code.isascii()):
        raise ValueError(f"perioden «{code}» kendes ikke")
    year, quarter, month = found.groups()
    text = f"{year}K{quarter}" if quarter else f"{year}-{month}" if month else year
    return parse_period(text).text


def pick(values: dict[str, str], choice: Choice, what: str, faults: list[str]) -> str:
    """The one code that a choice names; a fault (and nothing) when there is none, several or another text."""
    texts = {normal(text) for text in choice.texts}
    wanted = " eller ".join(f"«{text}»" for text in choice.texts)
    if choice.code:
        if choice.code not in values:
            faults.append(f"{what}: koden {choice.code} ({wanted}) findes ikke")
        elif normal(values[choice.code]) not in texts:
            faults.append(f"{what}: koden {choice.code} hedder «{values[choice.code]}», ventet {wanted}")
        else:
            return choice.code
        return ""
    found = [code for code, text in values.items() if normal(text) in texts]
    if len(found) != 1:
        faults.append(f"{what}: {len(found)} værdier hedder {wanted}, ventet én")
        return ""
    return found[0]


def normal(text: str) -> str:
    """A text for comparing: spaces and upper case do not count."""
    return " ".join(text.split()).casefold()


def _variable(raw: dict[str, Any]) -> Variable:
    values = {str(v["id"]): str(v["text"]) for v in raw["values"]}
    if not values or len(values) != len(raw["values"]):
        raise ValueError
    return Variable(str(raw["id"]), raw["time"] is True, values)


def _find(info: Info, code: str, faults: list[str]) -> Variable | None:
    found = [v for v in info.variables.values() if v.code.casefold() == code.casefold()]
    if not found:
        faults.append(f"variablen {code} findes ikke (tabellen har {', '.join(info.variables)})")
        return None
    return found[0]


def _totals(info: Info, table: Table, faults: list[str]) -> dict[str, str]:
    declared = {name.casefold(): choice for name, choice in table.totals.items()}
    others = {table.area.casefold(), table.by.casefold()}
    found = {}
    for variable in info.variables.values():
        if variable.is_time or variable.code.casefold() in others:
            continue
        choice = declared.pop(variable.code.casefold(), None)
        if choice is None:
            faults.append(f"variablen {variable.code} er ikke nævnt i series.toml")
        elif code := pick(variable.values, choice, variable.code, faults):
            found[variable.code] = code
    faults += [f"variablen {name} findes ikke længere" for name in declared]
    return found


def _meaning(by: Variable | None, table: Table, faults: list[str]) -> dict[str, tuple[str, str]]:
    if not table.by:
        return {"": (table.series[0].indicator, "")}
    found: dict[str, tuple[str, str]] = {}
    values = by.values if by else {}
    for series in table.series:
        if series.texts:
            choice = Choice(code=series.code, texts=series.texts)
            if code := pick(values, choice, table.by, faults):
                found[code] = (series.indicator, "")
    for series in table.series:
        for code, text in values.items() if series.find else ():
            if series.find.casefold() in text.casefold() and code not in found:
                found[code] = (series.indicator, " ".join(text.split()))
    return found


def _area_faults(area: Variable, areas: tuple[str, ...]) -> list[str]:
    faults = [f"området {code} findes ikke" for code in areas if code not in area.values]
    for code in areas:
        text, wanted = area.values.get(code), NAMES.get(code)
        if text and wanted and normal(text) != normal(wanted):
            faults.append(f"området {code} hedder «{text}», ventet «{wanted}»")
    return faults


def _periods(time: Variable, table: Table, first: str, faults: list[str]) -> tuple[str, ...]:
    start = parse_period(first).start
    found = {}
    for code in time.values:
        try:
            period = parse_period(notation(code))
        except ValueError as error:
            faults.append(str(error))
            return ()
        if period.frequency != table.frequency:
            faults.append(f"perioden {code} er ikke af typen «{table.frequency}»")
            return ()
        if period.start >= start:
            found[code] = period.start
    if not found:
        faults.append(f"der er ingen perioder fra {first}")
    return tuple(sorted(found, key=lambda code: found[code]))
