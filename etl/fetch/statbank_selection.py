"""StatBank's description of a table and our declaration of it → what is asked, or everything that differs.

Every code is held against its declared text before it is used: a code that has been given another meaning
stops the table instead of giving wrong figures.
"""

from dataclasses import dataclass

from contract.figure_id import slug
from contract.periods import parse_period
from contract.series import Choice, Table
from etl.fetch.matching import normal, notation, pick
from etl.fetch.refused import FetchError
from etl.fetch.statbank_info import Info, Variable


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
        faults += _area_faults(area, areas, table)
    if by:
        values[by.code] = tuple(meaning)
    values |= {code: (value,) for code, value in _totals(info, table, faults).items()}
    values[time.code] = _periods(time, table, first, faults)
    if faults:
        raise FetchError(
            f"{table.table}: tabellen er ikke, som data/series.toml siger: {'; '.join(faults)}. Intet er hentet. "
            "Betyder det nye det samme, så ret series.toml; ellers skal tallene vurderes på ny"
        )
    return Selection(
        info, area.code if area else "", by.code if by else "", time.code, values, meaning
    )


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


def renamed(info: Info, before: Info, table: Table) -> list[str]:
    """The codes found by a word (`find`) that have got another text since an earlier description.

    Nobody has declared their texts, so only the description before can tell that one means something else.
    """
    by = _find(info, table.by, []) if table.by else None
    old = _find(before, table.by, []) if table.by else None
    if by is None or old is None:
        return []
    words = [series.find.casefold() for series in table.series if series.find]
    return [
        f"koden {code} hed «{old.values[code]}», da tabellen sidst blev hentet, og hedder nu «{text}»"
        for code, text in by.values.items()
        if code in old.values
        and normal(old.values[code]) != normal(text)
        and any(word in f"{old.values[code]} {text}".casefold() for word in words)
    ]


def _find(info: Info, code: str, faults: list[str]) -> Variable | None:
    found = [v for v in info.variables.values() if v.code.casefold() == code.casefold()]
    if not found:
        faults.append(f"variablen {code} findes ikke (tabellen har {', '.join(info.variables)})")
        return None
    return found[0]


def _totals(info: Info, table: Table, faults: list[str]) -> dict[str, str]:
    declared = {name.casefold(): (name, choice) for name, choice in table.totals.items()}
    others = {table.area.casefold(), table.by.casefold()}
    found = {}
    for variable in info.variables.values():
        if variable.is_time or variable.code.casefold() in others:
            continue
        _, choice = declared.pop(variable.code.casefold(), ("", None))
        if choice is None:
            faults.append(f"variablen {variable.code} er ikke nævnt i series.toml")
        elif code := pick(variable.values, choice, variable.code, faults):
            found[variable.code] = code
    faults += [f"variablen {name} findes ikke længere" for name, _ in declared.values()]
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
        if series.find:
            word = series.find.casefold()
            held = {c: t for c, t in values.items() if word in t.casefold() and c not in found}
            found |= {c: (series.indicator, group) for c, group in _groups(held).items()}
    return found


def _groups(values: dict[str, str]) -> dict[str, str]:
    """Code → the group's name: its text, with the code where other texts make the same id."""
    texts = {code: " ".join(text.split()) for code, text in values.items()}
    ids = [slug(text) for text in texts.values()]
    return {
        code: text if ids.count(slug(text)) == 1 else f"{text} ({code})"
        for code, text in texts.items()
    }


def _area_faults(area: Variable, areas: tuple[str, ...], table: Table) -> list[str]:
    faults = [f"området {code} findes ikke" for code in areas if code not in area.values]
    for code in areas:
        text, wanted = area.values.get(code), table.area_name(code)
        if text and normal(text) != normal(wanted):
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
