"""The yardstick: a Streamlit page as it comes, with one choice and the same chart."""

import json
import os
from pathlib import Path

import streamlit as st

specs = json.loads(Path(os.environ["BENCH_SPECS"]).read_text("utf-8"))
way = st.segmented_control("Vis som", list(specs), default=next(iter(specs)), key="vis")
st.vega_lite_chart(specs[way or next(iter(specs))], key="graf")
