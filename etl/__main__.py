"""`python -m etl <command>`: the data keeper's commands, from typed rows to a public release.

Exit code 0: done. 1: the data have faults, each printed with its line. 2: the machine failed.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

try:
    from contract import paths, store
    from etl.commands import build, check, fetch, plan, preview, publish, push, rollback
except ModuleNotFoundError as error:  # started with another Python than the project's
    sys.exit(
        f"der mangler en pakke ({error.name}): vinduet bruger ikke projektets Python. Skriv først "
        "«source .venv/bin/activate» (på Windows «.venv\\Scripts\\activate»), og prøv igen."
    )

COMMANDS = (fetch, check, plan, build, preview, publish, rollback, push)
"""In the order in which they are used, and listed by --help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit code. Prints Danish, no traceback for what can go wrong."""
    parser = argparse.ArgumentParser(prog="python -m etl", description="Hent, tjek og udgiv data.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="kommando")
    for command in COMMANDS:
        command.add(subparsers)
    for subparser in subparsers.choices.values():
        subparser.add_argument(
            "--data", type=Path, help="datamappen (ellers INDBLIK_DATA eller data/)"
        )
    chosen = parser.parse_args(arguments)
    if not chosen.data and store.is_address(os.environ.get("INDBLIK_DATA", "")):
        print("INDBLIK_DATA er et objektlager; nævn datamappen med --data.", file=sys.stderr)
        return 2
    chosen.root = (chosen.data or paths.data_root()).resolve()
    return chosen.run(chosen)


if __name__ == "__main__":
    sys.exit(main())
