"""One request: which release, which parameters, JSON or CSV, and what was made of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import Headers
from starlette.types import Scope

from contract.release import ReleaseError
from dashboard import read, releases
from dashboard.read import Release
from dashboard.server import pages
from dashboard.server.api import parameters
from dashboard.server.api.parameters import Parameter
from dashboard.server.api.problem import Problem, shown

ROOT = "/api/v1"
JSON, CSV, LD_JSON = "application/json", "text/csv; charset=utf-8", "application/ld+json"
PARQUET = "application/vnd.apache.parquet"


@dataclass(frozen=True, slots=True)
class Content:
    """What an address answers: bytes, media type, and a file name for those that save it."""

    body: bytes
    media: str = JSON
    filename: str = ""
    immutable: bool = False
    """Whether it never changes, whatever is published later."""
    release: str = ""
    """The release it is made from, if not the call's."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request that was understood. `texts` are its parameters as given, `values` as read."""

    base: str
    path: str
    ids: Mapping[str, str]
    release: Release
    texts: Mapping[str, list[str]]
    values: Mapping[str, Any]
    csv: bool

    @property
    def pinned(self) -> bool:
        """Whether the request names its release."""
        return parameters.RELEASE.name in self.texts

    def link(self, path: str, **changed: Any) -> str:
        """A full address below ROOT; with the host only if the request named a valid one."""
        return f"{self.base}{ROOT}{path}" + (
            f"?{urlencode(changed, doseq=True)}" if changed else ""
        )

    def again(self, **changed: Any) -> str:
        """This request's own address with some parameters changed; None takes one away."""
        merged = {k: v for k, v in (dict(self.texts) | changed).items() if v is not None}
        return self.link(self.path, **merged)


def understand(
    scope: Scope, path: str, ids: Mapping[str, str], known: tuple[Parameter, ...]
) -> Call:
    """The call a request makes. Raises Problem; ReleaseError if the release cannot be read."""
    texts = parameters.given(scope.get("query_string", b""), known)
    release = _release(texts)
    values = parameters.read(texts, known, release)
    wanted = values.get("format") or _accepted(Headers(scope=scope).get("accept", ""))
    csv = parameters.FORMAT in known and wanted == "csv"
    return Call(pages.origin(scope), path, ids, release, texts, values, csv)


def to_json(told: Any) -> bytes:
    """Compact UTF-8 JSON. Raises ValueError on a number JSON does not have."""
    return json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def named(release: str, parameter: str = parameters.RELEASE.name) -> Release:
    """A release by full id or its eight last characters. Raises Problem if there is none."""
    found = releases.resolve(release)
    if found is None:
        raise Problem(
            "not-found",
            f"Der er ingen udgave «{shown(release)}». Se {ROOT}/releases.",
            parameter=parameter,
        )
    return read.load(found)


def _release(texts: Mapping[str, list[str]]) -> Release:
    asked = texts.get(parameters.RELEASE.name)
    try:
        if not asked:
            return read.current()
        return named(parameters.RELEASE.read(parameters.RELEASE.name, asked[0], None))  # type: ignore[arg-type]
    except ReleaseError:
        raise Problem("unavailable", "Prøv igen om lidt.", headers={"Retry-After": "30"}) from None


def _accepted(header: str) -> str:
    """`csv` if an Accept header prefers text/csv to JSON, else `json`."""
    weights = {"text/csv": 0.0, "application/json": 0.0}
    for item in header.lower().split(","):
        name, *rest = (part.strip() for part in item.split(";"))
        if name in weights:
            weight = next((r.removeprefix("q=") for r in rest if r.startswith("q=")), "1")
            try:
                weights[name] = float(weight)
            except ValueError:
                continue
    return "csv" if weights["text/csv"] > weights["application/json"] else "json"
