"""The repository's data with a later candidate beside the release in use, for tests of a running server.

The candidate has two figures of Odense changed to invented values: it is a test, and its note says so.
"""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from contract import paths
from contract.release import candidate_id
from etl.__main__ import main
from tests.publishing import put_in_use

INDICATOR = "nettoledige-kontanthjaelp"
PAGE = "/udforsk"
QUERY = f"i={INDICATOR}&o=461&fra=2018K2&til=2018K3&vis=antal"
NOTE = "Prøveudgave: to tal er opdigtede."
CHANGED = {f"{INDICATOR}-461-2018k2": "7.345.671", f"{INDICATOR}-461-2018k3": "7.345.672"}
"""Figure → how it reads in the candidate."""


def words(page: str) -> str:
    """The words of a page: a style sheet, an address or a drawing's path may hold any three digits."""
    return re.sub(r"<style>.*?</style>|<script.*?</script>|<[^>]*>", " ", page, flags=re.DOTALL)


@dataclass(frozen=True)
class Later:
    """A data root with a release in use and a candidate, and how the two figures read in each."""

    root: Path
    old: str
    new: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    def run(self, *command: str) -> None:
        """A command of the data keeper's, in a process of its own. Raises CalledProcessError."""
        subprocess.run(
            [sys.executable, "-m", "etl", *command, "--data", str(self.root)],
            cwd=paths.REPO, check=True, capture_output=True,
        )  # fmt: skip


def later(root: Path) -> Later:
    """Copy the data to `root`, put them in use, change the two figures and build the candidate."""
    shutil.copytree(
        paths.REPO / "data", root,
        ignore=shutil.ignore_patterns("releases", "CURRENT", "CANDIDATE", "publications.jsonl"),
    )  # fmt: skip
    old = put_in_use(root)
    before = tuple(_change(root, figure, number) for figure, number in CHANGED.items())
    assert main(["build", "--data", str(root), "--date", "2099-01-02"]) == 0
    return Later(root, old, candidate_id(root), before, tuple(CHANGED.values()))


def _change(root: Path, figure: str, number: str) -> str:
    """Give a figure another value, the same in both columns; what it read before."""
    for file in sorted((root / "figures").glob("*.csv")):
        lines = file.read_text("utf-8").split("\n")
        for at, line in enumerate(lines):
            if line.startswith(f"{figure},"):
                cells = line.split(",")
                before, cells[5], cells[7] = cells[7], number.replace(".", ""), number
                lines[at] = ",".join(cells)
                file.write_text("\n".join(lines), "utf-8")
                return before
    raise AssertionError(f"{figure} is not in the data: change the test")
