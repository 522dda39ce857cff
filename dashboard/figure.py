"""The one component that shows a chart: finding, chart, events, source line, and the four ways
Graf · Tabel · Hent · Om tallet. The server draws the chart when the browser asks for it
(`dashboard.server.graphs`). It refuses to draw without alt text, unit, period and source.
"""

import streamlit as st

from dashboard import link, parts, releases, shown, taken, view
from dashboard.picture import IncompleteFigure, Picture, about_figures, below, check, place_for
from dashboard.read import Release
from dashboard.text import escape, plain, sentence

__all__ = ["WAYS", "IncompleteFigure", "Picture", "check", "draw"]

WAYS = ("Graf", "Tabel", "Hent", "Om tallet")


def draw(release: Release, picture: Picture) -> None:
    """Draw the picture with its four ways. Raises IncompleteFigure (see `check`)."""
    check(picture)
    for shown_figure in picture.figures:
        shown.note(shown_figure.id)
    key, named = escape(picture.key), escape(plain(release, picture.finding))
    with st.container(key=f"figur-{picture.key}"):
        st.html(
            f'<div class="figurhoved"><h2 id="{escape(picture.key)}">{sentence(release, picture.finding)}</h2>'
            f"<p>{sentence(release, picture.sub)}{' ' + parts.kind_badge('beregnet') if picture.computed else ''}</p>"
            f'<a class="del-figur" href="/del?figur={key}" aria-label="Del figuren: {named}">Del</a>'
            f'<a class="koereplan-knap" href="/fremlaeg?figur={key}" aria-label="Læg figuren i køreplan: {named}">'
            "Læg i køreplan</a></div>"
        )
        graph, table, fetch, about = st.tabs(WAYS, key=f"veje-{picture.key}")
        with graph:
            page, params = _here(release)
            address = taken.graph(page, picture.key, params)
            st.html(place_for(release, picture, address, ahead=view.one_click_away()))
            st.html(below(release, picture))
        with table:
            st.html(
                picture.table
                or parts.figure_table(plain(release, picture.finding), picture.figures)
            )
            st.html(parts.source_line(picture.figures, picture.extra))
        with fetch:
            st.html(taken.links(page, picture.key, params))
        with about:
            st.html(about_figures(release, picture.figures))


def _here(release: Release) -> tuple[str, dict[str, str]]:
    """The page and the address parameters of this run, pinned to the release shown."""
    page, params = view.here()
    given = {key: values[0] for key, values in params.items() if values}
    return page, given | {link.RELEASE: releases.short(release.id)}
