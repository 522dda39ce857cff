"""The screens of a run sheet: one message, one picture, one caveat at most, and where it comes from. Pure.

A screen is made of the same topic and picture as its page: `screens` for the items of a link, `body` the
HTML of one. Sizes are those of a stage 1280 × 720 px; the style sheet scales all of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from contract import danish, template
from contract.release import ReleaseError
from dashboard import link, parts, preview, releases, share, small, stage
from dashboard.link import SetAside
from dashboard.picture import IncompleteFigure, Picture, check
from dashboard.read import Figure, Release
from dashboard.runsheet import Item
from dashboard.text import escape, plain

WIDTH = 1136
"""Width of the stage within its margins (px)."""
_HEIGHT, _FOOT, _TOP = 720, 145, 56
_LARGE, _OVER_CHART, _LONG = (64, 72), (48, 64), (40, 50)
_LINE, _BETWEEN = 28, 48
_SMALL_TYPE = 22
_LONGEST_NOTE = 160
_MOST_LARGE = 3
_PHONE = (358, 300)
_COLOUR = {"101": "koebenhavn", "000": "landet"}


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen, as text and figures; `address` is the `view` it shows, in its release."""

    item: Item
    release: Release
    page: str
    message: str
    sub: str
    caveat: str
    talk: str
    alt: str
    figures: tuple[Figure, ...]
    large: tuple[Figure, ...]
    picture: Picture | None
    address: str
    view: share.View
    computed: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Type and line height of the message."""
        if self.picture is None:
            if _lines(self.message, _LARGE[0]) <= (2 if self.large else 4):
                return _LARGE
            return _OVER_CHART if _lines(self.message, _OVER_CHART[0]) <= 4 else _LONG
        return _OVER_CHART if _lines(self.message, _OVER_CHART[0]) <= 2 else _LONG

    @property
    def source(self) -> str:
        """The source line: at most three sources by name."""
        named = list(dict.fromkeys(parts.short_source(f.source) for f in self.figures))
        more = len(named) - 3
        tail = f"; og {more} {'anden' if more == 1 else 'andre'}" if more > 0 else ""
        computed = " Beregnede tal indgår." if self.computed else ""
        whole = f"Indblik, udgave {danish.day(self.release.published)}."
        return f"{'; '.join(named[:3])}{tail}.{computed}" if named else whole


def screens(items: Sequence[Item], release: Release) -> tuple[list[Screen], list[SetAside]]:
    """(the screens of a run sheet in one release, what could not be shown and why). Never raises."""
    found: list[Screen] = []
    aside: list[SetAside] = []
    for item in items:
        name = f"Visningen «{link.shown(item.ref)}»"
        try:
            made = _screen(item, release)
        except (KeyError, ValueError, ModuleNotFoundError, ReleaseError):
            aside.append(SetAside(name, "den kan ikke vises med disse tal"))
            continue
        if isinstance(made, str):
            aside.append(SetAside(name, made))
        else:
            found.append(made)
    return found, aside


def _screen(item: Item, release: Release) -> Screen | str:
    page = share.by_slug(item.page)
    if page is None:
        return "siden findes ikke"
    params = {key: [value] for key, value in item.params}
    view = share.view(page, params | {link.RELEASE: [releases.short(release.id)]})
    picture = view.picture(item.figure)
    if item.figure and picture is None:
        return "figuren findes ikke på siden"
    if picture is None and not item.figures and len(view.pictures()) == 1:
        picture = view.pictures()[0]  # a page that is its chart
    if picture:
        check(picture)
    title = item.title or (picture.finding if picture else view.headline)
    message = item.own_title or plain(release, title)
    large = tuple(release.figure(i) for i in item.figures) if picture is None else ()
    if picture is None and not large:
        large = tuple(view.named_figures()[:_MOST_LARGE])
    figures = tuple(picture.figures) if picture else large
    anchor = item.figure if picture and len(view.pictures()) > 1 else ""
    said = [*figures, *_named(release, title)]
    return Screen(
        item=item, release=release, page=view.title, message=message, talk=_talk(item, release),
        sub=plain(release, picture.sub) if picture else "", caveat=_caveat(item, release, picture),
        alt=plain(release, picture.alt) if picture else "", figures=figures, large=large, picture=picture,
        address=view.address(pinned=True, figure=anchor), view=view,
        computed=bool(picture and picture.computed) or any(f.kind == "beregnet" for f in said),
    )  # fmt: skip


def _named(release: Release, text: str) -> list[Figure]:
    return [release.figure(i) for i in template.references(release.story.get(text, text))]


def _talk(item: Item, release: Release) -> str:
    return item.own_talk or (plain(release, item.talk) if item.talk else "")


def _caveat(item: Item, release: Release, picture: Picture | None) -> str:
    """The item's own; else the picture's first note, where it is short: it may be the key to the chart."""
    if item.note:
        return plain(release, item.note)
    said = plain(release, picture.notes[0]) if picture and picture.notes else ""
    return said if len(said) <= _LONGEST_NOTE else ""


def _lines(text: str, size: int) -> int:
    # the typefaces are narrower than `preview` must assume
    return len(preview.wrapped(text, round((0.9 if size < _LONG[0] else 0.96) * size), WIDTH))


def body(screen: Screen, name: str, *, phone: bool = False) -> str:
    """The message and the picture of a screen as HTML. `name` keeps ids in drawings apart."""
    size, _ = screen.size
    message = f'<h2 class="budskab b{size}" tabindex="-1">{escape(_unbroken(screen.message))}</h2>'
    sub = f'<p class="undertekst">{escape(screen.sub)}</p>' if screen.sub else ""
    caveat = f'<p class="forbehold">{escape(screen.caveat)}</p>' if screen.caveat else ""
    if screen.picture is None:
        numbers = "".join(_number(f, screen.large) for f in screen.large)
        return f'{message}<div class="store-tal tal-{len(screen.large)}">{numbers}</div>{caveat}'
    drawn = f'<div class="graf" role="img" aria-label="{escape(screen.alt)}">{chart(screen, name, phone=phone)}</div>'
    return f"{message}{sub}{drawn}{caveat}"


def _unbroken(text: str) -> str:
    """`ca. 110`, `4. kv. 2022` and `i dag` are not broken over two lines."""
    return re.sub(
        r"(\b[Cc]a\.|\d\.|\d|kv\.|\bi) (?=\d|kv\.|pct\.|mio\.|dag\b)",
        rf"\1{danish.NO_BREAK_SPACE}",
        text,
    )


def chart(screen: Screen, name: str, *, phone: bool = False) -> str:
    """The drawing, as large as the message and the caveat leave room for, its type at least 22 px.

    On a phone it is as wide as the screen instead.
    """
    assert screen.picture is not None
    if phone:
        return stage.draw(
            screen.picture.spec,
            _PHONE[0],
            min(_PHONE[1], screen.picture.spec["height"] + 60),
            name,
            phone=True,
        )
    size, line = screen.size
    used = _TOP + line * _lines(screen.message, size) + _BETWEEN + _FOOT
    used += _LINE * (
        _lines(screen.sub, _SMALL_TYPE)
        + (_lines(screen.caveat, _SMALL_TYPE) if screen.caveat else 0)
    )
    spec = screen.picture.spec
    scale = 22.6 / stage.SMALLEST if _crowded(spec) else 26 / stage.SMALLEST
    short = any(
        isinstance(layer["mark"], dict) and layer["mark"].get("shape") == "square"
        for layer in spec["layer"]
    )
    return stage.draw(
        spec, round(WIDTH / scale), round((_HEIGHT - used) / scale), name, phone=short
    )


def _crowded(spec: dict[str, object]) -> bool:
    """Time charts and staircases write beside their marks; bars and columns have room for larger type."""
    layers = spec["layer"]
    return not (isinstance(layers, list) and layers[0]["mark"] != "text" and layers[0]["mark"].get("type") == "bar"
                and len(layers[0]["data"]["values"]) <= 6)  # fmt: skip


def _number(figure: Figure, beside: Sequence[Figure]) -> str:
    qualifier, shown = figure.parts
    word = f'<span class="kvalifikator">{escape(qualifier)}</span> ' if qualifier else ""
    areas = {f.area for f in beside}
    label = figure.area_name if len(areas) == len(beside) else parts.short_source(figure.source)
    unit = "" if figure.with_unit == figure.text else f"{figure.indicator.unit} · "
    dots = ""
    if len(beside) <= 2 and all(
        f.indicator.unit == "pct." and (f.value or 0) <= 100 for f in beside
    ):
        dots = small.tenths(figure, _COLOUR.get(figure.area, "koebenhavn"))
    about = (
        f'<p class="om">{escape(unit + figure.period_text)}</p>'
        if len(areas) != len(beside) or unit
        else ""
    )
    return f'<div><p class="etiket">{escape(label)}</p><p class="tal">{word}<b>{escape(shown)}</b></p>{dots}{about}</div>'


def sources(screen: Screen) -> str:
    """What the sources panel says: each source with date, place and figures, each figure a link to its talpas."""
    blocks = []
    for source in {f.source.id: f.source for f in screen.figures}.values():
        own = [f for f in screen.figures if f.source.id == source.id]
        named = "".join(
            f'<li><a href="{escape(parts.talpas_address(f.id))}?d={releases.short(screen.release.id)}" target="_blank" rel="noopener">'
            f"{escape(f.with_unit)}</a> · {escape(f.indicator.title)}, {escape(f.period_text)}"
            f"{', ' + escape(f.group) if f.group else ''} · {escape(f.locator)}</li>"
            for f in own[:8]
        )
        more = f"<li>og {len(own) - 8} tal mere på siden</li>" if len(own) > 8 else ""
        blocks.append(
            f"<section><h3>{escape(source.title)}</h3><p>{escape(source.publisher)}, {escape(source.dated)} "
            f"{parts.tier_badge(source)}</p><ul>{named}{more}</ul></section>"
        )
    extra = (
        f"<p>{escape(screen.picture.extra)}.</p>" if screen.picture and screen.picture.extra else ""
    )
    return (
        "".join(blocks) + extra + f"<p>Udgave {escape(danish.day(screen.release.published))}.</p>"
    )


__all__ = ["IncompleteFigure", "Screen", "body", "chart", "screens", "sources"]
