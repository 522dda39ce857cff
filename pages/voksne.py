"""Udsatte voksne: three statements of the fall, what remained, status after kontanthjælp, background."""

import streamlit as st

from dashboard import fetched_pictures, figure, onward, parts, statements, text, view
from dashboard.topics import voksne

release = view.release()
view.bind("voksne", [])


def prose(*stories: str) -> str:
    """Story texts as paragraphs."""
    return "".join(f"<p>{text.sentence(release, story)}</p>" for story in stories)


st.html(parts.page_head("Udvikling", "Udsatte voksne", text.sentence(release, "voksne-manchet")))
st.html(f"<h2>{text.sentence(release, 'voksne-udsagn')}</h2>{voksne.statements(release)}")
st.html(parts.notice(
    "De tre fald må ikke sættes på samme linje.",
    "Gruppen, perioden og måden at tælle på er ikke den samme i de tre dokumenter, eller den er ikke oplyst.",
))  # fmt: skip
st.html(
    f'{voksne.comparison(release)}<section class="prosa">{prose("voksne-forskel", "voksne-forskel-ord")}</section>'
)

share = release.figure("langvarige-kontanthjaelp-andel-101-2021-02-11")
counted = ("langvarige-kontanthjaelp-antal", "aktivitetsparate-voksne")
named = [share, *(release.figure(f"{indicator}-101-2021-02-11") for indicator in counted)]
st.html(
    f'<section class="tilbage"><h2>{text.sentence(release, "voksne-tilbage")}</h2>'
    f'<p class="note">{text.sentence(release, "voksne-tilbage-sub")}</p>'
    + statements.share_strip(release, share, "voksne-tilbage-del", "voksne-tilbage-hele")
    + f'{parts.source_line(named)}<div class="prosa">{prose("voksne-tilbage-regnet")}</div></section>'
)

figure.draw(release, voksne.status(release))
st.html(
    f'<section class="prosa"><h3>Hvem er resten?</h3>{prose("voksne-resten", "voksne-forloeb")}</section>'
)

fetched = voksne.fetched(release)
if fetched:
    st.html(fetched_pictures.notice(
        release, fetched,
        "Gruppen og måden at tælle på er ikke de samme som i de tre dokumenter: tallene kan hverken bekræfte eller afkræfte deres fald.",
    ))  # fmt: skip
for picture in fetched:
    figure.draw(release, picture)

st.html(parts.notice(
    "Det næste er baggrund: kurven viser ikke de udsatte voksne.",
    "Den viser jobparate på kontanthjælp, der ikke er i aktivering; de aktivitetsparate er ikke med. "
    "Kurven kan vise, hvordan tiderne skiftede, men ikke, hvad der virkede.",
))  # fmt: skip
figure.draw(release, voksne.jobparate(release))
st.html(
    f'<section class="prosa"><p>{text.sentence(release, "voksne-passiv")} '
    '<a href="/udforsk?i=passiv-kontanthjaelp">Se de kvartaler, der er tal for</a>.</p></section>'
)
st.html(parts.unknowns("Det siger materialet ikke", voksne.UNKNOWN) + onward.links([
    ("/udforsk?i=status-efter-kontanthjaelp", "Status efter kontanthjælp i Udforsk"),
    ("/udforsk?i=nettoledige-kontanthjaelp&o=101.000.147.461.751.851", "De jobparate i Udforsk, by for by"),
    ("/afklaring", "Hvor ressourceforløbene endte"),
    ("/flere-skal-med", "Indsatsen «Flere skal med»"),
    ("/beslutninger", "Hvad udvalgene besluttede og bestilte"),
    ("/afstemning", "Hvor tallene ikke stemmer"),
]))  # fmt: skip
