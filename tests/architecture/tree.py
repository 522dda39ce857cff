"""The tree of docs/architecture.md, made from the folders and the first sentence of each module.

`python -m tests.architecture.tree` writes it between the markers; a test says when it is stale.
"""

import ast
import re
from pathlib import Path

from tests.architecture.modules import REPO

DOCUMENT = REPO / "docs/architecture.md"
BEGIN, END = "<!-- tree -->", "<!-- /tree -->"
MODULE_FOLDERS = ("pages", "dashboard", "contract", "etl")
FOLDERS = {
    "data": "Declarations (TOML) and figures (CSV), typed by people; releases/ holds what was built of them.",
    "tests": "unit/ data/ app/ browser/ faults/ architecture/: one folder for each way of testing.",
    "bench": "The benchmarks whose results the README quotes.",
    "deploy": "Container, reverse proxy and Kubernetes manifests.",
    "docs": "This page, the decisions and the guides.",
    ".streamlit": "The frozen configuration.",
    "assets": "Style sheet, script, icon and fonts, with the fonts' licences.",
}
LEFT_OUT = {"__pycache__", "assets"}
WIDTH = 26


def tree() -> str:
    """The block between the markers: every module with what it does, every other folder with what it holds."""
    lines = [_line(0, name, _purpose(REPO / name)) for name in ("app.py", "session.py")]
    for name in MODULE_FOLDERS:
        lines += _folder(REPO / name, 0)
    lines += [
        _line(0, f"{name}/", FOLDERS[name])
        for name in FOLDERS
        if name != "assets" and (REPO / name).is_dir()
    ]
    return "\n".join((BEGIN, "```text", *lines, "```", END))


def written() -> str:
    """The block as it stands in the document; empty if there is none."""
    if not DOCUMENT.exists():
        return ""
    found = re.search(
        re.escape(BEGIN) + r".*?" + re.escape(END), DOCUMENT.read_text("utf-8"), re.DOTALL
    )
    return found[0] if found else ""


def write() -> None:
    """Put the tree between the markers, or at the end of a document without them."""
    text = DOCUMENT.read_text("utf-8") if DOCUMENT.exists() else "# Architecture\n"
    old = written()
    text = text.replace(old, tree()) if old else f"{text.rstrip()}\n\n## The tree\n\n{tree()}\n"
    DOCUMENT.write_text(text, "utf-8")


def _folder(folder: Path, depth: int) -> list[str]:
    initial = folder / "__init__.py"
    lines = [
        _line(
            depth,
            f"{folder.name}/",
            _purpose(initial) if initial.exists() else FOLDERS[folder.name],
        )
    ]
    for file in sorted(folder.glob("*.py")):
        if file.name != "__init__.py":
            lines.append(_line(depth + 1, file.name, _purpose(file)))
    for inner in sorted(path for path in folder.iterdir() if path.is_dir()):
        if inner.name == "assets":
            lines.append(_line(depth + 1, "assets/", FOLDERS["assets"]))
        elif inner.name not in LEFT_OUT:
            lines += _folder(inner, depth + 1)
    return lines


def _purpose(file: Path) -> str:
    """The first sentence of a module's docstring."""
    text = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    paragraph = " ".join(text.split("\n\n")[0].split())
    return re.split(r"(?<=[a-zæøå)`*»0-9]\.)\s", paragraph)[0]


def _line(depth: int, name: str, purpose: str) -> str:
    return f"{'  ' * depth}{name}".ljust(WIDTH) + " " + purpose


if __name__ == "__main__":
    write()
