"""Hostile and broken links against the real pages: each opens, says what was set aside, and shows it as text.

The list is that of `HOSTILE` (test_address.py); here it meets the choices, headlines and pictures of every page.
"""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract import paths
from dashboard import link, parts, read, releases, share, view
from dashboard.link import Choice, Kind
from dashboard.sitemap import PAGES, by_path
from dashboard.text import escape
from dashboard.topics import topic, udforsk
from tests.screens import Document, run
from tests.unit.test_address import HOSTILE, texts, valid

WITH_CHOICES = [page.path for page in PAGES if topic(page.path).choices(read.current(), {})]
PAYLOADS = [
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
    "<img src=x onerror=alert(1)>",
    "\u202eegnu",
    "x" * 7000,
    "../../etc/passwd",
]


def said(aside: Sequence[link.SetAside]) -> str:
    """The notice as `view` puts it on the screen."""
    shown: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(view.st, "html", shown.append)
        view._show(aside)
    return "".join(shown)


def opened(
    path: str, params: Mapping[str, Sequence[str]]
) -> tuple[link.Values, list[link.SetAside], Sequence[Kind]]:
    """What a page makes of an address, and that its headline and pictures can be made of it."""
    release = read.current()
    choices = topic(path).choices(release, params)
    values, aside = link.read(params, choices)
    for choice in choices:
        assert valid(choice, values[choice.key]), (path, choice.key, values[choice.key])
    assert topic(path).headline(release, values)
    topic(path).pictures(release, values)
    return values, aside, choices


@pytest.mark.parametrize("path", WITH_CHOICES)
def test_a_hostile_value_of_any_choice_is_named(path: str) -> None:
    for choice in topic(path).choices(read.current(), {}):
        for value in HOSTILE[:: 1 if path != "hvad-nu-hvis" else 3]:
            params = {choice.key: [value]}
            values, aside, choices = opened(path, params)
            own = next(c for c in choices if c.key == choice.key)
            accepted = values[own.key] == (value,) or (value == "" and not values[own.key])
            number = not isinstance(own, Choice) and not aside and bool(values[own.key])
            assert accepted or number or aside, (
                f"/{path}?{choice.key}={value!r} was passed over in silence"
            )
            for one in aside:
                assert len(one.what) <= 40 + len(own.name) + 3, one.what


@pytest.mark.parametrize("path", WITH_CHOICES)
@settings(max_examples=25)
@given(data=st.data())
def test_no_address_breaks_a_real_page(path: str, data: st.DataObject) -> None:
    keys = [choice.key for choice in topic(path).choices(read.current(), {})]
    ids = [
        one
        for choice in topic(path).choices(read.current(), {})
        if isinstance(choice, Choice)
        for one in choice.options
    ]
    value = texts | st.sampled_from(ids) | st.lists(st.sampled_from(ids), max_size=4).map(".".join)
    params = data.draw(
        st.dictionaries(st.sampled_from(keys) | texts, st.lists(value, max_size=2), max_size=6)
    )
    _, aside, _ = opened(path, params)
    document = Document.of(said(aside))
    assert not document.faults
    assert {element.tag for element in document.elements} <= {"strong", "p", "div"}


@pytest.mark.parametrize("payload", [*PAYLOADS, *HOSTILE], ids=range(len(PAYLOADS) + len(HOSTILE)))
def test_what_is_set_aside_is_text_of_forty_characters(payload: str) -> None:
    _, aside = link.read({payload: ["1"], "i": [payload]}, udforsk.choices(read.current(), {}))
    html = said(aside)
    if not html:
        return
    document = Document.of(html)
    assert {element.tag for element in document.elements} == {"strong", "p", "div"}
    assert not any(set(element.attributes) - {"class", "role"} for element in document.elements)
    assert "x" * 41 not in html
    assert "<script" not in html
    assert "evil.example>" not in html
    assert "\u202e" not in html
    assert "\x00" not in html


def test_markdown_and_formulas_are_shown_as_they_are() -> None:
    for payload in PAYLOADS[:12]:
        html = said([link.SetAside(f"«{link.shown(payload)}»", "siden kender ikke det valg")])
        assert escape(link.shown(payload)) in html
    assert view.st.html.__name__ == "html", "notices are drawn as HTML blocks, never as Markdown"


def test_two_thousand_parameters_are_little_work() -> None:
    params = {f"p{n}": ["1"] for n in range(2000)} | {
        "i": ["x"] * 500,
        "o": [".".join(["q"] * 2000)],
    }
    began = time.perf_counter()
    _, aside = link.read(params, udforsk.choices(read.current(), params))
    html = said(aside)
    assert time.perf_counter() - began < 1.0
    assert html.count("siden kender ikke det valg") <= 6
    assert "mere)" in html
    assert len(html) < 2000


@pytest.mark.parametrize("size", [7_000, 64_000])
def test_a_long_value_is_little_work(size: int) -> None:
    began = time.perf_counter()
    for value in ("x" * size, "." * size, "x." * (size // 2), "9" * size, "2018-" * (size // 5)):
        for path in WITH_CHOICES:
            for choice in topic(path).choices(read.current(), {}):
                link.read({choice.key: [value]}, [choice])
    assert time.perf_counter() - began < 6.0


@pytest.mark.parametrize(
    "text",
    [
        "../../etc",
        "..%2f..%2fetc",
        "/etc/passwd",
        "C:\\x",
        "\\\\host\\x",
        "\x00",
        "CURRENT",
        ".",
        "2026-11-23-../x",
        *PAYLOADS,
    ],
)
def test_nothing_of_a_link_reaches_a_path(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: (asked.append(str(self)), real(self))[1])
    release, why = releases.opened(text)
    assert release.id in releases.existing()
    assert why
    assert all(str(paths.data_root()) in one and text not in one for one in asked)


def test_from_after_to_is_swapped_and_said() -> None:
    params = {"i": ["nettoledige-kontanthjaelp"], "fra": ["2021K4"], "til": ["2018K1"]}
    values, aside, _ = opened("udforsk", params)
    found = udforsk.result(read.current(), values)
    assert not aside
    assert ("Fra og til er byttet om.", "Den første periode lå efter den sidste.") in found.notices
    assert found.picture
    assert min(f.period for f in found.picture.figures) == "2018K1"
    assert max(f.period for f in found.picture.figures) == "2021K4"


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("31-31-2024", None),
        ("2023-02-29", None),
        ("0001-01-01", None),
        ("2016", "2017K1"),
        ("2099K1", "2022K4"),
        ("2018-05", "2018K2"),
        ("2018", "2018K1"),
    ],
)
def test_a_period_that_has_no_figures_gives_the_nearest_or_the_default(
    given: str, near: str | None
) -> None:
    values, aside, choices = opened("udforsk", {"fra": [given]})
    start = next(c for c in choices if c.key == "fra")
    assert values["fra"] == ((near,) if near else start.default)
    assert len(aside) == 1
    assert given in aside[0].what


def test_internal_names_are_no_choices() -> None:
    for key in (
        "__proto__",
        "constructor",
        "udforsk.i",
        "_adresse_set",
        "_valgt",
        "kilder-soeg",
        "nulstil",
    ):
        _, aside, _ = opened("udforsk", {key: ["x"]})
        assert [one.what for one in aside] == [f"«{key}»"]


@pytest.mark.parametrize(
    ("path", "params", "button"),
    [
        ("udforsk", {"o": ""}, ""),
        ("udforsk", {"i": ""}, ""),
        ("afstemning", {"emne": "oekonomi", "slags": "udvikling"}, "Vis alle afstemninger"),
        ("kilder", {"emne": "befolkning", "kilde": "politiken-2018-04"}, "Vis alle tal"),
        (
            "beslutninger",
            {"org": "staten", "emne": "flere-skal-med", "art": "budget"},
            "Vis alle hændelser",
        ),
    ],
)
def test_a_choice_that_leaves_nothing_has_a_way_on(
    path: str, params: dict[str, str], button: str
) -> None:
    page = by_path(path)
    assert page
    shown = run(page, params)
    assert not shown.app.exception
    html = "".join(shown.html)
    assert 'class="tomt-valg"' in html or 'class="tom"' in html
    if not button:
        assert 'href="/udforsk">Begynd forfra' in html
        return
    one = next(b for b in shown.app.button if b.label == button)
    one.click().run()
    assert not shown.app.exception
    after = "".join(block.proto.body for block in shown.app.main if block.type == "html")
    assert 'class="tomt-valg"' not in after
    assert 'class="tom"' not in after


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_a_hostile_address_opens_every_page_with_a_notice(path: str) -> None:
    page = by_path(path)
    assert page
    first = topic(path).choices(read.current(), {})[:1]
    params = {choice.key: "<script>alert(1)</script>" for choice in first}
    shown = run(
        page, {**params, "<b>fed</b>": "$\\rule{9em}{9em}$", "__proto__": "1", "d": "../../etc"}
    )
    assert not shown.app.exception
    html = "".join(shown.html)
    assert "Udgaven «../../etc»: den findes ikke" in html
    assert "«&lt;b&gt;fed&lt;/b&gt;»: siden kender ikke det valg" in html
    assert "<script>" not in html
    assert "<b>fed" not in html
    assert Document.of(html).named("h1")


def test_what_is_shared_of_a_hostile_address_is_clean() -> None:
    page = by_path("udforsk")
    assert page
    made = share.share(
        "https://indblik.example.dk", page, {"i": ["<script>"], "d": ["../../etc"], "x": ["1"]}
    )
    for form in (made.pinned, made.newest):
        assert "script" not in form.address
        assert "etc" not in form.address
    assert parts.notice("", "")
