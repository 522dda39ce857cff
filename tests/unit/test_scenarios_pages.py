"""What the calculators show: the documented points unmoved, own numbers marked, nothing before it is chosen."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import link, parts, read
from dashboard.charts.band import Level, Year, band
from dashboard.picture import check
from dashboard.scenarios import (
    caseload_choice,
    caseload_page,
    caseload_tables,
    caseload_words,
    flow_page,
    flow_reverse,
)
from dashboard.text import plain

COMPLETE = {"find1": "20", "find2": "35", "tab1": "5", "tab2": "8", "nye": "8", "ud": "4"}


@pytest.fixture(scope="module")
def release() -> read.Release:
    return read.current()


def caseload_values(release: read.Release, **given_: str) -> link.Values:
    return link.read({k: [v] for k, v in given_.items()}, caseload_choice.choices(release))[0]


def flow_values(release: read.Release, **given_: str) -> link.Values:
    return link.read({k: [v] for k, v in given_.items()}, flow_page.choices(release))[0]


def squares(spec: dict[str, Any]) -> list[tuple[float, float]]:
    layer = next(x for x in spec["layer"] if x["mark"].get("shape") == "square")
    return [(d["x"], d["y"]) for d in layer["data"]["values"]]


@given(st.data())
def test_the_notes_points_are_never_moved(data):
    release = read.current()
    values = {
        c.key: (data.draw(st.sampled_from(list(c.options))),)
        if isinstance(c, link.Choice)
        else (c.text(c.nearest(data.draw(st.floats(c.low, c.high)))),)
        for c in caseload_choice.choices(release)
    }
    found = caseload_choice.result(release, values)
    note = found.note
    picture = caseload_page.picture(found)
    check(picture)
    assert squares(picture.spec) == [
        (0, note.without.value),
        (note.money_2.value, note.model_2.value),
        (note.money_1.value, note.model_1.value),
    ]
    plain(release, picture.finding)
    plain(release, picture.alt)
    json.dumps(picture.spec, allow_nan=False)
    assert parts.ASSUMPTION in caseload_words.people_html(found) or values["unge"] != (
        caseload_choice.OWN,
    )
    assert parts.ASSUMPTION in caseload_words.price_html(found) or values["pris"] != (
        caseload_choice.OWN,
    )


def test_the_curve_ends_dashed_where_the_note_ends(release):
    spec = caseload_page.picture(caseload_choice.result(release, caseload_values(release))).spec
    solid, dashed = (x for x in spec["layer"] if x["mark"]["type"] == "line")
    assert max(d["x"] for d in solid["data"]["values"]) == 11
    assert min(d["x"] for d in dashed["data"]["values"]) == 11
    assert "strokeDash" in dashed["mark"]
    assert "strokeDash" not in solid["mark"]
    assert "uden for notatets modeller" in json.dumps(spec, ensure_ascii=False)


def test_the_residual_is_shown(release):
    html = caseload_words.check_html(caseload_choice.result(release, caseload_values(release)))
    assert "<b>71,2</b>" in html
    assert "Forskellen er 1,2" in html


def test_the_number_of_people_moves_the_price_and_not_the_curve(release):
    by_note = caseload_choice.result(release, caseload_values(release, unge="notat"))
    computed = caseload_choice.result(release, caseload_values(release, unge="beregnet"))
    assert by_note.caseload == pytest.approx(computed.caseload)
    assert (round(by_note.price, 2), round(computed.price, 2)) == (0.34, 0.48)
    table = caseload_tables.population(release, by_note)
    for price in ("0,32", "0,34", "0,46", "0,48"):
        assert f">{price}<" in table


def test_an_own_price_says_what_it_means_for_the_people(release):
    found = caseload_choice.result(release, caseload_values(release, pris="eget", c="0.6"))
    html = caseload_tables.population(release, found)
    assert "omkring 1.600 unge" in html
    assert "omkring 1.680" in html
    assert caseload_choice.result(release, caseload_values(release, pris="eget")).own_price is False


def test_replacement_stands_apart_from_new_money(release):
    found = caseload_choice.result(release, caseload_values(release, k="8"))
    cells = re.split(r"</tr>", caseload_tables.models(release, found))
    text = {
        re.sub(r"<[^>]*>", " ", row).replace("\N{NO-BREAK SPACE}", " ").strip() for row in cells
    }
    (new,) = (row for row in text if row.startswith("Heraf nye midler"))
    assert new.split() == [
        "Heraf",
        "nye",
        "midler",
        "–",
        "ingen",
        "6",
        "mio.",
        "kr.",
        "3",
        "mio.",
        "kr.",
    ]


def test_nothing_is_worked_out_before_the_visitor_has_chosen(release):
    values = flow_values(release)
    assert len(flow_page.missing(values)) == 4
    assert "Vælg en antagelse" in flow_page.waiting(values)
    assert "beregnet" not in flow_reverse.section(release, values)
    with pytest.raises(ValueError, match="ikke valgt"):
        flow_page.picture(release, values)


def test_only_cited_numbers_are_filled_in(release):
    cited = flow_page.Cited.of(release)
    for choice in flow_page.choices(release):
        documented = cited.of_choice(choice.key)
        assert choice.default == (() if documented is None else (choice.text(documented.value),))
        origin = flow_page.origin(cited, choice.key, flow_values(release))
        assert ("Fra kilden" in origin) is (documented is not None)
        assert f"/tal/{documented.id}" in origin if documented else parts.ASSUMPTION in origin
    assert parts.ASSUMPTION in flow_page.origin(cited, "start", flow_values(release, start="25"))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"find2": "10"}, "lavere"),
        ({"find2": "95", "tab2": "10"}, "100 pct."),
        ({"find2": "20", "tab2": "5"}, "forskellige"),
    ],
)
def test_assumptions_that_give_no_range_are_refused(release, changed, why):
    assert why in " ".join(flow_page.missing(flow_values(release, **COMPLETE | changed)))


def test_a_range_is_drawn_and_never_its_middle(release):
    picture = flow_page.picture(release, flow_values(release, **COMPLETE))
    check(picture)
    plain(release, picture.alt)
    edges = [
        {next(iter(set(d) & {layer["encoding"]["y"]["field"]})) for d in layer["data"]["values"]}
        for layer in picture.spec["layer"]
        if layer["mark"]["type"] == "line"
    ]
    assert edges == [{"lav"}, {"hoej"}]
    assert "20,7–35,8 af 100" in picture.finding
    assert squares(picture.spec) == [(2022, 20)]


def test_the_reverse_question_answers_or_says_out_of_reach(release):
    html = flow_reverse.section(release, flow_values(release, **COMPLETE))
    assert "83,8" in html
    assert flow_reverse.OUT_OF_REACH in html
    easy = flow_reverse.section(release, flow_values(release, **COMPLETE | {"maal": "90"}))
    assert flow_reverse.ALREADY in easy


def test_a_range_needs_two_years_in_order():
    with pytest.raises(ValueError, match="interval"):
        band([Year(1901, 1, 2, "")], [Level(1, "prøve")], y_title="prøve", ends=("1", "2"))
    with pytest.raises(ValueError, match="interval"):
        band([Year(1901, 1, 2, ""), Year(1902, 3, 2, "")], [], y_title="prøve", ends=("1", "2"))
