"""What has been renamed: one table, so that old links go on working. Pure.

A page path, an address key, a choice's id or a figure's id is never reused for something else. When one
is renamed, a line is added here and nothing is ever taken away. The server sends old addresses on to
the new ones (308, with their query); `dashboard.link.read` knows old keys and ids too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

Kind = Literal["path", "key", "id", "figure"]


@dataclass(frozen=True, slots=True)
class Rename:
    """One renaming. `key` names the address key that an `id` stands under; paths are without slash."""

    kind: Kind
    old: str
    new: str
    key: str = ""


TABLE: tuple[Rename, ...] = (
    Rename("path", "overblik", ""),
    Rename("path", "kort-fortalt", ""),
    Rename("path", "ressourceforloeb", "afklaring"),
    Rename("path", "scenarie", "hvad-nu-hvis"),
    Rename("path", "tilgaengelighed", "was"),
    Rename("key", "indikator", "i"),
    Rename("key", "omraade", "o"),
    Rename("key", "visning", "vis"),
    Rename("key", "udgave", "d"),
    Rename("id", "koebenhavn", "101", key="o"),
    Rename("id", "hele-landet", "000", key="o"),
    Rename("id", "pr-10000", "pr10000", key="vis"),
)


def path(old: str) -> str:
    """The path in use now, without slash: `scenarie` → `hvad-nu-hvis`. A path not renamed is itself."""
    return _follow("path", "", old)


def key(old: str) -> str:
    """The address key in use now."""
    return _follow("key", "", old)


def identifier(of_key: str, old: str) -> str:
    """The id in use now of a choice under an address key (the key's own name of today)."""
    return _follow("id", of_key, old)


def figure(old: str) -> str:
    """The figure id in use now."""
    return _follow("figure", "", old)


def parameters(params: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Parameters under the keys in use now; where old and new key both stand, the new one's come first."""
    result = {name: list(given) for name, given in params.items() if key(name) == name}
    for name, given in params.items():
        if key(name) != name:
            result.setdefault(key(name), []).extend(given)
    return result


def _follow(kind: Kind, of_key: str, name: str) -> str:
    """Through one renaming after another, so that a thing may be renamed twice."""
    known = _index(TABLE)
    seen = {name}
    while (found := known.get((kind, of_key, name))) is not None and found not in seen:
        name = found
        seen.add(name)
    return name


@cache
def _index(table: tuple[Rename, ...]) -> dict[tuple[Kind, str, str], str]:
    return {(one.kind, one.key, one.old): one.new for one in table}
