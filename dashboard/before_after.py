"""Flere skal med: the three fields as three columns, and the levels, voices, results and money as cards. Pure."""

from collections.abc import Sequence

from dashboard import parts
from dashboard.linked import linked
from dashboard.read import Point, Release
from dashboard.text import escape
from dashboard.trail import document

FIELDS = ("borgerrelationen", "virksomhedssamarbejdet", "internt i jobcentret")
COLUMNS = (("før", "Før"), ("indsats", "Med Flere skal med"), ("oplevelse", "Det oplever borgerne"))
SOURCE = "bilag4-2021-02-11"
_BASE = (
    ("Borgere", "brugerundersoegelse-borgere-101-2019", "fsm-niveau-undersoegelse"),
    ("Sager", "sagsgennemgang-lavere-sagsstammer-101-2018-2019", "fsm-niveau-sager"),
)
_RESULTS = (
    ("Første runde: andel", "fsm1-resultat-andel-101-2019", "fsm-resultat-andel"),
    ("Første runde: antal", "fsm1-resultat-antal-101-2019", "fsm-resultat-antal"),
    ("Anden runde: ventet", "fsm2-maaltal-101-2020-2021", "fsm-maaltal"),
    ("Anden runde: bevilling", "fsm2-bevilling-101-2020-2021", "fsm-bevilling"),
    ("Budget 2019", "bevilling-lavere-sagsstammer-101-2019", "fsm-sagsstammer-penge"),
    ("Udvalget 2020–2023", "bevilling-biu-2020-2023-101-2020-2023", "fsm-biu-penge"),
)


def comparison(release: Release) -> str:
    """For each field: how it was, what the effort does, and what citizens say of it, side by side."""
    fields = "".join(_field(release, name) for name in FIELDS)
    return f'<div class="foer-efter">{fields}</div>{document(release, SOURCE, "Sammenfatning, tabellen")}'


def _field(release: Release, field: str) -> str:
    columns = "".join(
        f'<div class="fe-{"oplevelse" if kind == "oplevelse" else "fakta"}"><h4>{label}</h4>'
        f"<ul>{''.join(_point(release, p) for p in _points(release, kind, field))}</ul></div>"
        for kind, label in COLUMNS
    )
    return f'<section><h3>{escape(field.capitalize())}</h3><div class="fe-kolonner">{columns}</div></section>'


def _points(release: Release, kind: str, field: str) -> list[Point]:
    own = (p for p in release.points if p.kind == kind and p.field == field)
    return sorted(own, key=lambda p: p.number or 0)


def _point(release: Release, point: Point) -> str:
    text = f" <span>{linked(release, point.text, point.figures)}</span>" if point.text else ""
    return f"<li><b>{linked(release, point.title, point.figures)}</b>{text}</li>"


def levels(release: Release) -> str:
    """Caseload, talks and contacts; the caseload during the effort is not in the material."""
    before, talks, contacts = (
        parts.level_card(release, label, release.figure(figure), story)
        for label, figure, story in (
            ("Sagsstamme før", "sagsstamme-foer-fsm-101-2017", "fsm-niveau-sagsstamme"),
            ("Tid mellem samtaler før", "samtaler-foer-fsm-101-2017", "fsm-niveau-samtaler"),
            ("Kontaktpersoner nu", "kontaktpersoner-fsm-101-2021-02-11", "fsm-niveau-kontakt"),
        )
    )
    said = "I ord: væsentligt lavere, også end i forsøget med lavere sagsstammer."
    return parts.grid(
        [before, unknown_card("Sagsstamme med Flere skal med", said), talks, contacts], "niveau-4"
    )


def unknown_card(label: str, said: str) -> str:
    """A level card where the level itself is not in the material; `said` is what it says in words."""
    return (
        f'<article class="niveau"><p class="etiket">{escape(label)}</p><p class="stort-tal mangler">{parts.UNKNOWN}</p>'
        f"<p>{escape(said)}</p></article>"
    )


def base(release: Release) -> str:
    """How many citizens and cases the experiences rest on."""
    return parts.grid(_cards(release, _BASE), "niveau-2")


def results(release: Release) -> str:
    """Results and money of both rounds, each with its source and what sort of source it is."""
    return parts.grid(_cards(release, _RESULTS), "niveau-3")


def _cards(release: Release, items: Sequence[tuple[str, str, str]]) -> list[str]:
    return [
        parts.level_card(release, label, release.figure(figure), story)
        for label, figure, story in items
    ]
