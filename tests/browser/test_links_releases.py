"""A link to an older release, after newer figures have been published: old numbers, and what has changed.

The later release is made in a copy of the data by changing three figures; it is a test and says so.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from contract import paths
from contract.release import current_id
from tests.browser.conftest import settled
from tests.publishing import put_in_use
from tests.running import Server, running

CHANGED = {
    "nettoledige-kontanthjaelp-461-2018k2": ("911", "912"),
    "nettoledige-kontanthjaelp-751-2019k3": ("930", "931"),
    "personer-i-fleksjob-aar-000-2019": ("72.600", "72.700"),
}
NewPage = Callable[..., Page]
ODENSE = "/udforsk?i=nettoledige-kontanthjaelp&o=461&fra=2018K2&til=2022K4&vis=antal"


@dataclass(frozen=True)
class Later:
    """A server with two releases, and their ids."""

    server: Server
    old: str
    new: str


def _change(root: Path) -> None:
    for figure, (old, new) in CHANGED.items():
        file = next(
            f
            for f in sorted((root / "figures").glob("*.csv"))
            if f"\n{figure}," in f.read_text("utf-8")
        )
        lines = file.read_text("utf-8").split("\n")
        at = next(n for n, line in enumerate(lines) if line.startswith(f"{figure},"))
        bare_old, bare_new = old.replace(".", ""), new.replace(".", "")
        assert bare_old in lines[at], f"{figure} is no longer {old}: change the test"
        lines[at] = lines[at].replace(f",{bare_old},", f",{bare_new},", 1).replace(old, new)
        file.write_text("\n".join(lines), "utf-8")
    publication = root / "publication.toml"
    text = publication.read_text("utf-8")
    text = re.sub(r"(?m)^published = .*$", 'published = "2099-01-02"', text)
    publication.write_text(
        re.sub(r"(?m)^previous = .*$", f'previous = "{current_id(root)}"', text), "utf-8"
    )


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Later]:
    """The app over two releases, the second with three figures changed."""
    root = tmp_path_factory.mktemp("later") / "data"
    shutil.copytree(
        paths.REPO / "data",
        root,
        ignore=shutil.ignore_patterns("releases", "CURRENT", "publications.jsonl"),
    )
    old = put_in_use(root)
    _change(root)
    put_in_use(root, "Prøveudgave: tre tal er ændret.")
    with running(root.parent / "log.txt", {"INDBLIK_DATA": str(root)}) as server:
        yield Later(server, old, current_id(root))


def banner(page: Page) -> str:
    """The words of the notice over an old release."""
    return " ".join(
        page.locator(".besked", has_text="Du ser udgaven fra").first.inner_text().split()
    )


def at(page: Page, later: Later, path: str) -> Page:
    page.goto(later.server.url + path)
    settled(page)
    return page


def test_a_pinned_link_shows_its_own_numbers_and_what_has_changed(
    later: Later, new_page: NewPage
) -> None:
    page = at(new_page(), later, f"{ODENSE}&d={later.old[-8:]}")
    heading = page.locator("[data-testid=stMain] h2").first
    expect(heading).to_contain_text("fra 911 i 2. kv. 2018")
    said = banner(page)
    assert later.old in said
    assert re.search(r"\b1 af \d+ tal på siden er ændret siden", said), said
    assert "911 → 912" in said
    for other in ("930", "72.600"):
        assert other not in said, "only figures on this page are named"
    page.get_by_role("link", name="Se de nyeste tal").click()
    expect(heading).to_contain_text("fra 912 i 2. kv. 2018")
    expect(page.locator(".besked", has_text="Du ser udgaven fra")).to_have_count(0)
    assert "d=" not in page.url
    assert "o=461" in page.url


def test_each_page_names_its_own_changes_or_that_there_are_none(
    later: Later, new_page: NewPage
) -> None:
    page = at(new_page(), later, f"/fleksjob?d={later.old}")
    assert "72.600 → 72.700" in banner(page)
    assert "911" not in banner(page)
    at(page, later, f"/unge?d={later.old[-8:]}")
    assert "Ingen af tallene på siden er ændret siden" in banner(page)
    expect(page.get_by_role("link", name="Se de nyeste tal")).to_have_attribute("href", "/unge")


def test_a_release_that_is_gone_gives_the_nearest_with_a_notice(
    later: Later, new_page: NewPage
) -> None:
    page = at(new_page(), later, "/fleksjob?d=2001-01-01-00000000")
    aside = page.locator(".besked", has_text="Noget i linket kunne ikke bruges")
    expect(aside).to_contain_text(
        "Udgaven «2001-01-01-00000000»: den findes ikke; du ser den nærmeste"
    )
    expect(aside).to_contain_text(later.old)
    assert "72.600 → 72.700" in banner(page), "the nearest is an older one, and that is said too"


def test_the_log_lists_the_changes_newest_first(later: Later, new_page: NewPage) -> None:
    page = at(new_page(), later, "/nyt")
    sections = page.locator("section.udgave")
    expect(sections).to_have_count(2)
    newest = sections.first
    expect(newest).to_contain_text(later.new)
    expect(newest).to_contain_text("Prøveudgave: tre tal er ændret.")
    rows = newest.locator("tbody tr")
    expect(rows).to_have_count(3)
    for old, new in CHANGED.values():
        row = newest.locator("tbody tr", has_text=new)
        expect(row).to_contain_text(old)
    expect(sections.last).to_contain_text(later.old)


def test_the_passport_shows_the_history(later: Later) -> None:
    for figure, (old, new) in CHANGED.items():
        html = later.server.get(f"/tal/{figure}?del=1").text.replace("\u00a0", " ")
        history = html[html.index("Siden sidste udgave") :]
        assert "Ændret." in history
        assert history.index(new) < history.index(old)
        assert later.old in history
        assert later.new in history
        pinned = later.server.get(f"/tal/{figure}?del=1&d={later.old[-8:]}").text.replace(
            "\u00a0", " "
        )
        assert "findes ikke længere" not in pinned
        assert f"<b>{old}</b>" in pinned
        assert f"<b>{new}</b>" in html


def test_the_panel_shows_the_release_of_the_page(later: Later, new_page: NewPage) -> None:
    page = at(new_page(), later, f"{ODENSE}&d={later.old[-8:]}")
    page.locator('h2 a[href="/tal/nettoledige-kontanthjaelp-461-2018k2"]').click()
    expect(page.locator("#talpas-krop .stort-tal")).to_have_text("911")
