"""Where the entries and keys of a TOML file stand, since tomllib does not tell.

Reads only what the project's own files use: `[[name]]` headers and `key = value` below them,
with texts and lists that may run over several lines.
"""

import re
from dataclasses import dataclass, field

_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_-]+)\s*\]\]?\s*(?:#.*)?\r?$")
_KEY = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_-]+))\s*[.=]""")
_TOKEN = re.compile(
    r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*$|[\[\]{}]',
)
_CLOSING = {'"""': re.compile(r'(?<!\\)(?:\\\\)*"""'), "'''": re.compile("'''")}


@dataclass(slots=True)
class EntryLines:
    """The line of an entry's header and of each of its keys."""

    name: str
    line: int
    keys: dict[str, int] = field(default_factory=dict)

    def of(self, key: str) -> int:
        """Line of a key, or of the header when the key is not there."""
        return self.keys.get(key, self.line)


def locate(text: str) -> list[EntryLines]:
    """The entries of a TOML text in order; keys before the first header are the first, unnamed."""
    entries = [EntryLines("", 1)]
    closing: re.Pattern[str] | None = None
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        rest = line
        if closing is None and depth == 0:
            if header := _HEADER.match(line):
                entries.append(EntryLines(header[1], number))
                continue
            if key := _KEY.match(line):
                entries[-1].keys.setdefault(key[1] or key[2] or key[3], number)
                rest = line[key.end() :]
        closing, depth = _after(rest, closing, depth)
    return entries


def _after(
    line: str, closing: re.Pattern[str] | None, depth: int
) -> tuple[re.Pattern[str] | None, int]:
    """Whether a long text is open, and how many lists are, after a line."""
    position = 0
    while True:
        if closing is not None:
            end = closing.search(line, position)
            if end is None:
                return closing, depth
            position, closing = end.end(), None
        token = _TOKEN.search(line, position)
        if token is None:
            return None, depth
        position = token.end()
        match token[0]:
            case '"""' | "'''":
                closing = _CLOSING[token[0]]
            case "[" | "{":
                depth += 1
            case "]" | "}":
                depth -= 1
