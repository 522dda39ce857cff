"""Sentences over figure ids: parsed into literals and references, or refused in Danish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.template import Reference, parse, references


def test_a_sentence_is_literals_and_references() -> None:
    assert parse("Faldt med {a-2018} fra {b|bar}.") == [
        "Faldt med ", Reference("a-2018", ""), " fra ", Reference("b", "bar"), ".",
    ]  # fmt: skip
    assert list(references("{a} og {b|bar} og {a}")) == ["a", "b", "a"]
    assert parse("") == []


@given(st.text(st.characters(exclude_characters="{}")))
def test_a_text_without_braces_is_itself(text: str) -> None:
    assert parse(text) == ([text] if text else [])


@pytest.mark.parametrize("text", ["{", "}", "{a", "a}", "{}", "{A}", "{a b}", "{{a}}", "{a|}"])
def test_stray_braces_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="krøllet parentes"):
        parse(text)


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(ValueError, match="formen «stor» findes ikke"):
        parse("{a|stor}")
