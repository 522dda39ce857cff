"""Series of several areas as an index, for background: the tracks of the chart and its table. Pure."""

from collections.abc import Sequence

from contract import danish
from dashboard import parts
from dashboard.charts import Track
from dashboard.charts.timeline import Mark
from dashboard.read import Release
from dashboard.series import index_marks
from dashboard.text import escape, number

ROLES = {"101": "koebenhavn", "000": "landet"}


def index_tracks(release: Release, indicator: str, areas: Sequence[str], base: str) -> list[Track]:
    """One track an area, value ÷ value in period `base` × 100. Areas without a base value are left out."""
    tracks: list[Track] = []
    for area in areas:
        own = release.series(indicator, [area])
        if marks := index_marks(own, base):
            tracks.append(Track(own[0].area_name, ROLES.get(area, "by"), marks))
    return tracks


def index_table(tracks: Sequence[Track], base: str) -> str:
    """Periods down, areas across: the index first, the source's number in parentheses."""
    shown = {m.figure.period: m.figure for t in tracks for m in t.marks}
    cells = [{m.figure.period: m for m in t.marks} for t in tracks]
    rows = [
        [escape(f.period_text)] + [_cell(own.get(f.period)) for own in cells]
        for f in sorted(shown.values(), key=lambda f: f.start)
    ]
    caption = f"Indeks, {danish.period(base)} = 100 (kildens tal i parentes)"
    return parts.table(
        caption, ["Kvartal", *(t.label for t in tracks)], rows, numeric=range(1, len(tracks) + 1)
    )


def _cell(mark: Mark | None) -> str:
    return f"{mark.text} ({number(mark.figure)})" if mark else parts.UNKNOWN
