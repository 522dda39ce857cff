"""The server: `streamlit run app.py` starts everything. See `dashboard/server/`."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard.server import assets, pages

HERE = Path(__file__).resolve().parent

app = st.App(
    HERE / "session.py",
    middleware=[Middleware(assets.Assets), Middleware(pages.Pages)],
)
