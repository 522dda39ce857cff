"""Unge i risiko: BI07's group, the fall since 2017, the caseload, the two models and the money."""

import streamlit as st

from dashboard import fetched_pictures, figure, onward, parts, text, view
from dashboard.topics import unge

release = view.release()
view.bind("unge", [])


def said(story: str) -> str:
    """A story text as HTML."""
    return text.sentence(release, story)


st.html(parts.page_head("Udvikling", "Unge i risiko", said("unge-manchet")))
counted = [
    release.figure("udsatte-unge-uden-uddannelse-101-2022"),
    release.figure("uddannelseshjaelp-101-2016k3"),
]
st.html(
    f'<section class="prosa"><h2>Hvem er de? {said("unge-hvem-antal")}</h2><ul>'
    "<li>De har allerede været i kontanthjælpssystemet i en årrække, "
    "og flere er gået fra uddannelse eller job gang på gang.</li>"
    "<li>Flere er vokset op under svære vilkår.</li>"
    "<li>Problemerne er flere på én gang: lavt funktionsniveau, misbrug, psykisk sygdom "
    "eller risiko for kriminalitet.</li>"
    "<li>De forlader sjældnere kontanthjælpssystemet end de voksne. Hvor ofte, er ikke oplyst.</li>"
    f"<li>{said('unge-hvem-ydelse')}</li></ul><p>{said('unge-baggrund')}</p>{parts.source_line(counted)}</section>"
)

figure.draw(release, unge.fall(release))
st.html(parts.notice(
    "De to fald kan ikke uden videre sammenlignes.",
    "Ud over alderen siger notatet ikke, hvem der er talt med i de to fald, eller hvilken måned der er regnet fra "
    "og til. "
    '<a href="/voksne">Se de voksnes fald, som tre dokumenter beskriver det</a>.',
))  # fmt: skip
before, after = (release.figure(f"udsatte-unge-beregnet-101-{year}") for year in ("2017", "2022"))
st.html(
    f'<section class="beregnet-niveau"><h2>{said("unge-baglaens")}</h2>' + parts.grid([
        parts.level_card(release, "Beregnet, 2017", before, "unge-niveau-foer"),
        parts.level_card(release, "Beregnet, efter faldet", after, "unge-niveau-efter"),
        parts.level_card(release, "Nævnt i notatet", counted[0], "unge-niveau-notat"),
    ], "niveau-3")
    + '<p class="note">Forskellen kan skyldes, at de beregnede tal er fuldtidspersoner, eller at «udsatte unge» og '
    "«unge uden uddannelse» ikke er den samme gruppe. Notatet forklarer det ikke.</p></section>"
)  # fmt: skip

fetched = unge.fetched(release)
if fetched:
    st.html(fetched_pictures.notice(
        release, fetched,
        "De tæller alle på ydelsen, ikke kun de udsatte unge, som notatet beskriver, og må ikke sættes på linje med notatets tal.",
    ))  # fmt: skip
for picture in fetched:
    figure.draw(release, picture)

figure.draw(release, unge.caseload(release))
st.html(f"<h2>To modeller: hvad pengene giver</h2>{unge.models(release)}{unge.follow_up(release)}")

left, right = st.columns([3, 2], gap="large")
with left:
    figure.draw(release, unge.money(release))
table, earlier = unge.earlier_money(release)
with right:
    st.html(f'<section class="tidligere"><h2>{said("unge-tidligere")}</h2>' + parts.notice(
        "To prisniveauer må ikke blandes.",
        "De tidligere midler er i løbende priser, forslaget i 2023-priser. De må ikke lægges sammen "
        "eller stå på samme linje.",
    ) + table + parts.source_line(earlier)
      + '<p class="note">Afsatte beløb, ikke forbrug. Tabellen siger ikke, hvad beløbet er brugt til; '
      "notatets tekst nævner midler til lavere sagsstammer, der udløber.</p></section>")  # fmt: skip

st.html(parts.unknowns("Det siger materialet ikke", unge.UNKNOWN) + onward.links([
    ("/hvad-nu-hvis", "Prøv andre beløb i Hvad nu hvis?"),
    ("/udforsk?i=sagsantal-unge", "Sagstallet i Udforsk"),
    ("/flere-skal-med", "Indsatsen «Flere skal med», som notatet vil brede ud"),
    ("/voksne", "De udsatte voksne"),
    ("/fleksjob", "Unge med kognitive handicap, visiteret til fleksjob"),
    ("/beslutninger", "Hvad udvalgene besluttede og bestilte"),
]))  # fmt: skip
