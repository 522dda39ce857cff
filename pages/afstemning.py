"""Når tallene ikke stemmer: figures that ought to agree, both sides, the gap, and what may explain it."""

import streamlit as st

from dashboard import parts, reconciliation, reconciliation_card, view
from dashboard.widgets import reset, widget_key

PAGE = "afstemning"

release = view.release()
st.html(parts.page_head(
    "Forstå", "Når tallene ikke stemmer",
    "Nogle tal i materialet burde passe sammen. Her står de over for hinanden med forskellen og det, afrunding kan forklare, "
    "regnet ud af de tal, der er nævnt. Hvorfor de er forskellige, er vores egne bud.",
))  # fmt: skip
choices = reconciliation.choices(release)
values = view.bind(PAGE, choices)
topic, section = choices
with st.container(key="afstemning-valg"):
    left, right = st.columns([1, 3])
    left.selectbox(
        topic.name,
        list(topic.options),
        format_func=topic.options.__getitem__,
        key=widget_key(PAGE, "emne"),
    )
    right.pills(
        section.name,
        list(section.options),
        format_func=section.options.__getitem__,
        key=widget_key(PAGE, "slags"),
    )
items = reconciliation.items(release, values["emne"][0], values["slags"][0])
st.html(reconciliation_card.page(release, items))
if not items:
    st.button("Vis alle afstemninger", on_click=reset, args=(PAGE, choices))
st.html(
    '<section class="prosa"><h2>Sådan er det regnet</h2>'
    "<p>Et afrundet tal kan have været en halv enhed større eller mindre, før det blev rundet af. «Knap» læses som tallet eller "
    "lidt under, «over» som tallet eller lidt over og «ca.» som lidt til begge sider. Spændet for en formel er det, som "
    "formlens tal kan give. Et tal i ord, fx «hver femte», bliver ikke trukket fra noget.</p>"
    "<p>Kommer der et tal i data, som modsiger et andet for samme indikator, område, gruppe og periode, kommer det selv på listen.</p></section>"
)
