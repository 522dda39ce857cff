"""Links to read on: only to pages that exist."""

import pytest

from dashboard import onward


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/", True),
        ("/udforsk?i=x", True),
        ("/kilder#hent", True),
        ("/findes-ikke", False),
        ("udforsk", False),
        ("https://example.org/", False),
    ],
)
def test_a_page_exists_whatever_follows_its_path(address: str, expected: bool) -> None:
    assert onward.exists(address) is expected


def test_missing_pages_are_left_out() -> None:
    html = onward.links([("/findes-ikke", "Nej"), ("/udforsk?i=a&o=b", "Ja <b>")])
    assert "Nej" not in html
    assert '<a href="/udforsk?i=a&amp;o=b">Ja &lt;b&gt;</a>' in html


def test_nothing_to_read_gives_nothing() -> None:
    assert onward.links([("/findes-ikke", "Nej")]) == ""
