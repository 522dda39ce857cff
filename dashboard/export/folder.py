"""The meeting folder: one zip with every file of a list of views, and a page that shows them without a net.

A part that cannot be made is named in FEJL.txt, and the rest is delivered.
"""

import io
import logging
import zipfile
from collections.abc import Callable, Sequence

from contract import danish
from contract.release import ReleaseError
from dashboard.export import files, offline, slides
from dashboard.export.handout import BadLink, Handout, read

ORDER = ("ark", "pptx", "xlsx", "csv", "png", "tryk", "svg", "pdf")
FAULTS, PAGE, SLIDES, LIST = "FEJL.txt", "index.html", "praesentation.pptx", "LINKS.txt"
_LOG = logging.getLogger("indblik")
Told = Callable[[str], None]


def opened(links: Sequence[str], origin: str = "") -> tuple[list[Handout], list[str]]:
    """(views, what could not be opened) of a run sheet's links."""
    views: list[Handout] = []
    faults: list[str] = []
    for link in links:
        try:
            views.append(read(link, origin))
        except (BadLink, ReleaseError) as error:
            faults.append(f"{link}: {error}")
        except Exception as error:
            faults.append(f"{link}: {_why(error)}")
    return views, faults


def make(
    links: Sequence[str], origin: str = "", told: Told = lambda _: None
) -> tuple[bytes, list[str]]:
    """(the zip, what is missing from it and why). `told` is called with each part as it is made.

    Raises BadLink if no link can be opened.
    """
    views, faults = opened(links, origin)
    if not views:
        raise BadLink(f"ingen af linkene kan åbnes: {'; '.join(faults)}")
    parts: dict[str, Callable[[], bytes]] = {SLIDES: lambda: slides.pptx(views)}
    day = danish.long_day(views[0].release.published)
    parts[PAGE] = lambda: offline.page(views, day).encode()
    for number, own in enumerate(views, start=1):
        folder = f"{number:02d}-{own.name.removeprefix('indblik-')}"
        for kind in ORDER:
            for name, one in files.made(own, kind):
                parts[f"{folder}/{name}"] = one
    stamp = views[0].release.published.timetuple()[:3]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, content: bytes) -> None:
            archive.writestr(
                zipfile.ZipInfo(name, (*stamp, 0, 0, 0)), content, zipfile.ZIP_DEFLATED
            )

        for name, one in parts.items():
            told(name)
            try:
                put(name, one())
            except Exception as error:
                faults.append(f"{name}: {_why(error)}")
        put(
            LIST,
            "".join(
                f"{n}. {own.finding}\r\n   {own.link()}\r\n" for n, own in enumerate(views, 1)
            ).encode("utf-8-sig"),
        )
        if faults:
            text = ["Disse dele mangler i mappen:", *(f"- {fault}" for fault in faults)]
            put(FAULTS, "\r\n".join([*text, ""]).encode("utf-8-sig"))
    return out.getvalue(), faults


def _why(error: Exception) -> str:
    """What a reader is told of a fault; the rest is for the log."""
    _LOG.warning("En del af mappen kunne ikke laves", exc_info=error)
    return f"kunne ikke laves ({type(error).__name__})"
