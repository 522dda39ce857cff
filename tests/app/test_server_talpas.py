"""/tal/<figure-id> without a browser: a page of its own, and the piece for the panel."""

import re

import pytest

from contract import paths
from contract.release import current_id
from dashboard import read
from tests.running import Server

RELEASE = current_id(paths.REPO / "data")
FIGURES = [figure.id for figure in read.load(RELEASE).figures()]


def test_it_can_be_read_without_scripts(server: Server) -> None:
    figure = read.load(RELEASE).figure(FIGURES[0])
    answer = server.get(f"/tal/{figure.id}")
    assert answer.status == 200
    assert '<html lang="da">' in answer.text
    assert answer.text.count("<h1>") == 1
    assert "<h3" not in answer.text, "no heading level is skipped"
    assert "static/js" not in answer.text
    assert figure.indicator.title.split()[0] in answer.text


def test_every_figure_has_one(server: Server) -> None:
    for figure in FIGURES:
        answer = server.get(f"/tal/{figure}", {"X-Indblik": "fragment"})
        assert answer.status == 200, figure
        assert answer.text.startswith('<article class="talpas-indhold"'), figure


def test_the_piece_for_the_panel_is_no_page(server: Server) -> None:
    by_header = server.get(f"/tal/{FIGURES[0]}", {"X-Indblik": "fragment"})
    by_address = server.get(f"/tal/{FIGURES[0]}?del=1")
    assert by_header.body == by_address.body
    assert "<html" not in by_header.text
    assert "x-indblik" in by_header.headers["vary"]


def test_links_in_it_lead_to_figures_that_exist(server: Server) -> None:
    for figure in FIGURES[:20]:
        for linked in re.findall(r'href="/tal/([^"]+)"', server.get(f"/tal/{figure}?del=1").text):
            assert linked in FIGURES


def test_a_release_can_be_named(server: Server) -> None:
    answer = server.get(f"/tal/{FIGURES[0]}?d={RELEASE}")
    assert answer.status == 200
    assert "findes ikke længere" not in answer.text


@pytest.mark.parametrize(
    "release", ["2001-01-01-00000000", "../../etc", "%3Cscript%3E", "x" * 500, "%00"]
)
def test_a_release_that_is_gone_gives_the_one_in_use_and_says_so(
    server: Server, release: str
) -> None:
    answer = server.get(f"/tal/{FIGURES[0]}?d={release}")
    assert answer.status == 200
    assert "findes ikke længere" in answer.text
    assert RELEASE in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize("figure", ["findes-ikke", "", "a/b", "x" * 2000])
def test_an_unknown_figure_is_a_danish_404(server: Server, figure: str) -> None:
    page, piece = server.get(f"/tal/{figure}"), server.get(f"/tal/{figure}?del=1")
    assert page.status == piece.status == 404
    assert "Tallet findes ikke" in page.text
    assert "Tallet findes ikke" in piece.text
    assert "<script>" not in page.text
    assert piece.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("figure", ["..%2f..%2fetc", "%00", "%5c%5chost%5cx"])
def test_a_name_that_looks_like_a_path_is_refused(server: Server, figure: str) -> None:
    assert server.get(f"/tal/{figure}").status in (400, 404)


@pytest.mark.parametrize(
    "figure", ["%3Cscript%3Ealert(1)%3C/script%3E", "%22%3E%3Cimg%20src=x%3E", "%C3%86"]
)
def test_nothing_of_an_unknown_name_is_markup(server: Server, figure: str) -> None:
    answer = server.get(f"/tal/{figure}")
    assert answer.status in (308, 404)
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    assert not re.search(r"[<>\"\s]", answer.headers.get("location", ""))
