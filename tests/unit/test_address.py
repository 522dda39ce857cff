"""Addresses: whatever stands in one, the page opens with valid choices and says what was set aside."""

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import link, parts
from dashboard.link import Choice, Kind, Number
from dashboard.text import escape
from tests.screens import Document

INDICATORS = Choice(
    "i", "Indikator", {"folk": "Folk", "job": "Job", "unge": "Unge"}, ("folk",), many=True, most=2
)
AREAS = Choice(
    "o",
    "Område",
    {"101": "Prøveby", "000": "Hele landet", "147": "Nabo"},
    ("101", "000"),
    many=True,
)
START = Choice(
    "fra", "Fra", {"1901": "1901", "1902": "1902", "1903K1": "1. kv. 1903"}, ("1901",), period=True
)
WAY = Choice("vis", "Vis som", {"antal": "Antal", "indeks": "Indeks"}, ("antal",))
AMOUNT = Number("k", "Mio. kr.", 0, 14, 0.5, 8)
FREE = Number("n", "Unge", 100, 10_000, 1)
CHOICES: list[Kind] = [INDICATORS, AREAS, START, WAY, AMOUNT, FREE]

HOSTILE = [
    "",
    " ",
    "0",
    "-5",
    "50.5",
    "1e309",
    "NaN",
    "inf",
    "1.234,5",
    "1,234.5",
    "٤",
    "５",
    "true",
    "None",
    "null",
    "31-31-2024",
    "2023-02-29",
    "0001-01-01",
    "9999-12-31",
    "1903K5",
    "1902/1901",
    "1901/1902",
    "2024-13",
    "99999",
    "\x00",
    "%00",
    "%ff%fe",
    "\ud800",
    "\u202eegnu",
    "U\u200bnge",
    "A\u030a",
    "Å",
    "ae",
    "🙂",
    "x" * 7000,
    "x" * 64_000,
    "folk" + ".x" * 3000,
    "." * 500,
    "..",
    "../../etc/passwd",
    "..%2f",
    "file:///etc/passwd",
    "\\\\host\\share",
    "__proto__",
    "constructor",
    "toString",
    "d",
    "embed",
    "i",
    "udforsk.i",
    "_adresse_set",
    "![x](//evil.example/p.png)",
    "[Log ind](https://evil.example)",
    "# Overskrift",
    ":red[rød]",
    "$\\rule{9999em}{9999em}$",
    "<style>*{display:none}</style>",
    "<form action=//evil.example>",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "<script>alert(1)</script>",
    '"onmouseover="alert(1)',
    "'--",
    "{{7*7}}",
    "${7*7}",
    "{folk}",
    "folk>",
    "folk.",
    "folk%2Ejob",
    '=HYPERLINK("//evil.example")',
    "@SUM(A1)",
    "2026-11-23-0000000g",
    "a" * 41,
    "<b>" * 20,
]
"""Values that links have held, or that someone may try."""
KEYS = [
    "i",
    "o",
    "fra",
    "til",
    "vis",
    "k",
    "n",
    "d",
    "embed",
    "embed_options",
    "utm_source",
    "fbclid",
    "__proto__",
    "x",
    "<b>",
    "",
    "\ud800",
]

texts = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(HOSTILE)
parameters = st.dictionaries(texts | st.sampled_from(KEYS), st.lists(texts, max_size=4), max_size=8)


def valid(kind: Kind, value: tuple[str, ...]) -> bool:
    """Whether a value is one that the page offers."""
    if isinstance(kind, Number):
        if not value:
            return kind.start is None
        number = float(value[0])
        return len(value) == 1 and kind.low <= number <= kind.high and kind.text(number) == value[0]
    known = all(one in kind.options for one in value) and len(set(value)) == len(value)
    return known and (len(value) <= kind.most if kind.many else len(value) == 1)


def values_of(kind: Kind) -> st.SearchStrategy[tuple[str, ...]]:
    """Values that a page can have."""
    if isinstance(kind, Number):
        steps = round((kind.high - kind.low) / kind.step)
        numbers = st.integers(0, steps).map(lambda n: (kind.text(kind.low + n * kind.step),))
        return numbers | st.just(()) if kind.start is None else numbers
    if kind.many:
        ids = st.lists(
            st.sampled_from(list(kind.options)),
            unique=True,
            max_size=min(kind.most, len(kind.options)),
        )
        return ids.map(tuple)
    return st.sampled_from(list(kind.options)).map(lambda one: (one,))


@given(parameters)
def test_no_address_breaks_a_page(params: dict[str, list[str]]) -> None:
    values, aside = link.read(params, CHOICES)
    assert list(values) == [choice.key for choice in CHOICES]
    for choice in CHOICES:
        assert valid(choice, values[choice.key]), (choice.key, values[choice.key])
    for one in aside:
        assert one.what
        assert one.why


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_value_is_set_aside_and_named(value: str) -> None:
    for choice in CHOICES:
        values, aside = link.read({choice.key: [value]}, CHOICES)
        assert valid(choice, values[choice.key])
        accepted = isinstance(choice, Choice) and choice.many and value == ""
        same = values[choice.key] == (value,)
        if not (
            accepted
            or same
            or (isinstance(choice, Number) and value == "" and choice.start is None)
        ):
            assert aside or values[choice.key] != choice.default, (
                f"{choice.key}={value!r} was passed over in silence"
            )


@given(parameters)
def test_a_notice_holds_no_markup_of_the_address(params: dict[str, list[str]]) -> None:
    _, aside = link.read(params, CHOICES)
    listed = "; ".join(f"{escape(a.what)}: {escape(a.why)}" for a in aside[:6])
    document = Document.of(
        parts.notice("Noget i linket kunne ikke bruges.", f"{listed}. Resten af linket er fulgt.")
    )
    assert not document.faults
    assert [element.tag for element in document.elements] == ["strong", "p", "div"]


@given(texts)
def test_what_is_shown_of_an_address_is_short_and_printable(text: str) -> None:
    shown = link.shown(text)
    assert len(shown) <= 40
    assert all(character.isprintable() for character in shown)
    shown.encode()


@given(st.tuples(*(values_of(choice) for choice in CHOICES)))
def test_a_full_address_gives_back_the_view(chosen: tuple[tuple[str, ...], ...]) -> None:
    values = {choice.key: value for choice, value in zip(CHOICES, chosen, strict=True)}
    written = link.write(values, CHOICES, full=True)
    assert set(written) == {choice.key for choice in CHOICES}
    again, aside = link.read({key: [value] for key, value in written.items()}, CHOICES)
    assert again == values
    assert not aside


@given(st.tuples(*(values_of(choice) for choice in CHOICES)))
def test_a_short_address_gives_back_the_view_too(chosen: tuple[tuple[str, ...], ...]) -> None:
    values = {choice.key: value for choice, value in zip(CHOICES, chosen, strict=True)}
    written = link.write(values, CHOICES)
    again, aside = link.read({key: [value] for key, value in written.items()}, CHOICES)
    assert again == values
    assert not aside
    defaults = {choice.key for choice in CHOICES if values[choice.key] == choice.default}
    assert not defaults & set(written)


def test_an_address_holds_plain_ids_and_numbers() -> None:
    plain = set(string.ascii_letters + string.digits + "-._/")
    for choice in CHOICES:
        written = link.write({choice.key: choice.default}, [choice], full=True)
        assert set("".join(written.values())) <= plain


def test_what_is_set_aside_is_named() -> None:
    def said(**params: Any) -> list[tuple[str, str]]:
        given = {
            key: value if isinstance(value, list) else [value] for key, value in params.items()
        }
        return [(one.what, one.why) for one in link.read(given, CHOICES)[1]]

    assert said(x="1") == [("«x»", "siden kender ikke det valg")]
    assert said(i="folk.findes-ikke") == [("Indikator «findes-ikke»", "det findes ikke her")]
    assert said(i="folk.job.unge") == [("Indikator", "der kan vælges højst 2")]
    assert said(vis=["antal", "indeks"]) == [
        ("Vis som", "valget stod flere gange i adressen; det første er brugt")
    ]
    assert said(vis="") == [("Vis som «»", "der stod ikke noget")]
    assert said(fra="1905") == [
        ("Fra «1905»", "der er ikke tal for perioden; 1. kv. 1903 er valgt")
    ]
    assert said(utm_source="mail", fbclid="1", embed="true", d="x") == []


def test_labels_are_no_ids() -> None:
    """A Danish label may be changed without breaking links that have been shared."""
    values, aside = link.read({"i": ["Folk"]}, CHOICES)
    assert values["i"] == ("folk",)
    assert aside


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("1902-06", "1902"),
        ("1800", "1901"),
        ("2100", "1903K1"),
        ("1901/1903", "1901"),
        ("x", None),
        ("", None),
    ],
)
def test_a_period_that_is_not_offered_gives_the_nearest(text: str, near: str | None) -> None:
    assert link.nearest_period(text, list(START.options)) == near
    assert link.nearest_period(text, []) is None


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e6, max_value=1e6))
def test_a_number_is_moved_to_the_nearest_step_within_range(value: float) -> None:
    for number in (AMOUNT, FREE):
        near = number.nearest(value)
        assert number.low <= near <= number.high
        assert (
            abs(round((near - number.low) / number.step) * number.step + number.low - near) < 1e-9
        )
        inside = min(max(value, number.low), number.high)
        assert abs(near - inside) <= number.step / 2 + 1e-9


def test_addresses_are_encoded() -> None:
    assert link.address("/udforsk/", {"i": "folk.job"}) == "/udforsk?i=folk.job"
    assert link.address("", {}) == "/"
    assert link.address("kilder", {"q": "a&b=c"}) == "/kilder?q=a%26b%3Dc"


def test_periods_are_put_in_order() -> None:
    assert link.in_order("1901", "1902K1")
    assert not link.in_order("1902K2", "1902K1")
