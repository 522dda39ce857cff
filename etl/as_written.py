"""Whether a figure's value and qualifier agree with the source's own way of writing it."""

import re
from dataclasses import dataclass
from fractions import Fraction

from contract import danish

_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?![\d.]*\d)")
_SCALES = {"tusind": 10**3, "mio": 10**6, "million": 10**6, "mia": 10**9, "milliard": 10**9}
_SCALE = re.compile(rf"\s*({'|'.join(_SCALES)})")

_WORDS: dict[str, tuple[str, ...]] = {
    "ca": ("ca.", "ca", "cirka", "omkring", "omtrent", "omkr.", "rundt regnet", "~", "≈"),
    "knap": ("knap", "knapt", "lige knap", "næsten"),
    "over": ("over", "mere end", "flere end", "godt", "større end", ">"),
    "under": ("under", "mindre end", "færre end", "lavere end", "<"),
    "op_til": ("op til", "højst", "maksimalt", "maks.", "max.", "≤"),
    "mindst": ("mindst", "minimum", "min.", "fyldt", "≥"),
}
"""How sources write each qualifier."""


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number in a text: its value, how many decimals it is written with, the words before it."""

    value: Fraction
    decimals: int
    before: str


def numbers_in(text: str) -> list[WrittenNumber]:
    """Danish numbers in a text; `1,2 mio.` is given both as 1.2 and as 1200000."""
    found = []
    for match in _NUMBER.finditer(text):
        digits = match[0].replace("−", "-")
        before = text[: match.start()].strip().lower()
        if digits.startswith("-") and before[-1:].isalnum():
            digits = digits[1:]  # a dash between words, not a minus sign
        value = Fraction(digits.replace(".", "").replace(",", "."))
        decimals = len(digits.partition(",")[2])
        found.append(WrittenNumber(value, decimals, before))
        if scale := _SCALE.match(text, match.end()):
            found.append(WrittenNumber(value * _SCALES[scale[1]], 0, before))
    return found


def matching(value: Fraction, as_written: str) -> WrittenNumber | None:
    """The number in the text that is the value (sign aside: `faldt med 18`), if any."""
    numbers = numbers_in(as_written)
    return next((n for n in numbers if abs(n.value) == abs(value)), None)


def faults(value: Fraction | None, qualifier: str, as_written: str) -> list[str]:
    """What disagrees between value, qualifier and text, in Danish; words without digits pass."""
    numbers = numbers_in(as_written)
    before = as_written.lower()
    found = []
    if value is not None and numbers:
        number = matching(value, as_written)
        if number is None:
            found.append(
                f"value og as_written passer ikke sammen: «{as_written}» indeholder ikke tallet "
                f"{_plain(value)}"
            )
        elif number.value < 0 < value:
            found.append(f"value er {_plain(value)}, men as_written har minus: «{as_written}»")
        else:
            before = number.before
    if qualifier in ("præcis", "i_ord"):
        if qualifier == "præcis" and numbers and (word := _word_at_end(before)):
            found.append(
                f"qualifier er «præcis», men as_written er «{as_written}»; skriv qualifier «{word}»"
            )
    elif not any(_holds(as_written.lower(), word) for word in _WORDS[qualifier]):
        found.append(
            f"qualifier er «{qualifier}», men det står ikke i as_written «{as_written}» "
            f"(fx «{_WORDS[qualifier][0]} …»)"
        )
    return found


def _word_at_end(before: str) -> str:
    for qualifier, words in _WORDS.items():
        if any(re.search(rf"(?<!\w){re.escape(word)}$", before) for word in words):
            return qualifier
    return ""


def _holds(text: str, word: str) -> bool:
    after = r"(?!\w)" if word[-1].isalpha() else ""
    return re.search(rf"(?<!\w){re.escape(word)}{after}", text) is not None


def _plain(value: Fraction) -> str:
    return danish.number(float(value))
