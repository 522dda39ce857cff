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
WIDGETS = {
    ".multiselect(": "Multiselect", ".selectbox(": "Selectbox", ".pills(": "ButtonGroup", ".radio(": "Radio",
    ".segmented_control(": "ButtonGroup", ".text_input(": "TextInput", ".select_slider(": "Slider",
    ".download_button(": "DownloadButton", ".button(": "Button",
}  # fmt: skip
"""What stands in the script of a page that shows a widget, and the stem of the widget's file."""

_IMPORT = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")


def tags(page: Page) -> list[str]:
    """Link tags of the files that the page's elements need."""
    return [_link(name) for name in _needed(EVERY_PAGE + _widgets(page.script))]


@cache
def _widgets(script: str) -> tuple[str, ...]:
    file = REPO / "pages" / script
    text = file.read_text("utf-8") if file.exists() else ""
    return tuple(dict.fromkeys(stem for call, stem in WIDGETS.items() if call in text))


def _link(name: str) -> str:
    return f'<link rel="modulepreload" crossorigin href="/static/js/{name}">'


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
