"""The choices that the benchmark makes, as a visitor's hand makes them: `click(page, number)`, the number counts up."""

from collections.abc import Callable

from playwright.sync_api import Page

Click = Callable[[Page, int], None]


def segment(page: Page, number: int) -> None:
    label = ("Antal", "Indeks")[number % 2]
    page.get_by_test_id("stButtonGroup").get_by_text(label, exact=True).click()


def bare_segment(page: Page, number: int) -> None:
    page.get_by_test_id("stButtonGroup").get_by_text(
        ("antal", "indeks")[number % 2], exact=True
    ).click()


def option(page: Page, number: int) -> None:
    page.select_option("#vis", ("antal", "indeks")[number % 2])


def early(page: Page) -> None:
    """The first choice of a visitor, in whichever content is there."""
    page.locator("#foerst .foerst-knapper, [data-testid=stButtonGroup]").get_by_text(
        "Antal", exact=True
    ).first.click()


def area(page: Page, number: int) -> None:
    names = ("Odense", "Aarhus", "Aalborg", "Frederiksberg")
    page.get_by_test_id("stButtonGroup").get_by_text(names[number % 4], exact=True).click()


def period(page: Page, number: int) -> None:
    """A choice from a list: no other than the server can know what follows. Opening the list is not counted."""
    page.get_by_test_id("stSelectbox").first.locator("input").click()
    option = page.get_by_role("option").nth(2 + number % 3)
    option.wait_for()
    page.evaluate("window.__graf.armed = 0")
    option.click()


def price(page: Page, number: int) -> None:
    page.get_by_text(("Som i model 2", "Som i model 1")[number % 2], exact=True).first.click()


def tab(page: Page, number: int) -> None:
    """The table instead of the chart, and back."""
    seen = ("#root [role=tabpanel] table", "#root .graf svg")[number % 2]
    page.evaluate("selector => { window.__graf.until = selector }", seen)
    page.get_by_role("tab", name=("Tabel", "Graf")[number % 2]).first.click()


def pointer(page: Page, number: int) -> None:
    """The pointer on a point of a line: its value beside it."""
    mark = page.locator("#root .graf svg path[aria-label]:not([aria-label$=linje])").nth(
        5 + 7 * number
    )
    box = mark.bounding_box()
    if box is None:
        raise RuntimeError("der er intet punkt at pege på")
    page.mouse.move(5, 5)
    page.evaluate(
        "Object.assign(window.__graf, {until: '.graf-tip:not([hidden])', hover: true, armed: 0})"
    )
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


ELSEWHERE: dict[str, tuple[str, Click]] = {
    "table": ("/udforsk", tab),
    "pointer": ("/udforsk", pointer),
    "udforsk_area": ("/udforsk", area),
    "udforsk_period": ("/udforsk", period),
    "hvad_nu_hvis": ("/hvad-nu-hvis", price),
}
"""Other choices that change a chart: name → page and click. All others filter lists of text."""
AT_ONCE = ("udforsk_area", "udforsk_period")
"""Of these also without a pause, when nothing can be ready and each chart is a new one."""
PAUSE = 1.5
"""Seconds that a person looks at a chart before the next click."""
