"""Forgiving Danish search: spelling of æ, ø and å, endings, compounds and small typos. Pure.

Words are compared folded (`folded`) and without their endings (`stem`). A word of the query finds a
word of the text if the stems are equal, if one begins with the other, if it stands inside a
compound, or if it is one or two letters off; the nearer, the more it counts.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_WORD = re.compile(r"[a-z0-9]+")
_ENDINGS = (
    "erendes", "erende", "hedernes", "hederne", "hedens", "heden", "heder", "heds", "hed", "ernes", "erne",
    "erens", "eren", "erer", "eres", "ens", "ets", "enes", "ene", "ers", "ere", "ede", "es", "en", "er", "et", "e", "s",
)  # fmt: skip
_SHORTEST_STEM = 3
STOP_WORDS = frozenset(
    "hvad hvor hvem hvilke hvilken hvilket hvornaar hvordan hvorfor hvis er var blev bliver der det den de dem deres "
    "en et ei og eller men at i paa til fra for af om med uden har havde kan kunne skal skulle vil ville ikke "
    "som saa nu mon vi man jeg I du os mig min mit din sin sit mange meget noget nogen disse dette denne "
    "kommer kom faar fik gaar gik giver gav goer".lower().split()
)
"""Words of the question itself, which find nothing on their own."""


@lru_cache(maxsize=2048)
def folded(text: str) -> str:
    """Text as search compares it: lower case, æ/ae, ø/oe and å/aa alike, accents off."""
    lower = text.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The folded words of a text, in order. Thousands stay one word: `3.900` → `3900`."""
    return _WORD.findall(re.sub(r"(?<=\d)\.(?=\d{3})", "", folded(text)))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A folded word without its Danish ending: ledig, ledige, ledighed and ledigheden are one.

    A doubled consonant left at the end becomes single (fleksjobbet → fleksjob).
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word.removesuffix(ending)
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiouy0123456789":
        word = word[:-1]
    return word


@lru_cache(maxsize=65536)
def closeness(asked: str, found: str) -> float:
    """How well a word of the query (folded) answers to a word of the text: 1 = the same, 0 = not at all."""
    if asked == found:
        return 1.0
    a, b = stem(asked), stem(found)
    if a == b:
        return 0.9
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) >= 3 and longer.startswith(shorter) and a == shorter:
        return 0.7
    if len(shorter) >= 5 and longer.startswith(shorter):
        return 0.35
    if len(a) >= 4 and a in b:
        return 0.5
    allowed = _typos_allowed(min(len(asked), len(found)))
    if allowed and (_within(asked, found, allowed) or _within(a, b, allowed)):
        return 0.4
    return 0.0


def _typos_allowed(length: int) -> int:
    return 0 if length < 5 else 1 if length < 9 else 2


def _within(a: str, b: str, most: int) -> bool:
    """Whether at most so many letters are missing, added, wrong or swapped with their neighbour."""
    if abs(len(a) - len(b)) > most or a.isdigit() or b.isdigit():
        return False
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row, older = row, [i], before
        for j, y in enumerate(b, 1):
            cost = min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return False
        before = above
    return row[-1] <= most


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: its id and its texts with their weight, the weightiest first."""

    id: str
    fields: tuple[tuple[frozenset[str], float], ...]

    @classmethod
    def of(cls, id_: str, texts: Iterable[tuple[str, float]]) -> "Entry":
        """An entry from its texts as people read them."""
        return cls(id_, tuple((frozenset(words(text)), weight) for text, weight in texts))


def search(entries: Sequence[Entry], query: str) -> list[str]:
    """Ids of the entries that answer to the query, best first; equally good ones in their own order.

    Words such as «hvad» and «er» count only if the query has no others. An entry must answer to at
    least half of the words that count, and the more of them it answers to, the higher it stands.
    A query without words finds everything.
    """
    asked = list(dict.fromkeys(words(query)))
    telling = [word for word in asked if word not in STOP_WORDS] or asked
    telling = _with_joined(telling)
    if not telling:
        return [entry.id for entry in entries]
    scored = []
    for rank, entry in enumerate(entries):
        best = [max((_score(word, entry) for word in way), default=0.0) for way in telling]
        hits = sum(score > 0 for score in best)
        if 2 * hits >= len(telling):
            scored.append((-hits, -sum(best), rank, entry.id))
    return [id_ for *_, id_ in sorted(scored)]


def _with_joined(asked: list[str]) -> list[tuple[str, ...]]:
    """Each word with the compounds it may be half of: «fleks job» also finds «fleksjob»."""
    ways = {word: [word] for word in asked}
    for a, b in pairwise(asked):
        ways[a].append(a + b)
        ways[b].append(a + b)
    return [tuple(way) for way in ways.values()]


def _score(word: str, entry: Entry) -> float:
    return max(
        (weight * closeness(word, found) for texts, weight in entry.fields for found in texts),
        default=0.0,
    )
