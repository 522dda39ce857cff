"""What is answered when a request cannot be honoured: `application/problem+json` (RFC 9457), in Danish."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

MEDIA = "application/problem+json"
KINDS: dict[str, tuple[int, str]] = {
    "unknown-parameter": (400, "Ukendt parameter"),
    "invalid-value": (400, "Ugyldig værdi"),
    "invalid-query": (400, "Forespørgslen kan ikke læses"),
    "login-required": (401, "Log ind først"),
    "not-found": (404, "Findes ikke"),
    "method-not-allowed": (405, "Metoden er ikke tilladt"),
    "fault": (500, "Noget gik galt"),
    "unavailable": (503, "Tallene kan ikke læses lige nu"),
}
"""The last part of a problem's `type` → status and title."""
_LONGEST_SHOWN = 60


class Problem(Exception):
    """A request that cannot be honoured. `kind` is one of KINDS; `detail` says in Danish what to do."""

    def __init__(
        self, kind: str, detail: str, *, parameter: str = "", allowed: Sequence[str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(detail)
        self.kind, self.detail, self.parameter, self.allowed = kind, detail, parameter, allowed
        self.status, self.title = KINDS[kind]
        self.headers = dict(headers or {})

    def body(self) -> bytes:
        """The answer's bytes."""
        told: dict[str, Any] = {
            "type": f"urn:indblik:problem:{self.kind}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.parameter:
            told["parameter"] = self.parameter
        if self.allowed:
            told["allowed"] = list(self.allowed)
        return json.dumps(told, ensure_ascii=False).encode()


def shown(text: str) -> str:
    """A piece of what was asked for, short enough to repeat, without what cannot be printed."""
    cut = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in cut)


SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457. `title` and `detail` are Danish; `allowed` lists what may stand instead, where short.",
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
    "properties": {
        "type": {"type": "string", "enum": [f"urn:indblik:problem:{kind}" for kind in KINDS]},
        "title": {"type": "string"},
        "status": {"type": "integer", "enum": sorted({status for status, _ in KINDS.values()})},
        "detail": {"type": "string"},
        "parameter": {"type": "string"},
        "allowed": {"type": "array", "items": {"type": "string"}},
    },
}
