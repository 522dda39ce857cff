"""Begreber og kilder: search among all figures, glossary, documents, series breaks, download of everything."""

import streamlit as st

from dashboard import fetched_words, library, parts, view
from dashboard.export import delimited
from dashboard.widgets import reset, widget_key

PAGE = "kilder"

release = view.release()
st.html(
    parts.page_head(
        "Forstå",
        "Begreber og kilder",
        "Ordforklaringer, dokumenter, databrud og alle tal med kilde og sted.",
    )
)
choices = library.choices(release)
values = view.bind(PAGE, choices)
topic, source = choices


def clear() -> None:
    """No words, all topics, all sources."""
    st.session_state["kilder-soeg"] = ""
    reset(PAGE, choices)


st.html("<h2>Alle tal</h2>")
with st.container(key="kilder-valg"):
    search, left, right = st.columns([2, 1, 2])
    words = search.text_input(
        "Søg i tallene", key="kilder-soeg", placeholder="fx ressourceforløb 2021", max_chars=80
    )
    left.selectbox(
        topic.name,
        list(topic.options),
        format_func=topic.options.__getitem__,
        key=widget_key(PAGE, "emne"),
    )
    right.selectbox(
        source.name,
        list(source.options),
        format_func=source.options.__getitem__,
        key=widget_key(PAGE, "kilde"),
    )
found = library.search(release, words, values["emne"][0], values["kilde"][0])
st.html(library.results(found))
if not found:
    st.button("Vis alle tal", on_click=clear)

held = (
    "CSV-filerne har tallene fra dokumenterne med kilde, sted og forbehold. De hentede serier er i Parquet-filerne, "
    'og hver serie kan hentes for sig i <a href="/udforsk#hentede">Udforsk</a>.'
    if release.fetched.outlines
    else "Filerne har alle tal i udgaven med kilde, sted og forbehold."
)
st.html(f'<h2 id="hent">Hent det hele</h2><p class="note">{held}</p>')
figures = list(release.figures())
with st.container(horizontal=True, key="hent-alt"):
    st.download_button("CSV til Excel", lambda: delimited.csv_excel(figures), f"indblik-{release.id}.csv", "text/csv",
                       key="hent-alt-csv", on_click="ignore")  # fmt: skip
    st.download_button("CSV til programmer", lambda: delimited.csv_plain(figures), f"indblik-{release.id}.plain.csv", "text/csv",
                       key="hent-alt-plain", on_click="ignore")  # fmt: skip
    st.download_button("Parquet", lambda: library.parquet(release), f"indblik-{release.id}.zip", "application/zip",
                       key="hent-alt-parquet", on_click="ignore")  # fmt: skip
if not release.fetched.outlines:
    st.html(fetched_words.NONE)
st.html(library.glossary(release))
st.html(library.documents(release))
st.html(library.breaks(release))
