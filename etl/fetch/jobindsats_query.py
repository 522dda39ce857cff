"""What is asked of Jobindsats: one request a series and year, every hierarchy named; and read back again."""

import json
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import parse_qsl, quote, urlsplit

from contract.series import Choice, Series, Table
from etl.fetch.jobindsats_info import PERIOD_TYPES, Info, area_ids, periods_from
from etl.fetch.matching import pick
from etl.fetch.refused import FetchError

TOP = "/"
"""The value of a hierarchy that stands for all of it."""
_LITERAL = ":,*/"
"""Signs that stay as they are in an address, as the service's other clients write them."""


@dataclass(frozen=True, slots=True)
class Query:
    """One request: a path for GET (version 3), or a path and a body for POST (version 2)."""

    path: str
    body: str
    span: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a kept request asked for: period ids, area ids (None: all), and the other hierarchies' values."""

    periods: tuple[str, ...]
    areas: frozenset[str] | None
    held: dict[str, str]


def info_path(table: str, version: int) -> str:
    """The path of a table's description."""
    return f"/v3/table/{table}?format=json" if version == 3 else f"/v2/tables/{table}/json/"


def queries(info: Info, table: Table, areas: tuple[str, ...], first: str) -> list[Query]:
    """The requests for all of a table's series, year by year. Raises FetchError for what cannot be asked."""
    ids = area_ids(info, table, areas)
    periods = periods_from(info, first)
    if not periods:
        raise FetchError(f"{table.table}: tabellen har ingen perioder fra {first}")
    found = []
    for series in table.series:
        held = held_at(info, table, series)
        for _, each in groupby(periods, key=lambda period: period[:4]):
            year = tuple(each)
            span = "–".join(dict.fromkeys((year[0], year[-1])))
            if info.version == 3:
                found.append(_version_3(table, tuple(ids.values()), year, held, span))
            else:
                found.append(_version_2(table, year, held, span))
    return found


def held_at(info: Info, table: Table, series: Series) -> dict[str, str]:
    """Hierarchy → value id for a series: its own, the declared totals, and the top of every other dimension.

    Raises FetchError when a declared name is not there.
    """
    faults: list[str] = []
    choices = dict(table.totals)
    if table.by:
        choices[table.by] = Choice(code=series.code, texts=series.texts)
    held = {}
    for hierarchy, choice in choices.items():
        if info.version == 2:
            held[hierarchy] = choice.texts[0]
        elif hierarchy not in info.hierarchies:
            faults.append(
                f"inddelingen {hierarchy} findes ikke (tabellen har {', '.join(info.hierarchies)})"
            )
        elif value := pick(info.hierarchies[hierarchy], choice, hierarchy, faults):
            held[hierarchy] = value
    if faults:
        raise FetchError(
            f"{table.table}: tabellen er ikke, som data/series.toml siger: {'; '.join(faults)}"
        )
    for dimension in info.beside:
        if table.area not in dimension and not held.keys() & set(dimension):
            held[dimension[0]] = TOP
    return held


def asked(url: str, body: str, table: Table) -> Asked:
    """What a kept request asked for. Raises FetchError for an address that is not one of ours."""
    try:
        if body:
            raw = json.loads(body)
            held = {name: v[0] for name, v in raw.items() if name not in ("area", "period")}
            return Asked(tuple(raw["period"]), None, held)
        said = dict(parse_qsl(urlsplit(url).query, strict_parsing=True))
        kind = PERIOD_TYPES[table.frequency]
        held = {
            k.removeprefix("hierarchy."): v for k, v in said.items() if k.startswith("hierarchy.")
        }
        areas = frozenset(held.pop(table.area).split(","))
        return Asked(tuple(said[f"period.{kind}"].split(",")), areas, held)
    except (ValueError, KeyError, IndexError, AttributeError):
        raise FetchError(f"{table.table}: et gemt spørgsmål kan ikke læses; hent igen") from None


def _version_3(
    table: Table, areas: tuple[str, ...], periods: tuple[str, ...], held: dict[str, str], span: str
) -> Query:
    kind = PERIOD_TYPES[table.frequency]
    said = [("mgroup.*", "*"), (f"period.{kind}", ",".join(periods))]
    said += [(f"hierarchy.{table.area}", ",".join(areas))]
    said += [(f"hierarchy.{name}", value) for name, value in held.items()]
    said += [("format", "json")]
    query = "&".join(f"{quote(k, safe=_LITERAL)}={quote(v, safe=_LITERAL)}" for k, v in said)
    return Query(f"/v3/data/{table.table}?{query}", "", span)


def _version_2(table: Table, periods: tuple[str, ...], held: dict[str, str], span: str) -> Query:
    """All areas at once, the only form that is known to work; those not wanted are left unread."""
    body = {"area": "*", "period": list(periods)} | {name: [value] for name, value in held.items()}
    return Query(f"/v2/data/{table.table}/json", json.dumps(body, ensure_ascii=False), span)
