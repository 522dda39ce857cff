"""Run sheets in links: what is put in comes out, and whatever else an address holds, nothing breaks."""

from hypothesis import given
from hypothesis import strategies as st

from dashboard.runsheet import MOST, SHORT, Item, RunSheet, decode, encode, plain_text

READY = (
    RunSheet("moede-1902-03-01", "Møde", "1902-03-01", tuple(
        Item("proeve", figure=f, sheet="moede-1902-03-01", key=f) for f in ("antal", "andel"))),
)  # fmt: skip
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
KEYS = st.from_regex(r"[a-z][a-z0-9-]{0,5}", fullmatch=True)
VALUES = st.from_regex(r"[A-Za-z0-9.,-]{0,12}", fullmatch=True)
TEXTS = st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=SHORT)
VIEWS = st.builds(
    Item, page=IDS, figure=st.one_of(st.just(""), IDS), params=st.lists(st.tuples(KEYS, VALUES), max_size=3).map(tuple),
    own_title=TEXTS, own_talk=TEXTS,
)  # fmt: skip
ITEMS = st.lists(st.one_of(VIEWS, st.sampled_from(READY[0].items)), min_size=1, max_size=12)


def _params(found: dict[str, str]) -> dict[str, list[str]]:
    return {key: [value] for key, value in found.items()}


@given(ITEMS)
def test_what_a_link_holds_comes_out_again(items: list[Item]) -> None:
    asked = decode(_params(encode(items)), READY)
    assert list(asked.items) == items
    assert not asked.aside


@given(
    st.text(max_size=400),
    st.dictionaries(st.text(max_size=4), st.lists(st.text(max_size=200), max_size=2), max_size=4),
)
def test_nothing_in_an_address_breaks_it(given_text: str, more: dict[str, list[str]]) -> None:
    asked = decode(more | {"k": [given_text]}, READY)
    assert len(asked.items) <= MOST
    assert decode(_params(encode(asked.items)), READY).items == asked.items, (
        "what was understood can be linked to"
    )


def test_a_ready_sheet_is_named_by_its_id() -> None:
    asked = decode({"k": ["moede-1902-03-01"]}, READY)
    assert (asked.sheet, asked.title, asked.items) == ("moede-1902-03-01", "Møde", READY[0].items)
    assert encode(asked.items, asked.sheet) == {"k": "moede-1902-03-01"}


def test_a_sheet_is_named_once_in_a_row() -> None:
    assert encode(READY[0].items) == {"k": "moede-1902-03-01.antal~.andel"}


def test_what_is_unknown_is_set_aside_by_name() -> None:
    asked = decode({"k": ["proeve_antal~moede-1902-03-01.vaek~<b>~a_b_c"]}, READY)
    assert [item.ref for item in asked.items] == ["proeve_antal"]
    assert len(asked.aside) == 3
    assert "moede-1902-03-01.vaek" in asked.aside[0].what


def test_too_many_and_too_long_are_cut_with_a_notice() -> None:
    many = decode({"k": ["~".join(["proeve"] * 60)]}, READY)
    assert len(many.items) == MOST
    assert many.aside
    assert decode({"k": ["proeve~" * 2000]}, READY).aside


def test_only_short_texts_go_into_a_link() -> None:
    items = [Item("proeve", own_title="x" * (SHORT + 1), own_talk="kort")]
    assert encode(items) == {"k": "proeve", "n1": "kort"}


@given(st.text(max_size=500))
def test_a_text_of_ones_own_is_one_short_printable_line(text: str) -> None:
    found = plain_text(text)
    assert len(found) <= SHORT
    assert found.isprintable()
    assert plain_text(found) == found
