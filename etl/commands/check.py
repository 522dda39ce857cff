"""`etl check`: read everything, name every fault with its line, write nothing."""

import sys
from pathlib import Path
from typing import Any

from etl.check import Checked
from etl.check import check as read_and_check


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("check", help="tjek data; skriver intet")
    parser.set_defaults(run=lambda chosen: 0 if _said_well(chosen.root) else 1)


def faultless(root: Path) -> Checked | None:
    """What was read, or None after every complaint has been printed."""
    checked = read_and_check(root)
    if not checked.complaints:
        return checked
    lines = checked.complaints.lines()
    print("\n".join(lines))
    print(f"{len(lines)} fejl. Intet er udgivet.", file=sys.stderr)
    return None


def _said_well(root: Path) -> bool:
    checked = faultless(root)
    if checked is not None:
        print(checked.summary())
    return checked is not None
