"""What shows a changed figure: sentences, answers, relations, run sheets …, and links that are affected."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract import danish, template
from etl.plan.entries import NAMES, title
from etl.plan.figures import shown
from etl.plan.screens import Both, screens_with
from etl.plan.tables import Tables, rows

_TEXTS = ("title", "text", "question", "answer", "how", "unknown", "reason")
Texts = Mapping[str, str]
"""Figure id → the figure as people read it."""


@dataclass(frozen=True, slots=True)
class Touched:
    """An entry that names changed figures; `old` and `new` are how it reads, or its sides, if that differs."""

    table: str
    id: str
    title: str
    figures: tuple[str, ...]
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class LinkEffect:
    """What happens to links of one kind, and the ids they name."""

    text: str
    ids: tuple[str, ...]


def touched(
    old: Tables, new: Tables, changed: Collection[str], on: Both = ({}, {})
) -> list[Touched]:
    """Entries of the new release that name any of the changed figures, table by table.

    Of run sheets also those with screens (`on`) that show one; the numbers of the screens follow the title.
    """
    before, after = _figure_texts(old), _figure_texts(new)
    found = []
    for table in NAMES:
        was = rows(old, table)
        for name, row in rows(new, table).items():
            seen = screens_with(on, name, changed) if table == "runsheets" else {}
            own = [f for f in _named(row) if f in changed]
            named = tuple(dict.fromkeys([*own, *(f for ids in seen.values() for f in ids)]))
            if named:
                earlier = was.get(name, {})
                reads = (_reads(table, earlier, before), _reads(table, row, after))
                differs = reads if reads[0] and reads[0] != reads[1] else ("", "")
                said = template_text(title(row), after)
                if seen:
                    said = f"{said}, skærm {danish.listing([str(n) for n in seen])}"
                found.append(Touched(table, name, said, named, *differs))
    return found


def links(
    old: Tables, new: Tables, changed: Collection[str], gone: Collection[str]
) -> list[LinkEffect]:
    """What shared links will show after the change; those of the release before keep their own numbers."""
    effects = [
        (
            "viser det gamle tal med besked om det nye, hvis linket er «præcis disse tal»; ellers det nye tal",
            changed,
        ),
        ("/tal/…: tallet udgår og vises, som det stod i udgaven før, med besked om det", gone),
        (
            "i=…: indikatoren udgår; linket åbner nærmeste visning med besked",
            _lost(old, new, "indicators"),
        ),
        (
            "/spoergsmaal: spørgsmålet udgår; linket åbner siden med besked",
            _lost(old, new, "questions"),
        ),
        (
            "/fremlaeg: køreplanen udgår; linket åbner siden med besked",
            _lost(old, new, "runsheets"),
        ),
    ]
    return [LinkEffect(text, tuple(sorted(ids))) for text, ids in effects if ids]


def template_text(text: str, figures: Texts) -> str:
    """A template with its figures put in; one that is unknown stands as its id."""
    try:
        parts = template.parse(text)
    except ValueError:
        return text
    return "".join(
        p if isinstance(p, str) else figures.get(p.figure, f"[{p.figure}]") for p in parts
    )


def _figure_texts(tables: Tables) -> Texts:
    indicators = rows(tables, "indicators")
    bare = {name: row | {"unit": _short(row["unit"])} for name, row in indicators.items()}
    return {row["figure"]: shown(row, bare) for row in tables["figures"].iter_rows(named=True)}


def _short(unit: Any) -> str:
    """The unit if it follows the number in sentences, else nothing."""
    return unit if unit in danish.SHORT_UNITS else ""


def _named(row: Mapping[str, Any]) -> Iterator[str]:
    """The figures an entry names, each once: in its list, and in its texts."""
    own = list(row.get("figures") or [])
    for key in _TEXTS:
        own += re.findall(r"\{([a-z0-9-]+)(?:\|[a-z]+)?\}", row.get(key) or "")
    return iter(dict.fromkeys(own))


def _reads(table: str, row: Mapping[str, Any], figures: Texts) -> str:
    if not row:
        return ""
    if table == "relations":
        sides = [
            danish.with_unit(row[key], row["unit"], row["decimals"])
            for key in ("left", "right", "gap")
        ]
        why = "kan skyldes afrunding" if row["explained"] else "kan ikke skyldes afrunding"
        return f"{sides[0]} mod {sides[1]}, forskel {sides[2]} ({why})"
    if table == "runsheets":
        texts = [item[key] for item in row["items"] for key in ("title", "note", "talk")]
        return _joined(texts, figures)
    return _joined([row.get(key) or "" for key in _TEXTS], figures)


def _joined(texts: list[str], figures: Texts) -> str:
    """Only texts with figures in them: the others are told of as changed words."""
    return " · ".join(template_text(text, figures) for text in texts if "{" in text)


def _lost(old: Tables, new: Tables, table: str) -> set[str]:
    return rows(old, table).keys() - rows(new, table).keys()
