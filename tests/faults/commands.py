"""The data keeper's commands as processes of their own that start work at the same moment."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from contract import paths
from tests.publishing import NOTE

# Loads everything, says so, waits for a line, then works: the work of several begins together.
_DRIVER = """
import sys
from etl.__main__ import main
import etl.fetch.statbank
print("klar", flush=True)
sys.stdin.readline()
sys.exit(main(sys.argv[1:]))
"""


@dataclass(frozen=True)
class Ended:
    """A command that has ended: its exit code and what it said."""

    code: int
    out: str
    err: str


def command(root: Path, name: str) -> list[str]:
    """A command on a data folder, with a note where one is needed."""
    note = ["--note", NOTE] if name in ("publish", "rollback") else []
    return [name, "--data", str(root), *note]


def together(commands: Sequence[list[str]]) -> list[Ended]:
    """Run commands at the same time; what became of each, in the same order."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _DRIVER, *one], cwd=paths.REPO, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for one in commands
    ]  # fmt: skip
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "klar\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    ended = []
    for process in running:
        out, err = process.communicate(timeout=120)
        assert "Traceback" not in err, err
        ended.append(Ended(process.returncode, out, err))
    return ended
