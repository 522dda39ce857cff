"""Files of views and run sheets from the command line, without a server: `python -m dashboard.export LINK … --format pptx`.

Exit codes: 0 all was made, 1 something is missing (it is named), 2 nothing could be made or the call is wrong.
"""

import argparse
import os
import sys
from pathlib import Path

from contract.release import ReleaseError
from dashboard.export import files, meeting
from dashboard.export.handout import BadLink
from dashboard.export.meeting import Meeting
from dashboard.export.together import WHOLE

FORMATS = ("png", "svg", "pdf", "csv", "xlsx", "pptx", "ark", "mappe")
OK, INCOMPLETE, NOTHING = 0, 1, 2
_TOGETHER = {"png": ("png", "tryk"), "csv": ("csv", "plain")}
"""Formats that give two files: for the screen and for print, for Excel and for programs."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(
            NOTHING,
            f"Kaldet kan ikke bruges: {message}\nSkriv --help for at se, hvordan det skal være.\n",
        )


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    own = _Parser(
        prog="python -m dashboard.export",
        description="Laver filer af visninger i Indblik.",
        add_help=False,
    )
    own.add_argument(
        "links",
        nargs="+",
        metavar="LINK",
        help="link fra «Del» eller fra en køreplan, med eller uden vært; #figur giver kun den figur",
    )
    own.add_argument("--format", required=True, choices=FORMATS, help="mappe er det hele i en zip")
    own.add_argument(
        "--out",
        type=Path,
        default=Path(),
        metavar="MAPPE",
        help="hvor filerne lægges (her, hvis intet er nævnt)",
    )
    own.add_argument(
        "--vaert",
        default="",
        metavar="https://…",
        help="værten i links og QR-koder, når linket ikke nævner den",
    )
    own.add_argument("--help", action="help", help="vis dette")
    return own


def main(arguments: list[str] | None = None) -> int:
    """Run the command; gives its exit code."""
    asked = parser().parse_args(arguments)
    try:
        asked.out.mkdir(parents=True, exist_ok=True)
        own = meeting.read(asked.links, asked.vaert)
        whole = asked.format == "mappe" or (own.link and asked.format in WHOLE)
        return _together(asked, own) if whole else _single(asked, own)
    except (BadLink, ReleaseError) as error:
        _say(f"Der kunne ikke laves noget: {error}")
    except OSError as error:
        _say(f"Filerne kan ikke skrives i {asked.out}: {error.strerror}")
    return NOTHING


def _single(asked: argparse.Namespace, meeting: Meeting) -> int:
    views, faults = meeting.views, list(meeting.missing)
    kinds = _TOGETHER.get(asked.format, (asked.format,))
    todo = [one for own in views for kind in kinds for one in files.made(own, kind)]
    done = 0
    for number, (name, make) in enumerate(todo, start=1):
        _say(f"[{number}/{len(todo)}] {name}")
        try:
            _write(asked.out / name, make())
            done += 1
        except OSError:
            raise
        except Exception as error:
            faults.append(f"{name} kunne ikke laves ({type(error).__name__}: {error})")
    for own in views:
        if not own.parts and all(files.KINDS[kind].each for kind in kinds):
            faults.append(
                f"{own.link()}: siden har ingen grafer; prøv --format ark, pptx eller xlsx"
            )
    return _told(done, faults)


def _together(asked: argparse.Namespace, own: Meeting) -> int:
    """One file of all views: the folder, and what a run sheet becomes."""
    kind = WHOLE[asked.format]
    content, faults = kind.make(own, lambda what: _say(f"… {what}"))
    path = asked.out / kind.name(own)
    _write(path, content)
    _say(f"Filen ligger i {path}")
    return _told(1, faults)


def _told(done: int, faults: list[str]) -> int:
    for fault in faults:
        _say(f"Mangler: {fault}")
    if not done:
        _say("Der blev ikke lavet nogen filer.")
        return NOTHING
    _say(f"Færdig{': noget mangler, se ovenfor' if faults else ''}.")
    return INCOMPLETE if faults else OK


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: a broken-off call leaves no half file under the right name."""
    half = path.with_name(f"{path.name}.{os.getpid()}.del")
    half.write_bytes(content)
    half.replace(path)


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
