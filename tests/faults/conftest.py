"""Fixtures of the fault tests of a release."""

from pathlib import Path

import pytest

from tests.data.small import SmallData


@pytest.fixture
def small(tmp_path: Path) -> SmallData:
    """A fresh, faultless folder of made-up data."""
    return SmallData(tmp_path / "data")
