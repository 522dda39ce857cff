"""The script of each visitor's session: finds the page that was asked for and runs it in the shell."""

from pathlib import Path

import streamlit as st

from dashboard import shell, view
from dashboard.server import runs
from dashboard.server.neighbours import neighbours
from dashboard.server.titles import html_title
from dashboard.sitemap import PAGES

FOLDER = Path(__file__).resolve().parent / "pages"

st.set_page_config(layout="wide")
chosen = st.navigation(
    [
        st.Page(
            FOLDER / page.script, title=html_title(page), url_path=page.path, default=not page.path
        )
        for page in PAGES
    ],
    position="hidden",
)
with runs.run(chosen.url_path, st.context.headers.get("X-Request-Id")):
    place = shell.open_page()
    chosen.run()
    shell.close_page(place, chosen.url_path)
    page, parameters = view.here()
if page == chosen.url_path:
    neighbours.shown(page, parameters)
