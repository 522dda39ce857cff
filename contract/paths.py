"""Every path, once. The data root can be moved with the environment variable INDBLIK_DATA."""

import os
from pathlib import Path

from contract import store

REPO = Path(__file__).resolve().parent.parent


def data_root() -> Path:
    """Folder with declarations, figures and releases: `data/`, or what INDBLIK_DATA names.

    If that is an object store (`s3://…`), the folder that holds a copy of its public releases.
    """
    named = os.environ.get("INDBLIK_DATA") or REPO / "data"
    return store.mirror(str(named)) if store.is_address(str(named)) else Path(named)


def data_trouble() -> str:
    """Why what is in the data root may not be what should be shown, in Danish; empty for a folder of our own."""
    named = os.environ.get("INDBLIK_DATA") or ""
    return store.trouble(named) if store.is_address(named) else ""


def releases_dir(root: Path | None = None) -> Path:
    """Folder of immutable releases below the data root."""
    return (root or data_root()) / "releases"


def current_file(root: Path | None = None) -> Path:
    """The one-line file that names the release in use."""
    return (root or data_root()) / "CURRENT"


def raw_dir(root: Path | None = None) -> Path:
    """Folder of the answers fetched from statistics services, below the data root."""
    return (root or data_root()) / "raw"


def candidate_file(root: Path | None = None) -> Path:
    """The one-line file that names the release that is built but not published, if there is one."""
    return (root or data_root()) / "CANDIDATE"


def journal_file(root: Path | None = None) -> Path:
    """What was published and undone, one line of JSON each time, oldest first."""
    return (root or data_root()) / "publications.jsonl"
