"""What a page shows is what its topic says: choices, pictures, their order and their drawings."""

from functools import cache
from typing import Any
from unittest.mock import patch

import pytest

from dashboard import link, read, view
from dashboard.link import Kind
from dashboard.picture import Picture
from dashboard.sitemap import PAGES, Page
from dashboard.text import plain
from dashboard.topics import topic
from tests.screens import run

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "forside")


@cache
def _opened(path: str) -> tuple[tuple[Picture, ...], list[Kind]]:
    """(pictures drawn, choices bound) of a page as it first opens."""
    bound: list[list[Kind]] = []
    bind = view.bind

    def recording(page: str, choices: Any) -> Any:
        bound.append(list(choices))
        return bind(page, choices)

    with patch.object(view, "bind", recording):
        shown = run(next(page for page in PAGES if page.path == path))
    assert not shown.app.exception, shown.app.exception
    assert len(bound) == 1, "a page binds its choices once"
    return shown.pictures, bound[0]


@every_page
def test_the_choices_of_a_page_are_its_topics(page: Page) -> None:
    _, bound = _opened(page.path)
    assert bound == list(topic(page.path).choices(read.current(), {}))


@every_page
def test_a_page_draws_its_topics_pictures(page: Page) -> None:
    release = read.current()
    own = topic(page.path)
    values, _ = link.read({}, own.choices(release, {}))
    drawn, _ = _opened(page.path)
    said = own.pictures(release, values)
    assert [picture.key for picture in drawn] == [picture.key for picture in said]
    for shown, pure in zip(drawn, said, strict=True):
        assert shown.spec == pure.spec
        assert (shown.finding, shown.sub, shown.alt) == (pure.finding, pure.sub, pure.alt)


@every_page
def test_keys_of_pictures_are_unique_and_fit_an_address(page: Page) -> None:
    release = read.current()
    own = topic(page.path)
    values, _ = link.read({}, own.choices(release, {}))
    keys = [picture.key for picture in own.pictures(release, values)]
    assert len(set(keys)) == len(keys)
    assert all(key.replace("-", "").isalnum() and key.isascii() for key in keys)


@every_page
def test_the_headline_is_a_sentence_of_the_release(page: Page) -> None:
    release = read.current()
    own = topic(page.path)
    values, _ = link.read({}, own.choices(release, {}))
    headline = plain(release, own.headline(release, values))
    assert 15 < len(headline) < 320
    assert "{" not in headline
