"""The numbers that pages compute or count, worked out once more: what a page shows must be among them.

Everything here is arithmetic over the release, written independently of the code it checks.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from contract.paths import releases_dir
from contract.release import MANIFEST
from dashboard.picture import Picture
from dashboard.read import Relation, Release
from dashboard.text import plain
from tests.facts import spaced, stray
from tests.screens import Document, Screen


@dataclass
class Account:
    """What may stand on a page: regular expressions with their reason, exact texts, computed values."""

    patterns: dict[str, str] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    values: list[float] = field(default_factory=list)

    def stray(
        self, block: str, release: Release, more: Sequence[str] = ()
    ) -> Iterator[tuple[str, str]]:
        """(number, sentence) of what the account does not hold; `more` are further regular expressions."""
        return stray(block, release, [*self.patterns, *more], texts=self.texts, values=self.values)


NUMBERED = frozenset({"nr"})
"""Classes whose text only numbers a list."""

NAMES = {
    # regular expression → why the number is no figure of the material, on any page
    r"\bBI ?07\b": "the name of a budget note",
    r"\bFSM ?[12]\b": "the names of two efforts",
    r"\b[Bb]ilag \d\b": "the name of a document",
    r"A4\b": "the name of a paper",
    r"\bModel [12]\b|\bmodel [12]\b": "the names the budget note gives its models",
    r"\b(?:Gruppe|gruppe|Princip|Anbefaling) \d\d?\b": "the number the document gives it",
    r"\b(?:under|fyldt|over|til) 30 år\b|\b18[–-]29 år\b": "the age limit that defines a group",
    r"\bcovid-19\b": "the name of an illness",
    r"\b2023[- ]p/l\b": "the price level of the amounts",
    r"[×=] 100?\b|\b100 minus\b|× 10\.000\b": "part of a formula that is shown",
    r"\b[Pp]r\. 10\.000\b|\bpr\. 1\.000\b|\bi 1\.000 kr\.": "a unit",
    r"\(\d+ udgivelser\)|\bog \d+ tal mere i tabellen": "counted from what is shown",
}


def of(path: str, release: Release) -> Account:
    """The account of a page."""
    own = _PAGES.get(path, lambda _: Account())(release)
    return Account(NAMES | own.patterns, own.texts, own.values)


def _front(release: Release) -> Account:
    """The amounts of the two models name the bars of their caseloads."""
    return Account(texts={
        f"{release.figure(f'bi07-aarligt-beloeb-101-2023-2026-model-{model}').text} årligt" for model in (1, 2)
    })  # fmt: skip


def _about(release: Release) -> Account:
    figures = list(release.figures())
    computed = sum(figure.kind == "beregnet" for figure in figures)
    typed, sources = _whole(len(figures) - computed), len(release.sources)
    text = f"Den har {typed} tal fra {sources} kilder og {_whole(computed)} beregnede tal"
    return Account({r"CC BY 4\.0": "the name of a licence"}, {text})


def _statement(_: Release) -> Account:
    return Account(
        {
            r"WCAG 2\.[12]": "the name of a standard",
            r"400 pct\.": "how far a page can be enlarged, from the same standard",
        }
    )


def _sources(release: Release) -> Account:
    own = Counter(figure.source.id for figure in release.figures() if figure.kind != "beregnet")
    texts = {f"{_whole(own[source])} tal i Indblik" for source in release.sources}
    return Account({
        r"^[\d.]+ tal(?: mere\b|$)": "counted by the search",
        r"CC BY 4\.0": "the name of a licence",
    }, texts)  # fmt: skip


def _questions(release: Release) -> Account:
    texts = set()
    for question in release.questions:
        texts |= {plain(release, text) for text in (question.question, question.answer)}
        texts |= {release.figure(question.figure).with_unit} if question.figure else set()
    return Account({r"^\d+ spørgsmål\b": "counted by the page"}, texts)


def _decisions(release: Release) -> Account:
    status = Counter(decision.status for decision in release.decisions)
    total, events = len(release.decisions), len(release.events)
    texts = {f"Alle {total}", f"Leveret {status['leveret']}", f"Delvist {status['delvist']}",
             f"Ikke fundet {status['ikke fundet i materialet']}", f"Af {total} bestillinger", f"{events} hændelser",
             f"de øvrige {status['ikke fundet i materialet']} er ikke fundet"}  # fmt: skip
    for point in release.points:
        if point.votes_for is not None:
            texts.add(f"{point.votes_for} for")
            texts.add(f"{point.votes_against} imod")
            texts.add(f"{point.abstained} undlod")
    days = [float(decision.days) for decision in release.decisions if decision.days is not None]
    return Account({r"^\d+\.$": "the number of a point in a list"}, texts, days)


def _reconciliation(release: Release) -> Account:
    values: list[float] = []
    texts: set[str] = set()
    for relation in release.relations:
        values += _relation(relation)
        texts |= {release.figure(figure).text for figure in relation.figures}
    # constants of the formulas that are shown
    constants = {
        n
        for r in release.relations
        for text in (r.left_formula, r.right_formula)
        for n in re.findall(r"(?<![\w\]-])\d+(?:\.\d+)?(?![\w\[-])", text)
    }
    values += [float(number) for number in constants]
    return Account(texts=texts, values=values)


def _relation(relation: Relation) -> Iterator[float]:
    gap = abs(relation.left - relation.right)
    beyond = max(
        0.0,
        max(relation.left_low, relation.right_low) - min(relation.left_high, relation.right_high),
    )
    yield from (
        relation.left,
        relation.right,
        relation.left_low,
        relation.left_high,
        relation.right_low,
        relation.right_high,
    )
    yield from (gap, beyond, gap - beyond)


def _news(_: Release) -> Account:
    counts = set()
    for manifest in releases_dir().glob(f"*/{MANIFEST}"):
        files = json.loads(manifest.read_text("utf-8"))["files"]
        counts |= {file["rows"] for file in files if file["name"] == "figures.parquet"}
    return Account(texts={f"{_whole(count)} tal" for count in counts})


def _calculators(release: Release) -> Account:
    """The caseload curve through the models of BI07, as the page opens: half-way between their amounts."""
    value = {name: release.figure(figure).value or 0.0 for name, figure in {
        "without": "sagsantal-unge-101-2023-2026-uden-ny-bevilling",
        "load-1": "sagsantal-unge-101-2023-2026-model-1", "load-2": "sagsantal-unge-101-2023-2026-model-2",
        "money-1": "bi07-aarligt-beloeb-101-2023-2026-model-1", "money-2": "bi07-aarligt-beloeb-101-2023-2026-model-2",
        "people": "udsatte-unge-uden-uddannelse-101-2022", "fewer": "udsatte-unge-beregnet-101-2022",
    }.items()}  # fmt: skip
    chosen = (value["money-1"] + value["money-2"]) / 2
    # the price of an adviser that takes the caseload from «without» to that of a model, for so many people
    price = {
        (people, model): value[f"money-{model}"]
        / (value[people] / value[f"load-{model}"] - value[people] / value["without"])
        for people in ("people", "fewer")
        for model in "12"
    }
    people, own = value["people"], price["people", "1"]

    def load(money: float) -> float:
        return people / (people / value["without"] + money / own)

    values = [load(money) for money in (*range(15), chosen, value["money-1"], value["money-2"])]
    values += [value["without"], people, own, chosen, *price.values(), *range(15)]
    values += [abs(round(load(value[f"money-{m}"]), 1) - value[f"load-{m}"]) for m in "12"]
    values += [
        value[p] / value[load]
        for p in ("people", "fewer")
        for load in ("without", "load-1", "load-2")
    ]
    values += [chosen * 4 * 1000, value["money-2"], chosen - value["money-2"], 4, 1000]
    steps = {f"{n // 2},5" if n % 2 else f"{n // 2}" for n in range(29)}
    texts = {
        release.figure("udsatte-unge-uden-uddannelse-101-2022").text,
        release.figure("udsatte-unge-beregnet-101-2022").text,
    }
    return Account({rf"^(?:{'|'.join(steps)})$": "the visitor's own choice"}, texts, values)


def computed(picture: Picture) -> list[str]:
    """The values a picture computes from its figures and draws (index, per 10.000), as they are written."""
    values = {
        mark["tip"].rpartition(": ")[2]
        for layer in picture.spec["layer"]
        for mark in layer.get("data", {}).get("values", [])
        if "tip" in mark
    }
    return [rf"(?<![\d.,]){re.escape(value)}(?![\d])" for value in values]


def unaccounted(shown: Screen, release: Release) -> list[str]:
    """`/page: «number» in «sentence»` for every number on a page that is no link to a talpas and not in its account."""
    account = of(shown.page.path, release)
    more = [
        pattern for picture in shown.pictures if picture.computed for pattern in computed(picture)
    ]
    # the same texts without links, as alt text and caption; their numbers are checked as placeholders
    templates = [text for picture in shown.pictures for text in (picture.finding, picture.alt)]
    without_links = {spaced(plain(release, text)) for text in templates}
    blocks = [
        *shown.words(),
        *(block for html in shown.html for block in Document.of(html, NUMBERED).blocks),
    ]
    return list(dict.fromkeys(
        f"/{shown.page.path}: «{number}» in «{sentence}»"
        for block in blocks
        if spaced(block) not in without_links
        for number, sentence in account.stray(block, release, more)
    ))  # fmt: skip


def _whole(number: int) -> str:
    return f"{number:,}".replace(",", ".")


_PAGES: dict[str, Callable[[Release], Account]] = {
    "": _front,
    "om": _about,
    "was": _statement,
    "kilder": _sources,
    "spoergsmaal": _questions,
    "beslutninger": _decisions,
    "afstemning": _reconciliation,
    "nyt": _news,
    "hvad-nu-hvis": _calculators,
}
