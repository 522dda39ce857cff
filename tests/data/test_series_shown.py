"""Fetched series in the dashboard: read a few rows at a time, shown on their own, never mixed with stated figures.

All fetched values are made up, for 1901 and 1902; see series_data.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from contract.figure_id import slug
from contract.hidden import HIDDEN
from contract.release import current_id
from dashboard import (
    fetched,
    fetched_changes,
    fetched_words,
    library,
    link,
    picture,
    read,
    releases,
)
from dashboard.charts.content import of as content_of
from dashboard.charts.timeline import Mark, Track, segments, timeline
from dashboard.fetched_search import Found, Wanted
from dashboard.read import Release
from dashboard.sitemap import by_path
from dashboard.talpas import render
from dashboard.text import plain
from dashboard.topics import topic, udforsk
from tests.data import series_data
from tests.data.series_data import FEW, GONE
from tests.screens import run
from tests.unit import made_up

LY = "auk01-ledighedsydelse"


@pytest.fixture(scope="module")
def root(series_root: Path) -> Iterator[Path]:
    with series_data.in_use(series_root):
        yield series_root


@pytest.fixture
def release(root: Path) -> Release:
    return read.load(current_id(root))


def every(release: Release) -> pl.DataFrame:
    return pl.concat([release.fetched.scan(i).collect() for i in sorted(release.fetched.outlines)])


# ---- reading ----


def test_nothing_is_read_before_it_is_asked_for_and_only_so_much_is_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = read.load(current_id(root))
    series = fetched.Fetched(
        own.fetched._copies, own.fetched.outlines.values(), own.indicators, own.sources
    )
    assert series._count == 0
    monkeypatch.setattr(fetched, "MOST_KEPT", 40)
    for area in own.fetched.outlines[LY].areas:
        assert len(series.series(LY, [area])) == 8
        assert series._count == sum(map(len, series._kept.values())) <= 40
    assert len(series.series(LY)) == 48


def test_every_figure_is_found_by_its_id_and_by_its_series(release: Release) -> None:
    frame = every(release)
    for row in frame.iter_rows(named=True):
        figure = release.figure(row["figure"])
        assert row["figure"] in release
        assert (figure.value, figure.as_written, figure.note) == (
            row["value"],
            row["as_written"],
            row["note"],
        )
    whole = [f.id for i in sorted(release.fetched.outlines) for f in release.series(i)]
    assert whole == frame["figure"].to_list()
    assert [f.id for f in release.series(LY, ["461", "101"], "")] == [
        row["figure"] for row in frame.iter_rows(named=True)
        if row["indicator"] == LY and row["area"] in ("101", "461")
    ]  # fmt: skip


@pytest.mark.parametrize("name", [
    "", LY, f"{LY}-101", f"{LY}-101-1899k1", f"{LY}-999-1901k1", f"{LY}-101-1901K1", f"{LY}-101-1901k1-alle",
    f"{LY}-101-1901k1/../..", f"{LY}--101-1901k1", "x-" * 500, f"{LY}-101-1901k1\n",
])  # fmt: skip
def test_an_id_that_no_figure_has_is_none(release: Release, name: str) -> None:
    assert name not in release
    with pytest.raises(KeyError):
        release.figure(name)


def test_the_figures_of_the_documents_are_as_before(release: Release) -> None:
    assert not [f for f in release.figures() if f.indicator.id in release.fetched]
    assert len(list(release.figures())) > 300


# ---- finding ----


@pytest.mark.parametrize("wanted", [
    Wanted(), Wanted(areas={"101"}), Wanted(areas={"101", "147"}, first=date(1902, 1, 1)), Wanted(kinds={"beregnet"}),
    Wanted(indicators={LY, "folketal"}, last=date(1901, 12, 31)), Wanted(topics={"fleksjob"}, groups={""}),
    Wanted(sources={"statbank-ky04"}), Wanted(areas={"330"}), Wanted(indicators=()),
])  # fmt: skip
def test_finding_counts_and_cuts_what_a_plain_filter_finds(
    release: Release, wanted: Wanted
) -> None:
    frame = every(release)
    for name in ("indicator", "area", "group", "source", "kind"):
        allowed = getattr(wanted, f"{name}s")
        if allowed is not None:
            frame = frame.filter(pl.col(name).cast(pl.String).is_in(list(allowed)))
    if wanted.first:
        frame = frame.filter(pl.col("period_start") >= wanted.first)
    if wanted.last:
        frame = frame.filter(pl.col("period_end") <= wanted.last)
    names = frame["figure"].to_list()
    if wanted.topics is not None:
        names = [n for n in names if release.figure(n).indicator.topic in wanted.topics]
    found = Found(release, [], wanted)
    assert len(found) == len(names)
    assert [f.id for f in found] == names
    assert [f.id for f in found[5:60]] == names[5:60]
    assert [f.id for start in range(0, len(found), 37) for f in found[start : start + 37]] == names
    assert sum(found.by_source().values()) == len(names)
    if names:
        assert found[-1].id == names[-1]


def test_words_find_fetched_figures_by_title_place_and_time(release: Release) -> None:
    found = library.search(release, "ledighedsydelse auk01 odense 1902")
    assert {(f.area, f.start.year) for f in found} == {("461", 1902)}
    assert LY in {f.indicator.id for f in found}
    assert len(library.search(release, "xyzzy 1902")) == 0


# ---- shown ----


def explored(release: Release, **params: str) -> udforsk.Result:
    given = {key: [value] for key, value in params.items()}
    values, aside = link.read(given, udforsk.choices(release, given))
    assert not aside
    return udforsk.result(release, values)


def test_every_fetched_series_can_be_explored_in_every_way_it_allows(release: Release) -> None:
    for indicator, outline in release.fetched.outlines.items():
        for way in udforsk.WAYS:
            result = explored(release, i=indicator, vis=way, o="101.461")
            assert result.picture, (indicator, way, result.empty)
            picture.check(result.picture)
            assert plain(release, result.picture.finding)
            notes = " ".join(result.picture.notes)
            assert "Hentet" in notes
            assert outline.table in notes


def test_subgroups_can_be_chosen(release: Release) -> None:
    (indicator,) = (
        i for i, o in release.fetched.outlines.items() if "" not in o.groups and len(o.groups) > 1
    )
    groups = next(c for c in udforsk.choices(release, {"i": [indicator]}) if c.key == "g").options
    for key, text in groups.items():
        shown = explored(release, i=indicator, g=key, vis="antal", o="101").picture
        assert shown
        assert {f.group for f in shown.figures} == {text}


def test_a_fetched_series_never_shares_an_axis_with_a_stated_one(release: Release) -> None:
    result = explored(release, i=f"{LY}.ledighedsydelse", o="000", vis="antal")
    assert result.picture
    assert {f.indicator.id for f in result.picture.figures} == {LY}
    assert result.notices


def test_per_10000_uses_the_fetched_population_of_the_same_quarter(release: Release) -> None:
    shown = explored(release, i=LY, o="101", vis="pr10000").picture
    assert shown
    people = {f.period: f.value for f in release.series("folk1a-folketal", ["101"])}
    for row in (r for r in content_of(shown.spec).series[0].values if r is not None):  # type: ignore[union-attr]
        assert any(
            row == pytest.approx(10_000 * (f.value or 0) / (people[f.period] or 1))
            for f in shown.figures if f.value is not None and people[f.period]
        )  # fmt: skip


def test_a_hidden_number_is_named_in_the_table_and_breaks_the_line(release: Release) -> None:
    area, period = FEW
    shown = explored(release, i=LY, o=area, vis="antal").picture
    assert shown
    (hidden,) = (f for f in shown.figures if f.period == period)
    assert hidden.value is None
    assert HIDDEN in hidden.text
    assert any(HIDDEN in note for note in shown.notes)
    lines = [
        layer
        for layer in shown.spec["layer"]
        if isinstance(layer["mark"], dict) and layer["mark"]["type"] == "line"
    ]
    pieces = {row["del"] for line in lines for row in line["data"]["values"]}
    assert len(pieces) == 2
    drawn = [
        row["y"]
        for layer in shown.spec["layer"]
        for row in layer.get("data", {}).get("values", [])
        if "y" in row
    ]
    values = {f.value for f in shown.figures if f.value is not None}
    assert set(drawn) <= values
    assert HIDDEN in render(release, hidden.id)
    several = explored(release, i=LY, o=f"101.{area}", vis="antal").picture
    assert several
    assert HIDDEN in several.table


@pytest.mark.parametrize("last", ["1902K1", "1902K2", "1902K3", "1902K4"])
def test_the_name_of_a_short_series_does_not_stand_on_its_last_number(
    release: Release, last: str
) -> None:
    """Numbers stand above and below in turn; the name gives way to one below."""
    shown = explored(release, i="auk01-foertidspension", o="101", til=last, vis="antal").picture
    assert shown
    end = next(f for f in reversed(shown.figures) if f.value is not None)
    found: dict[str, set[float]] = {}
    for layer in shown.spec["layer"]:
        mark, rows = layer["mark"], layer.get("data", {}).get("values", [])
        on_phone = "!(" not in str(layer.get("transform", ""))
        for row in rows:
            if mark["type"] == "text" and (row.get("t") == "København" or not on_phone):
                dy = (
                    mark["dy"]["expr"].rpartition(":")[2]
                    if isinstance(mark["dy"], dict)
                    else mark["dy"]
                )
                if row["y"] == end.value:
                    found.setdefault(row["t"], set()).add(float(dy))
    (name,), (number,) = found["København"], found[end.text]
    assert abs(name - number) >= 15


def test_a_number_that_is_not_told_is_not_nought(release: Release) -> None:
    shown = explored(release, i="ky04-aktivitetsparate", o="101", vis="antal").picture
    assert shown
    (gone,) = (f for f in shown.figures if f.period == f"1901-{GONE[-2:]}")
    assert gone.text == "ikke oplyst"
    assert any("ikke oplyst" in note for note in shown.notes)


def test_every_passport_can_be_opened(release: Release) -> None:
    for indicator in release.fetched.outlines:
        for figure in release.series(indicator, ["101", "851"])[::3]:
            html = render(release, figure.id)
            assert "<dt>Licens</dt><dd>CC BY 4.0</dd>" in html
            assert release.indicators[indicator].title.split(",")[0] in html
            for name in figure.derived_from:
                assert f"/tal/{name}" in html


@pytest.mark.parametrize("path", ["fleksjob", "afklaring", "voksne", "unge"])
def test_a_topic_page_shows_its_series_by_itself(release: Release, path: str) -> None:
    own = [p for p in topic(path).pictures(release, {}) if p.key.startswith("hentet-")]
    assert own
    for one in own:
        picture.check(one)
        assert len({f.indicator.id for f in one.figures}) == 1, "never merged with other figures"
    page = by_path(f"/{path}")
    assert page
    shown = run(page)
    assert not shown.app.exception
    assert [p.key for p in shown.pictures if p.key.startswith("hentet-")] == [p.key for p in own]
    assert any("De næste figurer er hentet fra StatBank." in html for html in shown.html)


def test_every_group_of_a_series_without_a_whole_is_a_picture_of_its_own(release: Release) -> None:
    shown = {p.key: p for p in topic("voksne").pictures(release, {})}
    groups = release.fetched.outlines["auk01-kontanthjaelp"].groups
    assert len(groups) == 2
    for group in groups:
        own = shown[f"hentet-auk01-kontanthjaelp-{slug(group)}"]
        assert {f.group for f in own.figures} == {group}
        assert group in own.finding
    assert [
        k
        for k in (p.key for p in topic("unge").pictures(release, {}))
        if "auk01-uddannelseshjaelp" in k
    ]


def test_a_computed_series_names_every_table_its_parts_are_from(release: Release) -> None:
    ratio = release.indicators["auk01-fleksjob-ledighed"]
    (line,) = (n for n in fetched_words.notes(release, [ratio], []) if n.startswith("Beregnet"))
    assert re.search(
        r"100 × «.+» ÷ \(«.+» \+ «.+»\)\. Hentet fra StatBank [\d.]+, tabel AUK01\.$", line
    )


@pytest.mark.parametrize("path", ["udforsk", "kilder", "om", "nyt"])
def test_the_other_pages_tell_of_them(release: Release, path: str) -> None:
    page = by_path(f"/{path}")
    assert page
    shown = run(page)
    assert not shown.app.exception
    html = " ".join(shown.html)
    assert fetched_words.NONE not in html
    if path == "udforsk":
        for indicator in release.fetched.outlines:
            assert f"/udforsk?i={indicator}" in html


def test_without_series_the_app_says_where_they_could_come_from(root: Path) -> None:
    first = read.load(read.current().manifest.previous)  # before anything was fetched
    assert fetched_words.listing(first) == fetched_words.NONE
    for path in ("udforsk", "kilder"):
        page = by_path(f"/{path}")
        assert page
        assert fetched_words.NONE in "".join(run(page, {"d": releases.short(first.id)}).html)


# ---- breaks and changes ----


def test_a_line_does_not_cross_a_break(release: Release) -> None:
    figures = made_up.series(1, 2, 3, 4)
    track = Track("Prøve", "koebenhavn", [Mark(f, f.value or 0, f.text) for f in figures],
                  breaks=frozenset({date(1903, 1, 1)}))  # fmt: skip
    runs = segments(track.marks, track.breaks)
    assert [[m.value for m in run] for run in runs] == [[1, 2], [3, 4]]
    spec = timeline([track], first=date(1901, 1, 1), last=date(1904, 12, 31))
    content = content_of(spec)
    assert content
    assert [list(s.values) for s in content.series] == [[1, 2, None, None], [None, None, 3, 4]]
    assert any(layer["mark"].get("ariaRoleDescription") == "databrud" for layer in spec["layer"])


@pytest.fixture
def broken(release: Release) -> Release:
    """The release, with breaks in førtidspension in the years of the invented numbers."""
    own = [b for b in release.breaks if b.indicators == ["auk01-foertidspension"]]
    moved = [replace(b, period=p) for b, p in zip(own, ["1901K3", "1902K2"], strict=True)]
    return replace(release, breaks=tuple(moved))


def test_a_heading_compares_only_what_is_counted_alike(broken: Release) -> None:
    name = "auk01-foertidspension"
    (shown,) = (p for p in topic("afklaring").pictures(broken, {}) if p.key == f"hentet-{name}")
    chosen = explored(broken, i=name, o="101.461").picture
    alone = explored(broken, i=name, o="101", til="1902K2", vis="pr10000").picture
    assert chosen
    assert alone
    for finding in (shown.finding, chosen.finding):
        assert (
            f"fra {{{name}-101-1902k2}} i 2. kv. 1902 til {{{name}-101-1902k4}} i 4. kv. 1902"
            in finding
        )
    assert " mod " not in alone.finding
    for picture_ in (shown, chosen):
        notes = " ".join(picture_.notes)
        assert "Databrud, 3. kv. 1901" in notes
        assert "Databrud, 2. kv. 1902" in notes


def test_an_index_is_not_drawn_over_a_break(broken: Release) -> None:
    name = "auk01-foertidspension"
    over = explored(broken, i=name, vis="indeks", o="101.461")
    assert over.picture
    assert not over.picture.computed
    assert [what for what, _ in over.notices] == ["«Indeks» er slået fra."]
    assert not explored(broken, i=name, o="101.461").notices, "what is shown first needs no notice"
    after = explored(broken, i=name, vis="indeks", o="101.461", fra="1902K2")
    assert after.picture
    assert after.picture.computed
    assert not after.notices


def test_what_changed_in_the_series_is_counted_and_named(root: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "data"
    shutil.copytree(root, copy)
    old = current_id(copy)
    shutil.rmtree(copy / "raw")
    series_data.fetch(copy, series_data.service(raised=200))
    new = series_data.publish(copy, "2026-12-02")
    with series_data.in_use(copy):
        lines = "".join(fetched_changes.between(old, new))
        assert "ændrede tal" in lines
        name = f"{LY}-101-1901k2"
        (change,) = releases.changed_among(old, new, [name, f"{LY}-101-1850k1"])
        assert change.figure.id == name
        assert change.words.count("→") == 1
        assert len(releases.history(name)) == 2
