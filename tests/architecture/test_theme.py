"""The colours: equal in the three files that hold them, readable, and apart for all eyes.

The figures are those of docs/decisions and the visual rules. Distances are taken in OKLab after
simulation of colour vision deficiency (Machado, Oliveira and Fernandes 2009, severity 1.0).
"""

import itertools
import re
import tomllib

import pytest

from dashboard.theme import ROLES, TOKENS, literal, text_colour
from tests.architecture.modules import REPO, modules

CSS = (REPO / "dashboard/assets/indblik.css").read_text("utf-8")
CONFIG = tomllib.loads((REPO / ".streamlit/config.toml").read_text("utf-8"))
SCHEMES = {"light": 0, "dark": 1}
BACKGROUNDS = ("paper", "surface")
SIX = ("koebenhavn", "landet", "fleksjob", "ledighedsydelse", "foertidspension", "afklaring")

TEXT_ON = [
    # text token, on what
    *itertools.product(("ink", "muted", "accent", "ochre"), BACKGROUNDS),
    *itertools.product(("ink", "muted"), ("sunk",)),
    ("ink", "accent-soft"), ("ink", "ochre-soft"), ("ochre", "ochre-soft"), ("paper", "accent"),
    *itertools.product(
        ("koebenhavn", "fleksjob", "afklaring", "ledighedsydelse-tekst", "foertidspension-tekst"), BACKGROUNDS
    ),
]  # fmt: skip
MARKS = (*SIX, "by", "andet", "edge")

# scheme → (normal, deutan, protan, tritan): the smallest distance between any two of the six
APART = {
    "light": {"normal": 0.106, "deutan": 0.105, "protan": 0.084, "tritan": 0.078},
    "dark": {"normal": 0.126, "deutan": 0.104, "protan": 0.123, "tritan": 0.112},
}
ROUNDING = 0.0005
MACHADO = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}  # fmt: skip

Colour = tuple[float, ...]
both_schemes = pytest.mark.parametrize("scheme", SCHEMES)


def test_the_style_sheet_holds_the_same_tokens() -> None:
    root = re.search(r":root \{(.*?)\n\}", CSS, re.DOTALL)
    assert root
    pairs = re.findall(r"--([a-z-]+): light-dark\((#[0-9A-Fa-f]{6}), (#[0-9A-Fa-f]{6})\)", root[1])
    assert {name: (light, dark) for name, light, dark in pairs} == TOKENS


def test_the_style_sheet_names_no_other_colours() -> None:
    rest = re.sub(r":root \{.*?\n\}", "", CSS, count=1, flags=re.DOTALL)
    rest = re.sub(r"@media print \{\n  :root \{[^}]*\}", "", rest)
    rest = re.sub(r"/\*.*?\*/", "", rest, flags=re.DOTALL)
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[\s;,)])", rest)


def test_every_token_that_is_used_exists() -> None:
    markup = "".join(
        module.text for module in modules()
    )  # some parts set a property of their own in a style attribute
    own = set(re.findall(r"--([a-z][a-z0-9-]*):", CSS + markup))
    used = set(re.findall(r"var\(--([a-z][a-z0-9-]*)", CSS))
    assert used <= set(TOKENS) | own


@both_schemes
def test_streamlits_own_theme_holds_the_same_tokens(scheme: str) -> None:
    shade = SCHEMES[scheme]
    theme = CONFIG["theme"][scheme]
    wanted = {
        "primaryColor": "accent", "backgroundColor": "paper", "secondaryBackgroundColor": "surface",
        "textColor": "ink", "borderColor": "edge", "linkColor": "accent",
    }  # fmt: skip
    assert {key: theme[key] for key in wanted} == {
        key: TOKENS[token][shade] for key, token in wanted.items()
    }
    assert theme["chartCategoricalColors"] == [TOKENS[role][shade] for role in SIX]


@both_schemes
@pytest.mark.parametrize(("text", "background"), TEXT_ON, ids=lambda value: value)
def test_text_can_be_read(text: str, background: str, scheme: str) -> None:
    assert _contrast(text, background, scheme) >= 4.5


@both_schemes
@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("mark", MARKS)
def test_marks_can_be_seen(mark: str, background: str, scheme: str) -> None:
    assert _contrast(mark, background, scheme) >= 3


@both_schemes
@pytest.mark.parametrize("role", ROLES)
def test_the_label_of_a_mark_can_be_read(role: str, scheme: str) -> None:
    token = text_colour(role).removeprefix("var(--").removesuffix(")")
    for background in BACKGROUNDS:
        assert _contrast(token, background, scheme) >= 4.5


@both_schemes
@pytest.mark.parametrize("eyes", MACHADO)
def test_the_six_colours_stay_apart_for_all_eyes(eyes: str, scheme: str) -> None:
    seen = {role: _oklab(_simulated(_linear(TOKENS[role][SCHEMES[scheme]]), eyes)) for role in SIX}
    nearest = min(
        (sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5, one, other)
        for one, other in itertools.combinations(SIX, 2)
    )
    assert nearest[0] >= APART[scheme][eyes] - ROUNDING, nearest


def test_a_spec_for_paper_has_no_variables_left() -> None:
    spec = " ".join(f"var(--{token})" for token in TOKENS)
    assert literal(spec).split() == [light for light, _ in TOKENS.values()]
    assert literal(spec, dark=True).split() == [dark for _, dark in TOKENS.values()]


def _linear(colour: str) -> Colour:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(token: str, other: str, scheme: str) -> float:
    shade = SCHEMES[scheme]
    low, high = sorted((_luminance(TOKENS[token][shade]), _luminance(TOKENS[other][shade])))
    return (high + 0.05) / (low + 0.05)


def _simulated(rgb: Colour, eyes: str) -> Colour:
    seen = (sum(a * b for a, b in zip(row, rgb, strict=True)) for row in MACHADO[eyes])
    return tuple(min(1.0, max(0.0, value)) for value in seen)


def _oklab(rgb: Colour) -> Colour:
    red, green, blue = rgb
    cones = (
        0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
        0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
        0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
    )
    long, medium, short = (cone ** (1 / 3) for cone in cones)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )
