"""Flere skal med: the effort, before and after in three fields, who says it, results, money, unknowns."""

import streamlit as st

from dashboard import before_after, figure, onward, parts, text, view
from dashboard.topics import flere_skal_med

release = view.release()
values = view.bind("flere-skal-med", [])


def prose(*stories: str) -> str:
    """Story texts as paragraphs."""
    return "".join(f"<p>{text.sentence(release, story)}</p>" for story in stories)


lead = text.sentence(release, flere_skal_med.headline(release, values))
st.html(parts.page_head("Udvikling", "Flere skal med", lead))
st.html(
    f'<section class="prosa"><h2>Hvad er «Flere skal med»?</h2>{prose("fsm-hvad", "fsm-hvorfra")}</section>'
)
figure.draw(release, flere_skal_med.activity(release))

few = parts.notice("Oplevelserne kommer fra få borgere.", text.sentence(release, "fsm-foer-efter"))
st.html(
    f'<section class="fsm"><h2>Før og efter på tre felter</h2>{few}{before_after.comparison(release)}</section>'
)
levels = before_after.levels(release)
st.html(f'<section class="fsm"><h2>Sagsstammen efter er kun beskrevet i ord</h2>{levels}</section>')
st.html(
    f'<section class="fsm"><h2>Det siger borgere og ansatte</h2>{before_after.base(release)}'
    '<div class="spalter-2 fsm-stemmer"><section class="prosa"><h3>Borgerne</h3>'
    + prose("fsm-borgere-foerste", "fsm-borgere-job", "fsm-borgere-forsoeg")
    + '</section><section class="prosa"><h3>De ansatte</h3>'
    + prose("fsm-ansatte-rolle", "fsm-ansatte-forsoeg", "fsm-ansatte-sager")
    + "</section></div></section>"
)
press = parts.notice(
    "Resultaterne er kun oplyst i pressen.",
    "Tallene er ikke efterprøvet i kommunens egne kilder, og et virksomhedsforløb er ikke et job. De viser ikke, "
    "hvordan det ville være gået uden indsatsen.",
)
st.html(
    f'<section class="fsm"><h2>Resultater og penge</h2>{press}{before_after.results(release)}</section>'
)

st.html(parts.unknowns("Det siger materialet ikke", flere_skal_med.UNKNOWN) + onward.links([
    ("/beslutninger?emne=flere-skal-med", "Hændelserne om «Flere skal med» på tidslinjen"),
    ("/beslutninger#b-fsm-oversigt", "Oversigten, der blev bedt om i 2020"),
    ("/voksne", "De udsatte voksne 2017–2022"),
    ("/unge", "Forslaget om at brede indsatsen ud til unge"),
    ("/hvad-nu-hvis", "Prøv, hvad færre sager pr. medarbejder koster"),
]))  # fmt: skip
