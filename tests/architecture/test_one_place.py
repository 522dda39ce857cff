"""What has one place stays there: colours, number formats, charts, the clock, page scripts."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from dashboard.sitemap import FOOTER, GROUPS, PAGES
from tests.architecture.modules import REPO, modules

HEX_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b")
COLOURS_IN = {"dashboard/theme.py", "dashboard/assets/indblik.css", ".streamlit/config.toml"}
COLOUR_FILES = ("*.py", "*.css", "*.js", "*.toml", "*.html")
ICON = "dashboard/assets/favicon.svg"
"""A picture file cannot name a CSS variable; its colours are held equal to the tokens below."""

NUMBER_FORMATS_IN = {
    "contract/danish.py": "the place",
    "dashboard/choice.py": "an address holds numbers in machine form",
}
EVALUATED_IN = {"dashboard/rehearsal.py": "runs our own page scripts, as Streamlit does"}
DUBIOUS_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
LONGEST_MODULE = 250
CLOCK = re.compile(r"\b(?:datetime\.now|datetime\.utcnow|date\.today|time\.time|time\.localtime)\(")
CLOCK_IN = {
    "etl.commands.rollback": "the day of a step back, in the journal; no release knows it",
    "etl.fetch.raw": "when an answer was fetched, kept beside it; it belongs to the inputs",
}

everywhere = pytest.mark.parametrize("module", modules(), ids=lambda m: str(m.path))


def _own_files(*patterns: str) -> list[Path]:
    places = [REPO / name for name in ("contract", "dashboard", "etl", "pages", ".streamlit")]
    found = [file for place in places for pattern in patterns for file in place.rglob(pattern)]
    return sorted([*found, REPO / "app.py", REPO / "session.py"])


def test_colours_are_written_in_three_files_only() -> None:
    faults = []
    for file in _own_files(*COLOUR_FILES):
        path = file.relative_to(REPO).as_posix()
        if path in COLOURS_IN:
            continue
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            faults += [f"{path}:{number}: {found}" for found in HEX_COLOUR.findall(line)]
    assert not faults, "\n".join(faults)


def test_the_icon_uses_the_tokens() -> None:
    from dashboard.theme import TOKENS

    light = {value[0].upper() for value in TOKENS.values()}
    assert {c.upper() for c in HEX_COLOUR.findall((REPO / ICON).read_text("utf-8"))} <= light


@everywhere
def test_numbers_get_their_form_in_one_module(module: Any) -> None:
    """No `:,.1f`, `:.0%` or `%.2f` elsewhere. `g` is left: it makes CSS lengths, no text."""
    if module.path.as_posix() in NUMBER_FORMATS_IN:
        return
    faults = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = ast.unparse(node.format_spec)[2:-1]
            if re.search(r"[,_fFeEn%]", spec):
                faults.append(f"{module.path}:{node.lineno}: «:{spec}»")
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if re.search(r"%[-+ 0]*\d*\.\d+[feg]|\{[^{}]*:[^{}]*[,.]\d*f\}", text):
            faults.append(f"{module.path}:{node.lineno}: «{text[:40]}»")
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "format":
            faults.append(f"{module.path}:{node.lineno}: format(…)")
        if isinstance(node, ast.Attribute) and node.attr in ("strftime", "setlocale"):
            faults.append(f"{module.path}:{node.lineno}: {node.attr}")
    assert not faults, "use contract.danish:\n" + "\n".join(faults)


@everywhere
def test_charts_are_drawn_by_one_component(module: Any) -> None:
    if module.name == "dashboard.figure":
        return
    wanted = re.compile(
        r"st\.(?:vega_lite|altair|line|bar|area|scatter|plotly|pydeck)_?chart|st\.(?:pyplot|metric|dataframe|table)\b"
    )
    assert not (found := wanted.findall(module.text)), f"{module.path}: {found}"


@everywhere
def test_nothing_shown_depends_on_the_clock(module: Any) -> None:
    """A release is a pure function of its inputs, and a page of its release and address."""
    if module.is_in("dashboard.server") or module.name in CLOCK_IN:
        return
    assert not (found := CLOCK.findall(module.text)), f"{module.path}: {found}"


@everywhere
def test_nothing_is_evaluated(module: Any) -> None:
    if module.path.as_posix() in EVALUATED_IN:
        return
    called = [
        f"{module.path}:{node.lineno}: {node.func.id}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("eval", "exec", "compile")
    ]
    assert not called, "\n".join(called)


@everywhere
def test_modules_are_small_and_named_after_their_job(module: Any) -> None:
    lines = module.text.count("\n")
    assert lines <= LONGEST_MODULE, f"{module.path} has {lines} lines: split it at its seams"
    assert not DUBIOUS_NAMES & set(module.name.split(".")), (
        f"{module.path}: name it after what it does"
    )


@everywhere
def test_what_others_use_says_what_it_gives(module: Any) -> None:
    """A docstring on every module, public class, public function and public method."""
    missing = [] if ast.get_docstring(module.tree) else [f"{module.path}: the module"]

    def look(body: list[ast.stmt], inside: str) -> None:
        for node in body:
            if isinstance(
                node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
            ) and not node.name.startswith("_"):
                if not ast.get_docstring(node) and not _is_rule(node):
                    missing.append(f"{module.path}:{node.lineno}: {inside}{node.name}")
                if isinstance(node, ast.ClassDef):
                    look(node.body, f"{node.name}.")

    look(module.tree.body, "")
    assert not missing, "no docstring:\n" + "\n".join(missing)


def _is_rule(node: ast.stmt) -> bool:
    """A rule of a table schema: its name is what a complaint says."""
    return any(
        ast.unparse(call).startswith("dy.rule") for call in getattr(node, "decorator_list", [])
    )


def test_every_page_script_is_in_the_sitemap_and_every_entry_has_one() -> None:
    scripts = {file.name for file in (REPO / "pages").glob("*.py")} - {"__init__.py"}
    assert scripts == {page.script for page in PAGES}


def test_the_sitemap_is_well_formed() -> None:
    paths = [page.path for page in PAGES]
    assert len(set(paths)) == len(paths)
    assert len({page.title for page in PAGES}) == len(paths)
    assert paths[0] == "", "the front page comes first"
    for page in PAGES:
        assert re.fullmatch(r"[a-z0-9-]*", page.path), page
        assert page.group in (*GROUPS, FOOTER), page
        assert page.description.endswith("."), page
        assert not page.path.startswith(
            ("tal", "healthz", "static", "media", "component", "del", "indlejr", "billede")
        ), page
    order = [GROUPS.index(page.group) for page in PAGES if page.group != FOOTER]
    assert order == sorted(order), "the menu's order is the sitemap's"
