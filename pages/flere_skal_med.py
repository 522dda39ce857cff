"""Flere skal med: the effort, before and after in three fields, who says it, results, money, unknowns."""

import streamlit as st

from dashboard import before_after, figure, onward, parts, text, view
from dashboard.parts import Unknown, level_card
from dashboard.topics import flere_skal_med

release = view.release()
values = view.bind("flere-skal-med", [])
get = release.figure


def prose(*stories: str) -> str:
    """Story texts as paragraphs."""
    return "".join(f"<p>{text.sentence(release, story)}</p>" for story in stories)


st.html(parts.page_head("Udvikling", "Flere skal med", text.sentence(release, flere_skal_med.headline(release, values))))
st.html(f'<section class="prosa"><h2>Hvad er «Flere skal med»?</h2>{prose("fsm-hvad", "fsm-hvorfra")}</section>')
figure.draw(release, flere_skal_med.activity(release))

st.html(
    '<section class="fsm"><h2>Før og efter på tre felter</h2>'
    + parts.notice("Oplevelserne kommer fra få borgere.", text.sentence(release, "fsm-foer-efter"))
    + before_after.comparison(release) + "</section>"
)
st.html('<section class="fsm"><h2>Sagsstammen efter er kun beskrevet i ord</h2>' + parts.grid([
    level_card(release, "Sagsstamme før", get("sagsstamme-foer-fsm-101-2017"), "fsm-niveau-sagsstamme"),
    before_after.unknown_card("Sagsstamme med Flere skal med", "I ord: væsentligt lavere, også end i forsøget med lavere sagsstammer."),
    level_card(release, "Tid mellem samtaler før", get("samtaler-foer-fsm-101-2017"), "fsm-niveau-samtaler"),
    level_card(release, "Kontaktpersoner nu", get("kontaktpersoner-fsm-101-2021-02-11"), "fsm-niveau-kontakt"),
], "niveau-4") + "</section>")  # fmt: skip

st.html(
    '<section class="fsm"><h2>Det siger borgere og ansatte</h2>' + parts.grid([
        level_card(release, "Borgere", get("brugerundersoegelse-borgere-101-2019"), "fsm-niveau-undersoegelse"),
        level_card(release, "Sager", get("sagsgennemgang-lavere-sagsstammer-101-2018-2019"), "fsm-niveau-sager"),
    ], "niveau-2")
    + '<div class="spalter-2 fsm-stemmer">'
    f'<section class="prosa"><h3>Borgerne</h3>{prose("fsm-borgere-foerste", "fsm-borgere-job", "fsm-borgere-forsoeg")}</section>'
    f'<section class="prosa"><h3>De ansatte</h3>{prose("fsm-ansatte-rolle", "fsm-ansatte-forsoeg", "fsm-ansatte-sager")}</section></div></section>'
)  # fmt: skip

st.html('<section class="fsm"><h2>Resultater og penge</h2>' + parts.notice(
    "Resultaterne er kun oplyst i pressen.",
    "Tallene er ikke efterprøvet i kommunens egne kilder, og et virksomhedsforløb er ikke et job. De viser ikke, hvordan det ville være gået "
    "uden indsatsen.",
) + parts.grid([
    level_card(release, "Første runde: andel", get("fsm1-resultat-andel-101-2019"), "fsm-resultat-andel"),
    level_card(release, "Første runde: antal", get("fsm1-resultat-antal-101-2019"), "fsm-resultat-antal"),
    level_card(release, "Anden runde: ventet", get("fsm2-maaltal-101-2020-2021"), "fsm-maaltal"),
    level_card(release, "Anden runde: bevilling", get("fsm2-bevilling-101-2020-2021"), "fsm-bevilling"),
    level_card(release, "Budget 2019", get("bevilling-lavere-sagsstammer-101-2019"), "fsm-sagsstammer-penge"),
    level_card(release, "Udvalget 2020–2023", get("bevilling-biu-2020-2023-101-2020-2023"), "fsm-biu-penge"),
], "niveau-3") + "</section>")  # fmt: skip

st.html(parts.unknowns("Det siger materialet ikke", [
    Unknown("Resultaterne af de to runder, opgjort af kommunen", "står i bilag 5, som ikke er i materialet"),
    Unknown("Bevillinger, der udløb 2021–2022", "står i bilag 6, som ikke er i materialet"),
    Unknown("Sagsstammen under indsatsen", "kun i ord: væsentligt lavere"),
    Unknown("Antal deltagere i hver runde"),
    Unknown("Hvor mange der kom i ordinært job"),
    Unknown("Resultater af anden runde"),
    Unknown("Hvad der faktisk blev brugt af pengene"),
    Unknown("Undersøgelsen fra 2019 selv", "udvalget fik den i november 2019; sagen er ikke i materialet"),
]) + onward.links([
    ("/beslutninger?emne=flere-skal-med", "Hændelserne om «Flere skal med» på tidslinjen"),
    ("/beslutninger#b-fsm-oversigt", "Oversigten, som udvalget fik bedt om i 2020"),
    ("/voksne", "De udsatte voksne 2017–2022"),
    ("/unge", "Forslaget om at brede indsatsen ud til unge"),
    ("/hvad-nu-hvis", "Prøv, hvad færre sager pr. medarbejder koster"),
]))  # fmt: skip
