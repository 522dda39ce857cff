"""The pages that exist: path, title, group and description. Adding a page is one file and one line here.

Pure data, read by the session script (navigation) and by the server (titles, menu, 404).
"""

from dataclasses import dataclass

GROUPS = ("Overblik", "Udvikling", "Forstå", "Afprøv", "Mødet")
FOOTER = "Bund"


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `path` is its address without slash (empty = front page), `script` its file in pages/."""

    path: str
    script: str
    title: str
    group: str
    description: str


PAGES: tuple[Page, ...] = (
    Page("", "kort_fortalt.py", "Kort fortalt", "Overblik",
         "Hvad der ændrede sig for udsatte ledige i København 2017–2022, i korte svar med kilder."),
    Page("spoergsmaal", "spoergsmaal.py", "Spørgsmål og svar", "Overblik",
         "Søg i de spørgsmål, tallene rejser: svaret, hvordan vi ved det, og hvad vi ikke ved."),
    Page("udforsk", "udforsk.py", "Udforsk", "Udvikling",
         "Vælg indikator, områder og periode, og se udviklingen med beslutninger på tidsaksen."),
    Page("voksne", "voksne.py", "Udsatte voksne", "Udvikling",
         "Faldet i udsatte voksne på kontanthjælp, som tre dokumenter beskriver det, og hvor de var et halvt år efter."),
    Page("afklaring", "afklaring.py", "Afklaring og ressourceforløb", "Udvikling",
         "Hvor ressourceforløb i København endte 2018–2021, og hvad resten er."),
    Page("fleksjob", "fleksjob.py", "Fleksjob og ledighed", "Udvikling",
         "Hvor mange fleksjobvisiterede der er ledige, hvem de er, og hvad materialet ikke siger."),
    Page("unge", "unge.py", "Unge i risiko", "Udvikling",
         "Udsatte unge i BI07: hvem de er, sagstal, to modeller og deres penge."),
    Page("flere-skal-med", "flere_skal_med.py", "Flere skal med", "Udvikling",
         "Før, indsats og borgernes oplevelse på tre felter, resultater, penge og det, der mangler."),
    Page("beslutninger", "beslutninger.py", "Beslutningsspor", "Forstå",
         "Hændelser 2015–2023, det bestilte og det leverede, afstemning, bemærkninger og anbefalinger."),
    Page("afstemning", "afstemning.py", "Når tallene ikke stemmer", "Forstå",
         "Tal, der burde passe sammen: begge sider, forskellen og det, afrunding kan forklare."),
    Page("kilder", "kilder.py", "Begreber og kilder", "Forstå",
         "Ordforklaringer, dokumenter, databrud og alle tal med kilde og sted."),
    Page("hvad-nu-hvis", "hvad_nu_hvis.py", "Hvad nu hvis?", "Afprøv",
         "Prøv beløb og antagelser: sagstal for udsatte unge og vejen til fleksjob."),
    Page("nyt", "nyt.py", "Nyt i data", FOOTER,
         "Hver udgave af tallene med det, der blev ændret: før og nu."),
    Page("was", "was.py", "Tilgængelighed", FOOTER,
         "Hvor tilgængeligt Indblik er, og hvad du kan gøre, hvis noget ikke virker."),
    Page("om", "om.py", "Om Indblik", FOOTER,
         "Hvordan tallene er fundet, regnet og vist, og hvad Indblik ikke kan."),
)  # fmt: skip


SERVED: tuple[Page, ...] = (
    Page("fremlaeg", "", "Fremlæg", "Mødet",
         "Vis visninger én ad gangen på en stor skærm, med kilde, talepunkter og QR-kode."),
)  # fmt: skip
"""Pages that the server makes itself (dashboard/server/present.py): they stand in the menu and have no script."""


def by_path(path: str) -> Page | None:
    """The page at an address path (`/fleksjob`, `fleksjob` or `/`), or None."""
    return next((page for page in PAGES if page.path == path.strip("/")), None)


def in_group(group: str) -> tuple[Page, ...]:
    """The pages of one menu group, in menu order."""
    return tuple(page for page in (*PAGES, *SERVED) if page.group == group)
