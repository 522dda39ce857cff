"""What visitors of the load test do: real choices in a page's widgets, drawn at random, the same in every run."""

import random
from typing import Any

from bench.visitor import Run, Visitor, labels

PAGES = ("/udforsk", "/hvad-nu-hvis", "/kilder", "/beslutninger", "/afstemning", "/spoergsmaal",
         "/fleksjob", "/afklaring", "/unge", "/voksne", "/flere-skal-med", "/")  # fmt: skip
"""Where visitors are, the first ones most often: pages with choices come before pages to read."""
LEAVES = 0.15
"""Share of clicks that lead to another page."""
WORDS = ("fleksjob", "unge", "førtidspension", "", "2022")
"""What is typed in the fields for a search."""
_MULTI = 1  # ButtonGroup.ClickMode.MULTI_SELECT


async def act(visitor: Visitor, chance: random.Random) -> Run:
    """One click: a choice on the page, or another page when there is nothing to choose or it is time."""
    keys = [key for key, proto in visitor.widgets.items() if value(proto, chance) is not None]
    if len(PAGES) > 1 and (not keys or chance.random() < LEAVES) and visitor.path in PAGES:
        return await visitor.go(somewhere(chance))
    key = chance.choice(keys)
    chosen = value(visitor.widgets[key], chance)
    return await visitor.choose(key, "" if chosen is None else chosen)


def somewhere(chance: random.Random) -> str:
    """A page; the first half of them twice as often as the rest."""
    half = len(PAGES) // 2
    return chance.choice(PAGES[:half] * 2 + PAGES[half:])


def value(proto: Any, chance: random.Random) -> str | list[str] | None:
    """A value for a widget; None if it is not one that the load test uses."""
    kind = proto.DESCRIPTOR.name
    if kind == "TextInput":
        return chance.choice(WORDS) if "-" in proto.id.split("-", 2)[2] else None
    options = labels(proto)
    if kind in ("Selectbox", "Radio"):
        return chance.choice(options)
    if (kind == "ButtonGroup" and proto.click_mode != _MULTI) or kind == "Slider":
        return [chance.choice(options)]
    most = min(proto.max_selections or 3 if kind == "MultiSelect" else 3, len(options))
    return chance.sample(options, chance.randint(1, most))
