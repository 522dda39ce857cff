"""The only place where numbers, dates and periods become Danish text, or Danish text numbers.

Conventions: full stop for thousands from four digits, decimal comma, `10 pct.`, a true minus sign,
lower-case months, `4. kv. 2022`, `24.10.2022`.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from contract.periods import Period, parse_period

MINUS = "−"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
SHORT_UNITS = frozenset({"pct.", "mio. kr.", "procentpoint", "timer", "uger", "måneder", "år"})
"""Units that belong to the number itself and follow it everywhere; other units are nouns of the sentence."""

# How each qualifier of the figures table reads before a number; `præcis` and `i_ord` add nothing.
QUALIFIER_WORDS = {
    "præcis": "", "i_ord": "", "ca": "ca.", "knap": "knap", "over": "over",
    "under": "under", "op_til": "op til", "mindst": "mindst",
}  # fmt: skip
_LEADING_WORDS = re.compile(
    r"^((?:lige knap|knap|omkring|ca\.|over|under|op til|mindst|mere end)\s+)(.*)$"
)
_DANISH_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?\Z")


def number(value: float, decimals: int | None = None) -> str:
    """`1234.5` → `1.234,5`. Without `decimals` the shortest exact form is used.

    >>> number(20871)
    '20.871'
    >>> number(-18, 1)
    '−18,0'
    """
    if decimals is None:
        text = f"{value:,.6f}".rstrip("0").rstrip(".")
    else:
        text = f"{value:,.{decimals}f}"
    text = text.translate(str.maketrans(",.", ".,"))
    if text.startswith("-"):
        text = text[1:] if not text.strip("-0,.") else MINUS + text[1:]
    return text


def parse_number(text: str) -> float:
    """`1.234,5` → `1234.5`; the inverse of `number`. Raises ValueError with a Danish message."""
    stripped = text.strip()
    if (not stripped.isascii() and MINUS not in stripped) or not _DANISH_NUMBER.match(stripped):
        raise ValueError(f"«{text}» er ikke et dansk tal; skriv fx 1.234,5")
    return float(stripped.replace(MINUS, "-").replace(".", "").replace(",", "."))


def with_unit(value: float, unit: str, decimals: int | None = None) -> str:
    """`53.5, 'pct.'` → `53,5 pct.` with a no-break space between number and unit."""
    return f"{number(value, decimals)}{NO_BREAK_SPACE}{unit}"


def day(value: date) -> str:
    """`date(2022, 10, 24)` → `24.10.2022`."""
    return f"{value.day:02d}.{value.month:02d}.{value.year}"


def long_day(value: date) -> str:
    """`date(2022, 10, 24)` → `24. oktober 2022`."""
    return f"{value.day}. {MONTHS[value.month - 1]} {value.year}"


@lru_cache(maxsize=4096)
def period(text: str) -> str:
    """A period in running Danish: `2020K4` → `4. kv. 2020`, `2022-10` → `oktober 2022`,
    `2017-12/2020-12` → `december 2017–december 2020`, `2017-01/2017-09` → `januar–september 2017`.

    Raises ValueError if the period cannot be parsed.
    """
    parsed: Period = parse_period(text)
    if parsed.frequency != "interval":
        return _single(parsed)
    first, _, last = text.partition("/")
    a, b = parse_period(first), parse_period(last)
    if a.frequency == b.frequency == "måned" and a.start.year == b.start.year:
        return f"{MONTHS[a.start.month - 1]}–{MONTHS[b.start.month - 1]} {b.start.year}"
    return f"{_single(a)}–{_single(b)}"


def _single(parsed: Period) -> str:
    start = parsed.start
    match parsed.frequency:
        case "år":
            return str(start.year)
        case "kvartal":
            return f"{(start.month + 2) // 3}. kv. {start.year}"
        case "måned":
            return f"{MONTHS[start.month - 1]} {start.year}"
        case _:
            return day(start)


def partial_date(text: str) -> str:
    """A publication date of any precision: `2018-03` → `marts 2018`; empty → `dato ikke oplyst`."""
    return period(text) if text else "dato ikke oplyst"


def figure_parts(
    value: float | None, qualifier: str, as_written: str, unit: str, decimals: int | None = None
) -> tuple[str, str]:
    """Split a figure into (qualifier word, number with short unit), e.g. `("knap", "3.900")`.

    A figure the source writes in words stays in words (`knap hver femte` → `("knap", "hver femte")`):
    words are never turned into percentages. Null values give `("", "ikke oplyst")`.
    """
    if not re.search(r"\d", as_written):
        m = _LEADING_WORDS.match(as_written)
        return (m[1].strip(), m[2]) if m else ("", as_written)
    if value is None:
        return "", "ikke oplyst"
    shown = with_unit(value, unit, decimals) if unit in SHORT_UNITS else number(value, decimals)
    return QUALIFIER_WORDS[qualifier], shown


def figure_text(
    value: float | None, qualifier: str, as_written: str, unit: str, decimals: int | None = None
) -> str:
    """`figure_parts` as one string: `knap 3.900`, `53,5 pct.`, `knap hver femte`."""
    return " ".join(filter(None, figure_parts(value, qualifier, as_written, unit, decimals)))


def listing(items: Sequence[str]) -> str:
    """`["a", "b", "c"]` → `a, b og c`."""
    return (
        items[0] if len(items) == 1 else f"{', '.join(items[:-1])} og {items[-1]}" if items else ""
    )


def sort_key(text: str) -> str:
    """A sort key that puts æ, ø, å last, as Danish does.

    >>> sorted(["åben", "ære", "arbejde"], key=sort_key)
    ['arbejde', 'ære', 'åben']
    """
    return text.lower().translate(str.maketrans({"æ": "{", "ø": "|", "å": "}"}))
