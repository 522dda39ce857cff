"""Every page opens, says what it is, and shows no number that does not open its talpas."""

import re
from itertools import pairwise

import pytest

from dashboard import read, shell
from dashboard.figure import IncompleteFigure, check
from dashboard.sitemap import PAGES
from dashboard.text import plain
from tests import accounts
from tests.facts import literals, spaced, stray
from tests.running import Server
from tests.screens import Document, screen, visible

MADE_BY_THE_SERVER = ("/del", "/hent/", "/fremlaeg", "/figur/", "/koereplan")
"""Addresses that are no pages of the sitemap; a test below asks the server for each."""

every_page = pytest.mark.parametrize(
    "path", [page.path for page in PAGES], ids=lambda path: f"/{path}"
)


@every_page
def test_a_page_opens_without_a_fault(path: str) -> None:
    shown = screen(path)
    assert not shown.app.exception, shown.app.exception
    document = shown.document
    assert not document.faults, document.faults
    assert len(document.named("h1")) == 1
    assert document.named("h1")[0].text.strip()
    assert 'class="besked fejl"' not in "".join(shown.html)


@every_page
def test_no_number_is_without_its_talpas(path: str) -> None:
    faults = accounts.unaccounted(screen(path), read.current())
    assert not faults, "\n" + "\n".join(faults)


@every_page
def test_what_a_talpas_link_says_is_the_figure(path: str) -> None:
    """A link to a talpas holds its figure's own text, with unit or without, and nothing else in digits."""
    release = read.current()
    faults = []
    for link in screen(path).document.named("a"):
        if not (href := link.attributes.get("href", "")).startswith("/tal/"):
            continue
        figure = release.figure(href.removeprefix("/tal/"))
        shown, own = spaced(link.text).lower(), spaced(figure.text).lower()
        bare = own.removesuffix(figure.indicator.unit.lower()).rstrip()
        if shown not in (own, bare) and re.search(r"\d", shown):
            faults.append(f"«{shown}» links to «{own}» ({figure.id})")
    assert not faults, "\n".join(faults)


@every_page
def test_every_link_of_a_page_leads_somewhere(path: str) -> None:
    release = read.current()
    pages = {f"/{page.path}" for page in PAGES}
    document = screen(path).document
    ids = {element.attributes["id"] for element in document.elements if "id" in element.attributes}
    faults = []
    for link in document.named("a"):
        href = link.attributes.get("href", "")
        target, _, anchor = href.partition("#")
        address = target.partition("?")[0]
        if href.startswith("/tal/"):
            try:
                release.figure(address.removeprefix("/tal/"))
            except KeyError:
                faults.append(href)
        elif href.startswith(("https://", "http://")):
            if "noopener" not in link.attributes.get("rel", ""):
                faults.append(f"{href}: no rel=noopener")
        elif not (
            address in pages
            or address.startswith(MADE_BY_THE_SERVER)
            or (address == "" and anchor in ids)
            or href.startswith(("mailto:", "tel:"))
        ):
            faults.append(f"«{href}» ({link.text})")
        if not (link.text.strip() or link.attributes.get("aria-label")):
            faults.append(f"{href}: a link without words")
    assert not faults, "\n".join(faults)


@every_page
def test_headings_go_down_one_step_at_a_time(path: str) -> None:
    levels = [int(h.tag[1]) for h in screen(path).document.named("h1", "h2", "h3", "h4")]
    assert levels[:1] == [1]
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


@every_page
def test_ids_are_unique(path: str) -> None:
    ids = [e.attributes["id"] for e in screen(path).document.elements if "id" in e.attributes]
    assert len(set(ids)) == len(ids), [one for one in ids if ids.count(one) > 1]


@every_page
def test_words_keep_the_rules_of_the_house(path: str) -> None:
    """`10 pct.` and not `10 %` or `pct..`, no decimal point, no English month, no double spaces or dashes."""
    shown = screen(path)
    release_texts = "\n".join(source.title for source in read.current().sources.values())
    faults = []
    for block in [*shown.words(), *(visible(html) for html in shown.html)]:
        for name, pattern in {
            "two full stops": r"(?<!\.)\.\.(?!\.)",
            "hyphen between numbers": r"(?<![\d-])\d{1,3} - \d",
            "English number": r"(?<![\d.])[1-9]\d{0,2},\d{3}(?!\d)",
            "English month": r"\b(?:January|February|March|May|June|July|October)\b",
            "None on screen": r"\bNone\b|\bnan\b|\bNaN\b|\bundefined\b",
            "raw quarter": r"\b(?:19|20)\d\dK[1-4]\b",
            "a brace of a template": r"[{}]",
        }.items():
            for found in re.finditer(pattern, block):
                around = block[max(0, found.start() - 40) : found.end() + 30]
                if found[0] not in release_texts:
                    faults.append(f"{name}: «{around}»")
    assert not faults, "\n".join(dict.fromkeys(faults))


@every_page
def test_every_picture_has_what_a_picture_must_have(path: str) -> None:
    release = read.current()
    shown = screen(path)
    keys = [picture.key for picture in shown.pictures]
    assert len(set(keys)) == len(keys)
    for picture in shown.pictures:
        try:
            check(picture)
        except IncompleteFigure as error:
            pytest.fail(str(error))
        alt = plain(release, picture.alt)
        assert len(alt) > 20, f"{picture.key}: the alt text says too little: {alt}"


@every_page
def test_the_texts_of_a_picture_hold_no_typed_number(path: str) -> None:
    release = read.current()
    account, faults = accounts.of(path, release), []
    for picture in screen(path).pictures:
        more = accounts.computed(picture) if picture.computed else []
        for text in (picture.finding, picture.sub, picture.alt, picture.extra, *picture.notes):
            template = literals(release.story.get(text, text))
            faults += [
                f"{picture.key}: «{n}» in «{s}»" for n, s in account.stray(template, release, more)
            ]
    assert not faults, "\n".join(faults)


def test_the_story_holds_no_typed_number() -> None:
    """Numbers of a sentence are placeholders; then a changed figure changes every sentence that says it."""
    release = read.current()
    faults = [
        f"{name}: «{number}» in «{sentence}»"
        for name, text in release.story.items()
        for number, sentence in stray(literals(text), release, list(accounts.NAMES))
    ]
    assert not faults, "\n" + "\n".join(faults)


def test_the_answers_hold_no_typed_number() -> None:
    release = read.current()
    faults = [
        f"{question.id}: «{number}» in «{sentence}»"
        for question in getattr(release, "questions", ())
        for text in (question.question, question.answer, question.how, question.unknown)
        for number, sentence in stray(literals(text), release, list(accounts.NAMES))
    ]
    assert not faults, "\n" + "\n".join(faults)


def test_the_footer_stands_on_its_own() -> None:
    footer = Document.of(shell.footer())
    assert not footer.faults
    assert {link.attributes["href"] for link in footer.named("a")} >= {"/was", "/om"}


def test_the_server_answers_every_link_of_every_page(server: Server) -> None:
    """Pages, talpas, shares and files: each address once; of the files one figure in every form."""
    links: dict[str, str] = {}
    for page in PAGES:
        for link in screen(page.path).document.named("a"):
            href = link.attributes.get("href", "").partition("#")[0]
            kind = (
                re.sub(r"^/hent/[^/]+/[^.]+", "/hent/…", href.partition("?")[0])
                if href.startswith("/hent/")
                else href
            )
            if href.startswith("/"):
                links.setdefault(kind, href)
    faults = []
    for href in links.values():
        answer = server.get(href)
        if answer.status != 200:
            faults.append(f"{answer.status} {href}")
    assert len(links) > 100
    assert not faults, "\n".join(faults)
