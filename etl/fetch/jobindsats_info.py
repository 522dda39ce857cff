"""Jobindsats' description of a table, version 3 or 2 → its periods, and its hierarchies by id and name."""

import json
import re
from dataclasses import dataclass
from typing import Any

from contract.periods import parse_period
from contract.series import Table
from etl.fetch.matching import normal, notation
from etl.fetch.refused import FetchError, KeyMissing

PERIOD_TYPES = {"måned": "M", "kvartal": "Q", "år": "Y"}
_FORMS = {"M": r"\d{4}M\d{2}", "Q": r"\d{4}Q[1-4]", "Y": r"\d{4}"}
_ABOUT_THE_KEY = re.compile(
    r"nøgle|\bkey\b|api-?key|token|unauthori[sz]ed|adgang|expired|udløb", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Info:
    """A table: period ids of the wanted type, and hierarchies as id → value id → name.

    `beside` holds, for each dimension, the ids of its hierarchies: only one of them can be asked for.
    Version 2 has names only: they are their own ids, and its areas are the hierarchy `area`.
    """

    version: int
    periods: tuple[str, ...]
    hierarchies: dict[str, dict[str, str]]
    beside: tuple[tuple[str, ...], ...]


def read_json(content: bytes, table: str) -> Any:
    """An answer as JSON. Raises FetchError for half an answer, KeyMissing for a text about the key."""
    text = content.decode("utf-8-sig", errors="replace").strip()
    if not text:
        raise FetchError(f"{table}: Jobindsats' svar er tomt")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        if text[:1] not in "{[" and _ABOUT_THE_KEY.search(text[:500]):
            raise _key_refused() from None
        raise FetchError(f"{table}: Jobindsats' svar er afbrudt eller er ikke JSON") from None


def other_form(raw: Any, table: str, wanted: str) -> FetchError:
    """What to raise for JSON of another form: an expired key is also answered with 200 and a text."""
    if isinstance(raw, dict) and _ABOUT_THE_KEY.search(json.dumps(raw, ensure_ascii=False)[:500]):
        return _key_refused()
    keys = (
        ", ".join(str(key)[:30] for key in list(raw)[:8]) if isinstance(raw, dict) else "en liste"
    )
    return FetchError(
        f"{table}: Jobindsats' svar har ikke den ventede form (fik {keys}; ventet {wanted})"
    )


def read_info(content: bytes, table: Table, version: int) -> Info:
    """The description of a table. Raises FetchError unless it is whole and of the version's form."""
    raw = read_json(content, table.table)
    kind = PERIOD_TYPES[table.frequency]
    try:
        info = _version_3(raw, kind) if version == 3 else _version_2(raw, kind)
    except (KeyError, TypeError, AttributeError, IndexError):
        wanted = "dimensions, periods" if version == 3 else "Period, Area"
        raise other_form(raw, table.table, wanted) from None
    for period in info.periods:
        try:
            notation(period)
        except ValueError as error:
            raise FetchError(f"{table.table}: {error}") from None
    if not info.periods:
        raise FetchError(f"{table.table}: tabellen har ingen perioder af typen «{table.frequency}»")
    return info


def periods_from(info: Info, first: str) -> tuple[str, ...]:
    """The table's period ids from `first` (notation of contract.periods), oldest first."""
    start = parse_period(first).start
    known = {period: parse_period(notation(period)).start for period in info.periods}
    return tuple(sorted((p for p in known if known[p] >= start), key=lambda p: known[p]))


def area_ids(info: Info, table: Table, areas: tuple[str, ...]) -> dict[str, str]:
    """Area code → the service's id, found by name. Raises FetchError that names the areas it has not."""
    hierarchy = info.hierarchies.get(table.area if info.version == 3 else "area")
    if hierarchy is None:
        known = ", ".join(info.hierarchies)
        raise FetchError(
            f"{table.table}: områdeinddelingen {table.area} findes ikke (tabellen har {known})"
        )
    by_name = {normal(name): value for value, name in reversed(hierarchy.items())}
    names = {code: table.area_name(code) for code in areas}
    unknown = [name for name in names.values() if normal(name) not in by_name]
    if unknown:
        raise FetchError(
            f"{table.table}: områderne {', '.join(unknown)} findes ikke under de navne; tabellen har "
            f"{', '.join(hierarchy.values())}. Hedder et område noget andet, så skriv det under names i series.toml"
        )
    return {code: by_name[normal(name)] for code, name in names.items()}


def _version_3(raw: Any, kind: str) -> Info:
    hierarchies: dict[str, dict[str, str]] = {}
    beside = []
    for dimension in raw["dimensions"]:
        ids = tuple(_text(hierarchy["hierarchy_id"]) for hierarchy in dimension["hierarchies"])
        for name, hierarchy in zip(ids, dimension["hierarchies"], strict=True):
            values = [value for level in hierarchy["levels"] for value in level["values"]]
            hierarchies[name] = {str(v["value_id"]): str(v["value_name"]) for v in values}
        if ids:
            beside.append(ids)
    periods = [
        v["period_id"] for p in raw["periods"] if p["periodtype_id"] == kind for v in p["values"]
    ]
    return Info(3, _of_kind(periods, kind), hierarchies, tuple(beside))


def _version_2(raw: Any, kind: str) -> Info:
    described = raw[0]
    areas = {str(name): str(name) for name in described["Area"]}
    return Info(2, _of_kind(described["Period"], kind), {"area": areas}, ())


def _text(found: Any) -> str:
    if not isinstance(found, str):
        raise TypeError
    return found


def _of_kind(periods: list[Any], kind: str) -> tuple[str, ...]:
    return tuple(
        p for p in periods if isinstance(p, str) and re.fullmatch(_FORMS[kind], p, re.ASCII)
    )


def _key_refused() -> KeyMissing:
    return KeyMissing("Jobindsats svarer, at nøglen ikke gælder: den er forkert eller udløbet")
