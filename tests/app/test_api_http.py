"""/api/v1/ as HTTP: caching, compression, other origins, pieces of files, and whatever is sent to it."""

import gzip
import hashlib
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import brotli
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contract import paths
from contract.release import read_manifest
from dashboard import read, releases
from dashboard.server import pages
from dashboard.server.api import catalogue, dcat
from dashboard.server.api.problem import KINDS
from dashboard.server.api.routes import ENDPOINTS
from tests.app.asking import HOST, ask
from tests.running import Server

ROOT = "/api/v1"
NOW = read.current()
SHORT = NOW.id[-8:]
FILE = f"{ROOT}/release/{NOW.id}/figures.parquet"
BYTES = (paths.releases_dir() / NOW.id / "figures.parquet").read_bytes()
GUIDE = paths.REPO / "docs/api.md"


# --- what is wrong is said --------------------------------------------------------------------------

VALUES = (
    "", "Fleksjob", "findes-ikke", "abc", "NaN", "1e309", "-5", "50.5", "1.234,5", "1,234.5", "٤", "５", "31-31-2024",
    "2023-02-29", "0000", "0001-01-01", "9999-12-31", "2022-13", "2020K5", "2020/2018", "2018/" * 30, "\0", "\u202e",
    "Un\u200bge", "å", "a\u030a", "🦆", "__proto__", "constructor", "[x](http://a.example)", "![x](//a)", "# x", ":red[x]",
    r"$\rule{9999em}{9999em}$", "<style>*{}</style>", "<form>", "<svg/onload=alert(1)>", "javascript:alert(1)", "x>", "x.",
    "../../CURRENT", "..\\..", "' OR 1=1 --", "{figure}", "%s%n", "2001-01-01-00000000", "00000000", "x" * 201, "x" * 7000,
)  # fmt: skip
QUERIES = (
    "%ff%fe", "%00", "area=%ff", "area=%ed%a0%80", "area=%", "area=%zz", "&".join(["area=101"] * 2000), "d=&d=", "=", "==",
    "embed=true", "embed_options=x", "limit=1&limit=2", "from=2018&from=2019", "from=2020&to=2018", "format=xml",
    "limit=0", "limit=5001", "limit=10.0", "limit=%2B5", "offset=-1", "offset=1000001", "q=", "q=+", "Area=101", "area",
    "area%3D101=1", "x" * 64_000, "area=" + "1" * 64_000, "amp;area=101", "utm_source=x", "fra=2018", "?area=101",
)  # fmt: skip


def refused(target: str) -> None:
    """The target is answered with a problem that says what is wrong, and nothing of it is markup."""
    answer = ask(target)
    assert answer.status in (400, 404), (target[:80], answer.status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json
    assert told["status"] == answer.status == KINDS[told["type"].rpartition(":")[2]][0]
    assert told["title"]
    assert told["detail"].endswith(".")
    assert len(answer.body) < 6000


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q[:20])
def test_a_query_that_cannot_be_honoured_is_refused(query: str) -> None:
    refused(f"{ROOT}/figures?{query}")


@pytest.mark.parametrize("name", ["indicator", "area", "group", "source", "topic", "kind", "d", "format", "limit", "offset"])
def test_a_value_that_is_none_is_refused_and_named(name: str) -> None:
    for value in VALUES:
        if (name, value) == ("group", ""):
            continue
        target = f"{ROOT}/figures?{name}={quote(value)}"
        refused(target)
        assert ask(target).json["parameter"] == name


@pytest.mark.parametrize("name", ["from", "to"])
def test_a_period_is_read_or_refused(name: str) -> None:
    for value in VALUES:
        target = f"{ROOT}/figures?{name}={quote(value)}"
        if value in ("0001-01-01", "9999-12-31"):
            assert ask(target).status == 200
        else:
            refused(target)


def test_any_words_can_be_searched_for() -> None:
    for value in VALUES:
        answer = ask(f"{ROOT}/figures?q={quote(value)}")
        assert answer.status == (200 if value and len(value) <= 200 else 400), value


@pytest.mark.parametrize("place", ["figures/{}", "indicators/{}", "events/{}", "release/{}/figures.parquet", "{}"])
def test_an_address_that_is_none_is_refused(place: str) -> None:
    for value in VALUES:
        if place == "{}" and value == "":
            continue
        refused(f"{ROOT}/{place.format(quote(value, safe=''))}")


@settings(max_examples=200)
@given(st.binary(max_size=60), st.sampled_from(["/figures", "/figures/", "/releases", "/release/", "/", "/dcat.jsonld"]))
@example(b"d", "/figures?")
def test_no_bytes_break_it(sent: bytes, place: str) -> None:
    answer = ask(f"{ROOT}{place}{quote(sent)}")
    assert answer.status in (200, 400, 404)
    assert ask(f"{ROOT}{place}?{quote(sent, safe='=&')}").status in (200, 400, 404)


def test_what_is_allowed_is_listed() -> None:
    told = ask(f"{ROOT}/figures?area=999").json
    assert told["parameter"] == "area"
    assert "101" in told["allowed"]
    assert "fleksjobledighed" in ask(f"{ROOT}/figures?indicator=fleksjobledighet").json["allowed"]
    assert ask(f"{ROOT}/figures?omraade=101").json["allowed"][:2] == ["indicator", "area"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_nothing_can_be_changed(server: Server, method: str) -> None:
    answer = server.get(f"{ROOT}/figures", method=method)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert answer.json["type"].endswith("method-not-allowed")


def test_the_real_server_refuses_too(server: Server) -> None:
    for target in ("figures?area=%ff", "figures/%00", "figures?x=" + "x" * 9000, "release/..%2f..%2f/CURRENT.parquet", "nej/",
                   f"release/{NOW.id}/manifest.parquet", f"release/{NOW.id}/..%2f..%2f..%2fCURRENT.parquet"):  # fmt: skip
        assert server.get(f"{ROOT}/{target}").status in (400, 404), target
    assert server.get("/api/").headers["content-type"] == "application/problem+json"


# --- caching, compression, other origins ------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/figures?topic=unge", "/figures?format=csv", "/releases", "/openapi.json", f"/sources?d={SHORT}"])
def test_an_answer_one_has_is_not_sent_again(server: Server, path: str) -> None:
    for encoding in ("", "br", "gzip"):
        asked = {"Accept-Encoding": encoding} if encoding else {}
        whole = server.get(ROOT + path, asked)
        assert whole.headers["etag"].startswith(f'"{NOW.id}-')
        again = server.get(ROOT + path, asked | {"If-None-Match": whole.headers["etag"]})
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == whole.headers["etag"]
        weak = server.get(ROOT + path, asked | {"If-None-Match": f'"x", W/{whole.headers["etag"]}'})
        assert weak.status == 304
        assert server.get(ROOT + path, asked | {"If-None-Match": '"x"'}).status == 200


def test_different_answers_have_different_etags() -> None:
    targets = ("/figures", "/figures?area=101", "/figures?format=csv", f"/figures?d={SHORT}", "/sources", "/")
    tags = [ask(ROOT + target).headers["etag"] for target in targets]
    assert len(set(tags)) == len(tags)


def test_what_is_pinned_may_be_kept_for_ever() -> None:
    assert ask(f"{ROOT}/figures").headers["cache-control"] == "public, max-age=0, must-revalidate"
    for target in (f"{ROOT}/figures?d={SHORT}", f"{ROOT}/figures?d={NOW.id}&format=csv", FILE, f"{ROOT}/dcat.jsonld?d={SHORT}"):
        assert "immutable" in ask(target).headers["cache-control"], target
    short, long = ask(f"{ROOT}/figures?d={SHORT}").json, ask(f"{ROOT}/figures?d={NOW.id}").json
    assert short["data"] == long["data"]


def test_compression_changes_nothing(server: Server) -> None:
    plain = server.get(f"{ROOT}/figures")
    assert "content-encoding" not in plain.headers
    br = server.get(f"{ROOT}/figures", {"Accept-Encoding": "gzip, br"})
    gz = server.get(f"{ROOT}/figures", {"Accept-Encoding": "gzip"})
    assert (br.headers["content-encoding"], gz.headers["content-encoding"]) == ("br", "gzip")
    assert brotli.decompress(br.body) == gzip.decompress(gz.body) == plain.body
    assert len(br.body) * 5 < len(plain.body)
    assert "Accept-Encoding" in br.headers["vary"]


def test_head_is_get_without_its_body(server: Server) -> None:
    for path in (f"{ROOT}/figures", FILE):
        got, head = server.get(path), server.get(path, method="HEAD")
        assert head.body == b""
        for name in ("content-type", "content-length", "etag", "cache-control"):
            assert head.headers[name] == got.headers[name]


def test_other_sites_may_read_it_and_only_it(server: Server) -> None:
    origin = {"Origin": "https://other.example"}
    for path in (f"{ROOT}/figures", f"{ROOT}/nej", f"{ROOT}/figures?x=1", FILE):
        answer = server.get(path, origin)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
        assert "set-cookie" not in answer.headers
        assert answer.headers["x-content-type-options"] == "nosniff"
    asked = origin | {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
    before = server.get(f"{ROOT}/figures", asked, method="OPTIONS")
    assert before.status == 204
    assert "If-None-Match" in before.headers["access-control-allow-headers"]
    assert "access-control-allow-origin" not in server.get("/", origin).headers
    assert "access-control-allow-origin" not in server.get("/healthz", origin).headers


def test_links_hold_the_host_only_if_it_is_one() -> None:
    assert ask(f"{ROOT}/").json["links"]["figures"] == f"https://{HOST}{ROOT}/figures"
    for host in ("evil.example/x", '"><script>', "a b", "", "user@host", "x" * 300):
        told = ask(f"{ROOT}/", {"Host": host})
        assert told.json["links"]["figures"] == f"{ROOT}/figures", host
    assert pages.origin({"scheme": "https", "headers": [(b"host", HOST.encode())], "type": "http"}) == f"https://{HOST}"


# --- releases and files -----------------------------------------------------------------------------


def test_the_log_is_what_is_there(server: Server) -> None:
    told = server.get(f"{ROOT}/releases").json
    assert told["current"] == NOW.id
    assert [row["release"] for row in told["data"]] == releases.existing()
    assert [row["release"] for row in told["data"] if row["current"]] == [NOW.id]
    for row in told["data"]:
        manifest = read_manifest(paths.releases_dir() / row["release"])
        assert {f["name"]: f["sha256"] for f in row["files"]} == {f.name: f.sha256 for f in manifest.files}
        assert row["previous"] == (manifest.previous or None)
    for file in told["data"][0]["files"]:
        answer = server.get(file["url"].removeprefix(server.url))
        assert hashlib.sha256(answer.body).hexdigest() == file["sha256"]
        assert answer.headers["content-type"] == "application/vnd.apache.parquet"


def test_every_release_can_be_read() -> None:
    for name in releases.existing():
        answer = ask(f"{ROOT}/figures?d={name[-8:]}&limit=5000").json
        assert answer["release"] == name
        stored = pl.read_parquet(paths.releases_dir() / name / "figures.parquet")
        assert {row["figure"]: row["value"] for row in answer["data"]} == dict(stored.select("figure", "value").iter_rows())


@pytest.mark.parametrize(("asked", "part"), [
    ("bytes=0-3", BYTES[:4]), ("bytes=4-", BYTES[4:]), ("bytes=-8", BYTES[-8:]), ("bytes=0-99999999", BYTES),
])  # fmt: skip
def test_a_file_can_be_fetched_piece_by_piece(asked: str, part: bytes) -> None:
    answer = ask(FILE, {"Range": asked, "Accept-Encoding": "br"})
    assert (answer.status, answer.body) == (206, part)
    start = len(BYTES) - len(part) if asked.startswith("bytes=-") or asked.endswith("-") else 0
    assert answer.headers["content-range"] == f"bytes {start}-{start + len(part) - 1}/{len(BYTES)}"
    assert ask(FILE, {"Range": asked, "If-Range": '"old"'}).body == BYTES
    assert ask(FILE, {"Range": asked, "If-Range": answer.headers["etag"]}).body == part


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=-", "bytes=0-1,3-4", "x", "bytes=a-b", "bytes=١-٣".encode().decode("latin-1")])
def test_a_range_that_is_none_gives_the_whole(asked: str) -> None:
    assert (ask(FILE, {"Range": asked}).status, ask(FILE, {"Range": asked}).body) == (200, BYTES)


def test_a_range_behind_the_end_is_refused() -> None:
    answer = ask(FILE, {"Range": f"bytes={len(BYTES)}-"})
    assert (answer.status, answer.headers["content-range"]) == (416, f"bytes */{len(BYTES)}")


def test_a_data_tool_reads_it_from_its_address(server: Server) -> None:
    assert pl.read_parquet(f"{server.url}{FILE}").equals(pl.read_parquet(BYTES))
    table = pl.read_csv(f"{server.url}{ROOT}/figures?format=csv&limit=5000", schema_overrides={"area": pl.String, "period": pl.String})
    assert set(table["figure"]) == set(pl.read_parquet(BYTES)["figure"])


def test_damaged_data_are_not_given_out(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INDBLIK_DATA", str(data_copy))
    assert ask(FILE).status == 200
    file = data_copy / "releases" / NOW.id / "figures.parquet"
    file.write_bytes(BYTES[:-1] + bytes([BYTES[-1] ^ 1]))
    answer = ask(FILE)
    assert (answer.status, answer.json["type"]) == (503, "urn:indblik:problem:unavailable")
    assert answer.headers["retry-after"]
    (data_copy / "releases" / NOW.id / "manifest.json").write_text("{")
    told = {row["release"]: row for row in ask(f"{ROOT}/releases").json["data"]}
    assert told[NOW.id]["readable"] is False
    (data_copy / "CURRENT").write_text("nej")
    for target in (f"{ROOT}/", f"{ROOT}/figures", f"{ROOT}/releases", FILE):
        answer = ask(target)
        assert answer.status == 503
        assert str(data_copy) not in answer.text


def test_a_fault_of_ours_is_told_without_its_details(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "current", lambda: 1 / 0)
    answer = ask(f"{ROOT}/figures")
    assert (answer.status, answer.json["type"]) == (500, "urn:indblik:problem:fault")
    assert "division" not in answer.text


# --- catalogues -------------------------------------------------------------------------------------


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
            assert answer.headers["content-type"].partition(";")[0] == one["dcat:mediaType"]["@id"].partition("media-types/")[2]
            assert "immutable" in answer.headers["cache-control"]
            if not answer.headers["content-type"].endswith("parquet"):
                assert "next" not in answer.text[:2000] or answer.json["links"]["next"] is None, "the whole table"


def test_the_catalogue_says_only_what_the_release_holds() -> None:
    stored = pl.read_parquet(BYTES)
    measured = stored.filter(pl.col("kind") == "målt")
    first, last = catalogue.covered(NOW)
    assert (first, last) == (str(measured["period_start"].min()), str(measured["period_end"].max()))
    told = dcat.dcat(NOW, "https://x.example")["dcat:dataset"][0]
    assert {place["dct:identifier"] for place in told["dct:spatial"]} == set(stored["area"])
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


# --- the guide --------------------------------------------------------------------------------------


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
        arguments = shlex.split(command.replace("http://localhost:8501", server.url).replace("<release>", SHORT))
        done = subprocess.run(
            [*arguments, "--silent", "--write-out", "\n%{http_code}"], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert done.stdout.rpartition("\n")[2] == status, command
