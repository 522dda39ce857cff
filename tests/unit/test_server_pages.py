"""Spelling of addresses, suggestions, the host of a request, the menu and the titles."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import sitemap
from dashboard.server import assets, index, menu, pages
from dashboard.server.headers import content_security_policy
from dashboard.server.titles import html_title, titled


@given(st.text(max_size=60))
def test_an_address_has_one_spelling(path: str) -> None:
    once = pages.canonical(path)
    assert once.startswith("/")
    assert not once.startswith("//")
    assert pages.canonical(once) == once


@given(st.text(max_size=60))
def test_any_wrong_address_has_a_page(path: str) -> None:
    html = pages.not_found(path)
    assert "<h1>Siden findes ikke</h1>" in html
    assert len(pages.nearest(path)) <= 3


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("/fleksjobs", "fleksjob"),
        ("/flexjob", "fleksjob"),
        ("/afklare", "afklaring"),
        ("/kilde", "kilder"),
        ("/UDFORSKE", "udforsk"),
    ],
)
def test_the_nearest_page_comes_first(wrong: str, meant: str) -> None:
    assert pages.nearest(wrong)[0].path == meant


def test_nothing_is_suggested_for_what_resembles_nothing() -> None:
    assert pages.nearest("/wp-login.php") == []


def _scope(host: str, scheme: str = "http") -> dict[str, object]:
    return {"type": "http", "scheme": scheme, "headers": [(b"host", host.encode())]}


@pytest.mark.parametrize(
    "host", ["localhost:8501", "indblik.kk.dk", "INDBLIK.KK.DK", "127.0.0.1", "[::1]:8501"]
)
def test_a_host_name_is_used(host: str) -> None:
    assert pages.origin(_scope(host, "https")) == f"https://{host.lower()}"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "host", ["", "a b", "a/b", 'a"b', "a;b", "evil.dk'", "-a", "a:b", "a:123456", "a\nb"]
)
def test_what_is_no_host_name_is_not(host: str) -> None:
    assert pages.origin(_scope(host)) == ""  # type: ignore[arg-type]


def test_the_policy_without_a_host_is_no_weaker() -> None:
    assert "connect-src 'self';" in content_security_policy("")
    assert "wss://a.dk" in content_security_policy("https://a.dk")


def test_every_group_with_pages_is_in_the_menu_once() -> None:
    html = menu.bar(None, skip_to="indhold")
    shown = re.findall(r'class="gruppe-knap"[^>]*>([^<]+)<', html)
    assert shown == [group for group in sitemap.GROUPS if sitemap.in_group(group)]
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'aria-controls="([^"]+)"', html)) <= set(ids)
    assert "aria-current" not in html


def test_a_title_names_the_site_once() -> None:
    assert titled("Fleksjob") == "Fleksjob · Indblik"
    assert titled("Om Indblik") == "Om Indblik"
    assert all(html_title(page).count("Indblik") == 1 for page in sitemap.PAGES)


def test_a_streamlit_with_another_index_is_refused(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "index.html").write_text("<html><body><main id='app'></main></body></html>")
    monkeypatch.setattr(assets, "streamlit_folder", lambda: tmp_path)
    with pytest.raises(RuntimeError, match=re.escape("Streamlits index.html ser anderledes ud")):
        index._streamlit_tags.__wrapped__()
