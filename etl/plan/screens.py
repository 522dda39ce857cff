"""Which figures the screens of run sheets show, before and after: asked of the dashboard, which draws them.

The two halves never meet in one process. A folder with nothing but the release is made for each side, and a
process of the dashboard's reads it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

from contract import paths

OnScreens = dict[str, dict[int, frozenset[str]]]
"""Run sheet → number of the screen → ids of the figures it shows."""
Both = tuple[OnScreens, OnScreens]
"""Before and after."""


class UnknownScreens(Exception):
    """The dashboard could not say what the screens show."""


def on_screens(before: Path, release: str, files: Mapping[str, bytes]) -> Both:
    """What the run sheets show in a release on disk, and in one that was just built. Raises UnknownScreens."""
    with tempfile.TemporaryDirectory() as place:
        old, new = Path(place) / "old", Path(place) / "new"
        for root, name in ((old, before.name), (new, release)):
            paths.releases_dir(root).mkdir(parents=True)
            paths.current_file(root).write_text(f"{name}\n", "utf-8")
        (paths.releases_dir(old) / before.name).symlink_to(before, target_is_directory=True)
        (paths.releases_dir(new) / release).mkdir()
        for name, content in files.items():
            (paths.releases_dir(new) / release / name).write_bytes(content)
        asked = subprocess.run(
            [sys.executable, "-m", "dashboard.sheet_figures", str(old), str(new)],
            cwd=paths.REPO, env={**os.environ, "INDBLIK_PREVIEW": "0"}, capture_output=True, check=False,
        )  # fmt: skip
    if asked.returncode:
        raise UnknownScreens(asked.stderr.decode(errors="replace"))
    one, other = (
        {s: {int(n): frozenset(ids) for n, ids in own.items()} for s, own in side.items()}
        for side in json.loads(asked.stdout)
    )
    return one, other


def named(on: Both) -> set[str]:
    """Every figure that any screen shows, before or after."""
    return {i for side in on for sheet in side.values() for ids in sheet.values() for i in ids}


def screens_with(on: Both, sheet: str, changed: Collection[str]) -> dict[int, tuple[str, ...]]:
    """The screens of a sheet that show changed figures, before or after: number → ids."""
    one, other = (side.get(sheet, {}) for side in on)
    shown = {n: one.get(n, frozenset()) | other.get(n, frozenset()) for n in {*one, *other}}
    found = {n: tuple(sorted(ids.intersection(changed))) for n, ids in sorted(shown.items())}
    return {n: ids for n, ids in found.items() if ids}
