"""Budget and caseload: what the visitor can choose, the note's figures, and the choice worked out. Pure."""

from dataclasses import dataclass

from dashboard import link
from dashboard.link import Choice, Kind, Number, Values
from dashboard.read import Figure, Release
from dashboard.scenarios import caseload
from dashboard.scenarios.caseload import Curve, Point

X_TOP = 14
"""The largest amount that can be tried, mio. kr. a year."""
OWN = "eget"
_YEARS = "2023-2026"


@dataclass(frozen=True, slots=True)
class Note:
    """The figures of the budget note that the calculator stands on."""

    without: Figure
    model_1: Figure
    model_2: Figure
    money_1: Figure
    money_2: Figure
    total_1: Figure
    total_2: Figure
    people: Figure
    people_computed: Figure

    @classmethod
    def of(cls, release: Release) -> "Note":
        """The figures by id. Raises KeyError if the release lacks one."""
        figure = release.figure
        caseloads = f"sagsantal-unge-101-{_YEARS}"
        money = f"bi07-aarligt-beloeb-101-{_YEARS}"
        total = f"bi07-bevilling-i-alt-101-{_YEARS}"
        return cls(
            figure(f"{caseloads}-uden-ny-bevilling"),
            figure(f"{caseloads}-model-1"),
            figure(f"{caseloads}-model-2"),
            figure(f"{money}-model-1"),
            figure(f"{money}-model-2"),
            figure(f"{total}-model-1"),
            figure(f"{total}-model-2"),
            figure("udsatte-unge-uden-uddannelse-101-2022"),
            figure("udsatte-unge-beregnet-101-2022"),
        )

    def points(self) -> dict[str, Point]:
        """The two documented models as points."""
        return {
            "model-1": Point(value(self.money_1), value(self.model_1)),
            "model-2": Point(value(self.money_2), value(self.model_2)),
        }

    def curves(self) -> dict[str, Curve]:
        """The curve through each model and the caseload without money."""
        return {
            key: caseload.through(value(self.without), point)
            for key, point in self.points().items()
        }


@dataclass(frozen=True, slots=True)
class Result:
    """A choice worked out: the note, the curve in use, money, people and price (mio. kr. a year)."""

    note: Note
    curve: Curve
    money: float
    people: float
    price: float
    anchor: str
    own_people: bool
    own_price: bool

    @property
    def caseload(self) -> float:
        """Young people per adviser for the chosen money."""
        return self.curve.caseload(self.money)


def choices(release: Release) -> list[Kind]:
    """Money, number of young people and price; the money starts half-way between the two models."""
    note = Note.of(release)
    half_way = (value(note.money_1) + value(note.money_2)) / 2
    return [
        Number("k", "Mio. kr. årligt", 0, X_TOP, 0.5, half_way),
        Choice(
            "unge",
            "Antal unge",
            {
                "notat": f"{note.people.text}, som notatet skriver",
                "beregnet": f"{note.people_computed.text}, regnet af faldet",
                OWN: "Mit eget tal",
            },
            ("notat",),
        ),
        Number("n", "Unge, dit tal", 100, 10_000, 1),
        Choice(
            "pris",
            "Pris pr. medarbejder",
            {"model-1": "Som i model 1", "model-2": "Som i model 2", OWN: "Mit eget tal"},
            ("model-1",),
        ),
        Number("c", "Mio. kr. om året pr. medarbejder, dit tal", 0.1, 2, 0.01),
    ]


def steps(release: Release) -> list[str]:
    """The amounts of the slider, as Danish text."""
    money = choices(release)[0]
    assert isinstance(money, Number)
    count = round((money.high - money.low) / money.step)
    return [money.danish(money.low + i * money.step) for i in range(count + 1)]


def result(release: Release, values: Values) -> Result:
    """The curve for the choices. An own number that is not written yet leaves the note's in use."""
    note = Note.of(release)
    own_people = link.amount(values, "n") if values["unge"][0] == OWN else None
    own_price = link.amount(values, "c") if values["pris"][0] == OWN else None
    people = own_people or value(
        note.people_computed if values["unge"][0] == "beregnet" else note.people
    )
    anchor = values["pris"][0] if values["pris"][0] != OWN else "model-1"
    shape = note.curves()[anchor]
    if own_price:
        shape = caseload.with_price(value(note.without), people, own_price)
    price = own_price or caseload.implied_price(shape, people)
    return Result(
        note,
        shape,
        link.amount(values, "k") or 0.0,
        people,
        price,
        anchor,
        own_people is not None,
        own_price is not None,
    )


def value(figure: Figure) -> float:
    """A figure's value. Raises ValueError if it has none."""
    if figure.value is None:
        raise ValueError(f"{figure.id} har ingen værdi")
    return figure.value
