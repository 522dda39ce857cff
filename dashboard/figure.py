"""The one component that draws a chart: finding, chart, events, source line, and the four ways
Graf · Tabel · Hent · Om tallet. It refuses to draw without alt text, unit, period and source.
"""

import streamlit as st

from dashboard import link, parts, releases, shown, taken, view
from dashboard.picture import IncompleteFigure, Picture, about_figures, below, check
from dashboard.read import Release
from dashboard.text import escape, plain, sentence

__all__ = ["WAYS", "IncompleteFigure", "Picture", "check", "draw"]

WAYS = ("Graf", "Tabel", "Hent", "Om tallet")


def draw(release: Release, picture: Picture) -> None:
    """Draw the picture with its four ways. Raises IncompleteFigure (see `check`)."""
    check(picture)
    for shown_figure in picture.figures:
        shown.note(shown_figure.id)
    with st.container(key=f"figur-{picture.key}"):
        st.html(
            f'<div class="figurhoved"><h2 id="{escape(picture.key)}">{sentence(release, picture.finding)}</h2>'
            f"<p>{sentence(release, picture.sub)}{' ' + parts.kind_badge('beregnet') if picture.computed else ''}</p>"
            f'<a class="del-figur" href="/del?figur={escape(picture.key)}" aria-label="Del figuren: {escape(plain(release, picture.finding))}">Del</a>'
            f'<a class="koereplan-knap" href="/fremlaeg?figur={escape(picture.key)}" aria-label="Læg figuren i køreplan: {escape(plain(release, picture.finding))}">Læg i køreplan</a></div>'
        )
        graph, table, fetch, about = st.tabs(WAYS, key=f"veje-{picture.key}")
        with graph:
            st.vega_lite_chart(
                picture.spec, theme=None, key=f"graf-{picture.key}", alt=plain(release, picture.alt)
            )
            st.html(below(release, picture))
        with table:
            st.html(
                picture.table
                or parts.figure_table(plain(release, picture.finding), picture.figures)
            )
            st.html(parts.source_line(picture.figures, picture.extra))
        with fetch:
            _downloads(release, picture)
        with about:
            st.html(about_figures(release, picture.figures))


def _downloads(release: Release, picture: Picture) -> None:
    """Links to the figure's files, which the server makes when they are asked for."""
    page, params = view.here()
    given = {key: values[0] for key, values in params.items() if values} | {
        link.RELEASE: releases.short(release.id)
    }
    st.html(taken.links(page, picture.key, given))
