"""Begreber og kilder: all figures by topic and source, the glossary, the documents."""

from contract import danish
from dashboard import library
from dashboard.link import Choice, Values
from dashboard.picture import Picture
from dashboard.read import Release
from dashboard.topics import Parameters


def choices(release: Release, params: Parameters) -> list[Choice]:
    """Topic and source."""
    return library.choices(release)


def headline(release: Release, values: Values) -> str:
    """How many figures there are of the chosen topic and source."""
    topic, source = values["emne"][0], values["kilde"][0]
    found = library.search(release, "", topic, source)
    sources = len(found.by_source())
    return f"{danish.number(len(found))} tal med kilde og sted, fra {_sources(sources)}"


def _sources(count: int) -> str:
    return "1 kilde" if count == 1 else f"{danish.number(count)} kilder"


def pictures(release: Release, values: Values) -> list[Picture]:
    """No charts."""
    return []
