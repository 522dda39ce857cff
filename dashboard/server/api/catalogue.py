"""The data set as search engines know it (schema.org), and what every catalogue says of it."""

import json
from typing import Any

from contract.areas import area_name
from contract.periods import parse_period
from dashboard.read import Release
from dashboard.releases import short
from dashboard.server.api.call import PARQUET, ROOT
from dashboard.server.api.parameters import MOST
from dashboard.server.titles import FRONT

DESCRIPTION = (
    "Tal om udsatte ledige i København fra kommunens sager og offentliggjorte kilder, med tal for hele landet "
    "og enkelte andre kommuner. "
    "Hvert tal har kvalifikator, enhed, population, periode, kilde og sted i kilden."
)
RIGHTS = (
    "Danmarks Statistiks tal må bruges frit med kildeangivelse (CC BY 4.0). "
    "For de øvrige kilder gælder udgiverens vilkår."
)
LICENCES = {
    # as written in data/sources.toml → address in the EU's list, address for people
    "CC BY 4.0": (
        "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
}


def areas(release: Release) -> list[str]:
    """The area codes that have figures."""
    fetched = {area for one in release.fetched.outlines.values() for area in one.areas}
    return sorted({figure.area for figure in release.figures()} | fetched)


def covered(release: Release) -> tuple[str, str]:
    """First and last day that a figure with a source of its own speaks of, goals and proposals left out.

    What is computed is left out too: it covers no more than the figures it is computed from.
    """
    measured = [f for f in release.figures() if f.kind == "målt"] or list(release.figures())
    periods = [parse_period(p) for one in release.fetched.outlines.values() for p in one.periods]
    first = min([*(f.start for f in measured), *(p.start for p in periods)])
    last = max([*(f.end for f in measured), *(p.end for p in periods)])
    return first.isoformat(), last.isoformat()


def schema_org(release: Release, base: str) -> dict[str, Any]:
    """The data set as a schema.org Dataset, for the head of a page. `base` is `https://host`, or empty."""
    pinned = f"{base}{ROOT}/figures?d={short(release.id)}&limit={MOST}"
    parquet = f"{base}{ROOT}/release/{release.id}/figures.parquet"
    offers = (
        (pinned, "application/json"),
        (f"{pinned}&format=csv", "text/csv"),
        (parquet, PARQUET),
    )
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{base}{ROOT}/figures",
        "name": FRONT,
        "description": DESCRIPTION,
        "url": f"{base}/kilder",
        "inLanguage": "da",
        "version": release.id,
        "datePublished": release.manifest.published,
        "isAccessibleForFree": True,
        "conditionsOfAccess": RIGHTS,
        "temporalCoverage": "/".join(covered(release)),
        "spatialCoverage": [{"@type": "Place", "name": _name(area), "identifier": area} for area in areas(release)],
        "distribution": [
            {"@type": "DataDownload", "contentUrl": url, "encodingFormat": media} for url, media in offers
        ],
        "isBasedOn": [
            {"@type": "CreativeWork", "name": s.title, "publisher": {"@type": "Organization", "name": s.publisher}}
            | ({"url": s.url} if s.url else {})
            | ({"license": LICENCES[s.licence][1]} if s.licence in LICENCES else {})
            for s in release.sources.values()
        ],
    }  # fmt: skip


def head_tag(release: Release, base: str) -> str:
    """`schema_org` as an element for a page's head: data, no script that runs."""
    told = json.dumps(schema_org(release, base), ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{told}</script>'


def _name(area: str) -> str:
    return "Danmark" if area == "000" else area_name(area)
