"""`etl rollback --note "…"`: the release before the one in use is put in use again."""

from argparse import Namespace
from datetime import date
from typing import Any

from etl.commands.dates import iso_date
from etl.commands.failures import told
from etl.commands.publish import read_note
from etl.publish import rollback


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("rollback", help="fortryd den seneste udgivelse")
    parser.add_argument("--note", default="", help="hvorfor, på dansk (skal skrives)")
    parser.add_argument("--date", type=iso_date, help="datoen (ellers i dag)")
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Go one step back. Gives the exit code."""
    return told(lambda: _rollback(chosen), "Intet er ændret.")


def _rollback(chosen: Namespace) -> int:
    note = read_note(chosen.note, "hvorfor udgivelsen fortrydes")
    event = rollback(chosen.root, note, chosen.date or date.today().isoformat())
    print(
        f"fortrudt: {event.release} er i brug igen i stedet for {event.previous}. "
        "Ret data, og byg en ny udgave; eller udgiv den fortrudte igen med build og publish."
    )
    return 0
