"""Old links: what has been renamed still opens, and every link form that has been given out opens for ever."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from contract.release import current_id
from dashboard import link, migrations, read, releases, sitemap
from dashboard.link import Choice
from dashboard.migrations import TABLE, Rename
from dashboard.server import arrivals
from dashboard.server.pages import canonical
from dashboard.topics import topic

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "golden_links.txt"
LINES = [
    line for line in GOLDEN.read_text("utf-8").splitlines() if line and not line.startswith("#")
]
HOST = "indblik.example.dk"


def chain() -> list[str]:
    """Short ids of the release in use and of those it follows."""
    found, name = [], current_id()
    while name and name in releases.existing() and releases.short(name) not in found:
        found.append(releases.short(name))
        name = read.load(name).manifest.previous
    return found


def arrived(address: str) -> tuple[str, str]:
    """(path, query) after the server has sent the visitor on."""
    path, _, query = address.partition("?")
    target = arrivals.target(path, query, HOST, canonical(path)) or address
    path, _, query = target.partition("#")[0].partition("?")
    return path, query


def faults(address: str) -> Iterator[str]:
    """What keeps a link from opening without a notice."""
    path, query = arrived(address)
    params = parse_qs(query, keep_blank_values=True)
    release = read.current()
    if link.RELEASE in params:
        release, why = releases.opened(params[link.RELEASE][0])
        if why:
            yield f"{address}: {why}"
    if path.startswith(arrivals.FIGURE):
        figure = path.removeprefix(arrivals.FIGURE)
        if figure not in release and not releases.history(figure):
            yield f"{address}: the figure is gone and has no line in dashboard/migrations.py"
        return
    page = sitemap.by_path(path)
    if page is None:
        yield f"{address}: there is no page {path}"
        return
    values, aside = link.read(params, topic(page.path).choices(release, params))
    for one in aside:
        yield f"{address}: {one.what}: {one.why}"
    if not topic(page.path).headline(release, values):
        yield f"{address}: no headline"


@pytest.mark.parametrize("part", range(4))
def test_every_link_that_was_given_out_opens_without_a_notice(part: int) -> None:
    found = []
    for line in LINES[part::4]:
        pinned = chain() if "{udgave}" in line else [""]
        for release in pinned:
            found += list(faults(line.replace("{udgave}", release)))
    assert not found, "\n".join(found)


def test_the_golden_links_cover_every_page_and_key() -> None:
    for page in sitemap.PAGES:
        own = [line for line in LINES if line.partition("?")[0] == f"/{page.path}"]
        assert any("d={udgave}" in line for line in own), page.path
        keys = {
            key for line in own for key in parse_qs(line.partition("?")[2], keep_blank_values=True)
        }
        for choice in topic(page.path).choices(read.current(), {}):
            assert choice.key in keys, f"/{page.path}: add links with {choice.key}"
    assert sum(line.startswith(arrivals.FIGURE) for line in LINES) > 100
    assert len(set(LINES)) == len(LINES)


@pytest.mark.parametrize("one", TABLE, ids=lambda one: f"{one.kind}-{one.old}")
def test_a_renaming_leads_to_something_that_exists(one: Rename) -> None:
    release = read.current()
    every = [choice for page in sitemap.PAGES for choice in topic(page.path).choices(release, {})]
    keys = {choice.key for choice in every} | {link.RELEASE}
    if one.kind == "path":
        assert sitemap.by_path(migrations.path(one.old))
        assert not sitemap.by_path(one.old), "an old path is never used again"
    elif one.kind == "key":
        assert migrations.key(one.old) in keys
        assert one.old not in keys, "an old key is never used again"
    elif one.kind == "id":
        own = [choice for choice in every if choice.key == one.key and isinstance(choice, Choice)]
        assert any(migrations.identifier(one.key, one.old) in choice.options for choice in own)
        assert not any(one.old in choice.options for choice in own), "an old id is never used again"
    else:
        assert migrations.figure(one.old) in release
        assert one.old not in release, "an old figure id is never used again"
    assert bool(one.key) == (one.kind == "id")


def test_nothing_is_renamed_twice_in_one_table() -> None:
    assert len({(one.kind, one.key, one.old) for one in TABLE}) == len(TABLE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/ressourceforloeb", "/afklaring"),
        ("/scenarie", "/hvad-nu-hvis"),
        ("/tilgaengelighed", "/was"),
        ("/overblik", "/"),
        ("/Scenarie/", "/hvad-nu-hvis"),
        ("/overblik?d=75dfaa6b", "/?d=75dfaa6b"),
        ("/scenarie?k=4.5&unge=beregnet", "/hvad-nu-hvis?k=4.5&unge=beregnet"),
        (
            "/udforsk?indikator=folketal&omraade=koebenhavn.hele-landet&visning=pr-10000&udgave=75dfaa6b",
            "/udforsk?i=folketal&o=101.000&vis=pr10000&d=75dfaa6b",
        ),
        ("/udforsk?i%3Dfolketal%26omraade%3Dkoebenhavn.", "/udforsk?i=folketal&o=101"),
        ("/udforsk?embed=true", "/udforsk"),
        ("/?embed=true&embed_options=dark_theme", "/"),
        (
            "/udforsk?i=folketal&%65mbed_options=disable_scrolling&vis=antal",
            "/udforsk?i=folketal&vis=antal",
        ),
        ("/udforsk?embed=true&x=" + "x" * 9000, "/udforsk?x=" + "x" * 9000),
    ],
)
def test_an_old_address_is_sent_on_to_the_new_one(old: str, new: str) -> None:
    path, _, query = old.partition("?")
    assert arrivals.target(path, query, HOST, canonical(path)) == new
    path, _, query = new.partition("?")
    assert arrivals.target(path, query, HOST, canonical(path)) is None


CHOICES = [
    Choice("i", "Indikator", {"folk": "Folk", "job": "Job"}, ("folk",), many=True),
    Choice("vis", "Vis som", {"antal": "Antal"}, ("antal",)),
]


def test_adding_a_renaming_is_all_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    added = (
        Rename("path", "gammel", "mellem"),
        Rename("path", "mellem", "udforsk"),
        Rename("key", "emner", "i"),
        Rename("id", "job-gammelt", "job", key="i"),
        Rename("figure", "tal-gammelt", "tal-mellem"),
        Rename("figure", "tal-mellem", "tal-nyt"),
    )
    monkeypatch.setattr(migrations, "TABLE", TABLE + added)
    assert arrived("/gammel?emner=job-gammelt.folk") == ("/udforsk", "i=job.folk")
    assert arrived("/tal/tal-gammelt?d=75dfaa6b") == ("/tal/tal-nyt", "d=75dfaa6b")
    values, aside = link.read({"emner": ["job-gammelt.folk"]}, CHOICES)
    assert values["i"] == ("job", "folk")
    assert not aside


def test_an_id_in_use_is_not_renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "TABLE", (Rename("id", "folk", "job", key="i"),))
    assert link.read({"i": ["folk"]}, CHOICES)[0]["i"] == ("folk",)


def test_a_circle_of_renamings_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "TABLE", (Rename("path", "a", "b"), Rename("path", "b", "a")))
    assert migrations.path("a") in ("a", "b")


def test_old_and_new_key_together_are_named() -> None:
    values, aside = link.read({"indikator": ["job"], "i": ["folk"]}, CHOICES)
    assert values["i"] == ("folk",)
    assert aside[0].why == "valget stod flere gange i adressen; det første er brugt"


def test_an_unknown_id_keeps_the_name_the_visitor_gave() -> None:
    assert link.read({"i": ["findes-ikke"]}, CHOICES)[1][0].what == "Indikator «findes-ikke»"
