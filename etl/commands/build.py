"""`etl build`: check, then write the candidate: the release that `etl preview` shows and `etl publish` publishes."""

from argparse import Namespace
from typing import Any

from etl.candidate import Refused, write_candidate
from etl.commands.check import faultless
from etl.commands.dates import iso_date
from etl.commands.failures import told
from etl.drift import told as listed
from etl.fewer import losses
from etl.lock import nobody_fetches
from etl.publication import begin
from etl.release_bytes import release_bytes
from etl.series.files import summary

_NEXT = (
    'Se på den med «python -m etl preview», og udgiv den med «python -m etl publish --note "…"».'
)

_MEANT = "Er det meningen, så byg med --fewer; ellers er noget gået tabt på vejen"


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("build", help="byg en kandidat, der kan ses, før den udgives")
    parser.add_argument(
        "--date",
        type=iso_date,
        help="begynd på en ny udgave med denne dato (skrives i publication.toml)",
    )
    parser.add_argument(
        "--fewer",
        action="store_true",
        help="det er meningen, at udgaven har færre tal end den i brug",
    )
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Check and build. Gives the exit code."""
    return told(lambda: _build(chosen), "Intet er bygget.")


def _build(chosen: Namespace) -> int:
    with nobody_fetches(chosen.root):
        checked = faultless(chosen.root)
        if checked is not None and chosen.date:
            begin(chosen.root, chosen.date)
            checked = faultless(chosen.root)
        if checked is None:
            return 1
        manifest, files = release_bytes(checked)
    lost = [] if chosen.fewer else losses(chosen.root, manifest, files)
    if lost:
        raise Refused(f"udgaven ville miste tal, som den i brug har: {listed(lost)}. {_MEANT}")
    outcome = write_candidate(chosen.root, manifest, files)
    if fetched := summary(files):
        print(fetched)
    if outcome == "i brug":
        print(f"uændret: {manifest.release} er i brug. {checked.summary()}")
    else:
        what = "bygget" if outcome == "ny" else "uændret"
        print(f"{what}: {manifest.release}. {checked.summary()}\nIkke offentlig endnu. {_NEXT}")
    return 0
