"""Beslutningsspor: timeline of events, what was ordered and delivered, votes, statements, recommendations."""

import streamlit as st

from dashboard import agreements, decision_log, parts, text, trail, trail_map, view
from dashboard.topics import beslutninger
from dashboard.widgets import widget_key

PAGE = "beslutninger"

release = view.release()
choices = beslutninger.choices(release, {})
values = view.bind(PAGE, choices)


def clear() -> None:
    """Back to all events; the status filter is left alone."""
    for one in choices[:3]:
        st.session_state[widget_key(PAGE, one.key)] = one.default[0]


st.html(parts.page_head("Forstå", "Beslutningsspor", beslutninger.headline(release, values)) + (
    '<nav class="paa-siden" aria-label="På denne side"><ul><li><a href="#tidslinje">Tidslinje</a></li>'
    '<li><a href="#bestilt">Bestilt og leveret</a></li><li><a href="#stemmer">Afstemning og bemærkninger</a></li>'
    '<li><a href="#aftalt">Principper, grupper og anbefalinger</a></li></ul></nav>'
))  # fmt: skip

first, last = (
    min(e.date_start.year for e in release.events),
    max(e.date_end.year for e in release.events),
)
shown = trail.selected(release, values)
part = "" if len(shown) == len(release.events) else f"{len(shown)} af "
st.html(
    f'<h2 id="tidslinje">Hændelserne {first}–{last}</h2><p class="note">'
    f"{part}{len(release.events)} hændelser. "
    "Fuld prik: dagen er kendt. Stiplet: kun måneden eller året er kendt. "
    "Vælg en hændelse for at se tekst, dokument og tal.</p>"
)
with st.container(key="spor-valg"):
    for column, one in zip(st.columns(3), choices[:3], strict=True):
        column.selectbox(
            one.name,
            list(one.options),
            format_func=one.options.__getitem__,
            key=widget_key(PAGE, one.key),
        )
if shown:
    st.html(trail_map.picture(shown, first, last) + trail.events(release, shown))
else:
    st.html('<div class="tom"><p>Ingen hændelser passer til de tre valg.</p></div>')
    st.button("Vis alle hændelser", on_click=clear)

status = choices[3]
st.html(
    '<h2 id="bestilt">Bestilt og leveret</h2><p class="note">Det, som udvalg og partier har bestilt eller bedt om, '
    "og det, som forvaltninger og taskforce har lovet eller foreslået. "
    "Dage er regnet fra bestilling til svar, når begge dage er kendt.</p>" + decision_log.legend()
)
with st.container(key="spor-status"):
    st.pills(
        status.name,
        list(status.options),
        format_func=status.options.__getitem__,
        key=widget_key(PAGE, status.key),
    )
st.html(decision_log.table(release, decision_log.selected(release, values)))

st.html(f'<h2 id="stemmer">Afstemning og bemærkninger</h2>{agreements.minutes(release)}')
st.html(
    f'<div class="spor-aftalt"><h2 id="aftalt">{text.sentence(release, "spor-principper")}</h2>'
    '<p class="note">Aftalen om udsatte borgere af 11.11.2015.</p>'
    f"{agreements.principles(release)}<h2>Fire grupper og deres mål</h2>{agreements.groups(release)}"
    f"<h2>{text.sentence(release, 'spor-anbefalinger')}</h2>"
    '<p class="note">Taskforcens anbefalinger, og hvad materialet viser, der kom ud af dem.</p>'
    f"{agreements.recommendations(release)}</div>"
)
