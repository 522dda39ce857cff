"""Flere skal med: activity before the first round, København and the whole country."""

from dashboard import charts
from dashboard.charts.bars import Bar
from dashboard.link import Choice, Values
from dashboard.parts import Unknown
from dashboard.picture import Picture
from dashboard.read import Release
from dashboard.topics import Parameters

UNKNOWN = (
    Unknown("Resultaterne af de to runder, opgjort af kommunen", "står i bilag 5, som ikke er i materialet"),
    Unknown("Bevillinger, der udløb 2021–2022", "står i bilag 6, som ikke er i materialet"),
    Unknown("Sagsstammen under indsatsen", "kun i ord: væsentligt lavere"),
    Unknown("Antal deltagere i hver runde"),
    Unknown("Hvor mange der kom i ordinært job"),
    Unknown("Resultater af anden runde"),
    Unknown("Hvad der faktisk blev brugt af pengene"),
    Unknown("Undersøgelsen fra 2019 selv", "udvalget fik den i november 2019; sagen er ikke i materialet"),
)  # fmt: skip
"""What people will ask for that the material does not hold."""


def choices(release: Release, params: Parameters) -> list[Choice]:
    """The page has no choices."""
    return []


def headline(release: Release, values: Values) -> str:
    """What the note says of the effort, and on how thin a base."""
    return "fsm-manchet"


def pictures(release: Release, values: Values) -> list[Picture]:
    """Activity before the first round."""
    return [activity(release)]


def activity(release: Release) -> Picture:
    """Share that had taken part in an active effort before the first round."""
    city, country = (release.one("aktiv-indsats-andel", "2017", area) for area in ("101", "000"))
    difference = release.one("aktiv-indsats-forskel", "2017")
    return Picture(
        key="aktiv-indsats", finding="fund-aktiv-indsats", sub="fund-aktiv-indsats-sub", alt="fund-aktiv-indsats-alt",
        spec=charts.horizontal([Bar("København", city, "koebenhavn"), Bar("Hele landet", country, "landet")], row=48),
        figures=[city, country, difference], notes=["fund-aktiv-indsats-note"],
    )  # fmt: skip
