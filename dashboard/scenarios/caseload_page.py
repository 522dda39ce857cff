"""Budget and caseload on screen: the curve with the note's own points, and its table. Pure."""

from contract import danish
from dashboard import parts
from dashboard.charts.curve import Ring, Square, curve
from dashboard.picture import Picture
from dashboard.scenarios.caseload_choice import X_TOP, Result, value
from dashboard.text import number

Y_TOP = 120


def picture(found: Result) -> Picture:
    """The curve with the note's points as squares and the choice as a ring."""
    note, shape = found.note, found.curve
    money, load = danish.number(found.money), _whole(found.caseload)
    known = (0.0, value(note.money_1))
    outside = found.money > known[1]
    finding = (
        f"{money} mio. kr. årligt svarer til omkring {load} unge pr. "
        f"medarbejder{', men ligger uden for notatets modeller' if outside else ''}"
    )
    points = [(x / 4, shape.caseload(x / 4)) for x in range(X_TOP * 4 + 1)]
    below = {
        key: shape.residual(point) > 3 for key, point in note.points().items()
    }  # the label keeps clear of the curve
    squares = [
        Square(
            0,
            value(note.without),
            f"Uden midler: {note.without.text}",
            f"Uden midler: {note.without.text}",
            dy=-8,
        ),
        Square(
            value(note.money_2),
            value(note.model_2),
            f"Model 2: {note.money_2.text}, {note.model_2.text} unge",
            f"Model 2: {note.model_2.text}",
            dy=22 if below["model-2"] else -16,
        ),
        Square(
            value(note.money_1),
            value(note.model_1),
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
        f"Kurve: unge pr. medarbejder falder med det årlige beløb. Notatets punkter: "
        f"{{{note.without.id}}} uden midler, "
        f"{{{note.model_2.id}}} ved {{{note.money_2.id}}} og {{{note.model_1.id}}} ved "
        f"{{{note.money_1.id}}}. Dit valg: {finding}."
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
    return (
        f"Sagstal = unge ÷ (unge ÷ {base} + beløb ÷ pris) med {people} unge og "
        f"{danish.number(round(found.price, 3))} mio. kr. pr. medarbejder om året."
    )


def table(found: Result) -> str:
    """The curve's values million by million, and the note's own beside them."""
    note = found.note
    stated = {
        0.0: note.without,
        value(note.money_2): note.model_2,
        value(note.money_1): note.model_1,
    }

    def said(money: float) -> str:
        if money in stated:
            return number(stated[money])
        return "uden for notatets modeller" if money > value(note.money_1) else "–"

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


def _whole(amount: float) -> str:
    return danish.number(amount, 0)
