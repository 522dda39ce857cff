"""Colours and chart style, once. The same tokens stand in assets/indblik.css and .streamlit/config.toml,
held together by a test. Charts name tokens as CSS variables, so one spec serves light and dark.
"""

import re
from typing import Any

# name → (light, dark); see docs/decisions/0003-farver.md
TOKENS: dict[str, tuple[str, str]] = {
    "paper": ("#FAF9F6", "#15191D"),
    "surface": ("#FFFFFF", "#1C2126"),
    "sunk": ("#F1EFE9", "#232930"),
    "ink": ("#1A1D21", "#ECEAE4"),
    "muted": ("#555B63", "#AAB0B7"),
    "rule": ("#DCD8CF", "#343B42"),
    "edge": ("#85817A", "#79818A"),
    "accent": ("#27767A", "#63C9D8"),
    "accent-soft": ("#E3EEEE", "#18343A"),
    "ochre": ("#855000", "#E9B168"),
    "ochre-soft": ("#FAF0DF", "#332A1B"),
    "koebenhavn": ("#27767A", "#63C9D8"),
    "landet": ("#898E96", "#98999B"),
    "fleksjob": ("#3340B8", "#6C89F5"),
    "fleksjob-tone": ("#A7ADE2", "#3C4A86"),
    "ledighedsydelse": ("#B8782E", "#C9833B"),
    "ledighedsydelse-tekst": ("#8A5312", "#E09A50"),
    "foertidspension": ("#6D0735", "#C23F6B"),
    "foertidspension-tekst": ("#6D0735", "#E0779C"),
    "afklaring": ("#576C2C", "#C0E4A6"),
    "by": ("#858B93", "#858B93"),
    "andet": ("#898E96", "#98999B"),
}
ROLES = (
    "koebenhavn",
    "landet",
    "fleksjob",
    "ledighedsydelse",
    "foertidspension",
    "afklaring",
    "andet",
)
_TEXT = {
    "landet": "muted", "andet": "muted", "by": "muted",
    "ledighedsydelse": "ledighedsydelse-tekst", "foertidspension": "foertidspension-tekst",
}  # fmt: skip

FONT = "IBM Plex Sans, Arial, sans-serif"
LOCALE = {
    "number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " kr."], "minus": "−"},
    "time": {
        "dateTime": "%A den %d. %B %Y %X", "date": "%d.%m.%Y", "time": "%H.%M.%S", "periods": ["", ""],
        "days": ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"],
        "shortDays": ["søn", "man", "tir", "ons", "tor", "fre", "lør"],
        "months": ["januar", "februar", "marts", "april", "maj", "juni", "juli", "august",
                   "september", "oktober", "november", "december"],
        "shortMonths": ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
    },
}  # fmt: skip


def colour(token: str) -> str:
    """A token as the CSS variable that follows light and dark."""
    if token not in TOKENS:
        raise KeyError(token)
    return f"var(--{token})"


def text_colour(role: str) -> str:
    """The colour of a label for a mark of this role (some marks are too pale for text)."""
    return colour(_TEXT.get(role, role))


def config() -> dict[str, Any]:
    """The Vega-Lite config of every chart: Danish locale, type, grid."""
    return {
        "locale": LOCALE,
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": 14, "labelColor": colour("muted"), "labelPadding": 8, "titleFontSize": 14,
            "titleFontWeight": "normal", "titleColor": colour("muted"), "domain": False, "ticks": False,
            "gridColor": colour("rule"), "aria": False,
        },
        "text": {"fontSize": 14, "color": colour("ink")},
        "aria": True,
    }  # fmt: skip


def literal(spec: str, *, dark: bool = False) -> str:
    """A spec's text with every CSS variable replaced by its colour, for renderers without CSS."""
    return re.sub(r"var\(--([a-z-]+)\)", lambda m: TOKENS[m[1]][dark], spec)
