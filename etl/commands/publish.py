"""`etl publish --note "…"`: check again, then put the candidate in use. The note is shown under «Nyt i data»."""

from argparse import Namespace
from typing import Any

from etl import texts
from etl.candidate import Refused
from etl.commands.check import faultless
from etl.commands.dates import iso_date
from etl.commands.failures import told
from etl.cpr import CPR
from etl.lock import nobody_fetches
from etl.publish import publish
from etl.release_bytes import release_bytes

SHORTEST_NOTE = 10
"""Characters: enough for a word or two of what is new, too much for a dot."""


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("publish", help="udgiv kandidaten")
    parser.add_argument("--note", default="", help="hvad der er nyt, på dansk (skal skrives)")
    parser.add_argument("--date", type=iso_date, help="udgivelsens dato (ellers datas)")
    parser.set_defaults(run=run)


def read_note(text: str, about: str) -> str:
    """A note for everyone to read, on one line. Raises Refused if it says too little or must not be public."""
    said = " ".join(text.split())
    if len(said) < SHORTEST_NOTE:
        raise Refused(f'skriv i mindst {SHORTEST_NOTE} tegn, {about}: --note "…"')
    if CPR.search(said):
        raise Refused("i noten står noget, der ligner et CPR-nummer; fjern det")
    if faults := texts.faults(said):
        raise Refused(f"noten: {faults[0]}")
    return said


def run(chosen: Namespace) -> int:
    """Check and publish. Gives the exit code."""
    return told(lambda: _publish(chosen), "Intet er udgivet.")


def _publish(chosen: Namespace) -> int:
    note = read_note(chosen.note, "hvad der er nyt")
    with nobody_fetches(chosen.root):
        checked = faultless(chosen.root)
        if checked is None:
            return 1
        manifest, _ = release_bytes(checked)
    event = publish(chosen.root, manifest, note, chosen.date or "")
    if event is None:
        print(f"uændret: {manifest.release} er allerede i brug.")
        return 0
    before = f"Før: {event.previous}. " if event.previous else ""
    print(f'udgivet: {event.release}. {before}Fortryd med «python -m etl rollback --note "…"».')
    return 0
