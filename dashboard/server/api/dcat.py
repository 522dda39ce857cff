"""The data sets as data portals know them: a DCAT-AP catalogue, one data set a table."""

from typing import Any

from contract.areas import area_name
from dashboard.read import Release, Source
from dashboard.releases import short
from dashboard.server.api.call import LD_JSON, PARQUET, ROOT, Call, Content, to_json
from dashboard.server.api.catalogue import DESCRIPTION, LICENCES, RIGHTS, areas, covered
from dashboard.server.api.parameters import MOST
from dashboard.server.api.tables import TABLES, Table
from dashboard.server.titles import FRONT, SITE

_EU = "http://publications.europa.eu/resource/authority"
_IANA = "https://www.iana.org/assignments/media-types/"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "spdx": "http://spdx.org/rdf/terms#",
}  # fmt: skip
DANISH = {"@id": f"{_EU}/language/DAN"}


def content(call: Call) -> Content:
    """The DCAT catalogue as an answer."""
    return Content(to_json(dcat(call.release, call.base)), LD_JSON, immutable=call.pinned)


def dcat(release: Release, base: str) -> dict[str, Any]:
    """The catalogue of a release: one data set a table, each as JSON, CSV and Parquet."""
    root = base + ROOT
    publisher = {"@id": f"{base}/", "@type": "foaf:Agent", "foaf:name": SITE}
    shared = {
        "dct:publisher": {"@id": f"{base}/"},
        "dct:issued": _day(release.manifest.published),
        "dct:language": DANISH,
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": _da(RIGHTS)},
    }
    datasets = [
        _dataset(table, release, root, shared)
        for table in TABLES.values()
        if _files(release, table)
    ]
    return {
        "@context": CONTEXT,
        "@id": f"{root}/dcat.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _da(FRONT),
        "dct:description": _da(DESCRIPTION),
        **shared,
        "dct:publisher": publisher,
        "foaf:homepage": {"@id": f"{base}/"},
        "dcat:themeTaxonomy": {"@id": f"{_EU}/data-theme"},
        "dcat:dataset": datasets,
    }


def _files(release: Release, table: Table) -> list[Any]:
    return [entry for entry in release.manifest.files if entry.name == f"{table.name}.parquet"]


def _dataset(table: Table, release: Release, root: str, shared: dict[str, Any]) -> dict[str, Any]:
    first, last = covered(release)
    file = _files(release, table)[0]
    pinned = f"{root}/{table.name}?d={short(release.id)}&limit={MOST}"
    parquet = f"{root}/release/{release.id}/{file.name}"
    return {
        "@id": f"{root}/{table.name}",
        "@type": "dcat:Dataset",
        "dct:title": _da(f"{SITE}: {table.title}"),
        "dct:description": _da(DESCRIPTION),
        "dct:identifier": f"indblik-{table.name}",
        "dcat:version": release.id,
        **shared,
        "dcat:theme": {"@id": f"{_EU}/data-theme/SOCI"},
        "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:startDate": _day(first), "dcat:endDate": _day(last)},
        "dct:spatial": [_place(area) for area in areas(release)],
        "dct:source": [_source(source) for source in release.sources.values()],
        "dcat:landingPage": {"@id": f"{root.removesuffix(ROOT)}/kilder"},
        "dcat:distribution": [
            _distribution("JSON", pinned, "application/json"),
            _distribution("CSV", f"{pinned}&format=csv", "text/csv"),
            _distribution("Parquet", parquet, PARQUET) | {
                "dcat:downloadURL": {"@id": parquet},
                "dcat:byteSize": {"@value": str(file.bytes), "@type": "xsd:nonNegativeInteger"},
                "spdx:checksum": {"@type": "spdx:Checksum", "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                                  "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"}},
            },
        ],
    }  # fmt: skip


def _distribution(title: str, url: str, media: str) -> dict[str, Any]:
    return {
        "@id": f"{url}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": title,
        "dcat:accessURL": {"@id": url},
        "dcat:mediaType": {"@id": _IANA + media},
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": _da(RIGHTS)},
    }


def _source(source: Source) -> dict[str, Any]:
    told: dict[str, Any] = {"dct:title": _da(source.title), "dct:creator": source.publisher}
    if source.url:
        told["foaf:page"] = {"@id": source.url}
    if source.licence in LICENCES:
        told["dct:license"] = {"@id": LICENCES[source.licence][0]}
    return told


def _place(area: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@type": "dct:Location",
        "skos:prefLabel": _da(area_name(area)),
        "dct:identifier": area,
    }
    return told | ({"@id": f"{_EU}/country/DNK"} if area == "000" else {})


def _da(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "da"}


def _day(day: str) -> dict[str, str]:
    return {"@value": day, "@type": "xsd:date"}
