"""A StatBank on this machine that answers as the real one is documented to. All values are made up.

The periods are of 1901 and 1902, when nobody got any of these benefits; only the tables' shapes and the names
of codes and areas are real, since those are what the connector holds answers against.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any

from contract.areas import NAMES
from tests.data.loopback import Reply, Request

QUARTERS = [f"{year}K{quarter}" for year in (1901, 1902) for quarter in (1, 2, 3, 4)]
MONTHS = [f"1901M{month:02d}" for month in range(1, 13)]
AREAS = {
    "000": "Hele landet",
    "084": "Region Hovedstaden",
    **{code: name for code, name in NAMES.items() if code != "000"},
    "411": "Christiansø",
    "998": "Uoplyst kommune",
}
_SEX, _AGE = (
    {"TOT": "I alt", "M": "Mænd", "K": "Kvinder"},
    {"TOT": "Alder i alt", "16-24": "16-24 år"},
)
Values = dict[str, dict[str, str]]


def tables() -> dict[str, Values]:
    """Table → variable → code → text, as TABLEINFO lists them; the last variable is time."""
    quarters, months = {q: q for q in QUARTERS}, {m: m for m in MONTHS}
    benefits = {
        "TOT": "I alt", "X7": "Nettoledige kontanthjælpsmodtagere", "LY": "Ledighedsydelse", "FL": "Fleksjob",
        "X8": "Uddannelseshjælp uden for arbejdsstyrken", "RES": "Ressourceforløb", "FP": "Førtidspension",
        "X9": "Kontanthjælp, ikke jobparate",
    }  # fmt: skip
    amount = {"1": "Berørte personer (antal)", "3": "Udbetalt beløb (1.000 kr.)"}
    visited = {"TOT": "I alt", "1": "Jobparat", "2": "Aktivitetsparat", "9": "Uoplyst"}
    types = {"10000": "I alt", "10050": "Kontanthjælp i alt", "10025": "Uddannelseshjælp i alt"}
    ages, civil = {"IALT": "Alder i alt", "0": "0 år"}, {"TOT": "I alt", "U": "Ugift"}

    def table(time: dict[str, str], **others: dict[str, str]) -> Values:
        return {"OMRÅDE": dict(AREAS), **{n: dict(v) for n, v in others.items()}, "Tid": dict(time)}

    return {
        "AUK01": table(quarters, YDELSESTYPE=benefits, KØN=_SEX, ALDER=_AGE),
        "KY04": table(months, TAL=amount, VISITATION=visited),
        "KY16": table(months, TAL=amount, YDELSESTYPE=types),
        "FOLK1A": table(quarters, KØN={"TOT": "I alt", "1": "Mænd"}, ALDER=ages, CIVILSTAND=civil),
    }


def made_up(codes: tuple[str, ...]) -> int:
    """The invented value of a combination: 0 for one in forty, the whole country above all others."""
    if codes[0] == "000":
        return 900_000
    return sum(ord(sign) * (place + 7) for place, sign in enumerate("".join(codes))) % 40 * 13


@dataclass
class Statbank:
    """The service: what its tables are, its cell limit, and which combinations it keeps to itself (`..`)."""

    tables: dict[str, Values] = field(default_factory=tables)
    limit: int = 1_000_000
    updated: str = "1903-01-01T08:00:00"
    hidden: Callable[[tuple[str, ...]], bool] = lambda codes: "461" in codes and "RES" in codes
    raised: int = 0
    info: dict[str, Any] = field(default_factory=dict)
    """Keys to put in every table's description in place of the right ones."""

    def __call__(self, request: Request) -> Reply:
        try:
            asked = json.loads(request.body)
        except ValueError:
            return _refusal("REQUEST-EMPTY", "Forespørgslen er tom")
        if request.method != "POST" or request.path not in ("/v1/tableinfo", "/v1/data"):
            return Reply(404, "text/html", b"<html>404</html>")
        table = self.tables.get(asked.get("table", ""))
        if table is None:
            return _refusal("EXTRACT-NOTFOUND", "Tabellen blev ikke fundet")
        return (
            self._info(asked["table"], table)
            if request.path.endswith("info")
            else self._data(asked, table)
        )

    def _info(self, name: str, table: Values) -> Reply:
        variables = [
            {"id": code, "text": code.lower(), "elimination": False, "time": code == "Tid",
             "values": [{"id": value, "text": text} for value, text in values.items()]}
            for code, values in table.items()
        ]  # fmt: skip
        described = {
            "id": name, "text": "Opdigtet tabel", "description": "Opdigtet", "unit": "Antal",
            "suppressedDataValue": "0", "updated": self.updated, "active": True, "contacts": [],
            "documentation": None, "footnote": None, "variables": variables,
        }  # fmt: skip
        body = json.dumps(described | self.info, ensure_ascii=False).encode()
        return Reply(200, "text/json; charset=utf-8", body, {"StatbankAPI-Request-Id": "proeve-1"})

    def _data(self, asked: dict[str, Any], table: Values) -> Reply:
        form, chosen = asked.get("format"), {v["code"]: v["values"] for v in asked["variables"]}
        if form not in ("CSV", "BULK"):
            return _refusal("REQUEST-MISSING", "Format ikke angivet, eller ikke gyldigt")
        for code, values in chosen.items():
            for value in values:
                if value not in table.get(code, {}):
                    return _refusal("EXTRACT-NOTFOUND", f"Kan ikke finde værdien: {value} ({code})")
        if left := table.keys() - chosen.keys():
            return _refusal(
                "EXTRACT-NOTALLOWED", f"Der skal vælges værdier for variabel: {min(left)}"
            )
        cells = prod(len(v) for v in chosen.values()) * (len(chosen) + 1)
        if form == "CSV" and cells > self.limit:
            return _refusal(
                "REQUEST-LIMIT",
                f"Forespørgslen på op mod {cells} celler er over begrænsningen på {self.limit} celler for denne "
                "filtype. Anvend BULK eller andet streaming format i stedet.",
            )
        header = [code.upper() if code == "Tid" else code for code in chosen] + ["INDHOLD"]
        rows = [[*codes, self._cell(codes)] for codes in product(*chosen.values())]
        if form == "BULK":  # zeros are left out, and neither rows nor columns keep their order
            rows = [row for row in reversed(rows) if row[-1] != "0"]
            header, rows = header[::-1], [row[::-1] for row in rows]
        text = "".join(";".join(row) + "\r\n" for row in [header, *rows])
        return Reply(
            200, "text/csv; charset=utf-8", b"\xef\xbb\xbf" + text.encode(),
            {"StatbankAPI-Request-Id": "proeve-2", "Cache-Control": "no-cache"},
        )  # fmt: skip

    def _cell(self, codes: tuple[str, ...]) -> str:
        return ".." if self.hidden(codes) else str(made_up(codes) + self.raised)


def _refusal(code: str, message: str) -> Reply:
    body = json.dumps({"errorTypeCode": code, "message": message}, ensure_ascii=False).encode()
    return Reply(
        400, "application/json; charset=utf-8", body, {"StatbankAPI-Request-Id": "proeve-3"}
    )
