"""Udforsk: every choice gives a picture or says why there is none, and nothing is compared that cannot be."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract import danish
from dashboard import link, picture, read, series
from dashboard.link import Values
from dashboard.read import Indicator, Release
from dashboard.text import plain
from dashboard.topics import udforsk
from dashboard.topics.udforsk import WAYS, Result
from tests.screens import Document


def offered(release: Release) -> list[Indicator]:
    """The indicators that can be chosen."""
    return [indicator for indicator in release.indicators.values() if indicator.explore]


def found(release: Release, **params: str) -> tuple[Values, Result]:
    """The values and the result of an address."""
    given = {key: [value] for key, value in params.items()}
    values, _ = link.read(given, udforsk.choices(release, given))
    return values, udforsk.result(release, values)


def judged(release: Release, result: Result, name: str) -> list[str]:
    """What is wrong with a result."""
    if result.picture is None:
        return [] if result.empty.endswith(".") else [f"{name}: neither picture nor reason"]
    faults = []
    try:
        picture.check(result.picture)
    except picture.IncompleteFigure as error:
        faults.append(f"{name}: {error}")
    for text in (result.picture.finding, result.picture.sub, result.picture.alt):
        if not plain(release, text).strip():
            faults.append(f"{name}: an empty text")
    if Document.of(result.picture.table).faults:
        faults.append(f"{name}: the table's HTML is broken")
    for layer in result.picture.spec["layer"]:
        domain = layer["encoding"].get("y", {}).get("scale", {}) or {}
        for row in layer["data"]["values"]:
            if (
                "domain" in domain
                and "y" in row
                and not domain["domain"][0] <= row["y"] <= domain["domain"][1] * 1.000001
            ):
                faults.append(f"{name}: {row['y']} is off the axis {domain['domain']}")
            if "v" in row and row["v"] < 0:
                faults.append(f"{name}: a bar of {row['v']} cannot begin at zero and go right")
    return faults


def test_every_indicator_in_every_way_gives_a_picture_or_a_reason() -> None:
    release, faults = read.current(), []
    for indicator, way in itertools.product(offered(release), WAYS):
        values, result = found(release, i=indicator.id, vis=way)
        faults += judged(release, result, f"{indicator.id} {way}")
        assert values["i"] == (indicator.id,)
        if result.picture is None:
            faults.append(
                f"{indicator.id} {way}: no picture for the page's own defaults: {result.empty}"
            )
        elif way != "antal" and not result.picture.computed and not result.notices:
            faults.append(f"{indicator.id} {way}: the way was left without a word")
    assert not faults, "\n".join(faults)


def test_every_indicator_that_is_offered_has_figures() -> None:
    release = read.current()
    assert [i.id for i in offered(release) if not release.series(i.id)] == []


def test_every_pair_is_shown_together_only_if_declared_comparable() -> None:
    release, faults = read.current(), []
    for one, other in itertools.permutations(offered(release), 2):
        _, result = found(release, i=f"{one.id}.{other.id}", vis="antal")
        faults += judged(release, result, f"{one.id}+{other.id}")
        if result.picture is None:
            continue
        together = {figure.indicator.id for figure in result.picture.figures} == {one.id, other.id}
        declared = other.id in one.comparable_with
        if together and not declared:
            faults.append(f"{one.id} and {other.id} share an axis, but are not declared comparable")
        if together and one.unit != other.unit:
            faults.append(f"{one.id} and {other.id} share an axis with different units")
        if not together and not result.notices:
            faults.append(f"{other.id} was left out beside {one.id} without a word")
    assert not faults, "\n".join(faults)


def test_what_is_set_aside_is_named_with_the_reason() -> None:
    release = read.current()
    one = next(i for i in offered(release) if i.unit == "pct.")
    other = next(i for i in offered(release) if i.unit != "pct.")
    _, result = found(release, i=f"{one.id}.{other.id}")
    (what, why) = next(notice for notice in result.notices if "akse" in notice[0])
    assert what == "Kan ikke vises på samme akse."
    assert other.title.split()[0] in why
    assert f"/udforsk?i={other.id}" in why


def test_empty_choices_say_so() -> None:
    release = read.current()
    assert found(release, i="")[1].empty == "Der er ikke valgt en indikator."
    assert found(release, o="")[1].empty == "Der er ikke valgt et område."


def test_from_and_to_in_the_wrong_order_are_swapped_aloud() -> None:
    release = read.current()
    values, _ = found(release)
    periods = list(next(c for c in udforsk.choices(release, {}) if c.key == "fra").options)
    right = udforsk.result(release, values | {"fra": (periods[0],), "til": (periods[-1],)})
    wrong = udforsk.result(release, values | {"fra": (periods[-1],), "til": (periods[0],)})
    assert ("Fra og til er byttet om.", "Den første periode lå efter den sidste.") in wrong.notices
    assert right.picture
    assert wrong.picture
    assert wrong.picture.figures == right.picture.figures


def test_the_chosen_period_bounds_the_figures() -> None:
    release = read.current()
    values, _ = found(release)
    periods = list(next(c for c in udforsk.choices(release, {}) if c.key == "fra").options)
    result = udforsk.result(release, values | {"fra": (periods[2],), "til": (periods[5],)})
    assert result.picture
    assert {figure.period for figure in result.picture.figures} <= set(periods[2:6])


@settings(max_examples=150)
@given(st.data())
def test_any_valid_choice_gives_a_picture_or_a_reason(data: st.DataObject) -> None:
    release = read.current()
    first = data.draw(st.sampled_from([i.id for i in offered(release)]))
    values: Values = {}
    for choice in udforsk.choices(release, {"i": [first]}):
        ids = st.sampled_from(list(choice.options) or [""])
        many = st.lists(ids, unique=True, max_size=choice.most).map(tuple)
        values[choice.key] = data.draw(many if choice.many else ids.map(lambda one: (one,)))
    result = udforsk.result(release, values)
    assert not judged(release, result, str(values))
    if result.picture and values["vis"] == ("antal",):
        for layer in result.picture.spec["layer"]:
            for row in layer["data"]["values"]:
                assert "y" not in row or row["y"] in {
                    figure.value for figure in result.picture.figures
                }


def test_the_address_of_a_view_gives_the_view() -> None:
    release = read.current()
    for indicator in offered(release):
        given = {"i": [indicator.id]}
        choices = udforsk.choices(release, given)
        values, _ = link.read(given, choices)
        written = {key: [value] for key, value in link.write(values, choices, full=True).items()}
        again, aside = link.read(written, udforsk.choices(release, written))
        assert again == values
        assert not aside, (indicator.id, aside)


# ---- index and per 10.000 ----


def test_an_index_is_the_value_over_the_base_times_a_hundred() -> None:
    release = read.current()
    own = [f for f in release.series(udforsk.FIRST, ["101"]) if f.value is not None]
    base = own[0]
    marks = series.index_marks(own, base.period)
    assert marks[0].value == 100
    assert marks[0].text == "100"
    for mark in marks:
        assert mark.value == pytest.approx((mark.figure.value or 0) / (base.value or 1) * 100)
        assert mark.text == danish.number(mark.value, 0)


def test_an_index_without_a_base_is_empty() -> None:
    own = read.current().series(udforsk.FIRST, ["101"])
    assert series.index_marks(own, "1850") == []
    assert series.index_marks([replace(f, value=0.0) for f in own], own[0].period) == []


def test_per_10000_uses_the_population_of_the_same_place_and_time_only() -> None:
    release = read.current()
    people = {(f.area, f.period): f.value for f in release.series(series.POPULATION)}
    seen = 0
    for indicator in offered(release):
        if indicator.unit not in series.PEOPLE or indicator.id == series.POPULATION:
            continue
        for mark in series.per_10000(release, release.series(indicator.id)):
            seen += 1
            population = people[(mark.figure.area, mark.figure.period)]
            assert mark.value == pytest.approx(
                10_000 * (mark.figure.value or 0) / (population or 1)
            )
            assert mark.text == danish.number(mark.value, 1)
    assert seen, "some figure can be put in proportion to the population"


def test_figures_within_a_period_lie_wholly_within_it() -> None:
    from datetime import date

    figures = read.current().series(udforsk.FIRST, ["101"])
    first, last = date(2018, 2, 1), date(2020, 6, 30)
    chosen = series.within(figures, first, last)
    assert chosen
    assert all(first <= f.start and f.end <= last for f in chosen)
    assert {f.period for f in figures} > {f.period for f in chosen}
