"""The cluster of `make cluster` for tests, run from those files that the container image is made of."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from contract.paths import REPO
from deploy import programs
from deploy.cluster import Cluster, cluster

REPLICAS = int(os.environ.get("INDBLIK_KLYNGE") or 2)
"""`make cluster-test` runs with three and holds the growth of throughput against a limit."""
LACKING = [
    programs.missing(one) for one in (programs.PROXY, programs.STORE) if not programs.find(one)
]

needs_programs = pytest.mark.skipif(bool(LACKING), reason=" ".join(LACKING))


def image_files(folder: Path) -> Path:
    """Copy what the last stage of the Containerfile copies from the repository; the folder."""
    stage = (REPO / "deploy/Containerfile").read_text("utf-8").rpartition("\nFROM ")[2]
    for line in re.findall(r"^COPY (?!--)(.+)$", stage, re.MULTILINE):
        *sources, target = line.split()
        for source in sources:
            to = folder / target / (source if target.endswith("/") else "")
            if (REPO / source).is_dir():
                shutil.copytree(REPO / source, to, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(REPO / source, to)
    return folder


@contextmanager
def running_cluster(folder: Path, env: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """A cluster of REPLICAS. Fails if a replica wrote anything into its files: the image's root is read-only."""
    app = image_files(folder / "app")
    before = _contents(app)
    (folder / "tmp").mkdir()
    own = {
        "HOME": str(folder / "tmp"),
        "INDBLIK_CACHE": str(REPO / ".cache"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "INDBLIK_FORUD": "0",
        **(env or {}),
    }
    with cluster(folder / "logs", replicas=REPLICAS, app=app, env=own) as started:
        yield started
    assert _contents(app) == before, "a replica wrote into its own files"


def _contents(folder: Path) -> dict[str, int]:
    return {
        file.relative_to(folder).as_posix(): file.stat().st_mtime_ns for file in folder.rglob("*")
    }
