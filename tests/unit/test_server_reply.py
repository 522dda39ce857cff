"""One HTTP answer: what may be compressed, and how."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.server import reply


@pytest.mark.parametrize(
    ("header", "best"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.1, gzip;q=0.9", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.000, gzip;q=0", ""),
        ("GZIP", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("br ; q=1", "br"),
        ("identity", ""),
        ("", ""),
        ("brotli, gzipped", ""),
        (";;,,=,q", ""),
    ],
)
def test_the_best_encoding_a_browser_allows(header: str, best: str) -> None:
    assert reply.accepted(header) == best


@given(st.text(max_size=200))
def test_any_header_has_an_answer(header: str) -> None:
    assert reply.accepted(header) in ("br", "gzip", "")


@given(st.binary(max_size=5000))
def test_what_is_packed_can_be_unpacked(body: bytes) -> None:
    assert brotli.decompress(reply.compress(body, "br")) == body
    assert gzip.decompress(reply.compress(body, "gzip")) == body
    assert reply.compress(body, "") == body


def test_short_texts_are_not_compressed() -> None:
    assert reply.text("kort", "br").encoding == ""
    assert reply.text("langt " * 500, "br").encoding == "br"


def test_the_tag_follows_the_content() -> None:
    assert reply.text("en " * 500, "br").etag == reply.text("en " * 500, "gzip").etag
    assert reply.text("en " * 500, "br").etag != reply.text("to " * 500, "br").etag
