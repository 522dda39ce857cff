"""The table of a time chart: periods down, series across. Pure."""

from collections.abc import Sequence

from dashboard import charts, parts
from dashboard.charts.timeline import Mark
from dashboard.read import Figure
from dashboard.text import escape, number


def period_table(tracks: Sequence[charts.Track], unknown: Sequence[Figure], way: str) -> str:
    """Periods down, tracks across; a computed value first and the source's number in parentheses.

    `unknown` are figures of the tracks whose value the source, or disclosure control, leaves out.
    """
    periods = {f.period: f for f in [*unknown, *(m.figure for t in tracks for m in t.marks)]}
    ordered = sorted(periods.values(), key=lambda f: f.start)
    cells = [{m.figure.period: m for m in t.marks} for t in tracks]
    missing = {(f.indicator.id, f.area, f.period): f for f in unknown}
    places = [(t.marks[0].figure.indicator.id, t.marks[0].figure.area) for t in tracks]

    def cell(place: tuple[str, str], mark: Mark | None, period: str) -> str:
        if mark is None:
            left_out = missing.get((*place, period))
            said = number(left_out) if left_out else parts.UNKNOWN
            return f'<span class="note">{said}</span>'
        return number(mark.figure) if way == "antal" else f"{mark.text} ({number(mark.figure)})"

    rows = [
        [
            escape(f.period_text),
            *(
                cell(place, own.get(f.period), f.period)
                for place, own in zip(places, cells, strict=True)
            ),
        ]
        for f in ordered
    ]
    caption = {
        "antal": "Tal",
        "indeks": "Indeks (kildens tal i parentes)",
        "pr10000": "Pr. 10.000 (kildens tal i parentes)",
    }[way]
    return parts.table(
        caption, ["Periode", *(t.label for t in tracks)], rows, numeric=range(1, len(tracks) + 1)
    )
