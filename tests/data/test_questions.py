"""The declarations of questions: what is complained of (made-up data), and what the real ones hold."""

import re

import pytest

from contract.catalogue import Question
from dashboard import questions, read
from dashboard.read import current
from dashboard.sitemap import by_path
from dashboard.text import plain
from etl.check import check
from etl.frames import build_tables
from tests.data.small import SmallData

FILE = "questions.toml"
PLANNED = {
    "voksne", "unge", "flere-skal-med", "beslutninger", "afstemning", "kilder", "udforsk", "afklaring", "fleksjob",
    "hvad-nu-hvis", "fremlaeg",
}  # fmt: skip
"""Paths of the design; a question may lead to one of them only."""

CASES = {
    "figure": ('figure = "antal-1902"\n', 'figure = "antal-1802"\n', "figure", "tallet «antal-1802» findes ikke"),
    "bar": ('{figure = "antal-1901"', '{figure = "antal-1801"', "picture", "tallet «antal-1801» findes ikke"),
    "text": ("{antal-1902} prøver", "{antal-1802} prøver", "answer", "tallet «antal-1802» findes ikke"),
    "claim": ("[antal-1902] == 1000", "[antal-1902] == 999", "holds", "holder ikke"),
    "claim of unknown": ("[antal-1902] == 1000", "[antal-1999] == 1000", "holds", "findes ikke"),
    "key": ('page = "proeve"', 'page = "proeve"\nfarve = "x"', "farve", "kendes ikke"),
    "empty": ('unknown = "Alt andet."', 'unknown = ""', "unknown", "må ikke være tom"),
    "topic": ('topic = "unge"', 'topic = "ungdom"', "topic", "er ikke en af"),
    "bar without label": (', label = "1901"', "", "picture", "nøglen «label» mangler"),
    "bar with odd key": ('label = "1901"', 'label = "1901", farve = "x"', "picture", "«farve» kendes ikke"),
    "odd space in label": ('label = "1901"', 'label = "1901\u00a0"', "picture", "mellemrum"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_named_with_its_line(small: SmallData, case: str) -> None:
    old, new, key, said = CASES[case]
    small.change(FILE, old, new)
    lines = small.complaints()
    assert lines and all(line.startswith(small.at(FILE, f"{key} =")) for line in lines), lines
    assert any(said in line for line in lines), lines


def test_a_question_becomes_a_row_with_all_its_figures(small: SmallData) -> None:
    (row,) = build_tables(check(small.root))["questions"].to_dicts()
    assert row["figures"] == ["antal-1902", "antal-1901"]
    assert row["picture"][0] == {"figure": "antal-1901", "label": "1901", "colour": "andet"}


def test_a_newcomer_adds_a_question_by_data_alone(small: SmallData) -> None:
    text = (small.root / FILE).read_text()
    more = text.replace("proeve-spoergsmaal", "nyt").replace("Hvor mange prøver", "Hvor mange nye")
    small.write(FILE, text + more)
    rows = build_tables(check(small.root))["questions"].to_dicts()
    assert [(r["rank"], r["id"]) for r in rows] == [(0, "proeve-spoergsmaal"), (1, "nyt")]


def test_no_questions_are_no_fault(small: SmallData) -> None:
    small.write(FILE, "")
    assert small.complaints() == []
    assert build_tables(check(small.root))["questions"].height == 0


# ---- The real questions ----


@pytest.fixture(scope="module")
def release() -> read.Release:
    """The release in use."""
    return current()


def test_there_are_enough_questions_with_everything(release: read.Release) -> None:
    assert len(release.questions) >= 22
    for q in release.questions:
        assert plain(release, q.question).endswith("?")
        assert q.how and q.unknown and q.words
        assert q.page in PLANNED


def test_an_answer_is_one_sentence(release: read.Release) -> None:
    for q in release.questions:
        shown = plain(release, q.answer)
        assert shown.endswith(".") and not re.search(r"[.?!]\s+[A-ZÆØÅ]", shown), shown


def test_figures_are_numbers_of_the_release_or_said_to_be_missing(release: read.Release) -> None:
    for q in release.questions:
        html = questions.answer(release, q)
        for figure in q.figures:
            assert release.figure(figure)
        if not q.figure and not q.picture:
            assert "findes ikke i materialet" in html


def test_every_question_has_related_ones_and_never_itself(release: read.Release) -> None:
    for q in release.questions:
        others = questions.related(release, q)
        assert len(others) <= questions.MOST_RELATED and q not in others
    assert sum(bool(questions.related(release, q)) for q in release.questions) > 20


def test_most_of_what_was_ordered_is_not_found_as_the_answer_says(release: read.Release) -> None:
    missing = [d for d in release.decisions if d.status == "ikke fundet i materialet"]
    assert len(missing) > len(release.decisions) / 2
    assert any(d.id == "fleksjobledighed-sag" for d in missing)


def test_links_lead_only_to_pages_that_exist(release: read.Release) -> None:
    for q in release.questions:
        page = by_path(q.page)
        assert ("Mere på siden" in questions.answer(release, q)) == (page is not None)


def test_the_declaration_names_its_fields_in_the_order_people_write_them() -> None:
    assert list(Question.model_fields)[:4] == ["id", "question", "answer", "holds"]
