"""Addresses that mail and chat programs have damaged, put right where they can be read in one way only. Pure.

What an address of ours holds is plain: lower-case keys, and ids, periods and numbers without `%`, `&`,
`=`, spaces or Danish letters. So what encoding, quoting and line breaks have added can be taken away.
The server sends the visitor on to the repaired address, so that everything behind it (page, preview,
«Del») sees the same, and the address that is copied next is whole. A piece that is not plain after the
repair is left as it came; the page then names it as set aside.
"""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode

LONGEST = 8_000
"""Longer addresses (characters) are left alone: nothing of ours comes near it."""
MOST_PIECES = 100
_ENCODED = 4
"""So many layers of percent-encoding are undone."""
_LONGEST_CUT_KEY = 5

_KEY = re.compile(r"[a-z][a-z0-9]{0,15}\Z")
_PLAIN = re.compile(r"[A-Za-z0-9._,/\u2212-]+\Z")
_ANCHOR = re.compile(r"[A-Za-z0-9_-]{1,80}\Z")
_AFTER = ".,;:!?)>]}\"'»”’*_="
"""What a sentence, a quotation or a mark-up leaves at the end of a link."""
_NOTHING = re.compile(r"=\r?\n|[\r\n\t\u00ad\u200b-\u200d\u2060\ufeff]")
"""Line breaks (also as quoted-printable writes them) and characters without width."""
_SPACE = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
"""Spaces, but not between two digits: `1 4` may be one number or two."""
_AMPERSAND = re.compile(r"(?:&|\A)(?:amp;)+")
_WRAPPED = re.compile(r"/?https?:/{1,2}([^/?#]+)(/[^#]*)?(?:#.*)?\Z", re.S)
_WRAPPERS_OWN = frozenset({"data", "sdata", "reserved", "locale", "context"})
_FRONT = re.compile(r"/[,;:)>\]}\"'»”’]{1,3}\.?\Z")


@dataclass(frozen=True, slots=True)
class Address:
    """The part of an address after the host; `anchor` only if it had been encoded into the query."""

    path: str
    query: str
    anchor: str = ""


def repair(path: str, query: str, host: str = "") -> Address:
    """The address without what is certainly damage; the same if there is nothing to put right.

    `path` is decoded once, `query` is as it came. An address inside the address (Safelinks and the like)
    is taken out only if it is on `host`. Only the path's text is put right: the caller knows the pages.
    """
    if len(path) + len(query) > LONGEST or query.count("&") >= MOST_PIECES:
        return Address(path, query)
    inner = _wrapped(path, host)
    if inner is None:
        for place, (_, value) in enumerate(pairs := _ordinary(query)):
            if (inner := _wrapped(value, host)) is not None:
                query = _spilled(pairs[place + 1 :]) if "://" in query else ""
                break
    whole = inner if inner is not None else _decoded(path)
    page, more = _divided(whole)
    fixed, anchor = _query("&".join(filter(None, [more, query])))
    return Address(_path(page), fixed, anchor)


def folded(text: str) -> str:
    """Danish letters as ids and paths write them, however they are composed: `å` → `aa`."""
    composed = unicodedata.normalize("NFC", text)
    for letter, plain in (
        ("æ", "ae"),
        ("ø", "oe"),
        ("å", "aa"),
        ("Æ", "Ae"),
        ("Ø", "Oe"),
        ("Å", "Aa"),
    ):
        composed = composed.replace(letter, plain)
    return composed


def _decoded(text: str) -> str:
    """Percent-encoding undone until there is none left."""
    for _ in range(_ENCODED):
        once = unquote(text)
        if once == text:
            break
        text = once
    return text


def _ordinary(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


def _wrapped(text: str, host: str) -> str | None:
    """`/udforsk?i=…` out of `https://host/udforsk?i=…`, if it is our host."""
    found = _WRAPPED.match(_decoded(text).strip()) if host and "http" in text.lower() else None
    if found is None or found[1].lower() != host.lower():
        return None
    return found[2] or "/"


def _spilled(after: list[tuple[str, str]]) -> str:
    """The parameters of an address that was wrapped without being encoded: those before the wrapper's own."""
    kept = []
    for name, value in after:
        if name in _WRAPPERS_OWN:
            break
        kept.append((name, value))
    return urlencode(kept)


def _divided(whole: str) -> tuple[str, str]:
    """Path and query, also where the question mark was encoded or became `&`."""
    at = min((i for mark in "?&" if (i := whole.find(mark)) >= 0), default=len(whole))
    return whole[:at], whole[at + 1 :]


def _path(path: str) -> str:
    if _FRONT.match(path):
        return "/"
    bare = folded(re.sub(r"[ \u00a0]+", "", _NOTHING.sub("", path)))
    cut = bare.rstrip("/").rstrip(_AFTER)
    return bare if cut.endswith("/") or not cut else bare if cut == bare.rstrip("/") else cut


def _query(query: str) -> tuple[str, str]:
    pieces = query.split("&")
    result: list[str] = []
    anchor = ""
    for place, piece in enumerate(pieces):
        found = _pairs(piece, last=place == len(pieces) - 1)
        if found is None or found[0] == _ordinary(piece):
            result.append(piece)
            continue
        if found[0]:
            result.append(urlencode(found[0]))
        anchor = found[1] or anchor
    return "&".join(result), anchor


def _pairs(piece: str, *, last: bool) -> tuple[list[tuple[str, str]], str] | None:
    """(what a piece between two `&` says, its anchor), or None if that is not certain."""
    text = _AMPERSAND.sub("&", _NOTHING.sub("", _decoded(piece.replace("+", " "))))
    text, _, anchor = text.partition("#")
    pairs: list[tuple[str, str]] = []
    parts = [part for part in text.split("&") if part]
    for place, part in enumerate(parts):
        name, equals, value = part.partition("=")
        name = name.strip().lstrip("?")
        if not _KEY.match(name):
            return None
        if not equals:
            if not last or place < len(parts) - 1 or len(name) > _LONGEST_CUT_KEY:
                return None
            continue  # the address was cut off in the middle of a key
        fixed = _value(value)
        if fixed is None:
            return None
        pairs.append((name, fixed))
    tail = anchor.rstrip(_AFTER)
    return pairs, tail if _ANCHOR.match(tail) else ""


def _value(value: str) -> str | None:
    """A value without what mail has added; None if what is left is not plain."""
    if not value:
        return value
    bare = folded(_SPACE.sub("", value.strip())).removeprefix("3D")
    bare = bare.rstrip(_AFTER)
    return bare if _PLAIN.match(bare) else None
