"""Budget and caseload on screen: choices, the curve with the note's own points, tables. Pure."""

from dataclasses import dataclass

from contract import danish
from dashboard import link, parts
from dashboard.charts.curve import Ring, Square, curve
from dashboard.link import Choice, Kind, Number, Values
from dashboard.picture import Picture
from dashboard.read import Figure, Release
from dashboard.scenarios import caseload
from dashboard.scenarios.caseload import Curve, Point
from dashboard.text import number

X_TOP, Y_TOP = 14, 120
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
            "model-1": Point(_value(self.money_1), _value(self.model_1)),
            "model-2": Point(_value(self.money_2), _value(self.model_2)),
        }

    def curves(self) -> dict[str, Curve]:
        """The curve through each model and the caseload without money."""
        return {
            key: caseload.through(_value(self.without), point)
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
    half_way = (_value(note.money_1) + _value(note.money_2)) / 2
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


def result(release: Release, values: Values) -> Result:
    """The curve for the choices. An own number that is not written yet leaves the note's in use."""
    note = Note.of(release)
    own_people = link.amount(values, "n") if values["unge"][0] == OWN else None
    own_price = link.amount(values, "c") if values["pris"][0] == OWN else None
    people = own_people or _value(
        note.people_computed if values["unge"][0] == "beregnet" else note.people
    )
    anchor = values["pris"][0] if values["pris"][0] != OWN else "model-1"
    shape = note.curves()[anchor]
    if own_price:
        shape = caseload.with_price(_value(note.without), people, own_price)
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


def picture(found: Result) -> Picture:
    """The curve with the note's points as squares and the choice as a ring."""
    note, shape = found.note, found.curve
    money, load = danish.number(found.money), _whole(found.caseload)
    known = (0.0, _value(note.money_1))
    outside = found.money > known[1]
    finding = f"{money} mio. kr. årligt svarer til omkring {load} unge pr. medarbejder{', men ligger uden for notatets modeller' if outside else ''}"
    points = [(x / 4, shape.caseload(x / 4)) for x in range(X_TOP * 4 + 1)]
    below = {
        key: shape.residual(point) > 3 for key, point in note.points().items()
    }  # the label keeps clear of the curve
    squares = [
        Square(
            0,
            _value(note.without),
            f"Uden midler: {note.without.text}",
            f"Uden midler: {note.without.text}",
            dy=-8,
        ),
        Square(
            _value(note.money_2),
            _value(note.model_2),
            f"Model 2: {note.money_2.text}, {note.model_2.text} unge",
            f"Model 2: {note.model_2.text}",
            dy=22 if below["model-2"] else -16,
        ),
        Square(
            _value(note.money_1),
            _value(note.model_1),
            f"Model 1: {note.money_1.text}, {note.model_1.text} unge",
            f"Model 1: {note.model_1.text}",
            dy=26 if below["model-1"] else -24,
            align="center",
        ),
    ]
    spec = curve(
        points,
        squares,
        Ring(
            found.money,
            found.caseload,
            [f"Dit valg: {money} mio. kr.", f"ca. {load} unge"],
            [f"{money} mio. kr.", f"ca. {load} unge"],
        ),
        x_top=X_TOP,
        x_ticks=range(0, X_TOP + 1, 2),
        y_top=Y_TOP,
        y_ticks=range(0, Y_TOP + 1, 20),
        known=known,
        x_title="Mio. kr. årligt, 2023 p/l",
        y_title="Unge pr. medarbejder",
        beyond="uden for notatets modeller",
    )
    alt = (
        f"Kurve: unge pr. medarbejder falder med det årlige beløb. Notatets punkter: {{{note.without.id}}} uden midler, "
        f"{{{note.model_2.id}}} ved {{{note.money_2.id}}} og {{{note.model_1.id}}} ved {{{note.money_1.id}}}. Dit valg: {finding}."
    )
    return Picture(
        key="sagstal",
        finding=finding,
        sub=formula(found),
        alt=alt,
        spec=spec,
        computed=True,
        table=table(found),
        figures=[note.without, note.model_2, note.model_1, note.money_2, note.money_1],
        notes=[
            "Firkanter: tal fra BI07. Linje: beregnet; stiplet uden for notatets modeller. Ring: dit valg."
        ],
    )


def formula(found: Result) -> str:
    """The formula with the numbers in use."""
    people, base = danish.number(found.people), danish.number(found.curve.without)
    return f"Sagstal = unge ÷ (unge ÷ {base} + beløb ÷ pris) med {people} unge og {danish.number(round(found.price, 3))} mio. kr. pr. medarbejder om året."


def table(found: Result) -> str:
    """The curve's values million by million, and the note's own beside them."""
    note = found.note
    stated = {
        0.0: note.without,
        _value(note.money_2): note.model_2,
        _value(note.money_1): note.model_1,
    }

    def said(money: float) -> str:
        if money in stated:
            return number(stated[money])
        return "uden for notatets modeller" if money > _value(note.money_1) else "–"

    rows = [
        [danish.number(money), danish.number(found.curve.caseload(money), 1), said(money)]
        for money in sorted({float(x) for x in range(X_TOP + 1)} | {found.money})
    ]
    return parts.table(
        "Unge pr. medarbejder ved forskellige beløb",
        ["Mio. kr. årligt", "Beregnet", "Notatet"],
        rows,
        numeric=(0, 1, 2),
    )


def _value(figure: Figure) -> float:
    if figure.value is None:
        raise ValueError(f"{figure.id} har ingen værdi")
    return figure.value


def _whole(value: float) -> str:
    return danish.number(value, 0)
