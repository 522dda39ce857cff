"""Documents say what is there, and nothing in the repository names the machine it was made on."""

import re
import subprocess
from pathlib import Path

from tests.architecture import tree
from tests.architecture.modules import REPO

# in pieces, so that this file does not hold what it looks for
_PLACES = ("work/main", "work/shared", "tmp/w/", "root/", "home/[a-z]+/", "Users/[A-Za-z]+/")
MACHINE_PATH = re.compile(r"(?<![\w.)/-])/(?:" + "|".join(_PLACES) + ")")
BINARY = {".parquet", ".woff2", ".png", ".ico", ".br", ".gz"}


def _tracked() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPO, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode == 0 and done.stdout:
        return [REPO / name for name in done.stdout.split("\0") if name]
    own = {".streamlit", ".ci", ".github", ".gitignore"}
    return [
        file
        for file in REPO.rglob("*")
        if file.is_file()
        and all(
            not p.startswith((".", "__pycache__")) or p in own for p in file.relative_to(REPO).parts
        )
    ]


def test_the_tree_of_the_architecture_page_is_the_real_one() -> None:
    assert tree.written() == tree.tree(), "run `python -m tests.architecture.tree`"


def test_no_file_names_the_machine_it_was_made_on() -> None:
    faults = []
    for file in _tracked():
        if file.suffix in BINARY or not file.is_file():
            continue
        for number, line in enumerate(file.read_text("utf-8", errors="replace").splitlines(), 1):
            if found := MACHINE_PATH.search(line):
                faults.append(f"{file.relative_to(REPO)}:{number}: {found[0]}")
    assert not faults, "\n".join(faults)


def test_links_between_documents_lead_somewhere() -> None:
    faults = []
    for file in [
        REPO / "README.md",
        *REPO.glob("*.md"),
        *(REPO / "docs").rglob("*.md"),
        *(REPO / "data").glob("*.md"),
    ]:
        if not file.exists():
            continue
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", file.read_text("utf-8")):
            if (
                "://" not in target
                and not target.startswith("mailto:")
                and not (file.parent / target).exists()
            ):
                faults.append(f"{file.relative_to(REPO)}: {target}")
    assert not faults, "\n".join(faults)


def test_paths_named_in_the_documents_exist() -> None:
    """`etl/check.py`, `docs/decisions/`, `contract.release` and the like; patterns with <…> or * are left out."""
    folders = ("app.py", "session.py", "bench/", "contract/", "dashboard/", "deploy/", "docs/", "etl/", "pages/", "tests/")  # fmt: skip
    faults = []
    for file in [*REPO.glob("*.md"), *(REPO / "docs").rglob("*.md")]:
        for name in re.findall(r"(?<![\w/.<-])[\w-]+(?:/[\w.-]+)*/?", file.read_text("utf-8")):
            path = name.rstrip(".")
            if path.startswith(folders) and "/" in path and not (REPO / path).exists():
                faults.append(f"{file.relative_to(REPO)}: {path}")
    assert not faults, "\n".join(dict.fromkeys(faults))
