"""What an address is: one entry, from which both the route and its part of the OpenAPI document are made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dashboard.read import Release
from dashboard.server.api.call import JSON, Call, Content
from dashboard.server.api.parameters import Parameter


@dataclass(frozen=True, slots=True)
class Segment:
    """A variable part of a path. `example` is one that a release holds."""

    name: str
    about: str
    example: Callable[[Release], str]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address below /api/v1. `media` are the types of a 200 answer, and `schema` its form as JSON."""

    path: str
    name: str
    summary: str
    answer: Callable[[Call], Content]
    parameters: tuple[Parameter, ...] = ()
    segments: tuple[Segment, ...] = ()
    media: tuple[str, ...] = (JSON,)
    schema: dict[str, Any] = field(default_factory=dict)
