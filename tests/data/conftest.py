"""Fixtures of the data tests."""

from pathlib import Path

import pytest

from tests.data import series_data
from tests.data.small import SmallData


@pytest.fixture(scope="session")
def series_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with invented fetched series, published. For reading only: other tests use it too."""
    root = tmp_path_factory.mktemp("series") / "data"
    series_data.make(root)
    return root


@pytest.fixture
def small(tmp_path: Path) -> SmallData:
    """A fresh, faultless folder of made-up data."""
    return SmallData(tmp_path / "data")
