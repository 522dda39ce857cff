"""No barrier that a machine can find in states that a page does not open with; as it opens: test_every_page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.looking import whole

Visit = Callable[[Page, str], Page]
NewPage = Callable[..., Page]

MORE_VIEWS = [
    "/udforsk?vis=antal&o=101", "/udforsk?i=", "/udforsk?i=findes-ikke&o=999&vis=%3Cb%3E", "/kilder?emne=fleksjob",
    "/hvad-nu-hvis?vis=fleksjob&find1=10&find2=20&tab1=5&tab2=10&nye=10&ud=5",
]  # fmt: skip
"""States that a page does not show when it first opens: a choice, an empty one, a notice, a worked-out scenario."""


@pytest.mark.parametrize("path", MORE_VIEWS)
def test_no_barrier_in_other_states_of_a_page(warm_page: NewPage, visit: Visit, path: str) -> None:
    page = whole(visit(warm_page(), path))
    assert not (faults := axe.violations(page)), "\n" + "\n".join(faults)


def test_no_barrier_behind_the_tabs_of_a_chart_and_in_a_talpas(
    warm_page: NewPage, visit: Visit
) -> None:
    page = whole(visit(warm_page(), "/fleksjob"))
    figure, faults = page.locator(".st-key-figur-niveau"), []
    for name in ("Tabel", "Hent", "Om tallet"):
        figure.get_by_role("tab", name=name).click()
        expect(figure.get_by_role("tabpanel", name=name)).to_be_visible()
        faults += [f"{name}: {one}" for one in axe.violations(page)]
    page.locator(".niveau a.tal").first.click()
    expect(page.get_by_role("dialog", name="Om tallet").locator("dl")).to_be_visible()
    faults += [f"talpas: {one}" for one in axe.violations(page)]
    assert not faults, "\n" + "\n".join(faults)
