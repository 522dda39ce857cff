"""Run sheets (køreplaner) and how a link holds one. Pure; decoding never raises.

    k = temadroeftelse-2022-10-24                     a ready sheet, all of it
    k = fleksjob_timer~afklaring~udforsk__i_folketal  views in order, `~` between them

A view is `page_figure_key_value_key_value…`: the page's name in addresses (`kort-fortalt` is the front page),
the chart's key (empty for the page itself), then the page's choices. `sheet.key` is one screen of a ready
sheet, with its title and talking point: `temadroeftelse-2022-10-24.timer`, and `.tilgang` after it is another of
the same sheet. A view may have a title and talking point of the user's own: `t3` and `n3` belong to the third
view. They are plain text, and only short ones go into a link.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from dashboard.link import SetAside, shown

SEPARATOR, PART, WITHIN = "~", "_", "."
SHEET, OWN_TITLE, OWN_TALK = "k", "t", "n"
LONGEST, MOST = 3000, 40
"""Characters of `k`, and views of a sheet, that are read."""
SHORT = 120
"""Characters of a title or talking point that a link holds; longer ones stay in the browser."""
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_KEY = re.compile(r"[a-z][a-z0-9-]*\Z")
_VALUE = re.compile(r"[A-Za-z0-9.,-]*\Z")


@dataclass(frozen=True, slots=True)
class Item:
    """One view. `sheet` and `key` name the screen of a ready sheet that it is; `own_*` are plain text."""

    page: str
    figure: str = ""
    params: tuple[tuple[str, str], ...] = ()
    sheet: str = ""
    key: str = ""
    figures: tuple[str, ...] = ()
    title: str = ""
    note: str = ""
    talk: str = ""
    own_title: str = ""
    own_talk: str = ""

    @property
    def ref(self) -> str:
        """The view as a link names it."""
        if self.sheet:
            return f"{self.sheet}{WITHIN}{self.key}"
        named = [part for pair in self.params for part in pair]
        return PART.join([self.page, self.figure, *named]) if self.figure or named else self.page


@dataclass(frozen=True, slots=True)
class RunSheet:
    """A ready sheet; fields as in `contract.tables.Runsheets`."""

    id: str
    title: str
    date: str
    items: tuple[Item, ...]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """The sheet of a table's row."""
        items = tuple(
            Item(
                page=one["page"], figure=one["figure"], sheet=row["id"], key=one["key"],
                params=tuple((p["key"], p["value"]) for p in one["params"]), figures=tuple(one["figures"]),
                title=one["title"], note=one["note"], talk=one["talk"],
            )
            for one in row["items"]
        )  # fmt: skip
        return cls(row["id"], row["title"], row["date"], items)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link asks to be shown. `sheet` is the id of a ready sheet that is shown whole."""

    items: tuple[Item, ...]
    aside: tuple[SetAside, ...] = ()
    sheet: str = ""
    title: str = ""


def encode(items: Sequence[Item], sheet: str = "") -> dict[str, str]:
    """The parameters of a link to the views; a view whose choices no link can hold keeps its page and figure."""
    texts = {}
    for number, item in enumerate(items, start=1):
        for key, text in ((OWN_TITLE, item.own_title), (OWN_TALK, item.own_talk)):
            if text and len(text) <= SHORT:
                texts[f"{key}{number}"] = text
    return {SHEET: sheet or SEPARATOR.join(_refs(items))} | texts


def _refs(items: Sequence[Item]) -> Iterator[str]:
    """The views as a link names them; a sheet that was named by the view before is not named again."""
    before = ""
    for item in items:
        yield f"{WITHIN}{item.key}" if item.sheet and item.sheet == before else _safe(item).ref
        before = item.sheet


def _safe(item: Item) -> Item:
    fits = all(_KEY.match(key) and _VALUE.match(value) for key, value in item.params)
    return item if fits or item.sheet else replace(item, params=())


def decode(
    params: Mapping[str, Sequence[str]], ready: Sequence[RunSheet], longest: int = SHORT
) -> Asked:
    """The views that a link's parameters name. What cannot be used is set aside with a reason. Never raises.

    Of a talking point `longest` characters are read.
    """
    given = next(iter(params.get(SHEET, ())), "")
    sheets = {sheet.id: sheet for sheet in ready}
    if given in sheets:
        sheet = sheets[given]
        return Asked(_with_texts(sheet.items, params, longest), (), sheet.id, sheet.title)
    aside: list[SetAside] = []
    if len(given) > LONGEST:
        aside.append(SetAside("Køreplanen", "den er for lang; kun begyndelsen er læst"))
        given = given[:LONGEST].rpartition(SEPARATOR)[0]
    items: list[Item] = []
    for text in filter(None, given.split(SEPARATOR)):
        before = items[-1].sheet if items else ""
        found = _item(before + text if text.startswith(WITHIN) else text, sheets)
        if isinstance(found, Item):
            items.append(found)
        else:
            aside.append(found)
    if len(items) > MOST:
        aside.append(
            SetAside("Køreplanen", f"der er plads til {MOST} visninger; resten er udeladt")
        )
    return Asked(_with_texts(items[:MOST], params, longest), tuple(aside))


def _item(text: str, sheets: Mapping[str, RunSheet]) -> Item | SetAside:
    name = f"Visningen «{shown(text)}»"
    if PART not in text and WITHIN in text:
        sheet, _, key = text.partition(WITHIN)
        found = (
            next((i for i in sheets[sheet].items if i.key == key), None)
            if sheet in sheets
            else None
        )
        return found or SetAside(name, "den køreplan eller skærm findes ikke")
    page, _, others = text.partition(PART)
    figure, *rest = others.split(PART)
    keys, values = rest[::2], rest[1::2]
    readable = (
        len(keys) == len(values) and all(map(_KEY.match, keys)) and all(map(_VALUE.match, values))
    )
    if not _ID.match(page) or (figure and not _ID.match(figure)) or not readable:
        return SetAside(name, "den kan ikke læses")
    return Item(page, figure, tuple(zip(keys, values, strict=True)))


def _with_texts(
    items: Sequence[Item], params: Mapping[str, Sequence[str]], longest: int
) -> tuple[Item, ...]:
    def own(key: str, number: int, most: int = SHORT) -> str:
        return plain_text(next(iter(params.get(f"{key}{number}", ())), ""), most)

    return tuple(
        replace(item, own_title=own(OWN_TITLE, i), own_talk=own(OWN_TALK, i, longest))
        for i, item in enumerate(items, start=1)
    )


def plain_text(text: str, most: int = SHORT) -> str:
    """A text of the user's own, fit to be shown: one line, printable, at most `most` characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:most].strip()
