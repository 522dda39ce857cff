"""The meeting folder: one zip with every file of a meeting's views, and a page that shows them without a net.

A part that cannot be made is named in FEJL.txt, and the rest is delivered.
"""

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from dashboard.export import files, meeting, offline, sheet, slides, workbook
from dashboard.export.handout import Handout
from dashboard.export.meeting import Meeting
from dashboard.export.progress import Stopped, Told, silent

ORDER = ("ark", "pptx", "xlsx", "csv", "png", "tryk", "svg", "pdf")
FAULTS, PAGE, SLIDES, LIST = "FEJL.txt", "index.html", "praesentation.pptx", "LINKS.txt"
BOOKLET, BOOK = "haefte.pdf", "tal.xlsx"
WHOLE: dict[str, Callable[[Meeting, Told], bytes]] = {
    BOOKLET: sheet.booklet,
    PAGE: lambda own, told: offline.page(own, told).encode(),
    SLIDES: lambda own, told: slides.pptx(own.views, own.title, own.missing, told),
    BOOK: workbook.together,
}
"""What there is one of, in the order it is begun: the booklet's drawings are used again by the sheets."""
_AT_ONCE = 2
"""Threads: drawing and packing leave the interpreter to others for most of the time."""
_Made = tuple[list[tuple[str, bytes]], list[str]]
"""Files with their names, and what is missing among them."""
_LEVEL = 1
"""How hard the zip packs: pictures shrink to a third at once, and trying harder costs time and gains little."""


def make(links: Sequence[str], origin: str = "", told: Told = silent) -> tuple[bytes, list[str]]:
    """(the zip, what is missing from it and why) of links; that of a run sheet gives all its screens.

    Raises BadLink if no link can be opened.
    """
    return pack(meeting.read(links, origin), told)


def steps(own: Meeting) -> int:
    """How many times `pack` calls `told` when nothing fails."""
    views = (_files(one, number) for number, one in enumerate(own.views, start=1))
    return len(WHOLE) * len(own.views) + sum(sum(1 for _ in one) for one in views)


def pack(own: Meeting, told: Told = silent) -> tuple[bytes, list[str]]:
    """(the zip, what is missing from it and why).

    `told` is called from several threads, with each part as it is begun; if it raises `Stopped`, no more is made.
    """
    faults = list(own.missing)
    stamp = own.release.published.timetuple()[:3]
    out = io.BytesIO()
    with ThreadPoolExecutor(_AT_ONCE) as pool, zipfile.ZipFile(out, "w") as archive:

        def put(name: str, content: bytes) -> None:
            entry = zipfile.ZipInfo(name, (*stamp, 0, 0, 0))
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, _LEVEL)

        jobs = [pool.submit(_whole, own, name, told) for name in WHOLE]
        jobs += [
            pool.submit(_view, one, number, told) for number, one in enumerate(own.views, start=1)
        ]
        try:
            for job in jobs:
                parts, missing = job.result()
                for name, content in parts:
                    put(name, content)
                faults += missing
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        put(LIST, _links(own).encode("utf-8-sig"))
        if faults:
            text = ["Det er ikke med i mappen:", *(f"- {fault}" for fault in faults)]
            put(FAULTS, "\r\n".join([*text, ""]).encode("utf-8-sig"))
    return out.getvalue(), faults


def _whole(own: Meeting, name: str, told: Told) -> _Made:
    def say(what: str) -> None:
        told(f"{name}: {what}")

    try:
        content, left_out = own.without(name, lambda some: WHOLE[name](some, say), say)
    except Stopped:
        raise
    except Exception as error:
        return [], [f"{name}: {meeting.why(error)}"]
    return [(name, content)], left_out


def _view(own: Handout, number: int, told: Told) -> _Made:
    parts: list[tuple[str, bytes]] = []
    faults: list[str] = []
    for name, make in _files(own, number):
        told(name)
        try:
            parts.append((name, make()))
        except Exception as error:
            faults.append(f"{name}: {meeting.why(error)}")
    return parts, faults


def _files(own: Handout, number: int) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """(name, how it is made) of every file of a view.

    They travel alone, so they say what the page says, not the run sheet's heading.
    """
    folder = meeting.folder_of(own, number)
    for kind in ORDER:
        for name, make in files.made(own.as_page(), kind):
            yield f"{folder}/{name}", make


def _links(own: Meeting) -> str:
    first = f"Køreplan: {own.link}\r\n\r\n" if own.link else ""
    return first + "".join(
        f"{n}. {one.message}\r\n   {one.link()}\r\n" for n, one in enumerate(own.views, 1)
    )
