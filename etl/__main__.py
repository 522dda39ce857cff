"""`python -m etl check` and `python -m etl build`: the data keeper's two commands.

Exit code 0: done. 1: the data have faults, each printed with its line. 2: the machine failed.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from contract import paths
from contract.release import ReleaseError, current_id
from etl.check import Checked, check
from etl.frames import TableError
from etl.lock import BusyError
from etl.publish import publish
from etl.release_bytes import release_bytes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit code. Prints Danish, no traceback for what can go wrong."""
    parser = argparse.ArgumentParser(prog="python -m etl", description="Tjek og udgiv data.")
    parser.add_argument("command", choices=["check", "build"], help="check: kun tjek. build: udgiv")
    parser.add_argument("--data", type=Path, help="datamappen (ellers INDBLIK_DATA eller data/)")
    chosen = parser.parse_args(arguments)
    root = (chosen.data or paths.data_root()).resolve()
    checked = check(root)
    if checked.complaints:
        lines = checked.complaints.lines()
        print("\n".join(lines))
        print(f"{len(lines)} fejl. Intet er udgivet.", file=sys.stderr)
        return 1
    if chosen.command == "check":
        print(checked.summary())
        return 0
    return _build(root, checked)


def _build(root: Path, checked: Checked) -> int:
    before = _current(root)
    try:
        manifest, files = release_bytes(checked)
        changed = publish(root, manifest, files)
    except TableError as error:
        print(f"{error}. Intet er udgivet.", file=sys.stderr)
        return 1
    except BusyError as error:
        print(f"{error}. Intet er udgivet.", file=sys.stderr)
        return 2
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(
            f"udgaven kunne ikke skrives: {error.strerror or error}{where}. Den hidtidige udgave "
            "er stadig i brug; tjek plads og rettigheder, og prøv igen.",
            file=sys.stderr,
        )
        return 2
    print(f"{'udgivet' if changed else 'uændret'}: {manifest.release}. {checked.summary()}")
    if changed and before not in ("", manifest.release, manifest.previous):
        print(f"Bemærk: udgaven før var {before}; skal previous i publication.toml nævne den?")
    return 0


def _current(root: Path) -> str:
    try:
        return current_id(root)
    except ReleaseError:
        return ""


if __name__ == "__main__":
    sys.exit(main())
