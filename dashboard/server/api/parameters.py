"""What may stand after the question mark: how each parameter is read, and what it is in OpenAPI."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from contract.areas import AREAS, NAMES
from contract.periods import parse_period
from contract.release import RELEASE_ID
from dashboard.parts import KIND_TEXT
from dashboard.read import Release
from dashboard.server.api.problem import Problem, shown

Values = Mapping[str, Any]
"""Parameter name → what it was read as: a tuple if it may be repeated. What was not given is absent."""

LIMIT, MOST = 1000, 5000
LONGEST_QUERY, LONGEST_VALUE, MOST_PARAMETERS = 8000, 200, 100
_LISTED = 40
_HAVE_A_TABLE = ("indicator", "source")
"""Of more allowed values than _LISTED, a problem lists the nearest if a table has them all."""
_WHOLE = re.compile(r"(?:0|[1-9][0-9]{0,6})\Z")
_SHORT_ID = re.compile(r"[0-9a-f]{8}\Z")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `read` takes (name, text, release) and raises Problem; `many`: may be repeated."""

    name: str
    about: str
    schema: dict[str, Any]
    read: Callable[[str, str, Release], Any]
    many: bool = False


def given(query: bytes, known: Sequence[Parameter]) -> dict[str, list[str]]:
    """The texts of a query string by parameter, NFC. Raises Problem if it cannot be read or names others."""
    if len(query) > LONGEST_QUERY:
        raise Problem("invalid-query", f"Forespørgslen må højst fylde {LONGEST_QUERY} tegn.")
    try:
        pairs = parse_qsl(
            query.decode("latin-1"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_PARAMETERS,
        )
    except UnicodeDecodeError:
        raise Problem("invalid-query", "Forespørgslen er ikke UTF-8.") from None
    except ValueError:
        raise Problem("invalid-query", f"Der må højst være {MOST_PARAMETERS} parametre.") from None
    names = {parameter.name: parameter for parameter in known}
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if name not in names:
            told = f"Brug {', '.join(names)}." if names else "Her bruges ingen parametre."
            raise Problem(
                "unknown-parameter", f"Parameteren «{shown(name)}» findes ikke her. {told}",
                parameter=shown(name), allowed=list(names),
            )  # fmt: skip
        if len(value) > LONGEST_VALUE:
            raise Problem(
                "invalid-value", f"Værdien må højst fylde {LONGEST_VALUE} tegn.", parameter=name
            )
        if name in found and not names[name].many:
            raise Problem("invalid-value", f"«{name}» må kun stå én gang.", parameter=name)
        found.setdefault(name, []).append(unicodedata.normalize("NFC", value))
    return found


def read(
    texts: Mapping[str, Sequence[str]], known: Sequence[Parameter], release: Release
) -> dict[str, Any]:
    """What the texts mean in a release. Raises Problem naming the parameter and what is allowed."""
    values: dict[str, Any] = {}
    for parameter in known:
        if parameter.name in texts:
            found = [
                parameter.read(parameter.name, text, release) for text in texts[parameter.name]
            ]
            values[parameter.name] = tuple(dict.fromkeys(found)) if parameter.many else found[0]
    first, last = values.get("from"), values.get("to")
    if first and last and first.start > last.end:
        raise Problem("invalid-value", "«from» ligger efter «to».", parameter="from")
    return values


def one_of(options: Callable[[Release], Iterable[str]]) -> Callable[[str, str, Release], str]:
    """A reader that takes one of the options a release has."""

    def chosen(name: str, text: str, release: Release) -> str:
        allowed = list(options(release))
        if text in allowed:
            return text
        listed, told = allowed, "Mulighederne står i «allowed»."
        if len(allowed) > _LISTED and name in _HAVE_A_TABLE:
            listed = difflib.get_close_matches(text, allowed, 5, 0.4)
            told = f"Se /api/v1/{name}s." + (" De nærmeste står i «allowed»." if listed else "")
        raise Problem(
            "invalid-value",
            f"«{shown(text)}» er ikke en mulighed. {told}",
            parameter=name,
            allowed=listed,
        )

    return chosen


def _whole(low: int, high: int) -> Callable[[str, str, Release], int]:
    def number(name: str, text: str, _release: Release) -> int:
        if not _WHOLE.match(text) or not low <= int(text) <= high:
            raise Problem(
                "invalid-value", f"Skriv et helt tal fra {low} til {high}.", parameter=name
            )
        return int(text)

    return number


def _period(name: str, text: str, _release: Release) -> Any:
    try:
        return parse_period(text)
    except ValueError:
        detail = (
            f"«{shown(text)}» er ikke en periode. Skriv fx 2018, 2020K4, 2022-10 eller 2022-10-24."
        )
        raise Problem("invalid-value", detail, parameter=name) from None


def _words(name: str, text: str, _release: Release) -> str:
    if not text.strip():
        raise Problem("invalid-value", "Skriv mindst ét ord.", parameter=name)
    return text


def _release_name(name: str, text: str, _release: Release | None = None) -> str:
    if not (RELEASE_ID.match(text) or _SHORT_ID.match(text)):
        detail = "Skriv en udgaves navn eller dets otte sidste tegn; se /api/v1/releases."
        raise Problem("invalid-value", detail, parameter=name)
    return text


def _groups(release: Release) -> list[str]:
    fetched = {group for one in release.fetched.outlines.values() for group in one.groups}
    return sorted({figure.group for figure in release.figures()} | fetched)


def _areas(release: Release) -> list[str]:
    fetched = {area for one in release.fetched.outlines.values() for area in one.areas}
    return [area for area in NAMES if area in AREAS or area in fetched]


def _topics(release: Release) -> list[str]:
    return sorted({indicator.topic for indicator in release.indicators.values()})


def _filter(
    name: str, about: str, options: Callable[[Release], Iterable[str]], **schema: Any
) -> Parameter:
    return Parameter(
        name,
        f"{about} Repeat it for any of several.",
        {"type": "string"} | schema,
        one_of(options),
        True,
    )


_NOTATION = {"type": "string", "examples": ["2018", "2020K4", "2022-10", "2022-10-24"]}
FILTERS = (
    _filter("indicator", "Id of an indicator.", lambda r: r.indicators),
    _filter("area", "Area code.", _areas, enum=list(NAMES)),
    _filter("group", "Subgroup; an empty value means the whole population of the indicator.", _groups),
    _filter("source", "Id of a source.", lambda r: r.sources),
    _filter("topic", "Topic of the indicator.", _topics),
    _filter("kind", "Kind of figure.", lambda _: KIND_TEXT, enum=list(KIND_TEXT)),
    Parameter("from", "Only figures whose period begins on or after the first day of this one.", _NOTATION, _period),
    Parameter("to", "Only figures whose period ends on or before the last day of this one.", _NOTATION, _period),
    Parameter("q", "Only figures whose texts hold every word, as the search of the page «Begreber og kilder».",
              {"type": "string", "minLength": 1, "maxLength": LONGEST_VALUE}, _words),
)  # fmt: skip
RELEASE = Parameter("d", "An older release: its id or the eight last characters. Without it, the one in use.",
                    {"type": "string", "pattern": "^(\\d{4}-\\d{2}-\\d{2}-)?[0-9a-f]{8}$"}, _release_name)  # fmt: skip
FORMAT = Parameter("format", "json or csv; goes before the Accept header.",
                   {"type": "string", "enum": ["json", "csv"]}, one_of(lambda _: ("json", "csv")))  # fmt: skip
PAGING = (
    Parameter("limit", "Most rows in the answer.",
              {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}, _whole(1, MOST)),
    Parameter("offset", "Rows to skip.", {"type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 0},
              _whole(0, 1_000_000)),
)  # fmt: skip
