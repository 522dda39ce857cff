"""Nothing secret leaks: with an error forced in every page, no message and no answer names code, path or version."""

import asyncio
import json
import platform
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.metadata import version
from pathlib import Path

import pytest

from bench.visitor import Visitor
from contract.paths import REPO
from dashboard.sitemap import PAGES
from tests.clusters import image_files
from tests.running import Server, running

Start = Callable[..., AbstractContextManager[Server]]
ROUTES = (
    "/healthz", "/metrics", "/tal/x", "/del", "/del/qr.svg", "/hent/fleksjob/side.xlsx", "/billede/fleksjob.png",
    "/graf/fleksjob/x", "/indlejr/fleksjob/x", "/fremlaeg", "/fremlaeg/vis", "/foelg/x", "/api/v1/", "/api/v1/figures",
    "/findes-ikke", "/aktiver/x", "/static/x", "/_stcore/health", "/_stcore/host-config", "/media/x",
)  # fmt: skip
SECRETS = re.compile(
    r"Traceback|site-packages|\.py\b|[/\\](?:home|root|usr|tmp|var|work)[/\\]|" + re.escape(str(REPO))
    + "|" + re.escape(str(Path(sys.prefix))) + "|(?:Key|Value|Type|Release|File)(?:NotFound)?Error"
)  # fmt: skip
FAULT = re.compile(
    r"noteret som <code>([0-9A-F]{6})</code> \(forespørgsel <code>([\w.-]+)</code>\)"
)


@pytest.mark.faults
def test_an_error_in_every_page_tells_a_number_and_nothing_else(
    start: Start, tmp_path: Path
) -> None:
    missing = tmp_path / "intet"
    with start({"INDBLIK_DATA": str(missing)}, healthy=False) as server:
        said = {f"/{page.path}": asyncio.run(_raw(server, f"/{page.path}")) for page in PAGES}
        answers = {path: server.get(path) for path in (*said, *ROUTES)}
        logged = [json.loads(line) for line in server.output.splitlines()]
    numbers = {line["fejl"]: line for line in logged if "fejl" in line}
    failed = 0
    for path, raw in said.items():
        text = raw.decode("utf-8", "replace").replace(
            "-session.py", ""
        )  # the name of the main script
        assert not (found := SECRETS.search(text)), (
            f"{path}: …{text[found.start() - 80 : found.end() + 80]}…"
        )
        assert version("streamlit") not in text, path
        assert platform.python_version() not in text, path
        for number, request in FAULT.findall(text):
            failed += 1
            assert numbers[number]["forespoergsel"] == request, "the log tells which request it was"
            assert "Traceback" in numbers[number]["exc_info"]
    assert failed >= 10, "most pages cannot be shown without data"
    for path, answer in answers.items():
        text = answer.body.decode("utf-8", "replace")
        assert not (found := SECRETS.search(text)), f"{path}: {found}"
        if path != "/metrics":
            assert version("streamlit") not in text, path
        assert not {"server", "x-powered-by"} & set(answer.headers), path


@contextmanager
def failing(folder: Path) -> Iterator[Server]:
    """The app with a fault at the end of each page's script, in a folder whose name is a secret too."""
    app = image_files(folder / "hemmelig-mappe")
    for script in (app / "pages").glob("*.py"):
        script.write_text(
            script.read_text("utf-8") + "\nraise KeyError('hemmeligt ord i', __file__)\n", "utf-8"
        )
    env = {"INDBLIK_CACHE": str(REPO / ".cache")}
    with running(folder / "log.txt", env, app=app) as server:
        yield server


@pytest.mark.faults
def test_an_error_of_our_own_in_every_page_tells_a_number_and_nothing_else(tmp_path: Path) -> None:
    with failing(tmp_path) as server:
        said = {f"/{page.path}": asyncio.run(_raw(server, f"/{page.path}")) for page in PAGES}
        answers = {path: server.get(path) for path in said}
        logged = [json.loads(line) for line in server.output.splitlines()]
    numbers = {line["fejl"]: line for line in logged if "fejl" in line}
    for path, raw in said.items():
        text = raw.decode("utf-8", "replace").replace("-session.py", "")
        ((number, request),) = FAULT.findall(text)
        assert numbers[number]["forespoergsel"] == request
        assert "hemmeligt ord" in numbers[number]["exc_info"]
        for told in (text, answers[path].text):
            assert "hemmelig" not in told, path
            assert not (found := SECRETS.search(told)), f"{path}: {found}"
            assert version("streamlit") not in told, path
        assert answers[path].status == 200, "the page opens; what went wrong is said in it"


async def _raw(server: Server, path: str) -> bytes:
    visitor = Visitor(server.url, path, strict=False)
    try:
        await visitor.open()
        return b"".join(visitor.raw)
    finally:
        await visitor.close()
