"""Where a figure's chart and its files under «Hent» lie; the server makes them when someone asks. Pure."""

from collections.abc import Mapping

from dashboard import link
from dashboard.text import escape

_GROUPS = (
    ("Tal", (("csv", "CSV til Excel"), ("plain", "CSV til programmer"), ("xlsx", "Excel (XLSX)"))),
    ("Til mødet", (("pptx", "PowerPoint"), ("ark", "A4-ark (PDF)"))),
    ("Billede", (("png", "PNG"), ("tryk", "PNG til tryk"), ("svg", "SVG"), ("pdf", "PDF"))),
)


def graph(page: str, figure: str, params: Mapping[str, str]) -> str:
    """Where the chart of a figure is drawn, as its page's address shows it."""
    return f"/graf/{page}/{figure}{link.address('', params)[1:]}"


def links(page: str, figure: str, params: Mapping[str, str]) -> str:
    """The links to the files of a figure of a page (its name in addresses) as its address shows it."""
    query = link.address("", params)[1:]
    groups = "".join(
        f"<div><dt>{name}</dt><dd>{''.join(_link(page, figure, kind, label, query) for kind, label in kinds)}</dd></div>"
        for name, kinds in _GROUPS
    )
    return f'<div class="hent"><p>Filerne laves af de samme tal, som står på skærmen, og har kilde, dato og link med.</p><dl>{groups}</dl></div>'


def _link(page: str, figure: str, kind: str, label: str, query: str) -> str:
    return f'<a href="{escape(f"/hent/{page}/{figure}.{kind}{query}")}" data-fil>{label}</a>'
