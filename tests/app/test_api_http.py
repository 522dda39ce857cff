"""/api/v1/ as HTTP: caching, compression, other origins, pieces of files, damaged releases."""

import gzip
import hashlib
from pathlib import Path

import brotli
import polars as pl
import pytest

from contract import paths
from contract.release import read_manifest
from dashboard import read, releases
from dashboard.server import pages
from tests.app.asking import HOST, ask
from tests.running import Server

ROOT = "/api/v1"
NOW = read.current()
SHORT = NOW.id[-8:]
FILE = f"{ROOT}/release/{NOW.id}/figures.parquet"
BYTES = (paths.releases_dir() / NOW.id / "figures.parquet").read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/figures?topic=unge",
        "/figures?format=csv",
        "/releases",
        "/openapi.json",
        f"/sources?d={SHORT}",
    ],
)
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
    targets = (
        "/figures",
        "/figures?area=101",
        "/figures?format=csv",
        f"/figures?d={SHORT}",
        "/sources",
        "/",
    )
    tags = [ask(ROOT + target).headers["etag"] for target in targets]
    assert len(set(tags)) == len(tags)


def test_what_is_pinned_may_be_kept_for_ever() -> None:
    assert ask(f"{ROOT}/figures").headers["cache-control"] == "public, max-age=0, must-revalidate"
    for target in (
        f"{ROOT}/figures?d={SHORT}",
        f"{ROOT}/figures?d={NOW.id}&format=csv",
        FILE,
        f"{ROOT}/dcat.jsonld?d={SHORT}",
    ):
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
    asked = origin | {
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
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
    assert (
        pages.origin({"scheme": "https", "headers": [(b"host", HOST.encode())], "type": "http"})
        == f"https://{HOST}"
    )


def test_the_log_is_what_is_there(server: Server) -> None:
    told = server.get(f"{ROOT}/releases").json
    assert told["current"] == NOW.id
    assert [row["release"] for row in told["data"]] == releases.existing()
    assert [row["release"] for row in told["data"] if row["current"]] == [NOW.id]
    for row in told["data"]:
        manifest = read_manifest(paths.releases_dir() / row["release"])
        assert {f["name"]: f["sha256"] for f in row["files"]} == {
            f.name: f.sha256 for f in manifest.files
        }
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
        told = {row["figure"]: row["value"] for row in answer["data"]}
        assert told == dict(zip(stored["figure"], stored["value"], strict=True))


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


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=5-2",
        "bytes=-",
        "bytes=0-1,3-4",
        "x",
        "bytes=a-b",
        "bytes=١-٣".encode().decode("latin-1"),
    ],
)
def test_a_range_that_is_none_gives_the_whole(asked: str) -> None:
    assert (ask(FILE, {"Range": asked}).status, ask(FILE, {"Range": asked}).body) == (200, BYTES)


def test_a_range_behind_the_end_is_refused() -> None:
    answer = ask(FILE, {"Range": f"bytes={len(BYTES)}-"})
    assert (answer.status, answer.headers["content-range"]) == (416, f"bytes */{len(BYTES)}")


def test_a_data_tool_reads_it_from_its_address(server: Server) -> None:
    assert pl.read_parquet(f"{server.url}{FILE}").equals(pl.read_parquet(BYTES))
    table = pl.read_csv(
        f"{server.url}{ROOT}/figures?format=csv&limit=5000",
        schema_overrides={"area": pl.String, "period": pl.String},
    )
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
    assert ask(f"{ROOT}/figures").status == 200, "from memory, as it was when it was whole"
    assert ask(FILE).status == 503
    monkeypatch.setenv("INDBLIK_DATA", str(data_copy.rename(data_copy.with_name("aldrig-set"))))
    for target in (f"{ROOT}/", f"{ROOT}/figures", f"{ROOT}/releases", FILE):
        answer = ask(target)
        assert answer.status == 503
        assert str(data_copy) not in answer.text


def test_a_fault_of_ours_is_told_without_its_details(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "current", lambda: 1 / 0)
    answer = ask(f"{ROOT}/figures")
    assert (answer.status, answer.json["type"]) == (500, "urn:indblik:problem:fault")
    assert "division" not in answer.text
