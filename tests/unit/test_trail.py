"""The events of the beslutningsspor: filters, columns of years, rows of the picture."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.periods import parse_period
from dashboard import link, read, trail, trail_map
from dashboard.read import Event
from dashboard.topics import beslutninger


def made_up(
    name: str, when: str, precision: str = "dag", title: str = "Opdigtet hændelse"
) -> Event:
    """An event that stands in no data."""
    period = parse_period(when)
    return Event(
        name,
        when,
        period.start,
        period.end,
        precision,
        title,
        "",
        "BIU",
        "unge",
        "aftale",
        "x",
        "x",
        [],
        [],
    )


def values(**chosen: str) -> link.Values:
    """The page's values at an address."""
    read_values, aside = link.read(
        {k: [v] for k, v in chosen.items()}, beslutninger.choices(read.current(), {})
    )
    assert not aside
    return read_values


def test_nothing_chosen_shows_every_event_in_order() -> None:
    release = read.current()
    assert trail.selected(release, values()) == list(release.events)


def test_filters_narrow_together() -> None:
    release = read.current()
    shown = trail.selected(release, values(org="biu", art="droeftelse"))
    assert shown
    assert all(e.body == "BIU" and e.kind == "drøftelse" for e in shown)
    assert len(shown) < len(trail.selected(release, values(org="biu"))) < len(release.events)


def test_every_option_leads_to_something_and_addresses_are_plain() -> None:
    release = read.current()
    for choice in trail.choices(release):
        for option in choice.options:
            assert re.fullmatch(r"[a-z0-9-]+", option)
            assert trail.selected(release, values(**{choice.key: option}))


def test_every_body_and_kind_of_the_data_has_a_name() -> None:
    release = read.current()
    assert {e.body for e in release.events} <= trail.BODIES.keys()
    assert {e.kind for e in release.events} <= trail.KINDS.keys()
    lanes = [body for _, _, bodies in trail_map.LANES for body in bodies]
    assert sorted(lanes) == sorted(trail.BODIES)


def test_columns_keep_years_whole_and_in_order() -> None:
    events = [
        made_up(f"e{i}", f"{year}-05-01")
        for i, year in enumerate([2015, 2017, 2017, 2017, 2018, 2019])
    ]
    columns = trail.columns_of(events)
    assert [[year for year, _ in column] for column in columns] == [[2015, 2017], [2018, 2019]] or [
        [year for year, _ in column] for column in columns
    ] == [[2015], [2017, 2018, 2019]]
    assert [e for column in columns for _, own in column for e in own] == events
    assert trail.columns_of([]) == [[]]


def test_an_event_shows_its_date_as_precisely_as_it_is_known() -> None:
    html = trail.events(read.current(), list(read.current().events))
    for event in read.current().events:
        assert f'id="h-{event.id}"' in html
        assert trail.when(event) in html
    assert trail.when(made_up("a", "2018", "år")) == "2018"
    assert trail.when(made_up("a", "2019-11", "måned")) == "november 2019"


_days = st.dates(date(2015, 1, 1), date(2023, 12, 31)).map(lambda d: (d.isoformat(), "dag"))
_months = st.dates(date(2015, 1, 1), date(2023, 12, 31)).map(lambda d: (d.isoformat()[:7], "måned"))
_years = st.integers(2015, 2023).map(lambda y: (str(y), "år"))


@given(st.lists(st.tuples(st.one_of(_days, _months, _years), st.integers(1, 50)), max_size=25))
def test_no_two_labels_overlap(drawn: list[tuple[tuple[str, str], int]]) -> None:
    events = [
        made_up(f"e{i}", when, precision, "x" * n) for i, ((when, precision), n) in enumerate(drawn)
    ]
    placed = trail_map.place(events, 2015, 2023)
    assert sorted(p.event.id for p in placed) == sorted(e.id for e in events)
    rows: dict[int, list[tuple[float, float]]] = {}
    for p in placed:
        sides = trail_map._sides(p.event, p.start, p.end)
        extent = sides[1 if p.leftwards else 0]
        assert extent is not None
        assert extent[0] >= -6
        assert extent[1] <= trail_map.DESIGN + 6
        for left, right in rows.setdefault(p.row, []):
            assert extent[1] + trail_map.GAP <= left or right + trail_map.GAP <= extent[0]
        rows[p.row].append(extent)


def test_marks_stand_on_their_true_place() -> None:
    placed = trail_map.place([made_up("a", "2019-07-02"), made_up("b", "2018", "år")], 2018, 2019)
    assert placed[0].start == placed[0].end == pytest.approx(0.75, abs=0.001)
    assert (placed[1].start, placed[1].end) == (0, pytest.approx(0.5, abs=0.002))
    assert placed[1].row > placed[0].row
