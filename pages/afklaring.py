"""Afklaring og ressourceforløb: the 2018–2021 table as chart and table, the rest, the goal of 23 weeks."""

import streamlit as st

from dashboard import fetched_pictures, figure, parts, text, view
from dashboard.topics import afklaring

release = view.release()
view.bind("afklaring", [])

st.html(
    parts.page_head(
        "Udvikling", "Afklaring og ressourceforløb", text.sentence(release, "afklaring-manchet")
    )
)

figure.draw(release, afklaring.ended(release))
st.html(
    '<section class="prosa"><h2>Hvad er resten?</h2><p>Kilden fordeler ikke resten. Den kan være job, uddannelse, '
    "kontanthjælp, et nyt ressourceforløb eller andet. Fordelingen findes ikke i materialet.</p>"
    f"<p>{text.sentence(release, 'afklaring-aendring')}</p>"
    "<h2>Flere overgange, men færre til fleksjob?</h2>"
    f"<p>{text.sentence(release, 'afklaring-to-udsagn')}</p><p>{text.sentence(release, 'afklaring-en-maaned')}</p></section>"
)
figure.draw(release, afklaring.started(release))
st.html(parts.notice(
    "Påbegyndte og afsluttede forløb må ikke ganges sammen.",
    "Et forløb, der begyndte i 2018, kan være sluttet flere år senere. Antallet af afsluttede forløb findes ikke i materialet, "
    "så andelene kan ikke gøres til antal.",
))  # fmt: skip

fetched = afklaring.fetched(release)
if fetched:
    st.html(fetched_pictures.notice(
        release, fetched,
        "De tæller, hvor mange der er på ydelsen på én gang. Påbegyndte og afsluttede forløb er noget andet og må ikke "
        "sættes på linje med dem.",
    ))  # fmt: skip
for picture in fetched:
    figure.draw(release, picture)

groups = [point for point in release.points if point.kind == "gruppe"]
st.html(
    f'<section class="prosa"><h2>{text.sentence(release, "Målet om {gruppe-3-afklaring-frist-101-2015-11-11} og de fire grupper")}</h2>'
    f"<p>{text.sentence(release, 'afklaring-23-uger')}</p>"
    + "".join(
        f"<h3>Gruppe {g.number}: {text.escape(g.title[0].lower() + g.title[1:])}</h3><p>{text.escape(g.text)}</p>"
        for g in groups
    )
    + '<p class="kildelinje">Handleplan for udsatteaftalen, 2016; aftalen er fra 11.11.2015.</p></section>'
)
st.html(parts.unknowns("Det siger materialet ikke", afklaring.UNKNOWN))
