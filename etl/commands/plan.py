"""`etl plan`: what would change in public if today's inputs were published (udskiftningsplan); writes nothing."""

from argparse import ArgumentTypeError, Namespace
from pathlib import Path
from typing import Any

from contract.danish import parse_number
from contract.release import ReleaseError
from etl.candidate import Refused
from etl.commands.check import faultless
from etl.commands.failures import told
from etl.plan import page, words
from etl.plan.plan import make_plan

THRESHOLD = 20.0
"""Percent: a change beyond it is listed among the large ones."""


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("plan", help="vis, hvad en udgivelse vil ændre; skriver intet")
    parser.add_argument("--html", type=Path, help="skriv også planen som en side i denne fil")
    parser.add_argument(
        "--csv", type=Path, help="skriv hvert tal, der ændres, i denne fil til Excel"
    )
    parser.add_argument(
        "--threshold", type=_percent, default=THRESHOLD,
        help="procent, som en ændring skal være over for at kaldes stor (ellers 20)",
    )  # fmt: skip
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Check and compare. Gives the exit code."""
    return told(lambda: _plan(chosen), "Der er ingen plan.")


def _plan(chosen: Namespace) -> int:
    checked = faultless(chosen.root)
    if checked is None:
        return 1
    try:
        plan = make_plan(
            chosen.root,
            checked,
            chosen.threshold / 100,
            with_screens=True,
            with_listing=chosen.csv is not None,
        )
    except ReleaseError as error:
        raise Refused(f"udgaven i brug kan ikke læses: {error}") from error
    print("\n".join(words.lines(plan)))
    if chosen.html:
        chosen.html.write_text(page.html(plan), "utf-8")
        print(f"\nPlanen er skrevet i {chosen.html}")
    if chosen.csv and plan.before:
        chosen.csv.write_bytes(plan.listing.encode())
        print(f"\nAlle tal, der ændres, er skrevet i {chosen.csv}")
    if not plan.nothing:
        date = " --date ÅÅÅÅ-MM-DD" if plan.before else ""
        print(f"\nNæste skridt: python -m etl build{date}")
    return 0


def _percent(text: str) -> float:
    try:
        number = parse_number(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error
    if not 0 <= number <= 1000:
        raise ArgumentTypeError(f"«{text}» er ikke mellem 0 og 1.000")
    return number
