"""Fixtures for every test: the real app, started once for each pytest process."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import settings

from contract import paths
from tests.running import Server, running

# The same examples in every run and on every machine: a test that fails, fails again.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the order that is made below when the files are shared out between processes."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last, the longest files of them first.

    Playwright leaves an event loop running in the process, in which `asyncio.run` refuses to start and
    Python 3.11 miscounts the depth of `ast.parse`.
    """
    tests_in = Counter(item.path for item in items)
    items.sort(key=lambda item: (_in_browser(item), -tests_in[item.path] * _in_browser(item)))


def _in_browser(item: pytest.Item) -> bool:
    return item.path.parent.name == "browser"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app with the repository's data. For reading only: other tests use it too."""
    with running(tmp_path_factory.mktemp("server") / "log.txt") as app:
        yield app


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., AbstractContextManager[Server]]:
    """Starts an app of its own: `with start({"INDBLIK_DATA": …}) as server`. Also `healthy=False`, `port=`."""
    numbers = iter(range(1000))

    def one(
        env: dict[str, str] | None = None, *, healthy: bool = True, port: int = 0
    ) -> AbstractContextManager[Server]:
        return running(tmp_path / f"log-{next(numbers)}.txt", env, healthy=healthy, port=port)

    return one


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A copy of the data folder that a test may damage."""
    copy = tmp_path / "data"
    shutil.copytree(paths.REPO / "data", copy)
    return copy
