"""Beslutningsspor: the events on a timeline, and what was ordered and delivered."""

from dashboard import decision_log, trail
from dashboard.link import Choice, Values
from dashboard.picture import Picture
from dashboard.read import Release
from dashboard.topics import Parameters


def choices(release: Release, params: Parameters) -> list[Choice]:
    """Body, theme and kind of event, and status of the decisions."""
    return [*trail.choices(release), decision_log.choice(release)]


def headline(release: Release, values: Values) -> str:
    """How much of what was ordered the material shows an answer to."""
    return decision_log.headline(release)


def pictures(release: Release, values: Values) -> list[Picture]:
    """No charts: the timeline is made of dates, not of figures."""
    return []
