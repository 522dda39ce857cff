"""The project's own modules as parsed source, for the tests that read code instead of running it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
PACKAGES = ("contract", "dashboard", "etl", "pages")
SCRIPTS = ("app.py", "session.py")


@dataclass(frozen=True)
class Module:
    """One source file: path from the repository's root, dotted name, text and syntax tree."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    def imports(self) -> Iterator[tuple[int, str]]:
        """(line, dotted name) of everything imported anywhere in the module."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.path}:{node.lineno}: relative import"
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)

    def is_in(self, *places: str) -> bool:
        """Whether the module is, or is inside, one of the dotted places."""
        return any(self.name == place or self.name.startswith(f"{place}.") for place in places)


@cache
def modules() -> tuple[Module, ...]:
    """Every module that the server or the data keeper runs; tests and benchmarks are left out."""
    files = [REPO / script for script in SCRIPTS]
    for package in PACKAGES:
        files += sorted((REPO / package).rglob("*.py"))
    return tuple(_read(file) for file in files if "__pycache__" not in file.parts)


def _read(file: Path) -> Module:
    path = file.relative_to(REPO)
    name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    text = file.read_text("utf-8")
    return Module(path, name, text, ast.parse(text, str(path)))
