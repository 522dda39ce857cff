"""What is taken home from a meeting: the screens of a run sheet in order, or the views of several links. Pure.

A run sheet's link (`/fremlaeg?k=…`, `/fremlaeg/vis?k=…`) becomes its screens, with the sheet's own headings
and talking points. What cannot be shown is named in `missing`, and the rest is there.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

from contract import danish
from contract.release import ReleaseError
from dashboard import share
from dashboard.deck import NOTES, PATH, STAGE, Deck, deck
from dashboard.export import handout
from dashboard.export.handout import BadLink, Handout
from dashboard.export.progress import Stopped, Told
from dashboard.read import Release
from dashboard.screens import Screen

LOOSE = "Mødemappe"
_LONGEST_LINK, _MOST = 8000, 120
_LOG = logging.getLogger("indblik")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Meeting:
    """The views of a meeting in order."""

    title: str
    views: Sequence[Handout]
    missing: Sequence[str]
    """What is left out, and why, in Danish."""
    link: str = ""
    """The run sheet's own address, with its release; empty for loose links."""
    sheet: str = ""
    """The id of a ready run sheet that is taken whole."""

    @property
    def release(self) -> Release:
        """The release of the first view; a run sheet has only one."""
        return self.views[0].release

    @property
    def pages(self) -> list[Handout]:
        """The first view of each page, in order."""
        return list({own.view.page.path: own for own in reversed(self.views)}.values())[::-1]

    @property
    def name(self) -> str:
        """The start of its files' names: `indblik-koereplan-temadroeftelse-2022-10-24`."""
        kind = "koereplan" if self.link else "moedemappe"
        return "-".join(filter(None, ["indblik", kind, self.sheet]))

    @property
    def day(self) -> str:
        """The day of its release in words."""
        return danish.long_day(self.release.published)

    def qr_svg(self) -> bytes:
        """The run sheet's link as a QR code; empty where the host is not known."""
        if not self.link.startswith("http"):
            return b""
        return handout.qr(self.link, kind="svg", scale=4, xmldecl=False, nl=False)

    def without(self, part: str, make: Callable[["Meeting"], T], stop: Told) -> tuple[T, list[str]]:
        """(what `make` makes of it, what was left out). A view it cannot be made of is left out.

        Raises what `make` raises if it can be made of no view at all, and whatever `stop` raises.
        """
        try:
            return make(self), []
        except Stopped:
            raise
        except Exception:
            kept, faults = [], []
            for number, own in enumerate(self.views, start=1):
                stop(part)
                try:
                    make(replace(self, views=[own]))
                    kept.append(own)
                except Stopped:
                    raise
                except Exception as error:
                    faults.append(f"{part}: skærm {number} ({own.message}) {why(error)}")
            if not kept or not faults:
                raise
            return make(replace(self, views=kept, missing=[*self.missing, *faults])), faults


def why(error: Exception) -> str:
    """What a reader is told of a fault; the rest is for the log."""
    _LOG.warning("En del af mappen kunne ikke laves", exc_info=error)
    return f"kunne ikke laves ({type(error).__name__})"


def of(own: Deck, origin: str) -> Meeting:
    """A run sheet's screens; `origin` is `https://host`, empty where nobody knows. Raises BadLink without any."""
    views: list[Handout] = []
    missing = [f"{one.what}: {one.why}" for one in own.aside]
    for number, screen in enumerate(own.screens, start=1):
        try:
            views.append(_screen(screen, origin))
        except Exception as error:
            missing.append(f"Skærm {number} ({screen.message}): {why(error)}")
    if not views:
        raise BadLink(f"køreplanen har ingen skærme, der kan vises{_listed(missing)}")
    return Meeting(own.title, views, missing, f"{origin}{PATH}?{own.query()}", own.asked.sheet)


def _screen(own: Screen, origin: str) -> Handout:
    parts = [handout.part(own.release, own.picture)] if own.picture else []
    return Handout(
        own.view, origin, parts, bool(parts), heading=own.message, rewritten=bool(own.item.own_title),
        caveat=own.caveat, talk=own.talk, large=own.large,
    )  # fmt: skip


def read(links: Sequence[str], origin: str = "") -> Meeting:
    """The views of links as copied from «Del» or from Fremlæg, in order. Raises BadLink if none can be opened.

    One run sheet alone keeps its title and its link.
    """
    views: list[Handout] = []
    missing: list[str] = []
    for link in links:
        try:
            sheet = _run_sheet(link, origin)
            if sheet and len(links) == 1:
                return sheet
            views += sheet.views if sheet else [handout.read(link, origin)]
            missing += sheet.missing if sheet else ()
        except (BadLink, ReleaseError) as error:
            missing.append(f"{link}: {error}")
        except Exception as error:
            missing.append(f"{link}: {why(error)}")
    if not views:
        raise BadLink(f"ingen af linkene kan åbnes{_listed(missing)}")
    return Meeting(LOOSE, views, missing)


def _listed(missing: Sequence[str]) -> str:
    return f": {'; '.join(missing)}" if missing else ""


def _run_sheet(link: str, origin: str) -> Meeting | None:
    """The run sheet of a link; None if it is a link to something else."""
    try:
        asked = urlsplit(link.strip()[:_LONGEST_LINK])
        known = asked.scheme in ("", "http", "https") and bool(asked.scheme) == bool(asked.netloc)
        if not known or asked.path.rstrip("/") not in (PATH, STAGE, NOTES):
            return None
        params: Mapping[str, Sequence[str]] = parse_qs(asked.query, max_num_fields=_MOST)
    except ValueError:
        return None
    host = f"{asked.scheme}://{asked.netloc}" if asked.netloc else origin.rstrip("/")
    return of(deck(params), host)


def folder_of(own: Handout, number: int) -> str:
    """The folder of a view in the meeting folder: `03-fleksjob-timer`."""
    parts = [share.slug(own.view.page), *([own.parts[0].key] if own.one else [])]
    return f"{number:02d}-{'-'.join(parts)}"
