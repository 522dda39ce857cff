"""The files that a whole run sheet becomes, one of each kind, and how each is made. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.export import files, folder, sheet, workbook
from dashboard.export.meeting import Meeting
from dashboard.export.progress import Told, silent


@dataclass(frozen=True, slots=True)
class Whole:
    """A kind of file: what it is called on the screen, its ending and media type.

    `make` gives its content and what is missing from it; `steps` how often it tells where it is.
    """

    label: str
    ending: str
    mime: str
    make: Callable[[Meeting, Told], tuple[bytes, list[str]]]
    steps: Callable[[Meeting], int] = lambda own: len(own.views)

    def name(self, own: Meeting) -> str:
        """`indblik-koereplan-temadroeftelse-2022-10-24-2026-11-23-0f1e2d3c.pptx`."""
        return f"{own.name}-{own.release.id}.{self.ending}"


def _of(
    part: str, make: Callable[[Meeting, Told], bytes]
) -> Callable[[Meeting, Told], tuple[bytes, list[str]]]:
    """A file of all views; one that it cannot be made of is left out and named."""

    def made(own: Meeting, told: Told = silent) -> tuple[bytes, list[str]]:
        content, left_out = own.without(part, lambda some: make(some, told), told)
        return content, [*own.missing, *left_out]

    return made


WHOLE: dict[str, Whole] = {
    "pptx": Whole("PowerPoint", "pptx", files.KINDS["pptx"].mime, _of("PowerPoint", folder.WHOLE[folder.SLIDES])),
    "ark": Whole("A4-hæfte (PDF)", "pdf", files.KINDS["ark"].mime, _of("A4-hæfte", sheet.booklet)),
    "xlsx": Whole("Excel", "xlsx", files.KINDS["xlsx"].mime, _of("Excel", workbook.together)),
    "mappe": Whole("Mødemappe (zip)", "zip", "application/zip", folder.pack, folder.steps),
}  # fmt: skip
"""By the name that the command line knows it by."""


def by_ending(ending: str) -> Whole | None:
    """The kind with an ending, or None."""
    return next((one for one in WHOLE.values() if one.ending == ending), None)
