"""Sharing: the link of a view is fully specified and shows the same view, whatever is chosen."""

import io
from urllib.parse import urlsplit

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dashboard import link, read, releases, share
from dashboard.export import drawing
from dashboard.link import Choice, Kind, Values
from dashboard.server import asked
from dashboard.sitemap import PAGES, Page
from dashboard.text import plain

ORIGIN = "https://indblik.example.dk"
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "forside")


def valid(choice: Kind) -> st.SearchStrategy[tuple[str, ...]]:
    """A valid value of a choice."""
    if isinstance(choice, Choice):
        ids = list(choice.options)
        if not choice.many:
            return st.sampled_from(ids).map(lambda one: (one,))
        most = min(choice.most, len(ids))
        return st.lists(st.sampled_from(ids), unique=True, max_size=most).map(tuple)
    steps = int((choice.high - choice.low) / choice.step)
    numbers = st.integers(0, steps).map(
        lambda n: (choice.text(choice.nearest(choice.low + n * choice.step)),)
    )
    return numbers if choice.start is not None else st.just(()) | numbers


@st.composite
def views(draw: st.DrawFn, page: Page) -> share.View:
    """A page with valid values: the first choice first, for the others' options may depend on it."""
    first = share.view(page, {})
    if not first.choices:
        return first
    leading = first.choices[0]
    chosen = draw(valid(leading))
    params = {leading.key: [link.SEPARATOR.join(chosen)]}
    choices = first.topic.choices(first.release, params)
    values: Values = {c.key: draw(valid(c)) for c in choices[1:]} | {leading.key: chosen}
    return share.View(page, first.release, choices, values, first.topic)


@every_page
@settings(max_examples=40)
@given(data=st.data())
def test_a_full_address_gives_the_same_view_back(page: Page, data: st.DataObject) -> None:
    view = data.draw(views(page))
    for pinned in (True, False):
        address = view.address(pinned=pinned, figure="niveau")
        back, params = asked.page_of(address)
        assert back == page
        again = share.view(page, params)
        assert again.values == view.values
        assert again.release.id == view.release.id
        assert link.read(params, again.choices)[1] == [], "nothing of it is set aside"
        assert (link.RELEASE in params) == pinned


@every_page
def test_a_full_address_names_every_choice_that_has_a_value(page: Page) -> None:
    view = share.view(page, {})
    with_value = {c.key for c in view.choices if isinstance(c, Choice) or view.values[c.key]}
    assert set(view.parameters(pinned=False)) == with_value
    assert view.parameters(pinned=True)[link.RELEASE] == releases.short(view.release.id)


@every_page
def test_a_link_of_a_page_as_it_opens_is_shorter_than_120_characters(page: Page) -> None:
    view = share.view(page, {})
    for key in ("", *(picture.key for picture in view.pictures())):
        own = share.share("https://indblik.kk.dk", page, {}, key)
        assert len(own.pinned.address) < 120, own.pinned.address
        assert len(own.newest.address) < 120, own.newest.address


@every_page
def test_the_qr_code_holds_the_link(page: Page) -> None:
    own = share.share(ORIGIN, page, {})
    for form in (own.pinned, own.newest):
        picture = Image.open(io.BytesIO(drawing.raster(form.qr(6)))).convert("L")
        found = zxingcpp.read_barcodes(picture)
        assert [code.text for code in found] == [form.address]


def test_the_qr_code_is_black_on_white_with_four_modules_around() -> None:
    code = share.share(ORIGIN, PAGES[0], {}).pinned.qr(1)
    picture = Image.open(io.BytesIO(drawing.raster(code))).convert("L")
    assert set(picture.tobytes()) <= {0, 255}
    dark = picture.point(lambda value: 255 - value).getbbox()
    assert dark == (4, 4, picture.width - 4, picture.height - 4)


@every_page
def test_the_mail_states_the_finding_the_date_and_the_link(page: Page) -> None:
    own = share.share(ORIGIN, page, {})
    for form in (own.pinned, own.newest):
        assert form.body.startswith(own.finding)
        assert form.address in form.body.splitlines()
        assert "udgaven af" in form.body
        assert own.title in form.subject
        assert "<" not in form.body
        assert "{" not in form.body
        assert form.embed == ""


def test_a_figure_has_its_own_finding_link_and_embed_code() -> None:
    page = share.by_slug("fleksjob")
    assert page
    own = share.share(ORIGIN, page, {}, "timer")
    release = read.current()
    assert own.finding == plain(release, "fund-timer")
    short = releases.short(release.id)
    assert own.pinned.address == f"{ORIGIN}/fleksjob?d={short}#timer"
    assert own.newest.address == f"{ORIGIN}/fleksjob#timer"
    assert f'src="{ORIGIN}/indlejr/fleksjob/timer?d={short}"' in own.pinned.embed
    assert f'src="{ORIGIN}/indlejr/fleksjob/timer"' in own.newest.embed


def test_a_figure_that_is_not_there_gives_the_page() -> None:
    page = share.by_slug("fleksjob")
    assert page
    own = share.share(ORIGIN, page, {}, "findes-ikke")
    assert own == share.share(ORIGIN, page, {})


def test_the_title_says_what_was_chosen() -> None:
    explore = share.by_slug("udforsk")
    sources = share.by_slug("kilder")
    assert explore
    assert sources
    title = read.current().indicators["ledighedsydelse"].title
    assert share.view(explore, {"i": ["ledighedsydelse"]}).title == f"Udforsk: {title}"
    assert share.view(sources, {}).title == sources.title


@given(st.text(max_size=80))
def test_any_address_is_read_without_a_fault(address: str) -> None:
    page, params = asked.page_of(address)
    if page:
        share.view(page, params)


@pytest.mark.parametrize(
    "address",
    [
        "//evil.dk/fleksjob",
        "https://evil.dk/fleksjob",
        "fleksjob",
        "",
        "/nej",
        "/\\evil.dk",
        "/fleksjob/x",
    ],
)
def test_only_our_own_pages_are_shared(address: str) -> None:
    assert asked.page_of(address) == (None, {})


def test_every_slug_leads_back_to_its_page() -> None:
    assert [share.by_slug(share.slug(page)) for page in PAGES] == list(PAGES)
    assert urlsplit(share.view(PAGES[0], {}).address(pinned=False)).path == "/"
