"""Which numbers a page may show without a link to a talpas, and what is wrong with the others.

Nothing passes for looking like a number of the material: a digit is accepted only as part of a date,
of a text that the release itself holds with its source, of a name, or of a computation that is shown.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from contract import danish, template
from dashboard.read import Release

_MONTH = "|".join(danish.MONTHS)
_DATES = re.compile(
    r"""
      \d{1,2}\.\d{1,2}\.(?:19|20)\d\d                                  # 24.10.2022
    | \d{1,2}\.\s(?:"""
    + _MONTH
    + r""")(?:\s(?:19|20)\d\d)?                                        # 24. oktober 2022
    | [1-4]\.(?:\s?(?:–|til|og)\s?[1-4]\.)?\s(?:kvartal|halvår|kv\.)(?:\s(?:19|20)\d\d)?   # 4. kv. 2022, 1.–3. kv.
    | \b\d{4}-\d{2}-\d{2}-[0-9a-f]{8}\b                                # a release's name
    | (?<![\d.,])(?:19|20)\d\d(?:[–-](?:19|20)?\d\d)?(?!\d|[.,]\d)     # 2022, 2018–2021, 2017-21
    | ’\d\d\b                                                          # ’22
    """,
    re.VERBOSE,
)
_DIGITS = re.compile(r"\d[\d.,]*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ▢«])")
_LONG_ENOUGH = 5
"""Own texts shorter than this are not taken out: a group called «2» would let every 2 pass."""

_own: dict[str, tuple[str, ...]] = {}
_cleaned: dict[tuple[str, str], str] = {}


def stray(
    block: str,
    release: Release,
    patterns: Sequence[str] = (),
    *,
    texts: Iterable[str] = (),
    values: Sequence[float] = (),
) -> Iterator[tuple[str, str]]:
    """(number, sentence) of every number in a text that nothing accounts for.

    `texts` may stand there word for word; `patterns` are regular expressions for what the page may say,
    each with its reason where it is listed; `values` are computed, and may be written with any decimals.
    """
    text = spaced(block)
    if not any(character.isdigit() for character in text):
        return
    for whole in sorted({spaced(one) for one in texts}, key=len, reverse=True):
        text = re.sub(rf"(?<![\d.,]){re.escape(whole)}(?!\d|[.,]\d)", "◦", text)
    for sentence in _SENTENCE.split(_without_own_texts(text, release)):
        rest = _DATES.sub(" ", sentence)
        for pattern in (*patterns, *_ranges(release)):
            rest = re.sub(pattern, " ", rest)
        for number in _DIGITS.findall(rest):
            if not _is_one_of(number.rstrip(".,"), values):
                yield number, sentence.strip()


def _is_one_of(number: str, values: Sequence[float]) -> bool:
    """Whether a Danish number is one of the values, rounded to its decimals."""
    try:
        shown = danish.parse_number(number)
    except ValueError:
        return False
    decimals = len(number.partition(",")[2])
    return any(abs(abs(value) - shown) <= 0.5 * 10**-decimals + 1e-9 for value in values)


def spaced(text: str) -> str:
    """The text with every kind of space as one plain space."""
    return " ".join(text.split())


def literals(text: str) -> str:
    """A template without its figures: each is replaced by `▢`."""
    return "".join(part if isinstance(part, str) else "▢" for part in template.parse(text))


def _without_own_texts(block: str, release: Release) -> str:
    key = (release.id, block)
    if key not in _cleaned:
        _cleaned[key] = _clean(block, release)
    return _cleaned[key]


def _clean(block: str, release: Release) -> str:
    for text in own_texts(release):
        if text in block:
            block = block.replace(text, "◦")
    return block


def own_texts(release: Release) -> tuple[str, ...]:
    """The release's cited texts that hold digits, longest first. Story and answers are not among them."""
    if release.id not in _own:
        _own[release.id] = _collect(release)
    return _own[release.id]


def _collect(release: Release) -> tuple[str, ...]:
    found: set[str] = set()
    for text in _all_texts(release):
        literal = (
            [part for part in template.parse(text) if isinstance(part, str)]
            if "{" in text
            else [text]
        )
        for part in literal:
            clean = spaced(part)
            if (
                len(clean) >= _LONG_ENOUGH
                and re.search(r"\d", clean)
                and re.search(r"[^\W\d_]", clean)
            ):
                found.add(clean)
    found |= {source.case_number for source in release.sources.values() if source.case_number}
    return tuple(sorted(found, key=lambda text: (-len(text), text)))


def _ranges(release: Release) -> list[str]:
    """Groups named by a range, such as hours a week: `1-5` in the data, `1–5` on the page."""
    groups = {figure.group for figure in release.figures() if re.match(r"\d+-\d+\b", figure.group)}
    spans = {re.match(r"\d+-\d+", group)[0] for group in groups}  # type: ignore[index]
    return [rf"(?<![\d.,–-]){span.replace('-', '[–-]')}(?![\d–-]|[.,]\d)" for span in sorted(spans)]


def _all_texts(release: Release) -> Iterable[str]:
    for source in release.sources.values():
        yield from (
            source.title,
            source.publisher,
            source.covers,
            source.note,
            source.licence,
            source.case_number,
        )
        # titles are shortened for source lines: see parts.short_source
        yield from (
            source.title.split(":")[0].split(" (")[0],
            source.publisher.split(",")[0].split(" (")[0],
        )
    for indicator in release.indicators.values():
        yield from (
            indicator.title,
            indicator.population,
            indicator.definition,
            indicator.caveats,
            indicator.unit,
        )
    for event in release.events:
        yield from (event.title, event.text, event.locator)
    for decision in release.decisions:
        yield from (decision.title, decision.text, decision.answer, decision.locator)
    for point in release.points:
        yield from (point.title, point.text, point.locator, point.field)
    for relation in release.relations:
        yield from (relation.title, relation.left_label, relation.right_label, relation.reason)
    for one_break in release.breaks:
        yield one_break.text
    for term in release.glossary:
        yield from (term.term, term.text, term.locator, *term.also)
    for figure in release.figures():
        yield from (figure.group, figure.locator, figure.note)
    yield release.manifest.note
