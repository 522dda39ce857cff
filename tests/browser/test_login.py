"""Login in a real browser at a real provider (`make login-test`): a shared link, tabs, roles, replicas, the end."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import axe
from tests.login import provider
from tests.running import Server, free_port, running

LINK = "/fleksjob?fra=2018&til=2020"
ROLE = "Indblik.Laeser"
SHORT_HOURS = 12 / 3600


@dataclass(frozen=True)
class Place:
    """A provider and the servers that trust it: two replicas, one that asks for a role, one with short logins."""

    issuer: str
    one: Server
    two: Server
    strict: Server
    short: Server


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Everything started; the provider tells of 400 groups, as a large organisation's may."""
    provider.needed()
    ports = [free_port() for _ in range(4)]
    callbacks = [f"http://localhost:{port}/oauth2callback" for port in ports]
    with ExitStack() as stack:
        issuer = stack.enter_context(provider.provider(callbacks, groups=400))

        def server(port: int, known_as: int, also: Mapping[str, str] | None = None) -> Server:
            folder = tmp_path_factory.mktemp("login")
            env = provider.settings(folder, known_as, issuer, also)
            return stack.enter_context(running(folder / "log.txt", env, port=port))

        one = server(ports[0], ports[0])
        two = server(ports[1], ports[0])  # behind a proxy both have the same name
        strict = server(ports[2], ports[2], {"INDBLIK_LOGIN_ROLLE": ROLE})
        short = server(ports[3], ports[3], {"INDBLIK_LOGIN_TIMER": str(SHORT_HOURS)})
        yield Place(issuer, one, two, strict, short)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has never been here."""
    with browser.new_context() as fresh:
        yield fresh


def _log_in(page: Page, name: str, *, known: bool = False) -> None:
    """From the page that asks for login through the provider's forms; it asks a `known` person for no consent."""
    page.get_by_role("link", name=re.compile("Log ind|Prøv igen")).click()
    _fill_in(page, name, known=known)


def _fill_in(page: Page, name: str, *, known: bool = False) -> None:
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill("x")
    page.get_by_role("button", name="Sign-in").click()
    if not known:
        page.get_by_role("button", name="Continue").click()


def _connected(page: Page) -> None:
    expect(page.locator(".stApp[data-test-connection-state=CONNECTED]")).to_be_attached()


def test_a_shared_link_survives_login(place: Place, context: BrowserContext) -> None:
    page = context.new_page()
    answer = page.goto(place.one.url + LINK)
    assert answer is not None
    assert answer.status == 401
    expect(page.get_by_role("heading", level=1)).to_have_text("Log ind for at se Indblik")
    assert "fuldtidspersoner" not in page.content()
    assert not axe.violations(page)
    _log_in(page, "laeser-1")
    page.wait_for_url(place.one.url + LINK)
    _connected(page)
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    ours = [
        cookie
        for cookie in context.cookies()
        if cookie.get("name", "").startswith(("_streamlit", "indblik"))
    ]
    assert "indblik_til" not in str(ours), "what carried the address is gone"
    assert sum(len(one.get("name", "")) + len(one.get("value", "")) for one in ours) < 600
    (user,) = [one for one in ours if one.get("name") == "_streamlit_user"]
    assert user.get("httpOnly") is True
    assert user.get("sameSite") == "Lax"


def test_two_links_opened_before_login_each_end_at_their_own(
    place: Place, context: BrowserContext
) -> None:
    first, second = context.new_page(), context.new_page()
    for page, path in ((first, LINK), (second, "/unge")):
        page.goto(place.one.url + path)
        page.get_by_role("link", name="Log ind").click()
        expect(page.locator("[name=login]")).to_be_visible()
    for page, path, known in ((second, "/unge", False), (first, LINK, True)):
        _fill_in(page, "laeser-1", known=known)
        page.wait_for_url(place.one.url + path)
        _connected(page)


def test_who_gives_up_is_told_and_can_try_again(place: Place, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(place.one.url + LINK)
    page.get_by_role("link", name="Log ind").click()
    page.get_by_text("Cancel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Login lykkedes ikke")
    assert place.one.get(LINK).status == 401
    _log_in(page, "laeser-1")
    page.wait_for_url(place.one.url + LINK)


def test_with_a_role_asked_for_others_stay_outside(place: Place, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(place.strict.url + LINK)
    _log_in(page, "fremmed")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Din konto har ikke adgang til Indblik"
    )
    assert "_streamlit_user" not in [cookie.get("name") for cookie in context.cookies()]
    answer = page.goto(place.strict.url + LINK)
    assert answer is not None
    assert answer.status == 401
    _log_in(page, "laeser-2")
    page.wait_for_url(place.strict.url + LINK)
    _connected(page)


def test_logout_is_here_and_at_the_provider(place: Place, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(place.one.url + LINK)
    _log_in(page, "laeser-1")
    page.wait_for_url(place.one.url + LINK)
    _connected(page)
    page.get_by_role("link", name="Log ud").click()
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du er logget ud")
    for path in (LINK, "/fremlaeg", "/api/v1/figures"):
        answer = page.goto(place.one.url + path)
        assert answer is not None
        assert answer.status == 401, path


def test_a_page_that_is_left_open_asks_again_when_the_login_is_over(
    place: Place, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(place.short.url + LINK)
    _log_in(page, "laeser-1")
    page.wait_for_url(place.short.url + LINK)
    _connected(page)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Log ind for at se Indblik", timeout=60_000)
    assert page.url == place.short.url + LINK
    _log_in(page, "laeser-1", known=True)
    page.wait_for_url(place.short.url + LINK)


def test_a_login_begun_at_one_replica_ends_at_another(place: Place) -> None:
    """Over plain HTTP, so that each request can be sent to the replica that the proxy might have chosen."""
    page = {"Accept": "text/html", "Host": place.one.url.removeprefix("http://")}
    with httpx2.Client(follow_redirects=False) as client:
        answer = client.get(
            place.one.url + "/log-ind?til=" + LINK.replace("?", "%3F").replace("&", "%26")
        )
        while not (location := answer.headers.get("location", "")).startswith(
            place.one.url + "/oauth2callback"
        ):
            if answer.is_redirect:
                answer = client.get(urljoin(str(answer.url), location))
                continue
            action = re.search(r'<form[^>]*action="([^"]+)"', answer.text)
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            assert action, answer.text
            assert prompt, answer.text
            form = {"prompt": prompt[1], "login": "laeser-3", "password": "x"}
            answer = client.post(action[1], data=form)
        at_the_other = location.replace(place.one.url, place.two.url)
        done = client.get(at_the_other, headers=page)
        assert (done.status_code, done.headers["location"]) == (302, LINK)
        for server in (place.one, place.two):
            assert client.get(server.url + LINK, headers=page).status_code == 200
        again = client.get(at_the_other, headers=page)
        assert again.headers["location"] in (LINK, "/"), "an answer of the provider is good once"
    with httpx2.Client() as stranger:
        assert stranger.get(at_the_other, headers=page).status_code == 403
