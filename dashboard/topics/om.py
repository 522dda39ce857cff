"""Om Indblik: how figures are found, computed and shown."""

from dashboard.link import Choice, Values
from dashboard.picture import Picture
from dashboard.read import Release
from dashboard.topics import Parameters


def choices(release: Release, params: Parameters) -> list[Choice]:
    """The page has no choices."""
    return []


def headline(release: Release, values: Values) -> str:
    """What the page is about."""
    return "Sådan er tallene fundet, regnet og vist, og det kan Indblik ikke"


def pictures(release: Release, values: Values) -> list[Picture]:
    """No charts."""
    return []
