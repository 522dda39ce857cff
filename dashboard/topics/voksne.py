"""Udsatte voksne: three statements of the fall, the status after kontanthjælp, and the jobparate as background."""

from datetime import date

from dashboard import background, charts, fetched_pictures, parts
from dashboard.charts.bars import Bar
from dashboard.charts.staircase import staircase
from dashboard.link import Choice, Values
from dashboard.parts import Unknown
from dashboard.picture import Picture
from dashboard.read import Release
from dashboard.statements import Statement, card, compared
from dashboard.text import escape, number
from dashboard.topics import Parameters

NOT_STATED = "ikke oplyst"
FIRST, LAST = 2017, 2022
BASE = "2017K4"
"""The index starts in the quarter of December 2017, and ends in the same quarter: no season between."""
AREAS = ("101", "000", "147", "461", "751", "851")
_STATUS = (
    ("kontanthjaelp", "Kontanthjælp igen", "andet", "var tilbage på ydelsen på måledagen"),
    ("ressourceforloeb", "Ressourceforløb", "afklaring", "var i et ressourceforløb"),
    ("job", "Job", "andet", "havde fået skattepligtig løn (a-indkomst) i måneden"),
    ("selvforsoergende", "Forsørger sig selv", "andet", "lever fx af formue eller af ægtefællens indtægt"),
    ("foertidspension", "Førtidspension", "foertidspension", "havde fået tilkendt førtidspension"),
    ("uddannelse", "Uddannelse", "andet", "var bl.a. på en SU-godkendt uddannelse"),
    ("fleksjob", "Fleksjob", "fleksjob", "havde fået tilkendt fleksjob; om de er ansat i et, er ikke oplyst"),
)  # fmt: skip

UNKNOWN = (
    Unknown("Antal aktivitetsparate år for år"),
    Unknown("De tre fald for samme gruppe og periode"),
    Unknown("Hvor mange personer forløbene dækker"),
    Unknown("Status længere tid efter, og for forløb afsluttet efter 2019"),
    Unknown("Hvordan resten fordeler sig", "kun i ord: andre ydelser, orlov, udvandret, død m.m."),
    Unknown("Andelen af aktivitetsparate i andre kommuner", "kun i ord: den var størst i København i 2017"),
)  # fmt: skip
"""What people will ask for that the material does not hold."""


def choices(release: Release, params: Parameters) -> list[Choice]:
    """The page has no choices."""
    return []


def headline(release: Release, values: Values) -> str:
    """The three falls, each in the words of its document."""
    return "voksne-udsagn"


def pictures(release: Release, values: Values) -> list[Picture]:
    """Status six months after, what was fetched, and the background."""
    return [status(release), *fetched(release), jobparate(release)]


def fetched(release: Release) -> list[Picture]:
    """The fetched series about the vulnerable adults; none if none are fetched."""
    return fetched_pictures.of(release, "udsatte-voksne")


def statements(release: Release) -> str:
    """The three statements side by side, each with its own period on a ruler."""
    said = (
        Statement("Notat (bilag 4), 11.02.2021", release.figure("aktivitetsparate-voksne-fald-pct-101-2017-12-2020-12"),
                  "voksne-udsagn-bilag-4", "December 2017–december 2020", dated=True),
        Statement("Budgetnotat BI07, uden dato", release.figure("udsatte-voksne-fald-pct-101-2017-2022"),
                  "voksne-udsagn-bi07", "Fra 2017; måned og slutdato er ikke oplyst", dated=False),
        Statement("Temadrøftelse, 24.10.2022", release.figure("aktivitetsparate-kontanthjaelp-fald-101-2018-2022"),
                  "voksne-udsagn-tema", "2018–2022 ifølge sagens titel; datoer er ikke oplyst", dated=False),
    )  # fmt: skip
    return parts.grid([card(release, s, FIRST, LAST) for s in said], "niveau-3 udsagn-3")


def comparison(release: Release) -> str:
    """The table of what sets the three statements apart."""
    get = release.figure
    unstated = f'<span class="note">{NOT_STATED}</span>'
    rows = [
        ["Hvem", "aktivitetsparate på kontanthjælp eller overgangsydelse", "udsatte voksne i kontanthjælpssystemet",
         "aktivitetsparate på kontanthjælp"],
        ["Alder", *compared([get("voksne-aldersgraense-101-2021-02-11"),
                             get("voksne-aldersgraense-101-2022"), None], NOT_STATED)],
        ["Begynder", "december 2017", f"2017, måned {NOT_STATED}", unstated],
        ["Slutter", "december 2020", unstated, unstated],
        ["Fald i pct.", *compared([get("aktivitetsparate-voksne-fald-pct-101-2017-12-2020-12"),
                                   get("udsatte-voksne-fald-pct-101-2017-2022"),
                                   get("aktivitetsparate-kontanthjaelp-fald-101-2018-2022")], NOT_STATED)],
        ["Fald i antal", *compared([get("aktivitetsparate-voksne-fald-101-2017-12-2020-12"),
                                    get("udsatte-voksne-fald-101-2017-2022"), None], NOT_STATED)],
        ["Talt i", "fuldtidspersoner", "fuldtidspersoner", unstated],
        ["Datakilde", unstated, "Jobindsats.dk", unstated],
    ]  # fmt: skip
    columns = ["Forskel", "Notatet fra 2021", "BI07", "Temadrøftelsen"]
    return parts.table("Derfor er de tre udsagn ikke ens", columns, rows)


def status(release: Release) -> Picture:
    """Status six months after: seven steps up to their sum, and the rest up to the whole."""
    steps = [Bar(label, release.one("status-efter-kontanthjaelp", "2017/2019", group=_group(release, key)), role)
             for key, label, role, _ in _STATUS]  # fmt: skip
    known, rest = (
        release.one(f"status-efter-kontanthjaelp-{key}", "2017/2019") for key in ("sum", "rest")
    )
    rows = [
        [escape(step.label), number(step.figure), escape(meaning)]
        for step, (*_, meaning) in zip(steps, _STATUS, strict=True)
    ]
    rows += [
        ["Oplyst i alt", number(known), "de syv andele lagt sammen"],
        ["Resten", number(rest), "kun beskrevet i ord; se teksten under figuren"],
    ]
    return Picture(
        key="status", finding="fund-status", sub="fund-status-sub", alt="fund-status-alt",
        spec=staircase(steps, Bar("Oplyst i tal", known), Bar("Kun i ord", rest)),
        figures=[*(s.figure for s in steps), known, rest],
        table=parts.table("Status efter kontanthjælp, andel af forløbene",
                          ["Status", "Andel", "Hvad det vil sige"], rows, numeric=[1]),
    )  # fmt: skip


def _group(release: Release, key: str) -> str:
    return release.figure(f"status-efter-kontanthjaelp-101-2017-2019-{key}").group


def jobparate(release: Release) -> Picture:
    """The nettoledige on kontanthjælp in København, other cities and the country, as an index."""
    tracks = background.index_tracks(release, "nettoledige-kontanthjaelp", AREAS, BASE)
    first, last = date(FIRST, 1, 1), date(LAST, 12, 31)
    concern = (
        "aktivitetsparate-voksne",
        "aktivitetsparate-voksne-fald",
        "aktivitetsparate-kontanthjaelp-fald",
    )
    events = [
        e for e in release.events_for(concern) if e.date_end >= first and e.date_start <= last
    ]
    return Picture(
        key="nettoledige", finding="fund-nettoledige", sub="fund-nettoledige-sub", alt="fund-nettoledige-alt",
        spec=charts.timeline(tracks, first=first, last=last, events=events, baseline=100, height=360),
        figures=[m.figure for t in tracks for m in t.marks], events=events, computed=True,
        table=background.index_table(tracks, BASE),
        notes=["Hændelserne gælder indsatsen for de aktivitetsparate; de forklarer ikke kurverne.",
               "Stigningen i 2. kv. 2020 falder sammen med covid-19; materialet angiver ingen årsag."],
    )  # fmt: skip
