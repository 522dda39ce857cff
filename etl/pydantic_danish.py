"""What pydantic found wrong with a declaration, said in Danish."""

import re
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from etl.complaints import nearest, one_of, suggestion

_WANTED = {
    "string_type": "skal være tekst i anførselstegn",
    "int_type": "skal være et helt tal",
    "int_parsing": "skal være et helt tal",
    "int_from_float": "skal være et helt tal",
    "bool_type": "skal være true eller false",
    "bool_parsing": "skal være true eller false",
    "tuple_type": 'skal være en liste, fx ["…"]',
    "list_type": 'skal være en liste, fx ["…"]',
    "string_too_short": "må ikke være tom",
}


def in_danish(error: ValidationError, model: type[BaseModel]) -> list[tuple[str, str]]:
    """(key, what is wrong and what is expected) of each fault; a misspelt key is one fault."""
    details = error.errors()
    unknown = [
        str(each["loc"][0])
        for each in details
        if each["type"] == "extra_forbidden" and len(each["loc"]) == 1
    ]
    meant = {near for key in unknown if (near := nearest(key, model.model_fields))}
    return [
        _one(each, model)
        for each in details
        if not (each["type"] == "missing" and each["loc"][0] in meant)
    ]


def _one(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    key = str(error["loc"][0]) if error["loc"] else ""
    if len(error["loc"]) > 1 and error["type"] in ("missing", "extra_forbidden"):
        fault = "mangler" if error["type"] == "missing" else "kendes ikke"
        return key, f"{key}: nøglen «{error['loc'][-1]}» {fault}"
    if error["type"] == "missing":
        return key, f"nøglen «{key}» mangler"
    if error["type"] == "extra_forbidden":
        near = suggestion(key, model.model_fields)
        known = "" if near else f"; kendte nøgler er {', '.join(model.model_fields)}"
        return key, f"nøglen «{key}» kendes ikke{near}{known}"
    return key, f"{key}: {_value_fault(error['type'], error['input'], error.get('ctx', {}))}"


def _value_fault(kind: str, given: object, context: dict[str, Any]) -> str:
    match kind:
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", context["expected"])
            near = suggestion(str(given), allowed)
            fault = f"er ikke en af de tilladte værdier {one_of(allowed)}{near}"
        case "string_pattern_mismatch" if "a-z0-9" in context["pattern"]:
            fault = "er ikke et gyldigt id; brug små bogstaver a-z, cifre og enkelte bindestreger"
        case "string_pattern_mismatch":
            fault = "skal skrives som en dato, fx 2022-10-24"
        case "string_too_long":
            fault = f"er længere end {context['max_length']} tegn"
        case "greater_than_equal":
            fault = f"er for lille; mindst {context['ge']}"
        case "less_than_equal":
            fault = f"er for stor; højst {context['le']}"
        case _:
            fault = _WANTED.get(kind, "har en værdi, der ikke kan bruges")
    return f"«{given}» {fault}" if given != "" else fault
