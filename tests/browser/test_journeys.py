"""What people come to do: see the answer, look into a number, choose, share, come back, take away."""

import csv
import io
import random
import re
import struct
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard import read
from dashboard.text import plain
from tests.browser.looking import MAIN, address_holds, address_lacks, finding, heading, whole, words

Visit = Callable[[Page, str], Page]
NewPage = Callable[..., Page]
WAYS = ("Antal", "Indeks", "Pr. 10.000")


def chosen(page: Page) -> dict[str, list[str]]:
    """What the choices of Udforsk show as chosen."""
    controls = page.locator(".st-key-udforsk-valg")
    return {
        "indicators": controls.locator(
            "[data-baseweb=tag], [data-testid=stMultiSelect] [role=row]"
        ).all_inner_texts(),
        "periods": [
            box.input_value()
            for box in controls.get_by_test_id("stSelectbox").get_by_role("combobox").all()
        ],
        "way": controls.get_by_role("radio", checked=True).all_inner_texts(),
        "areas": controls.locator("button[aria-pressed=true]").all_inner_texts(),
    }


def way(page: Page, name: str) -> Locator:
    """One of the ways of showing in Udforsk."""
    return page.get_by_role("radio", name=name, exact=True)


@pytest.fixture
def page(warm_page: NewPage) -> Page:
    """A new tab in a profile that has been on the site before."""
    return warm_page()


# ---- seeing ----


def test_the_front_page_answers_at_once(page: Page, visit: Visit) -> None:
    whole(visit(page, "/"))
    release = read.current()
    expect(heading(page)).to_have_text(plain(release, "udfordring-overskrift"))
    expect(heading(page)).to_be_in_viewport()
    expect(page.locator(".maaling")).to_have_count(2)
    for measured in page.locator(".maaling").all():
        expect(measured.locator("a.tal")).to_be_in_viewport()
        expect(measured.locator(".prik")).to_have_count(10)
    cards = page.locator("article.kort")
    assert 5 <= cards.count() <= 7
    for card in cards.all():
        expect(card.locator("a.tal").first).to_have_attribute("href", re.compile("^/tal/"))
        expect(card.locator(".kortfod")).to_contain_text(re.compile(r"\w"))


def test_a_chart_has_its_table_its_files_and_its_source_behind_tabs(
    page: Page, visit: Visit
) -> None:
    whole(visit(page, "/fleksjob"))
    figure = page.locator(".st-key-figur-niveau")
    chart = figure.locator("svg.marks").first
    expect(chart).to_be_visible()
    expect(
        figure.get_by_role("graphics-document")
        .or_(figure.locator("[aria-label*='fleksjob']"))
        .first
    ).to_have_attribute("aria-label", re.compile("fleksjob"))
    figure.get_by_role("tab", name="Tabel").click()
    expect(chart).to_be_hidden()
    table = figure.get_by_role("table")
    expect(table).to_be_visible()
    shown = {figure.text for figure in read.current().series("personer-i-fleksjob", ["000"])}
    assert shown <= set(table.locator("a.tal").all_inner_texts())
    figure.get_by_role("tab", name="Om tallet").click()
    expect(figure.locator(".om-indikator").first).to_be_visible()
    expect(figure.locator(".om-indikator").first).to_contain_text("Forbehold")
    figure.get_by_role("tab", name="Hent").click()
    expect(figure.get_by_role("link", name="CSV til Excel")).to_be_visible()
    figure.get_by_role("tab", name="Graf").press("Enter")
    expect(chart).to_be_visible()


def test_the_table_says_what_the_chart_says(page: Page, visit: Visit) -> None:
    """A3: the same numbers in the chart's own text and in the table beside it."""
    whole(visit(page, "/fleksjob"))
    figure = page.locator(".st-key-figur-timer")
    written = set(figure.locator("svg.marks text").all_text_contents())
    figure.get_by_role("tab", name="Tabel").click()
    numbers = set(figure.get_by_role("table").locator("a.tal").all_inner_texts())
    assert numbers
    assert numbers <= written


# ---- a number's passport ----


def test_a_talpas_by_keyboard_and_back_with_escape(page: Page, visit: Visit) -> None:
    whole(visit(page, "/"))
    link = page.locator("article.kort a.tal").nth(1)
    link.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Om tallet")
    expect(panel.get_by_role("heading", name="Om tallet")).to_be_focused()
    expect(panel.locator("dl")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(link).to_be_focused()


# ---- choosing ----


def test_a_choice_changes_the_chart_and_the_address(page: Page, visit: Visit) -> None:
    whole(visit(page, "/udforsk?vis=indeks"))
    before = finding(page).inner_text()
    assert "pct. af niveauet" in before
    way(page, "Antal").click()
    expect(finding(page)).not_to_have_text(before)
    address_holds(page, "vis=antal")
    whole(page)
    expect(page.locator("svg.marks").first).to_be_visible()
    numbers = [text for text in words(page)["written"] if re.fullmatch(r"[\d.]+", text)]
    assert "20.000" in numbers or "25.000" in numbers, numbers


def test_an_area_that_is_taken_away_leaves_the_chart_and_the_address(
    page: Page, visit: Visit
) -> None:
    whole(visit(page, "/udforsk?vis=antal"))
    written = page.locator("svg.marks").first
    expect(written).to_contain_text("Odense")
    page.get_by_role("button", name="Odense", exact=True).click()
    expect(page.locator("svg.marks").first).not_to_contain_text("Odense")
    address_holds(page, "o=101.000.147.751.851")
    page.get_by_role("button", name="Odense", exact=True).click()
    expect(page.locator("svg.marks").first).to_contain_text("Odense")
    address_lacks(page, "o=")


def test_nothing_chosen_is_a_sentence_and_a_way_on(page: Page, visit: Visit) -> None:
    whole(visit(page, "/udforsk?o="))
    expect(page.locator(MAIN)).to_contain_text("Der er ikke valgt et område.")
    page.get_by_role("link", name="Begynd forfra").click()
    expect(finding(page)).to_be_visible()


def test_a_search_among_all_numbers(page: Page, visit: Visit) -> None:
    whole(visit(page, "/kilder"))
    box = page.get_by_label("Søg i tallene")
    box.fill("ledighedsydelse")
    box.press("Enter")
    table = page.locator("table.tabel").first
    expect(table.locator("tbody tr").first).to_contain_text(re.compile("ledighedsydelse", re.I))
    box.fill("intet hedder sådan")
    box.press("Enter")
    expect(page.locator(MAIN)).to_contain_text("Ingen tal passer til søgningen")


# ---- sharing ----


def test_a_shared_address_opens_the_same_view_for_someone_else(
    new_page: NewPage, visit: Visit
) -> None:
    sender = whole(visit(new_page(), "/udforsk"))
    way(sender, "Antal").click()
    address_holds(sender, "vis=antal")
    sender.get_by_role("button", name="Hele landet", exact=True).click()
    address_holds(sender, "o=101.147")
    whole(sender)
    expect(sender.locator("svg.marks").first).not_to_contain_text("Hele landet")
    address = urlsplit(sender.url)
    receiver = whole(visit(new_page(locale="en-US"), f"{address.path}?{address.query}"))
    expect(finding(receiver)).to_have_text(finding(sender).inner_text())
    assert chosen(receiver) == chosen(sender)
    assert chosen(receiver)["way"] == ["Antal"]
    assert words(receiver)["written"] == words(sender)["written"]
    assert receiver.url.partition("?")[2] == address.query


def test_an_address_holds_ids_and_never_labels(page: Page, visit: Visit) -> None:
    whole(visit(page, "/udforsk"))
    way(page, "Antal").click()
    address_holds(page, "vis=antal")
    for values in parse_qs(urlsplit(page.url).query).values():
        for value in values:
            assert re.fullmatch(r"[A-Za-z0-9./-]*", value), value


def test_a_link_that_cannot_be_followed_says_what_was_set_aside(page: Page, visit: Visit) -> None:
    whole(
        visit(page, "/udforsk?i=findes-ikke&vis=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E&fra=1850&x=1")
    )
    notice = page.locator(".besked").first
    for word in (
        "Noget i linket kunne ikke bruges.",
        "findes-ikke",
        "<img src=x onerror=alert(1)>",
        "1850",
        "«x»",
    ):
        expect(notice).to_contain_text(word)
    expect(notice.locator("img")).to_have_count(0)
    expect(finding(page)).to_be_visible()
    way(page, "Antal").click()
    expect(page.locator(".besked").filter(has_text="Noget i linket")).to_have_count(0)


# ---- taking away ----


def saved(page: Page, control: Locator) -> Path:
    """The file that a link or button gives. The first of its kind can take a while to make."""
    with page.expect_download(timeout=60_000) as download:
        control.click()
    return Path(download.value.path())


def test_a_file_for_excel_holds_the_numbers_of_the_chart(page: Page, visit: Visit) -> None:
    whole(visit(page, "/fleksjob"))
    figure = page.locator(".st-key-figur-timer")
    figure.get_by_role("tab", name="Hent").click()
    raw = saved(page, figure.get_by_role("link", name="CSV til Excel")).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
    wanted = {one.id: one.value for one in read.current().series("fleksjob-efter-timer")}
    assert {row["tal-id"]: float(row["værdi"].replace(",", ".")) for row in rows} == wanted
    assert all(row["kilde"] and row["sted i kilden"] for row in rows)


def test_a_chart_is_taken_away_as_svg_and_png(page: Page, visit: Visit) -> None:
    whole(visit(page, "/fleksjob"))
    figure = page.locator(".st-key-figur-timer")
    figure.get_by_role("tab", name="Hent").click()
    svg = saved(page, figure.get_by_role("link", name="SVG", exact=True)).read_text("utf-8")
    assert svg.startswith("<svg")
    assert "20.871" in svg
    assert "Kilde: " in svg
    png = saved(page, figure.get_by_role("link", name="PNG", exact=True)).read_bytes()
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">I", png[16:20])[0] > 1900


def test_everything_is_taken_away_at_once(page: Page, visit: Visit) -> None:
    whole(visit(page, "/kilder"))
    raw = saved(
        page, page.locator(".st-key-hent-alt").get_by_role("button", name="CSV til programmer")
    ).read_bytes()
    rows = list(csv.DictReader(io.StringIO(raw.decode())))
    wanted = {one.id: one.value for one in read.current().figures()}
    assert {row["tal-id"]: float(row["værdi"]) if row["værdi"] else None for row in rows} == wanted


def test_the_pointer_gets_the_value_under_it_and_its_series(page: Page, visit: Visit) -> None:
    whole(visit(page, "/udforsk?vis=indeks"))
    chart = page.locator(".graf svg.marks").first
    point = chart.locator('[aria-label^="Aalborg, 1. kv. 2019: "]').first
    said = point.get_attribute("aria-label")
    box = point.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".graf-tip")).to_have_text(str(said))
    expect(chart.locator('[aria-label="København: linje"]')).to_have_class(re.compile("daempet"))
    expect(chart.locator('[aria-label="Aalborg: linje"]')).not_to_have_class(re.compile("daempet"))
    page.mouse.move(5, 5)
    expect(page.locator(".graf-tip")).to_be_hidden()
    expect(chart.locator(".daempet")).to_have_count(0)


def test_a_chart_is_drawn_again_for_another_width_and_says_when_it_cannot(
    page: Page, visit: Visit, console: list[str]
) -> None:
    whole(visit(page, "/fleksjob"))
    first = page.locator(".graf").first
    wide = first.get_attribute("data-vist")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(first).to_have_attribute("data-vist", re.compile("b=360"))
    assert "b=360" not in str(wide)
    page.route("**/graf/**", lambda route: route.fulfill(status=404, body="findes ikke"))
    page.set_viewport_size({"width": 700, "height": 844})
    expect(first).to_contain_text("Grafen kunne ikke hentes.")
    page.unroute("**/graf/**")
    first.get_by_role("button", name="Hent grafen igen").click()
    expect(first.locator("svg.marks")).to_be_visible()
    assert all("404" in line for line in console)
    console.clear()


def test_the_chart_of_a_button_is_there_at_once_and_stands_only_if_the_server_agrees(
    page: Page, visit: Visit
) -> None:
    whole(visit(page, "/udforsk?vis=antal"))
    chart = page.locator(".graf svg.marks").first
    expect(chart).to_contain_text("Odense")
    odense = page.get_by_role("button", name="Odense", exact=True)
    with page.expect_response(re.compile("/graf/udforsk/")):
        odense.hover()
    page.evaluate("""() => {
      window.seen = new Promise((done) => {
        const chart = () => document.querySelector("#root .graf svg.marks").textContent;
        const heading = document.querySelector(".figurhoved p").textContent;
        new MutationObserver(() => { if (!chart().includes("Odense")) done(location.search); })
          .observe(document.getElementById("root"), { subtree: true, childList: true });
      });
    }""")
    odense.click()
    assert "147" not in str(page.evaluate("window.seen")), "the chart came before the address"
    address_holds(page, "o=101.000.147.751.851")
    # There and back before the server has answered: what stands is what it says.
    odense.click()
    odense.click()
    odense.click()
    whole(page)
    expect(chart).to_contain_text("Odense")
    address_lacks(page, "o=101")


def test_quick_clicks_leave_buttons_address_and_chart_agreed(page: Page, visit: Visit) -> None:
    """Clicked faster than the server answers. With Streamlit's cache of messages, it could cut the page off."""
    whole(visit(page, "/udforsk?vis=antal"))
    odense = page.get_by_role("button", name="Odense", exact=True)
    drawn = random.Random(3)
    for _ in range(12):
        for _ in range(drawn.randint(1, 5)):
            odense.click()
            page.wait_for_timeout(drawn.choice([0, 0, 20, 50, 100]))
        expect(page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning"
        )
    pressed = odense.get_attribute("aria-pressed") == "true"
    chart = page.locator("#root .graf svg.marks").first
    if pressed:
        expect(chart).to_contain_text("Odense")
        address_lacks(page, "o=101")
    else:
        expect(chart).not_to_contain_text("Odense")
        address_holds(page, "o=101.000.147.751.851")
