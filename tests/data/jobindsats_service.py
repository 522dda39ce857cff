"""A Jobindsats on this machine, versions 3 and 2, that answers as its clients expect. All values are made up.

The periods are of 1901 and 1902. The key is `KEY`; any other gets 401.
"""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from contract.areas import NAMES
from tests.data.loopback import Reply, Request

KEY = "proevenoegle-5f1b-ikke-hemmelig"
MONTHS = [f"{year}M{month:02d}" for year in (1901, 1902) for month in range(1, 13)]
VALUE = "Antal fuldtidspersoner"
_OF_TABLE = {"y08a02": "/f/"}
"""What sets a table's invented numbers apart from those of y09a02."""
_STATES = {"/": "Alle", "/1/": "Jobparat", "/2/": "Aktivitetsparat"}


def areas() -> dict[str, str]:
    """Value id → name; the ids are made up and no municipality's code."""
    places = sorted(name for code, name in NAMES.items() if code != "000")
    return {"/": "Hele landet", "/r1/": "RAR Prøveområde"} | {
        f"/r1/{n}/": name for n, name in enumerate(places)
    }


def made_up(area: str, period: str, state: str = "/") -> str:
    """The invented cell of an area and period, as Danish text."""
    number = sum(ord(sign) for sign in area + period + state)
    if area == "Hele landet":
        return "98.765,5"
    return ("-", "..", "1.234", "12,5", str(number))[number % 5]


@dataclass
class Jobindsats:
    """The service: its areas, labels and periods."""

    areas: dict[str, str] = field(default_factory=areas)
    labels: tuple[str, ...] = ("Område", "Periode", "Antal personer", VALUE)
    months: list[str] = field(default_factory=lambda: list(MONTHS))
    left_out: frozenset[tuple[str, str]] = frozenset()
    key: str = KEY

    def __call__(self, request: Request) -> Reply:
        version = request.path[1:3]
        wanted = f"Bearer {self.key}" if version == "v3" else self.key
        if request.headers.get("authorization") != wanted:
            return Reply(401, "application/json", b'{"message": "Unauthorized"}')
        address = urlsplit(request.path)
        parts = address.path.strip("/").split("/")
        if version == "v3" and parts[1] == "table":
            return _json(self._table_3(parts[2]))
        if version == "v3" and parts[1] == "data":
            return _json(self._data_3(parts[2], dict(parse_qsl(address.query))), bom=True)
        if parts[1] == "tables":
            names = list(self.areas.values())
            return _json(
                [{"Period": [*self.months, "1901Q1", "1901QMAT01", "1901"], "Area": names}]
            )
        return _json([self._data_2(json.loads(request.body))])

    def _table_3(self, table: str) -> dict[str, Any]:
        def levels(values: dict[str, str]) -> list[dict[str, Any]]:
            return [
                {"level_id": str(n), "values": [{"value_id": v, "value_name": name}]}
                for n, (v, name) in enumerate(values.items())
            ]

        place = [
            {"hierarchy_id": "_nykom", "levels": levels(self.areas)},
            {"hierarchy_id": "_hele_landet", "levels": levels({"/": "Hele landet"})},
        ]
        dimensions = [
            {"dimension_id": "_omrade", "hierarchies": place},
            {"dimension_id": "_kon", "hierarchies": [{"hierarchy_id": "_kon", "levels": levels({"/": "Køn i alt"})}]},
        ]  # fmt: skip
        if table == "y36a02":
            states = {"hierarchy_id": "_viskat_1kth", "levels": levels(_STATES)}
            dimensions.append({"dimension_id": "_visitation", "hierarchies": [states]})
        months = [{"period_id": month} for month in self.months]
        periods = [
            {"periodtype_id": "Y", "values": [{"period_id": "1901"}]},
            {"periodtype_id": "M", "values": months},
        ]
        return {"dimensions": dimensions, "periods": periods}

    def _data_3(self, table: str, asked: dict[str, str]) -> dict[str, Any]:
        named = {name for name in asked if name.startswith("hierarchy.")}
        needed = {"hierarchy._nykom", "hierarchy._kon"} | (
            {"hierarchy._viskat_1kth"} if table == "y36a02" else set()
        )
        if named != needed or asked["mgroup.*"] != "*" or asked["format"] != "json":
            return {"error": "forkert spørgsmål"}
        chosen = [self.areas[value] for value in asked["hierarchy._nykom"].split(",")]
        state = asked.get("hierarchy._viskat_1kth", _OF_TABLE.get(table, "/"))
        return {
            "columns": list(self.labels),
            "rows": self._rows(chosen, asked["period.M"].split(","), state),
        }

    def _data_2(self, asked: dict[str, Any]) -> dict[str, Any]:
        names = ("area", "period", "mgrp_1", "mgrp_3")
        variables = [
            {"Name": n, "Label": label} for n, label in zip(names, self.labels, strict=True)
        ]
        chosen = list(self.areas.values()) if asked["area"] == "*" else asked["area"]
        return {"Variables": variables, "Data": self._rows(chosen, asked["period"], "/")}

    def _rows(self, chosen: list[str], periods: list[str], state: str) -> list[list[Any]]:
        return [
            [area, period, "7", made_up(area, period, state)]
            for area in chosen
            for period in periods
            if (area, period) not in self.left_out
        ]


def _json(content: Any, *, bom: bool = False) -> Reply:
    body = json.dumps(content, ensure_ascii=False).encode()
    return Reply(200, "application/json", (b"\xef\xbb\xbf" if bom else b"") + body)
