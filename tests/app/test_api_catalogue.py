"""/api/v1/: what catalogues and search engines are told is what the release holds, and the guide works."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import polars as pl
import pytest

from contract import paths
from dashboard import read
from dashboard.server.api import catalogue, dcat
from dashboard.server.api.routes import ENDPOINTS
from tests.app.asking import ask
from tests.running import Server

ROOT = "/api/v1"
NOW = read.current()
FIGURES = pl.read_parquet(paths.releases_dir() / NOW.id / "figures.parquet")
GUIDE = paths.REPO / "docs/api.md"


def test_the_catalogue_leads_to_what_it_names(server: Server) -> None:
    told = server.get(f"{ROOT}/dcat.jsonld").json
    assert told["@type"] == "dcat:Catalog"
    assert told["dct:publisher"]["foaf:name"] == "Indblik"
    for dataset in told["dcat:dataset"]:
        assert dataset["dct:issued"]["@value"] == NOW.manifest.published
        assert dataset["dct:language"]["@id"].endswith("/DAN")
        assert len(dataset["dcat:distribution"]) == 3
        for one in dataset["dcat:distribution"]:
            answer = server.get(one["dcat:accessURL"]["@id"].removeprefix(server.url))
            assert answer.status == 200
            media = answer.headers["content-type"].partition(";")[0]
            assert one["dcat:mediaType"]["@id"].endswith(f"/media-types/{media}")
            assert "immutable" in answer.headers["cache-control"]
            if not answer.headers["content-type"].endswith("parquet"):
                assert "next" not in answer.text[:2000] or answer.json["links"]["next"] is None, (
                    "the whole table"
                )


def test_the_catalogue_says_only_what_the_release_holds() -> None:
    measured = FIGURES.filter(pl.col("kind") == "målt")
    first, last = catalogue.covered(NOW)
    assert (first, last) == (str(measured["period_start"].min()), str(measured["period_end"].max()))
    told = dcat.dcat(NOW, "https://x.example")["dcat:dataset"][0]
    assert {place["dct:identifier"] for place in told["dct:spatial"]} == set(FIGURES["area"])
    licensed = [s for s in told["dct:source"] if "dct:license" in s]
    assert len(licensed) == sum(s.licence == "CC BY 4.0" for s in NOW.sources.values())
    assert {s.licence for s in NOW.sources.values()} <= {"", *catalogue.LICENCES}
    prefixes = set(re.findall(r'"@?(?:id|type)": "([a-z]+):(?!//)', json.dumps(told)))
    assert prefixes <= set(dcat.CONTEXT)


def test_schema_org_can_stand_in_a_page() -> None:
    tag = catalogue.head_tag(NOW, "https://x.example")
    inside = tag.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inside
    told = json.loads(inside)
    assert told == catalogue.schema_org(NOW, "https://x.example")
    assert (told["@type"], told["inLanguage"], told["version"]) == ("Dataset", "da", NOW.id)
    for offer in told["distribution"]:
        answer = ask(offer["contentUrl"].removeprefix("https://x.example"))
        assert answer.headers["content-type"].partition(";")[0] == offer["encodingFormat"]


def test_the_guide_names_every_address_and_parameter() -> None:
    text = GUIDE.read_text("utf-8")
    for endpoint in ENDPOINTS:
        path = endpoint.path.replace("{id}", "<id>").replace("{file}", "<table>")
        assert f"`{path}`" in text or path.endswith("/<id>"), path
        for parameter in endpoint.parameters:
            assert f"`{parameter.name}`" in text, parameter.name


def _commands() -> list[tuple[str, str]]:
    blocks = re.findall(r"```sh\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    pairs = []
    for line in "\n".join(blocks).replace("\\\n", " ").splitlines():
        if line.startswith("curl "):
            command, _, status = line.partition("  # ")
            pairs.append((command, status[:3] if status[:3].isdigit() else "200"))
    return pairs


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_every_command_of_the_guide_works(server: Server, tmp_path: Path) -> None:
    assert len(_commands()) >= 6
    for command, status in _commands():
        arguments = shlex.split(
            command.replace("http://localhost:8501", server.url).replace("<release>", NOW.id[-8:])
        )
        done = subprocess.run(
            [*arguments, "--silent", "--write-out", "\n%{http_code}"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.rpartition("\n")[2] == status, command
