"""Nyt i data: every release with its changes, newest first."""

import streamlit as st

from dashboard import parts, view
from dashboard.topics import nyt

view.release()
view.bind("nyt", [])
st.html(
    parts.page_head(
        "Om",
        "Nyt i data",
        "Hver udgave af tallene med det, der blev ændret: før og nu. Gamle udgaver kan stadig læses.",
    )
)
st.html(f'<div class="prosa-bred">{nyt.log()}</div>')
