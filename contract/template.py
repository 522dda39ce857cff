"""Sentences built from figures: `Antallet faldt med {id} fra {id2|tal}`.

A placeholder is `{figure-id}` (number with qualifier and short unit, as `danish.figure_text`) or
`{figure-id|bar}` (the same without the short unit). A text is parsed once; etl checks that every id
exists, and the dashboard renders each as a number that opens its talpas.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PLACEHOLDER = re.compile(r"\{([a-z0-9][a-z0-9-]*)(?:\|([a-zæøå]+))?\}")
FORMS = ("", "bar")


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a text where a figure stands; `form` is one of FORMS."""

    figure: str
    form: str


def parse(text: str) -> list[str | Reference]:
    """Literal stretches and references, in order.

    Raises ValueError (in Danish) on a stray brace or an unknown form.
    """
    parts: list[str | Reference] = []
    position = 0
    for match in _PLACEHOLDER.finditer(text):
        if match[2] and match[2] not in FORMS:
            raise ValueError(
                f"«{match[0]}»: formen «{match[2]}» findes ikke; brug «bar» eller ingen"
            )
        parts.append(text[position : match.start()])
        parts.append(Reference(match[1], match[2] or ""))
        position = match.end()
    parts.append(text[position:])
    for literal in parts:
        if isinstance(literal, str) and ("{" in literal or "}" in literal):
            raise ValueError(f"«{text}»: en krøllet parentes hører ikke til et tal-id")
    return [part for part in parts if part]


def references(text: str) -> Iterator[str]:
    """The figure ids a text names, in order."""
    return (part.figure for part in parse(text) if isinstance(part, Reference))
