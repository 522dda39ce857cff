"""Udforsk: choose indicators, areas, period and way; see the development with events on the axis."""

import streamlit as st

from dashboard import fetched_words, figure, parts, view
from dashboard.topics import udforsk
from dashboard.widgets import widget_key

PAGE = "udforsk"
MOST_PILLS = 12
"""More areas than this are chosen from a list."""

release = view.release()
st.html(parts.page_head("Udvikling", "Udforsk"))
choices = udforsk.choices(release, view.parameters(PAGE, "i"))
values = view.bind(PAGE, choices)
indicator, area, start, end, way, *rest = choices

with st.container(key="udforsk-valg"):
    left, first, last, how = st.columns([3, 1.5, 1.5, 2.6])
    left.multiselect(indicator.name, list(indicator.options), format_func=indicator.options.__getitem__,
                     key=widget_key(PAGE, "i"), max_selections=indicator.most, placeholder="Vælg en indikator")  # fmt: skip
    first.selectbox(
        start.name,
        list(start.options),
        format_func=start.options.__getitem__,
        key=widget_key(PAGE, "fra"),
    )
    last.selectbox(
        end.name,
        list(end.options),
        format_func=end.options.__getitem__,
        key=widget_key(PAGE, "til"),
    )
    how.segmented_control(
        way.name,
        list(way.options),
        format_func=way.options.__getitem__,
        key=widget_key(PAGE, "vis"),
        required=True,
    )
    few = len(area.options) <= MOST_PILLS
    if few:
        st.pills("Områder", list(area.options), format_func=area.options.__getitem__, key=widget_key(PAGE, "o"),
                 selection_mode="multi")  # fmt: skip
    else:
        st.multiselect("Områder", list(area.options), format_func=area.options.__getitem__, key=widget_key(PAGE, "o"),
                       max_selections=area.most, placeholder="Vælg et område")  # fmt: skip
    for group in rest:
        st.selectbox(
            group.name,
            list(group.options),
            format_func=group.options.__getitem__,
            key=widget_key(PAGE, group.key),
        )

found = udforsk.result(release, values)
for what, why in found.notices:
    st.html(parts.notice(what, why))
if found.picture:
    figure.draw(release, found.picture)
else:
    st.html(
        f'<div class="tomt-valg"><p>{found.empty}</p><p><a class="knap rolig" href="/udforsk">Begynd forfra</a></p></div>'
    )
st.html(fetched_words.listing(release))
