"""Benchmarks of the real pages, with a bare Streamlit page and a static page as yardsticks in the same run."""
