"""Fixtures of the unit tests."""

from pathlib import Path

import pytest

from contract.release import current_id
from dashboard import read
from dashboard.read import Release
from tests.data.small import SmallData
from tests.publishing import put_in_use


@pytest.fixture(scope="session")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of made-up figures, built by etl and read as the dashboard reads."""
    small = SmallData(Path(tmp_path_factory.mktemp("small")) / "data")
    small.change(
        "story.toml", "[[text]]",
        "[[text]]\nid = 'proeve-procent'\ntext = 'Andelen var {andel-1902}.'\n\n"
        "[[text]]\nid = 'proeve-begyndelse'\ntext = '{antal-1903} prøver, og så {antal-1903}'\n\n[[text]]",
    )  # fmt: skip
    put_in_use(small.root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INDBLIK_DATA", str(small.root))
        release = read.load(current_id())
        list(release.figures())
    return release
