"""Fleksjob stock and flow on screen: choices, what is still to be chosen, the range, its table. Pure."""

from dataclasses import dataclass

from contract import danish
from dashboard import link, parts
from dashboard.charts.band import Level, Year, band
from dashboard.link import Kind, Number, Values
from dashboard.picture import Picture
from dashboard.read import Figure, Release
from dashboard.scenarios import fleksjob_flow as flow
from dashboard.scenarios.fleksjob_flow import FIRST, LAST, Assumptions, Span, Stock
from dashboard.text import escape, number

HUNDRED = 100
FORMULA = (
    "Ledige næste år = (1 − afgang) × (ledige × (1 − jobfinding) + i job × jobtab) "
    "+ nye × (1 − andel direkte i job)"
)


@dataclass(frozen=True, slots=True)
class Cited:
    """The figures the calculator stands on: København's start, the country's direct share and level."""

    start: Figure
    direct: Figure
    country: Figure

    @classmethod
    def of(cls, release: Release) -> "Cited":
        """The figures by id. Raises KeyError if the release lacks one."""
        return cls(
            release.figure("fleksjobledighed-kommunen-101-2022-10-24"),
            release.figure("andel-direkte-i-fleksjob-000-2020"),
            release.figure("fleksjobledighed-000-2022-10"),
        )

    def of_choice(self, key: str) -> Figure | None:
        """The figure a choice starts from; None where the material has no number."""
        return {"start": self.start, "direkte": self.direct, "maal": self.country}.get(key)


def choices(release: Release) -> list[Kind]:
    """Start, flows and target; those the material has no number for are empty until the visitor chooses."""
    cited = Cited.of(release)
    return [
        Number("start", "Ledige af 100 visiterede ved start", 0, 100, 1, cited.start.value),
        Number("find1", "Jobfinding, lavt", 0, 100, 0.5),
        Number("find2", "Jobfinding, højt", 0, 100, 0.5),
        Number("tab1", "Jobtab, lavt", 0, 100, 0.5),
        Number("tab2", "Jobtab, højt", 0, 100, 0.5),
        Number("nye", "Nye visiterede om året", 0, 50, 0.5),
        Number("direkte", "Heraf direkte i job, pct.", 0, 100, 1, cited.direct.value),
        Number("ud", "Afgang, pct. om året", 0, 50, 0.5),
        Number("maal", "Mål: ledige af 100 i 2030", 0, 100, 1, cited.country.value),
    ]


SPANS = {"find": "Jobfinding", "tab": "Jobtab"}
SPAN_TEXTS = {
    "find": "pct. af de ledige, der kommer i job på et år",
    "tab": "pct. af dem i job, der mister det på et år",
}
SINGLES = {
    "start": "Ledige af 100 visiterede ved start",
    "nye": "Nye visiterede om året pr. 100 ved start",
    "direkte": "Heraf direkte i job, pct.",
    "ud": "Afgang fra ordningen om året, pct.",
}


def missing(values: Values) -> list[str]:
    """What the visitor must still choose before anything can be worked out, as Danish sentences."""
    asked = [
        f"{SPANS[key]}, lavt og højt: {SPAN_TEXTS[key]}"
        for key in SPANS
        if not (values[f"{key}1"] and values[f"{key}2"])
    ]
    asked += [SINGLES[key] for key in ("nye", "ud") if not values[key]]
    if asked:
        return asked
    find1, find2, tab1, tab2 = (
        link.amount(values, key) or 0.0 for key in ("find1", "find2", "tab1", "tab2")
    )
    if find1 > find2 or tab1 > tab2:
        asked.append("Det lave tal skal være lavere end det høje")
    if find2 + tab2 > HUNDRED:
        asked.append(
            "Højeste jobfinding og højeste jobtab må tilsammen være 100 pct.; ellers springer tallene fra år til år"
        )
    if find1 == find2 and tab1 == tab2:
        asked.append(
            "Lavt og højt skal være forskellige for mindst ét af de to; beregneren viser et interval og ikke ét tal"
        )
    return asked


def assumptions(values: Values) -> tuple[Stock, Assumptions]:
    """The start and the assumptions of a complete choice (`missing` is empty)."""
    value = {
        key: (link.amount(values, key) or 0.0) / HUNDRED
        for key in ("start", "find1", "find2", "tab1", "tab2", "nye", "direkte", "ud")
    }
    stock = Stock(HUNDRED * (1 - value["start"]), HUNDRED * value["start"])
    spans = Span(value["find1"], value["find2"]), Span(value["tab1"], value["tab2"])
    return stock, Assumptions(*spans, HUNDRED * value["nye"], value["direkte"], value["ud"])


def origin(cited: Cited, key: str, values: Values) -> str:
    """Where an input's number comes from: the cited figure while it is unchanged, else «antagelse»."""
    figure = cited.of_choice(key)
    if figure is None:
        return f'<p class="ophav">{parts.ASSUMPTION}</p>'
    where = f"{number(figure)} ({escape(figure.area_name)}, {escape(figure.period_text)})"
    if link.amount(values, key) == figure.value:
        tail = f" {parts.ASSUMPTION} at det også gælder København" if key == "direkte" else ""
        return f'<p class="ophav">Fra kilden: {where} {parts.tier_badge(figure.source)}{tail}</p>'
    return f'<p class="ophav">{parts.ASSUMPTION} Kilden: {where}</p>'


def waiting(values: Values) -> str:
    """The box that stands in the chart's place until the assumptions are there."""
    items = "".join(f"<li>{escape(item)}</li>" for item in missing(values))
    return (
        '<section class="ukendt vaelg"><h2>Vælg en antagelse</h2><p>Materialet har ingen tal '
        "for, hvor mange der finder eller mister "
        f"et fleksjob i København. Derfor står felterne tomme. Det mangler:</p><ul>{items}</ul></section>"
    )


def picture(release: Release, values: Values) -> Picture:
    """The range of unemployment year by year. Raises ValueError if the assumptions are not complete."""
    if missing(values):
        raise ValueError("antagelserne er ikke valgt")
    cited = Cited.of(release)
    stock, assumed = assumptions(values)
    shares = [(100 * low, 100 * high) for low, high in flow.band(stock, assumed)]
    years = [
        Year(FIRST + i, low, high, f"{FIRST + i}: {_span(low, high)} af 100")
        for i, (low, high) in enumerate(shares)
    ]
    last = years[-1]
    target = link.amount(values, "maal")
    own_start = link.amount(values, "start") != cited.start.value
    levels = [Level(cited.start.value or 0.0, f"København: {cited.start.text}", FIRST)]
    aim = (
        f"Landet: {cited.country.text}"
        if target == cited.country.value
        else f"Dit mål: {danish.number(target or 0)} af 100"
    )
    levels += [Level(target, aim)] if target is not None else []
    finding = f"Med dine antagelser er {_span(last.low, last.high)} af 100 fleksjobvisiterede ledige i {LAST}"
    return Picture(
        key="stroem",
        finding=finding,
        computed=True,
        table=table(shares, assumed),
        sub=f"Pr. 100 visiterede, år for år. {FORMULA}.",
        alt=f"Interval fra {danish.number(link.amount(values, 'start') or 0)} af 100 i {FIRST} "
        f"til {_span(last.low, last.high)} af 100 i {LAST}. "
        f"Kildens udgangspunkt: {{{cited.start.id}}} i København.",
        spec=band(
            years,
            levels,
            y_title="Ledige af 100 fleksjobvisiterede",
            ends=(f"{_one(last.low)} af 100", f"{_one(last.high)} af 100"),
        ),
        figures=[cited.start, cited.direct, cited.country],
        notes=[
            "Firkant: tal fra kilden. Farvet felt: dit lave og høje tal. Feltet er ikke en prognose."
            + (" Feltet begynder i dit eget starttal." if own_start else "")
        ],
    )


def table(shares: list[tuple[float, float]], assumed: Assumptions) -> str:
    """The range year by year, and where the flows lead in the long run."""
    rows = [[str(FIRST + i), _one(low), _one(high)] for i, (low, high) in enumerate(shares)]
    low, high = flow.lasting(assumed.best), flow.lasting(assumed.worst)
    if low is not None and high is not None:
        rows.append(["på lang sigt", _one(100 * low), _one(100 * high)])
    caption = "Ledige af 100 fleksjobvisiterede med dine antagelser"
    return parts.table(caption, ["År", "Lavest", "Højest"], rows, numeric=(1, 2))


def span_html(cited: Cited, key: str, values: Values) -> str:
    """What a pair of low and high means, and that it is an assumption."""
    return f'<p class="ophav">{SPAN_TEXTS[key]}</p>{origin(cited, key, values)}'


def caveat() -> str:
    """That the range is arithmetic."""
    return parts.notice(
        "Det er et regnestykke og ikke en prognose.",
        "Feltet viser, hvad dine antagelser fører til. Det siger ikke, hvad der vil ske.",
    )


def unknowns() -> str:
    """What the material does not say about København's flows."""
    return parts.unknowns(
        "Det siger materialet ikke om København",
        [
            parts.Unknown("Antal fleksjobvisiterede"),
            parts.Unknown("Nye visiterede om året"),
            parts.Unknown("Andel direkte i fleksjob"),
            parts.Unknown("Jobfinding og jobtab"),
            parts.Unknown("Afgang fra ordningen"),
            parts.Unknown("Dato for «knap hver femte»"),
        ],
    )


def _one(value: float) -> str:
    return danish.number(value, 1)


def _span(low: float, high: float) -> str:
    return f"{_one(low)}–{_one(high)}"
