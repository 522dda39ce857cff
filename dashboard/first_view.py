"""What an address shows before any script has run: the page's own elements as plain HTML.

Made of the same script as the live page (`rehearsal`), in the same order and measures, so that the live
page can take its place without a jump. Widgets are shown with what is chosen in them; a chart is drawn
in place; a chart's table is there for those who have no scripts.
"""

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from typing import Any

from dashboard import rehearsal
from dashboard.rehearsal import Node, Unfinished
from dashboard.sitemap import Page

__all__ = ["Unfinished", "first_view"]

Draw = Callable[[str], str]
"""A chart's address → its SVG, empty if it cannot be drawn now."""
_GAPS = {1: "lille", 2: "mellem", 3: "stor"}
"""Streamlit's gap sizes; the style sheet holds the measures."""
_GRAPH = re.compile(r'<div class="graf"([^>]*) data-graf="([^"]*)"([^>]*)></div>')
_PICKED = frozenset({"multiselect", "selectbox", "text_input", "slider"})


def first_view(page: Page, query: str, draw: Draw, width: int) -> str:
    """The HTML of a page's content at an address; its charts are drawn for a `width` (px) by `draw`.

    Raises Unfinished if the page's script fails or takes too long.
    """
    root = rehearsal.rehearse(page, query)
    html = "".join(_html(node) for node in root.children())
    return _GRAPH.sub(lambda found: _with_graph(found, draw, width), html)


def _with_graph(found: re.Match[str], draw: Draw, width: int) -> str:
    before, address, after = found.groups()
    svg = draw(unescape(address))
    drawn = f' data-bredde="{width}"' if svg else ""
    svg = svg.replace("<svg ", '<svg aria-hidden="true" ', 1)
    return f'<div class="graf"{before} data-graf="{address}"{drawn}{after}>{svg}</div>'


def _html(node: Node) -> str:
    if node.element is not None:
        kind = str(node.element.WhichOneof("type"))
        own = getattr(node.element, kind)
        return _element(kind, own, node.leads) if kind != "empty" else ""
    inside = "".join(_html(child) for child in node.children())
    if node.block is None:
        return f'<div class="foerst-lodret lille">{inside}</div>'
    kind = node.block.WhichOneof("type")
    if kind == "tab_container":
        return _ways(node)
    if kind == "column":
        share = round(node.block.column.weight * 100, 4)
        return f'<div class="foerst-kolonne" style="flex-basis:calc({share:g}% - var(--mellemrum))">{inside}</div>'
    if kind == "flex_container":
        own = node.block.flex_container
        way = "vandret" if own.direction == own.Direction.HORIZONTAL else "lodret"
        gap = _GAPS.get(own.gap_config.gap_size, "lille")
        return f'<div class="foerst-{way} {gap}{_key_class(node.block.id)}">{inside}</div>'
    return f'<div class="foerst-lodret lille">{inside}</div>'


def _key_class(block_id: str) -> str:
    key = rehearsal.key_of(block_id)
    return f" st-key-{escape(key)}" if key else ""


def _ways(node: Node) -> str:
    """The tabs of a figure: the first is open, a table is there for those without scripts."""
    tabs = list(node.children())
    labels = [str(tab.block.tab.label) for tab in tabs]
    panels = ["".join(_html(child) for child in tab.children()) for tab in tabs]
    names = "".join(
        f"<span{' class=valgt' if i == 0 else ''}>{escape(label)}</span>"
        for i, label in enumerate(labels)
    )
    rest = "".join(
        f"<details><summary>{escape(label)}</summary>{panel}</details>"
        for label, panel in zip(labels[1:], panels[1:], strict=True)
    )
    return (
        f'<div class="foerst-panel">{panels[0] if panels else ""}</div>'
        f'<div class="foerst-veje" aria-hidden="true">{names}</div><noscript>{rest}</noscript>'
    )


def _element(kind: str, element: Any, leads: Mapping[str, str]) -> str:
    if kind == "html":
        return f'<div class="stHtml foerst-html">{element.body}</div>'
    if kind in _PICKED:
        return _field(element.label, f"<span>{escape(', '.join(_picked(kind, element)))}</span>")
    if kind in ("button_group", "radio"):
        words = [str(getattr(one, "content", one)) for one in element.options]
        own = set(_picked(kind, element))
        shown = "".join(_button(word, leads.get(word, ""), chosen=word in own) for word in words)
        return _field(element.label, shown, "foerst-knapper")
    return ""


def _button(word: str, leads_to: str, *, chosen: bool) -> str:
    """One of a row of buttons: a link to the view that it leads to (`foerst.js` shows that view in place)."""
    css = " class=valgt" if chosen else ""
    if not leads_to:
        return f"<span{css}>{escape(word)}</span>"
    pressed = ' aria-current="true"' if chosen else ""
    return f'<a{css}{pressed} rel="nofollow" href="{escape(leads_to)}">{escape(word)}</a>'


def _field(label: str, html: str, css: str = "foerst-felt") -> str:
    return f'<div class="foerst-valg"><p>{escape(label)}</p><div class="{css}">{html}</div></div>'


def _picked(kind: str, element: Any) -> list[str]:
    """What is chosen in a widget, as its options read."""
    if kind == "text_input":
        return [element.value if element.set_value else element.default]
    if kind == "slider":
        return [f"{value:g}" for value in (element.value if element.set_value else element.default)]
    if element.set_value:
        raw = element.raw_values if hasattr(element, "raw_values") else [element.raw_value]
        return [str(one) for one in raw]
    default = element.default if hasattr(element.default, "__iter__") else [element.default]
    options = [str(getattr(one, "content", one)) for one in element.options]
    return [options[i] for i in default if 0 <= i < len(options)]
