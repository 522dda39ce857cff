"""Kort fortalt: the challenge of 24.10.2022 and six answers; small pictures, no charts."""

from dashboard.link import Choice, Values
from dashboard.picture import Picture
from dashboard.read import Release
from dashboard.topics import Parameters


def choices(release: Release, params: Parameters) -> list[Choice]:
    """The page has no choices."""
    return []


def headline(release: Release, values: Values) -> str:
    """The level in København, as the committee had it."""
    return "udfordring-overskrift"


def pictures(release: Release, values: Values) -> list[Picture]:
    """No charts: the small pictures belong to their cards."""
    return []
