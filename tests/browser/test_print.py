"""Ctrl+P on a page: A4 in reading order, without what only a screen needs."""

import io
from collections.abc import Callable

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import heading, whole

MM = 72 / 25.4


@pytest.mark.parametrize("path", ["/fleksjob", "/udforsk", "/spoergsmaal"])
def test_a_page_on_paper(page: Page, visit: Callable[[Page, str], Page], path: str) -> None:
    whole(visit(page, path))
    title = heading(page).inner_text()
    finding = page.locator(".figurhoved h2").first
    said = finding.inner_text() if finding.count() else ""
    page.emulate_media(media="print")
    for gone in ("#bjaelke", "[role=tablist]", ".bund nav", ".del-figur", ".koereplan-knap"):
        for one in page.locator(gone).all():
            expect(one).to_be_hidden()
    made = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    for sheet in made.pages:
        assert abs(float(sheet.mediabox.width) - 210 * MM) < 2
        assert abs(float(sheet.mediabox.height) - 297 * MM) < 2
    text = " ".join(" ".join(sheet.extract_text().split()) for sheet in made.pages)
    assert text.index(title) < 200
    assert " ".join(said.split())[:30] in text
    assert "Læg i køreplan" not in text
    last = " ".join(made.pages[-1].extract_text().split())
    assert last, "the last sheet is not empty"
