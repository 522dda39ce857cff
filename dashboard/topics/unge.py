"""Unge i risiko: the fall since 2017, the caseload, the two models of BI07 and the money."""

from collections.abc import Sequence

from dashboard import charts, fetched_pictures, parts
from dashboard.charts.bars import Bar, Column
from dashboard.link import Choice, Values
from dashboard.linked import linked
from dashboard.parts import Unknown
from dashboard.picture import Picture
from dashboard.read import Figure, Release
from dashboard.text import escape, number, sentence
from dashboard.topics import Parameters

YEARS = ("2023", "2024", "2025", "2026")
EARLIER = ("2019", "2020", "2021", "2022")
MODELS = ("model 1", "model 2")
_BRINGS = {
    "model 1": (
        "Tid til at bygge en relation op til den unge",
        "Den unges egne ønsker om job og uddannelse er udgangspunktet",
        "Hjælp til at håndtere fx misbrug, psykisk sygdom og hjemløshed på vejen mod job eller uddannelse",
        "Medarbejderen holder fast, styrker motivationen og skifter tempo, når det er nødvendigt",
        "Medarbejderen, ikke den unge, holder sammen på hjælpen fra flere forvaltninger og sektorer",
    ),
    "model 2": (
        "unge-model-2-erstatter",
        "De unge kan i en vis grad beholde den samme medarbejder, som kan følge op",
        "I mindre grad en samlet «Flere skal med»-indsats med tæt samarbejde omkring den unge",
    ),
}  # fmt: skip

UNKNOWN = (
    Unknown("Om en af modellerne blev vedtaget"),
    Unknown("Hvornår de unge er talt"),
    Unknown("Hvor mange unge der skal videre", "kun i ord: flere i model 1 end i model 2"),
    Unknown("Hvor mange unge der kom i job eller uddannelse"),
    Unknown("Hvor mange medarbejdere pengene rækker til"),
    Unknown("Sagstal for unge før «i dag»"),
)  # fmt: skip
"""What people will ask for that the material does not hold."""


def choices(release: Release, params: Parameters) -> list[Choice]:
    """The page has no choices."""
    return []


def headline(release: Release, values: Values) -> str:
    """The caseload today and without new money."""
    return "fund-sagstal"


def pictures(release: Release, values: Values) -> list[Picture]:
    """The fall, what was fetched, the caseload and the money."""
    return [fall(release), *fetched(release), caseload(release), money(release)]


def fetched(release: Release) -> list[Picture]:
    """The fetched series about the young; none if none are fetched."""
    return fetched_pictures.of(release, "unge")


def fall(release: Release) -> Picture:
    """The fall among the young against the fall among the adults, in per cent."""
    names = ("Udsatte unge under 30 år", "Udsatte voksne")
    shares = [release.figure(f"udsatte-{who}-fald-pct-101-2017-2022") for who in ("unge", "voksne")]
    people = [release.figure(f"udsatte-{who}-fald-101-2017-2022") for who in ("unge", "voksne")]
    rows = [
        [name, number(share), number(antal), "2017", "ikke oplyst"]
        for name, share, antal in zip(names, shares, people, strict=True)
    ]
    return Picture(
        key="unge-fald", finding="fund-unge-fald", sub="fund-unge-fald-sub", alt="fund-unge-fald-alt",
        spec=charts.horizontal(
            [Bar("Udsatte unge", shares[0], "koebenhavn"), Bar("Udsatte voksne", shares[1])], row=48
        ),
        figures=[*shares, *people],
        table=parts.table("Fald i antal", ["Gruppe", "Fald i pct.", "Fuldtidspersoner færre", "Fra", "Til"],
                          rows, numeric=(1, 2)),
    )  # fmt: skip


def caseload(release: Release) -> Picture:
    """Young people per employee: today, in the two models, and without new money."""
    today = release.one("sagsantal-unge", "2022", group="i dag")
    later = {
        group: release.one("sagsantal-unge", "2023/2026", group=group)
        for group in (*MODELS, "uden ny bevilling")
    }
    written = [release.one("sagsantal-unge-ca", "2023/2026", group=group) for group in MODELS]
    bars = [
        Bar("I dag", today, "koebenhavn"), Bar("Model 1", later["model 1"], "koebenhavn"),
        Bar("Model 2", later["model 2"], "koebenhavn"), Bar("Uden nye midler", later["uden ny bevilling"]),
    ]  # fmt: skip
    return Picture(
        key="sagstal", finding="fund-sagstal", sub="fund-sagstal-sub", alt="fund-sagstal-alt",
        spec=charts.horizontal(bars, row=44), figures=[today, *later.values(), *written], notes=["fund-sagstal-note"],
    )  # fmt: skip


def models(release: Release) -> str:
    """The two models side by side: what they cost and give, their aim, and the source."""
    return parts.grid([_model(release, name) for name in MODELS], "modeller")


def _model(release: Release, name: str) -> str:
    number_ = int(name.removeprefix("model "))
    own = next(p for p in release.points if p.kind == "model" and p.number == number_)
    aim = next(p for p in release.points if p.kind == "målsætning" and p.field == name)
    badges = f"{parts.tier_badge(release.sources[own.source])} {parts.kind_badge('forslag')}"
    given = "".join(f"<li>{sentence(release, line)}</li>" for line in _BRINGS[name])
    return (
        f'<article class="niveau model"><p class="etiket">{escape(name.capitalize())}</p>'
        f"<h3>{sentence(release, f'unge-model-{number_}')}</h3>"
        f"<h4>Det giver pengene</h4><ul>{given}</ul><h4>Målet: {escape(_lower(aim.title))}</h4>"
        f"<p>{linked(release, aim.text, aim.figures)}</p>"
        f'<p class="kildelinje">{escape(own.locator)} {badges}</p></article>'
    )


def follow_up(release: Release) -> str:
    """What the note says of following up, in both models."""
    own = next(p for p in release.points if p.kind == "målsætning" and p.field == "opfølgning")
    return (
        f'<section class="prosa"><h3>{escape(own.title)}</h3><p>{linked(release, own.text, own.figures)} '
        f"Tal for målene {parts.UNKNOWN}.</p></section>"
    )


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def money(release: Release) -> Picture:
    """The proposed money by year in both models: 1.000 kr., 2023 p/l."""
    of = {(m, y): release.one("bi07-bevilling", y, group=m) for m in MODELS for y in YEARS}
    totals = {m: release.one("bi07-bevilling-i-alt", "2023/2026", group=m) for m in MODELS}
    rows = [[m.capitalize(), *(number(of[m, y]) for y in YEARS), number(totals[m])] for m in MODELS]
    return Picture(
        key="penge", finding="fund-bi07-penge", sub="fund-bi07-penge-sub", alt="fund-bi07-penge-alt",
        spec=charts.columns([
            Column(y, [Bar("Model 1", of["model 1", y], "koebenhavn"),
                       Bar("Model 2", of["model 2", y], "koebenhavn", tint=True)])
            for y in YEARS
        ], stacked=False, height=240),
        figures=[*of.values(), *totals.values()],
        table=parts.table("Forslag, 1.000 kr., 2023 p/l", ["Model", *YEARS, "I alt"], rows, numeric=range(1, 6)),
        notes=["Mørk søjle: model 1. Lys søjle: model 2. Notatets kolonne for 2022 er tom."],
    )  # fmt: skip


def earlier_money(release: Release) -> tuple[str, Sequence[Figure]]:
    """(table, figures) of the money set aside before, in current prices, which nothing may be added to."""
    figures = [release.one("budgetaftale-2019-bevilling", year) for year in EARLIER]
    rows = [["Budgetaftale 2019", *(number(f) for f in figures)]]
    caption = "Tidligere afsat, 1.000 kr., løbende p/l"
    return parts.table(caption, ["Aftale", *EARLIER], rows, numeric=range(1, 5)), figures
