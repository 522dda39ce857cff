"""What every page has after its own content: the footer.

The bar with the menu is in the HTML that the server sends (`dashboard.server.index`).
"""

import streamlit as st

from dashboard.parts import escape
from dashboard.sitemap import FOOTER, by_path, in_group


def close() -> None:
    """The footer: the rule about numbers, and links to sources, method and accessibility."""
    st.html(footer())


def footer() -> str:
    """The footer as HTML."""
    sources = by_path("kilder")
    pages = ((sources,) if sources else ()) + in_group(FOOTER)
    links = "".join(f'<li><a href="/{p.path}">{escape(p.title)}</a></li>' for p in pages)
    return (
        '<footer class="bund"><p>Tallene står i de kilder, der er nævnt ved dem. Det, der mangler, '
        "er vist som «findes ikke i materialet».</p>"
        f'<nav aria-label="Om siden"><ul>{links}</ul></nav></footer>'
    )
