"""Forgiving search: spelling of æ, ø, å, endings, compounds, typos. Words and questions are made up
where the test is of the rules; the last tests ask the questions of the release in use."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import library, questions, read
from dashboard.search import STOP_WORDS, Entry, closeness, folded, search, stem, words

LETTERS = st.text(alphabet=string.ascii_lowercase + "æøåéü ", max_size=40)
WORD = st.text(alphabet=string.ascii_lowercase + "æøå", min_size=3, max_size=20)


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(LETTERS)
def test_two_ways_to_spell_a_letter_are_one(text: str) -> None:
    spelt = text.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    assert folded(text) == folded(spelt) == folded(text.upper())


def test_there_is_one_folding() -> None:
    assert library.folded is folded


@given(WORD)
def test_a_word_is_nearest_to_itself(word: str) -> None:
    (own,) = words(word)
    assert closeness(own, own) == 1.0


@given(WORD)
def test_a_stem_is_a_beginning_of_its_word(word: str) -> None:
    (own,) = words(word)
    assert own.startswith(stem(own)) and len(stem(own)) >= min(3, len(own))


@pytest.mark.parametrize(
    "forms",
    [
        ("ledig", "ledige", "ledighed", "ledigheden", "Ledighedens"),
        ("fleksjob", "fleksjobbet", "fleksjobbene", "fleksjobs"),
        ("førtidspension", "foertidspensioner", "førtidspensionerne", "FØRTIDSPENSIONEN"),
        ("borger", "borgere", "borgerne", "borgernes"),
        ("model", "modeller", "modellerne", "modellen"),
        ("ung", "unge", "unges"),
        ("måned", "maaneder", "månederne"),
        ("forløb", "forloebene", "forløbet"),
    ],
)
def test_endings_do_not_matter(forms: tuple[str, ...]) -> None:
    assert len({stem(words(form)[0]) for form in forms}) == 1
    entries = [
        Entry.of("andet", [("noget helt tredje", 1.0)]),
        Entry.of("rigtig", [(forms[0], 1.0)]),
    ]
    for form in forms:
        assert search(entries, form) == ["rigtig"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ledighed", "fleksjobledighed"), ("fleks", "fleksjob"), ("kobenhavn", "København"),
        ("førtidspensoin", "førtidspension"), ("resourceforløb", "ressourceforløb"),
        ("kontanthælp", "kontanthjælp"), ("fleksjobb", "fleksjob"), ("kontanthjælpsmodtager", "kontanthjælp"),
    ],
)  # fmt: skip
def test_near_words_are_found(asked: str, found: str) -> None:
    assert closeness(words(asked)[0], words(found)[0]) > 0


@pytest.mark.parametrize(
    ("asked", "found"),
    [("job", "bil"), ("unge", "uge"), ("2018", "2019"), ("3900", "390"), ("penge", "pension")],
)
def test_other_words_are_not(asked: str, found: str) -> None:
    assert closeness(words(asked)[0], words(found)[0]) == 0


def test_better_hits_come_first_and_no_words_find_all() -> None:
    entries = [
        Entry.of("nævnt", [("om pension", 4.0), ("ledighed", 1.0)]),
        Entry.of("spurgt", [("hvor stor er ledigheden", 4.0)]),
        Entry.of("begge", [("ledige og unge", 4.0)]),
    ]
    assert search(entries, "hvad er ledighed?") == ["spurgt", "begge", "nævnt"]
    assert search(entries, "ledige unge")[0] == "begge"
    assert search(entries, "") == search(entries, " ?! ") == ["nævnt", "spurgt", "begge"]
    assert search(entries, "vandrehjem") == []


@given(st.text(max_size=120))
def test_no_text_breaks_the_search(text: str) -> None:
    entries = [Entry.of("a", [("ledighed blandt fleksjobvisiterede", 1.0)])]
    assert set(search(entries, text)) <= {"a"}


# ---- The questions of the release in use ----


@pytest.fixture(scope="module")
def release() -> read.Release:
    """The release in use."""
    return read.current()


def test_every_question_is_found_by_its_own_words(release: read.Release) -> None:
    for q in release.questions:
        asked = questions.choices(release)[0].options[q.id]
        assert questions.found(release, asked)[0].id == q.id, asked


def test_every_question_survives_one_typo(release: read.Release) -> None:
    """The longest telling word of each question, with two neighbouring letters swapped."""
    chance = random.Random(8983)
    for q in release.questions:
        asked = [
            w for w in words(questions.choices(release)[0].options[q.id]) if w not in STOP_WORDS
        ]
        longest = max(asked, key=len)
        if len(longest) < 7:
            continue
        at = chance.randrange(1, len(longest) - 2)
        typed = longest[:at] + longest[at + 1] + longest[at] + longest[at + 2 :]
        assert q.id in [f.id for f in questions.found(release, typed)], (q.id, typed)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("ledig", "ledige-fleksjobvisiterede"),
        ("arbejdsløse fleksjobbere", "ledige-fleksjobvisiterede"),
        ("koebenhavn landet ledighed", "vaerre-end-landet"),
        ("autisme", "kognitive-handicap"),
        ("fuldtidspersonerne", "fuldtidsperson"),
        ("12 pct", "de-sidste-procent"),
        ("resten", "de-sidste-procent"),
        ("23 uger", "maal-23-uger"),
        ("model 1", "model-1-mod-2"),
        ("virkede det?", "virkede-det"),
        ("timer", "hvor-mange-timer"),
        ("hvad bestilte vi", "bestilt-og-leveret"),
        ("kan man stole på det", "stole-paa-tallene"),
        ("førtidspensioner", "foertidspensioner"),
        ("højkonjunktur", "gode-tider"),
        ("FSM", "flere-skal-med"),
    ],
)
def test_what_people_type_finds_what_they_mean(
    release: read.Release, typed: str, wanted: str
) -> None:
    assert wanted in [q.id for q in questions.found(release, typed)][:2]
