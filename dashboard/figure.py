"""The one component that draws a chart: finding, chart, events, source line, and the four ways
Graf · Tabel · Hent · Om tallet. It refuses to draw without alt text, unit, period and source.
"""

import streamlit as st

from dashboard import exports, parts, shown
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
            f'<a class="del-figur" href="/del?figur={escape(picture.key)}" aria-label="Del figuren: {escape(plain(release, picture.finding))}">Del</a></div>'
        )
        graph, table, fetch, about = st.tabs(WAYS, key=f"veje-{picture.key}")
        with graph:
            st.vega_lite_chart(picture.spec, theme=None, key=f"graf-{picture.key}", alt=plain(release, picture.alt))
            st.html(below(release, picture))
        with table:
            st.html(picture.table or parts.figure_table(plain(release, picture.finding), picture.figures))
            st.html(parts.source_line(picture.figures, picture.extra))
        with fetch:
            _downloads(release, picture)
        with about:
            st.html(about_figures(release, picture.figures))


def _downloads(release: Release, picture: Picture) -> None:
    """Files made when asked for: CSV for Danish Excel and plain, SVG and PNG of the chart."""
    title = plain(release, picture.finding)
    foot = exports.foot(picture.figures, release)
    figures, spec = picture.figures, picture.spec
    st.html(
        "<p>Filerne laves af de samme tal, som står på skærmen, og har kilde og dato med.</p>"
    )
    files = (
        ("CSV til Excel", "csv", "text/csv", lambda: exports.csv_excel(figures)),
        ("CSV til programmer", "plain.csv", "text/csv", lambda: exports.csv_plain(figures)),
        ("SVG", "svg", "image/svg+xml", lambda: exports.svg(spec, title, foot)),
        ("PNG", "png", "image/png", lambda: exports.png(spec, title, foot)),
    )
    with st.container(horizontal=True, key=f"hent-{picture.key}"):
        for label, ending, mime, make in files:
            st.download_button(
                label, make, f"indblik-{picture.key}-{release.id}.{ending}", mime,
                key=f"hent-{picture.key}-{ending}", on_click="ignore",
            )  # fmt: skip
