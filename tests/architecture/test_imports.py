"""Imports run one way: app → pages → dashboard → contract ← etl, and each library has its place.

The contracts of pyproject.toml hold the packages apart; the tests below hold what a contract
between packages cannot say, and the two scripts that are no package.
"""

import subprocess
import sys
from importlib.metadata import packages_distributions
from typing import Any

import pytest

from tests.architecture.modules import PACKAGES, REPO, modules

STREAMLIT = (
    "app", "session", "pages", "dashboard.figure", "dashboard.rehearsal", "dashboard.view", "dashboard.widgets", "dashboard.shell",
    "dashboard.server.login.signed",
)  # fmt: skip
ONLY_IN = {
    # library → where it may be imported
    "streamlit": STREAMLIT,
    "polars": (
        "dashboard.read",
        "dashboard.fetched",
        "dashboard.fetched_changes",
        "dashboard.fetched_search",
        "etl",
        "contract.tables",
        "contract.word_tables",
        "contract.danish_columns",
    ),
    "dataframely": ("contract.tables", "contract.word_tables", "etl"),
    "pydantic": (
        "contract.catalogue",
        "contract.entry",
        "contract.runsheet",
        "contract.series",
        "etl",
    ),
    "pydantic_core": ("etl",),
    "tomllib": ("etl",),
    "httpx2": ("etl.fetch.connection",),
    "numpy": ("etl.disclosure",),
    "scipy": ("etl.disclosure",),
    "stamina": ("etl.fetch.connection", "etl.commands.fetch"),
    "vl_convert": ("dashboard.export.drawing", "dashboard.export.draughtsman"),
    "xlsxwriter": ("dashboard.export.workbook",),
    "pptx": ("dashboard.export.slides", "dashboard.export.slide_layout", "dashboard.export.native"),
    "typst": ("dashboard.export.sheet",),
    "pyarrow": ("contract.bucket",),
    "starlette": ("app", "dashboard.server"),
    "segno": ("dashboard.share", "dashboard.export.handout"),
}
NOWHERE = ("altair", "pandas", "pickle", "marshal", "shelve")
"""Libraries that neither a page nor the server imports: large, or able to run what they read."""
MAY_IMPORT = {
    "contract": {"contract"},
    "etl": {"contract", "etl"},
    "dashboard": {"contract", "dashboard"},
    "pages": {"contract", "dashboard"},
    "session": {"dashboard"},
    "app": {"dashboard"},
}


def test_the_import_contracts_of_pyproject_hold() -> None:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("module", modules(), ids=lambda m: str(m.path))
def test_a_module_imports_only_what_its_place_allows(module: Any) -> None:
    faults = []
    own = MAY_IMPORT[module.name.split(".")[0]]
    for line, name in module.imports():
        head = name.split(".")[0]
        if head in PACKAGES and head not in own:
            faults.append(f"{module.path}:{line}: {head} is above or beside {module.name}")
        if head in ONLY_IN and not module.is_in(*ONLY_IN[head]):
            faults.append(f"{module.path}:{line}: {head} belongs in {', '.join(ONLY_IN[head])}")
        if head in NOWHERE:
            faults.append(f"{module.path}:{line}: {head} is not to be imported")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "module", [m for m in modules() if m.is_in("pages")], ids=lambda m: str(m.path)
)
def test_a_page_imports_streamlit_the_dashboard_and_dates_only(module: Any) -> None:
    allowed = {"streamlit", "contract", "dashboard", *sys.stdlib_module_names} - {
        "json",
        "csv",
        "pathlib",
        "os",
    }
    faults = [
        f"{module.path}:{line}: {name}"
        for line, name in module.imports()
        if name.split(".")[0] not in allowed
    ]
    assert not faults, "\n".join(faults)


def _required(file: str) -> set[str]:
    named = (REPO / file).read_text("utf-8").lower().replace("_", "-")
    return {line.split("==")[0].strip() for line in named.splitlines() if "==" in line}


def test_what_is_imported_is_in_requirements() -> None:
    """The data keeper's commands may use requirements-data.txt too, and what only a replica among several
    runs deploy/requirements.txt; one server alone needs neither.
    """
    server, data = _required("requirements.txt"), _required("requirements-data.txt")
    replica = server | _required("deploy/requirements.txt")
    distributions = packages_distributions()
    missing = set()
    for module in modules():
        for line, name in module.imports():
            head = name.split(".")[0]
            if head in sys.stdlib_module_names or head in PACKAGES or head in ("app", "session"):
                continue
            owners = {owner.lower().replace("_", "-") for owner in distributions.get(head, [head])}
            required = server | data if module.is_in("etl") else server
            required = replica if module.name == "dashboard.server.follow_shared" else required
            if not owners & required:
                missing.add(f"{module.path}:{line}: {head} ({', '.join(sorted(owners))})")
    assert not missing, "not in requirements:\n" + "\n".join(sorted(missing))


_RUN_EVERY_PAGE = """
import logging, sys
logging.disable(logging.CRITICAL)
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest
from dashboard.sitemap import PAGES
PagesManager.uses_pages_directory = False
AppTest.from_file("session.py", default_timeout=60).run()
for page in PAGES:
    assert not AppTest.from_file(f"pages/{page.script}", default_timeout=60).run().exception, page.path
print(sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_no_page_brings_in_the_large_libraries() -> None:
    """They cost memory, start-up time and a long first visit: the charts are plain dictionaries."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN_EVERY_PAGE],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded = done.stdout.strip().splitlines()[-1]
    found = [
        name
        for name in (
            "pandas",
            "altair",
            "numpy",
            "pyarrow",
            "vl_convert",
            "xlsxwriter",
            "pptx",
            "lxml",
            "typst",
        )
        if f"'{name}'" in loaded
    ]
    assert not found, f"a page brought in {found}"
