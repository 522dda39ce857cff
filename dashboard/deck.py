"""A run sheet as an address asks for it: its release, its screens and what was set aside. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from dashboard import link, read, releases, runsheet, screens
from dashboard.link import SetAside
from dashboard.read import Release
from dashboard.runsheet import Asked
from dashboard.screens import Screen

NUMBER = "nr"
PATH, STAGE, NOTES = "/fremlaeg", "/fremlaeg/vis", "/fremlaeg/talepapir"
"""The addresses that hold a run sheet: the page of run sheets, the stage, the notes."""


@dataclass(frozen=True, slots=True)
class Deck:
    """The screens of an address. `asked` still holds views that could not be shown."""

    asked: Asked
    release: Release
    screens: tuple[Screen, ...]
    aside: tuple[SetAside, ...]
    number: int = field(default=1)
    """The screen that the address asks for, from 1."""

    @property
    def title(self) -> str:
        """The ready sheet's title, or what a sheet of one's own is called."""
        return self.asked.title or "Køreplan"

    def query(self, number: int = 0) -> str:
        """The deck's own parameters, with its release: what every address of it has after the `?`."""
        own = runsheet.encode([screen.item for screen in self.screens], self.asked.sheet)
        own[link.RELEASE] = releases.short(self.release.id)
        return urlencode(own | ({NUMBER: str(number)} if number else {}), safe="~")


def deck(params: Mapping[str, Sequence[str]], longest: int = runsheet.SHORT) -> Deck:
    """The deck of an address's parameters. Raises ReleaseError only if no release can be read.

    Of a talking point of the user's own `longest` characters are read: more than a link holds.
    """
    pinned = next(iter(params.get(link.RELEASE, ())), "")
    release, other = releases.opened(pinned) if pinned else (read.current(), "")
    asked = runsheet.decode(params, release.runsheets or read.current().runsheets, longest)
    shown, missing = screens.screens(asked.items, release)
    aside = [*asked.aside, *missing]
    if other:
        aside.append(SetAside(f"Udgaven «{link.shown(pinned)}»", other))
    return Deck(asked, release, tuple(shown), tuple(aside), _number(params, len(shown)))


def _number(params: Mapping[str, Sequence[str]], most: int) -> int:
    given = next(iter(params.get(NUMBER, ())), "")
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 5 else 1
    return min(max(number, 1), max(most, 1))
