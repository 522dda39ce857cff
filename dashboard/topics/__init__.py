"""What each page shows, as data: its choices, its headline and its pictures. Pure.

A page script puts these on the screen with words around them; links, previews, embedded figures and
files are made from the same. One module per page, with the page's path (`-` as `_`) as its name:

    choices(release, params) -> list[Choice]            what the address can hold
    headline(release, values) -> str                    a story id or template: the page's finding
    pictures(release, values) -> list[Picture]          the charts in the order of the page
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

from dashboard.link import Choice, Values
from dashboard.picture import Picture
from dashboard.read import Release

Parameters = Mapping[str, Sequence[str]]
"""An address's parameters: key → the values given for it."""


class Topic(Protocol):
    """The interface of the modules in this package."""

    def choices(self, release: Release, params: Parameters) -> list[Choice]:
        """What the address of the page can hold."""
        ...

    def headline(self, release: Release, values: Values) -> str:
        """The page's finding, as a story id or a template."""
        ...

    def pictures(self, release: Release, values: Values) -> list[Picture]:
        """The charts of the page, in order."""
        ...


def topic(path: str) -> Topic:
    """The topic of a page's path (`fleksjob`, `flere-skal-med`, empty = front page).

    Raises ModuleNotFoundError for a path that is no page.
    """
    name = path.replace("-", "_") or "kort_fortalt"
    return cast("Topic", import_module(f"dashboard.topics.{name}"))
