"""Release bytes → data/releases/<id>/ and data/CANDIDATE: built, to be looked at, and not yet public."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

from contract import paths
from contract.journal import in_use, published
from contract.release import Manifest, ReleaseError, candidate_id, verify
from etl.atomic import replace_file, set_aside, sweep, write_folder
from etl.lock import only_builder

Outcome = Literal["ny", "uændret", "i brug"]
"""A new candidate; the one there was already; no candidate, since the release is in use."""


class Refused(Exception):
    """A step that must not be taken now; the message is Danish and says what to do instead."""


def write_candidate(root: Path, manifest: Manifest, files: Mapping[str, bytes]) -> Outcome:
    """Write the release and name it in CANDIDATE, unless it is the one in use.

    The candidate before it is removed, if it was never published. CURRENT and all public releases stay as
    they are. Raises Refused if the release does not follow the one in use, BusyError if another build is
    under way, OSError if the disk fails.
    """
    releases = paths.releases_dir(root)
    releases.mkdir(parents=True, exist_ok=True)
    with only_builder(releases):
        must_follow(root, manifest)
        public = published(root)
        sweep(releases)
        sweep(root)
        if not is_whole(releases / manifest.release, manifest):
            write_folder(releases / manifest.release, files)
        before = named_candidate(root)
        used = manifest.release == in_use(root)
        if used:
            paths.candidate_file(root).unlink(missing_ok=True)
        elif before != manifest.release:
            replace_file(paths.candidate_file(root), f"{manifest.release}\n".encode())
        if before not in ("", manifest.release, *public):
            with suppress(FileNotFoundError):
                set_aside(releases / before)
            sweep(releases)
        return "i brug" if used else "uændret" if before == manifest.release else "ny"


def must_follow(root: Path, manifest: Manifest) -> None:
    """Refuse a release that is new and does not name the one in use as the one before it.

    Raises Refused, or JournalError on a faulty journal.
    """
    before = in_use(root)
    if manifest.release == before or manifest.release in published(root):
        return
    if manifest.previous != before:
        named = f"«{manifest.previous}»" if manifest.previous else "ingen"
        raise Refused(
            f"udgaven i brug er {before or 'ingen'}, men publication.toml siger, at udgaven før er {named}. "
            "Begynd på en ny udgave med dens dato: python -m etl build --date ÅÅÅÅ-MM-DD"
        )


def is_whole(folder: Path, manifest: Manifest) -> bool:
    """Whether the folder holds exactly this release, every hash as it should be."""
    with suppress(ReleaseError, OSError):
        return verify(folder) == manifest
    return False


def named_candidate(root: Path) -> str:
    """The candidate's id, empty if there is none or its pointer cannot be read."""
    with suppress(ReleaseError):
        return candidate_id(root)
    return ""
