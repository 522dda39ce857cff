"""Before and after «Flere skal med»: the three fields as three columns, and the levels around them. Pure."""

from dashboard import parts
from dashboard.linked import linked
from dashboard.read import Point, Release
from dashboard.text import escape
from dashboard.trail import document

FIELDS = ("borgerrelationen", "virksomhedssamarbejdet", "internt i jobcentret")
COLUMNS = (("før", "Før"), ("indsats", "Med Flere skal med"), ("oplevelse", "Det oplever borgerne"))
SOURCE = "bilag4-2021-02-11"


def comparison(release: Release) -> str:
    """For each field: how it was, what the effort does, and what citizens say of it, side by side."""
    return (
        f'<div class="foer-efter">{"".join(_field(release, name) for name in FIELDS)}</div>'
        + document(release, SOURCE, "Sammenfatning, tabellen")
    )  # fmt: skip


def _field(release: Release, field: str) -> str:
    columns = "".join(
        f'<div class="fe-{"oplevelse" if kind == "oplevelse" else "fakta"}"><h4>{label}</h4>'
        f"<ul>{''.join(_point(release, p) for p in _points(release, kind, field))}</ul></div>"
        for kind, label in COLUMNS
    )
    return f'<section><h3>{escape(field.capitalize())}</h3><div class="fe-kolonner">{columns}</div></section>'


def _points(release: Release, kind: str, field: str) -> list[Point]:
    return sorted((p for p in release.points if p.kind == kind and p.field == field), key=lambda p: p.number or 0)


def _point(release: Release, point: Point) -> str:
    text = f" <span>{linked(release, point.text, point.figures)}</span>" if point.text else ""
    return f"<li><b>{linked(release, point.title, point.figures)}</b>{text}</li>"


def unknown_card(label: str, said: str) -> str:
    """A level card where the level itself is not in the material; `said` is what it says in words."""
    return (
        f'<article class="niveau"><p class="etiket">{escape(label)}</p><p class="stort-tal mangler">{parts.UNKNOWN}</p>'
        f"<p>{escape(said)}</p></article>"
    )
