"""A data folder with invented series fetched from a StatBank on this machine, built and published for tests.

The years are 1901 and 1902; see statbank_service. Everything else is the project's own data.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contract.paths import REPO
from tests.data.fetching import Keeper, well
from tests.data.loopback import loopback
from tests.data.statbank_service import Statbank
from tests.publishing import put_in_use

FEW = ("851", "1901K3")
"""Where so few get ledighedsydelse that disclosure control must hide it, and when."""
GONE = "1901M07"
"""The month for which the service has no number."""


class Bank(Statbank):
    """The service, with one number too small to show."""

    def _cell(self, codes: tuple[str, ...]) -> str:
        if {*FEW, "LY"} <= set(codes):
            return "3"
        return super()._cell(codes)


def service(raised: int = 0) -> Bank:
    """A StatBank without numbers for GONE; `raised` is added to all others."""
    return Bank(hidden=lambda codes: GONE in codes, raised=raised)


def make(root: Path) -> str:
    """Copy the project's data, fetch every StatBank series, publish; the release's id."""
    shutil.copytree(REPO / "data", root, ignore=shutil.ignore_patterns("raw"))
    fetch(root, service())
    return publish(root, "2026-12-01")


def fetch(root: Path, bank: Statbank) -> None:
    """Fetch every StatBank series into a data folder."""
    before = os.environ.get("STATBANK_URL")
    with loopback(bank) as running:
        os.environ["STATBANK_URL"] = running.url
        try:
            well(Keeper(root).statbank("AUK01", "KY04", "KY16", "FOLK1A"))
        finally:
            os.environ.pop("STATBANK_URL")
            if before is not None:
                os.environ["STATBANK_URL"] = before


def publish(root: Path, published: str) -> str:
    """Publish a release after the one in use, of this date; its id."""
    from contract.release import current_id

    (root / "publication.toml").write_text(
        f'published = "{published}"\nnote = ""\nprevious = "{current_id(root)}"\n', "utf-8"
    )
    return put_in_use(root)


@contextmanager
def in_use(root: Path) -> Iterator[None]:
    """Let the dashboard read this data folder."""
    before = os.environ.get("INDBLIK_DATA")
    os.environ["INDBLIK_DATA"] = str(root)
    try:
        yield
    finally:
        os.environ.pop("INDBLIK_DATA")
        if before is not None:
            os.environ["INDBLIK_DATA"] = before
