"""A release made and put in use as the data keeper does it, for tests."""

from pathlib import Path

from contract.release import current_id
from etl.__main__ import main

NOTE = "Prøveudgave, kun til prøver."


def put_in_use(root: Path, note: str = NOTE) -> str:
    """Build what the inputs give and publish it; its id."""
    assert main(["build", "--data", str(root)]) == 0
    assert main(["publish", "--data", str(root), "--note", note]) == 0
    return current_id(root)
