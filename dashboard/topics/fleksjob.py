"""Fleksjob og ledighed: level, hours and inflow."""

from datetime import date

from dashboard import charts, fetched_pictures
from dashboard.charts.bars import Bar, Column
from dashboard.link import Choice, Values
from dashboard.parts import Unknown
from dashboard.picture import Picture
from dashboard.read import Release
from dashboard.topics import Parameters

FIRST_YEAR, LAST_YEAR = 2018, 2022

UNKNOWN = (
    Unknown("Antal fleksjobvisiterede"),
    Unknown("Antal ledige fleksjobvisiterede"),
    Unknown("Fordeling på ugentlige timer", "kun i ord: ofte få timer"),
    Unknown("Unge med kognitive handicap", "kun i ord: en voksende gruppe"),
    Unknown("Hvor længe de har været ledige"),
    Unknown("Sagen, som udvalget bestilte 24.10.2022"),
)  # fmt: skip
"""What people will ask for that the material does not hold."""


def choices(release: Release, params: Parameters) -> list[Choice]:
    """The page has no choices."""
    return []


def headline(release: Release, values: Values) -> str:
    """The level in København, as the committee had it."""
    return "udfordring-overskrift"


def pictures(release: Release, values: Values) -> list[Picture]:
    """What was fetched, level over time, weekly hours, inflow."""
    return [*fetched(release), level(release), hours(release), inflow(release)]


def fetched(release: Release) -> list[Picture]:
    """The fetched series about fleksjob and ledighedsydelse; none if none are fetched."""
    return fetched_pictures.of(release, "fleksjob")


def level(release: Release) -> Picture:
    """People in fleksjob and on ledighedsydelse in the whole country, gaps as gaps."""
    series = {
        i: release.series(i, ["000"])
        for i in ("personer-i-fleksjob-aar", "personer-i-fleksjob", "ledighedsydelse")
    }
    found = release.events_for(
        ["personer-i-fleksjob", "ledighedsydelse", "fleksjobledighed-kommunen", "fleksjobledighed"]
    )
    events = [
        e for e in found if FIRST_YEAR <= e.date_start.year <= LAST_YEAR and e.precision != "år"
    ]
    return Picture(
        key="niveau", finding="fund-fleksjob-niveau", sub="fund-fleksjob-niveau-sub", alt="fund-fleksjob-niveau-alt",
        spec=charts.timeline(
            [
                charts.Track.of("I fleksjob, årsgennemsnit", "fleksjob", series["personer-i-fleksjob-aar"], average=True),
                charts.Track.of("I fleksjob, kvartal", "fleksjob", series["personer-i-fleksjob"], numbers=True, name_below=True),
                charts.Track.of("På ledighedsydelse", "ledighedsydelse", series["ledighedsydelse"], numbers=True),
            ],
            first=date(FIRST_YEAR, 1, 1), last=date(LAST_YEAR, 12, 31), events=events, coverage=True,
        ),
        figures=[f for own in series.values() for f in own],
        events=events,
        notes=["Felterne under aksen: udfyldt = kvartalet har et tal, stiplet = kun årsgennemsnit, tomt = findes ikke i materialet."],
        extra="to serier, der ikke må lægges sammen",
    )  # fmt: skip


def hours(release: Release) -> Picture:
    """People in fleksjob by weekly hours; dark up to ten hours."""
    groups = sorted(release.series("fleksjob-efter-timer"), key=lambda f: _first_hour(f.group))
    return Picture(
        key="timer", finding="fund-timer", sub="fund-timer-sub", alt="fund-timer-alt",
        spec=charts.horizontal([
            Bar(f.group.replace("-", "–"), f, "fleksjob", tint=_first_hour(f.group) > 10) for f in groups
        ], row=44),
        figures=groups, extra="indberettede løntimer, ikke nødvendigvis faktiske timer",
    )  # fmt: skip


def _first_hour(group: str) -> int:
    return int(group.split("-")[0])


def inflow(release: Release) -> Picture:
    """Inflow a year, and the part that goes directly into a fleksjob."""
    total, direct, share = (
        {f.period: f for f in release.series(i)}
        for i in (
            "tilgang-fleksjobordning",
            "tilgang-direkte-i-fleksjob",
            "andel-direkte-i-fleksjob",
        )
    )
    return Picture(
        key="tilgang", finding="fund-tilgang", sub="fund-tilgang-sub", alt="fund-tilgang-alt",
        spec=charts.columns([
            Column(
                year, [Bar("Direkte i fleksjob", direct[year], "fleksjob")],
                whole=Bar("Tilgang i alt", total[year], "fleksjob", tint=True),
                over=share[year].text.replace("pct.", "%").strip(), short=f"’{year[2:]}",
            )
            for year in total
        ], stacked=True, height=264),
        figures=[*total.values(), *direct.values(), *share.values()],
        notes=["Mørk del: direkte i fleksjob. Hele søjlen: tilgang i alt. Procenten er andelen direkte i fleksjob."],
    )  # fmt: skip
