"""Spørgsmål og svar: searchable questions, each with answer, figure, how we know and what we do not know."""

import streamlit as st

from dashboard import link, parts, questions, view

PAGE = questions.PATH

release = view.release()
st.html(parts.page_head(
    "Overblik", "Spørgsmål og svar",
    "Svar i én sætning, hvordan vi ved det, og hvad materialet ikke siger. Tryk på et tal for at se, hvor det kommer fra.",
))  # fmt: skip
values = view.bind(PAGE, questions.choices(release))
with st.container(key="spoergsmaal-soeg"):
    words = st.text_input(
        "Søg i spørgsmålene, og tryk Enter",
        key="spoergsmaal-ord",
        placeholder="fx ledighed, model eller timer",
        max_chars=80,
    )

question = questions.chosen(release, values["q"][0])
if question:
    st.html(questions.featured(release, question))
if words.strip():
    st.html(questions.results(release, questions.found(release, words), link.shown(words)))
else:
    rest = [q for q in release.questions if q is not question]
    st.html(questions.by_topic(release, rest))
