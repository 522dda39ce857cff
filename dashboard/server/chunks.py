"""Which of Streamlit's script files a page will ask for later, so that the browser can fetch them at once.

Streamlit finds out only when the page's first elements arrive. Names carry a hash that changes with the
version, so they are looked up by stem, and what a file imports is read from the file.
"""

import re
from functools import cache
from pathlib import Path

from contract.paths import REPO
from dashboard.server import assets
from dashboard.sitemap import Page

EVERY_PAGE = ("Html", "purify.es")
CHARTS = ("ArrowVegaLiteChart", "embed", "vega-interpreter", "DownloadButton")
DRAWS = "figure.draw("
"""What stands in the script of a page with charts."""

_IMPORT = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")


def tags(page: Page) -> list[str]:
    """Link tags: fetched at once where the page needs it, else when the browser is idle."""
    now = _needed(EVERY_PAGE)
    later = tuple(name for name in _needed(CHARTS) if name not in now)
    charts = "modulepreload" if _draws(page.script) else "prefetch"
    return [_link("modulepreload", name) for name in now] + [_link(charts, name) for name in later]


@cache
def _draws(script: str) -> bool:
    file = REPO / "pages" / script
    return file.exists() and DRAWS in file.read_text("utf-8")


def _link(relation: str, name: str) -> str:
    kind = ' as="script"' if relation == "prefetch" else ""
    return f'<link rel="{relation}"{kind} crossorigin href="/static/js/{name}">'


@cache
def _needed(stems: tuple[str, ...]) -> tuple[str, ...]:
    """The files of the stems and all they import, without those that index.html names already."""
    folder = assets.streamlit_folder() / "static" / "js"
    named = (assets.streamlit_folder() / "index.html").read_text("utf-8")
    found: dict[str, None] = {}
    waiting = [file.name for stem in stems for file in sorted(folder.glob(f"{stem}.*.js"))]
    while waiting:
        name = waiting.pop(0)
        if name in found or f"/{name}" in named or not (folder / name).is_file():
            continue
        found[name] = None
        waiting += _imports(folder / name)
    return tuple(found)


def _imports(file: Path) -> list[str]:
    return _IMPORT.findall(file.read_text("utf-8"))
