"""Afklaring og ressourceforløb: how they ended 2018–2021, and how many began."""

from dashboard import charts, fetched_pictures, parts, text
from dashboard.charts.bars import Bar, Column
from dashboard.link import Choice, Values
from dashboard.parts import Unknown
from dashboard.picture import Picture
from dashboard.read import Release
from dashboard.topics import Parameters

YEARS = ("2018", "2019", "2020", "2021")
ENDS = (
    ("ressourceforloeb-foertidspension", "Førtidspension", "foertidspension"),
    ("ressourceforloeb-fleksjob", "Visiteret til fleksjob", "fleksjob"),
    ("ressourceforloeb-rest", "Resten (beregnet)", "andet"),
)

UNKNOWN = (
    Unknown("Antal afsluttede ressourceforløb pr. år"),
    Unknown("Hvor mange uger afklaringen tager"),
    Unknown("Hvad resten fordeler sig på"),
    Unknown("Tal for 2022"),
)  # fmt: skip
"""What people will ask for that the material does not hold."""


def choices(release: Release, params: Parameters) -> list[Choice]:
    """The page has no choices."""
    return []


def headline(release: Release, values: Values) -> str:
    """Fewer end in fleksjob."""
    return "fund-afslutning"


def pictures(release: Release, values: Values) -> list[Picture]:
    """Ended and started ressourceforløb: two cohorts, two charts; then what was fetched."""
    return [ended(release), started(release), *fetched(release)]


def fetched(release: Release) -> list[Picture]:
    """The fetched series about ressourceforløb and førtidspension; none if none are fetched."""
    return fetched_pictures.of(release, "ressourceforloeb", "foertidspension")


def ended(release: Release) -> Picture:
    """Shares of ended ressourceforløb, with the computed rest; the table also has the started ones."""
    shares = {(i, year): release.one(i, year) for i, _, _ in ENDS for year in YEARS}
    rows = [[label, *(text.number(shares[i, year]) for year in YEARS)] for i, label, _ in ENDS]
    begun = [text.number(release.one("ressourceforloeb-paabegyndte", year)) for year in YEARS]
    rows.append(["Påbegyndte forløb (en anden gruppe)", *begun])
    return Picture(
        key="afslutning", finding="fund-afslutning", sub="fund-afslutning-sub", alt="fund-afslutning-alt",
        spec=charts.columns([
            Column(year, [Bar(label, shares[i, year], role) for i, label, role in ENDS]) for year in YEARS
        ], stacked=False, height=320),
        figures=list(shares.values()),
        table=parts.table("Sådan endte ressourceforløbene, og så mange begyndte", ["Afslutning", *YEARS], rows, numeric=range(1, 5)),
        notes=["Vinrød: førtidspension. Blå: visiteret til fleksjob. Grå: resten, beregnet som 100 minus de to andele."],
    )  # fmt: skip


def started(release: Release) -> Picture:
    """Started ressourceforløb a year."""
    begun = [release.one("ressourceforloeb-paabegyndte", year) for year in YEARS]
    return Picture(
        key="paabegyndte", finding="fund-paabegyndte", sub="fund-paabegyndte-sub", alt="fund-paabegyndte-alt",
        spec=charts.columns([Column(f.period, [Bar("Påbegyndte", f, "afklaring")]) for f in begun], stacked=False, height=240),
        figures=begun,
    )  # fmt: skip
