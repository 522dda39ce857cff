"""A candidate is reachable in a preview, marked on every page, and nowhere in the public app."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import releases
from tests.faults.later_release import CHANGED, Later, later
from tests.running import Server, running

FIGURE = next(iter(CHANGED))
STRIP = "Forhåndsvisning: ikke offentliggjort."
PAGES = (
    "/", "/nyt", "/udforsk", f"/tal/{FIGURE}", "/fremlaeg", "/del?til=/", "/findes-ikke",
    "/indlejr/fleksjob/fund-timer",
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Later:
    """The data with a candidate."""
    return later(tmp_path_factory.mktemp("candidate") / "data")


@pytest.fixture(scope="module")
def public(made: Later, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app as the public sees it."""
    log = tmp_path_factory.mktemp("public") / "log.txt"
    with running(log, {"INDBLIK_DATA": str(made.root)}) as server:
        yield server


@pytest.fixture(scope="module")
def preview(made: Later, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app as a preview."""
    log = tmp_path_factory.mktemp("preview") / "log.txt"
    with running(log, {"INDBLIK_DATA": str(made.root), "INDBLIK_PREVIEW": "1"}) as server:
        yield server


def asked(candidate: str) -> list[str]:
    """Addresses that name a candidate in every way an address can."""
    names = (candidate, releases.short(candidate))
    return [
        *(f"/tal/{FIGURE}?del=1&d={name}" for name in names),
        *(f"/api/v1/figures/{FIGURE}?d={name}" for name in names),
        *(f"/api/v1/releases/{name}" for name in names),
        *(f"/api/v1/release/{name}/{file}" for name in names for file in ("figures.parquet", "manifest.json")),
        *(f"/hent/udforsk/side.csv?i=nettoledige-kontanthjaelp&o=461&d={name}" for name in names),
        *(f"/udforsk?i=nettoledige-kontanthjaelp&o=461&d={name}" for name in names),
        *(f"/fremlaeg/vis?k=udforsk&d={name}" for name in names),
        *(f"/del?til=/udforsk%3Fd%3D{name}" for name in names),
        "/nyt", "/api/v1/releases", "/healthz", "/", f"/tal/{FIGURE}?del=1", f"/api/v1/figures/{FIGURE}",
    ]  # fmt: skip


def test_the_public_app_never_tells_of_a_candidate(made: Later, public: Server) -> None:
    for address in asked(made.new):
        answer = public.get(address)
        assert answer.status < 500, address
        said = answer.body.decode("utf-8", "replace").replace("\u00a0", " ")
        assert made.after[0] not in said, address
        assert made.after[0].replace(".", "") not in said, address
        assert STRIP not in said, address
        if made.new not in address and releases.short(made.new) not in address:
            assert releases.short(made.new) not in said, address
        assert "noindex" not in answer.headers.get("x-robots-tag", ""), address


def test_a_preview_shows_it_everywhere_and_says_so(made: Later, preview: Server) -> None:
    assert preview.get("/healthz").json["release"] == made.new
    for address in PAGES:
        answer = preview.get(address)
        assert STRIP in answer.text, address
        assert made.new in answer.text, address
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert answer.headers["cache-control"] == "no-store"
    assert made.after[0] in preview.get(f"/tal/{FIGURE}?del=1").text
    assert made.before[0] in preview.get(f"/tal/{FIGURE}?del=1&d={releases.short(made.old)}").text


def test_a_preview_lists_the_releases_as_they_would_be(made: Later, preview: Server) -> None:
    told = preview.get("/api/v1/releases").json
    assert [row["release"] for row in told["data"]] == [made.new, made.old]


def test_without_a_candidate_a_preview_shows_what_is_in_use(
    made: Later, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboard import in_use

    monkeypatch.setenv("INDBLIK_DATA", str(made.root))
    monkeypatch.setenv("INDBLIK_PREVIEW", "1")
    assert in_use.named_id() == made.new
    monkeypatch.setenv("INDBLIK_PREVIEW", "ja")
    assert in_use.named_id() == made.old
    assert in_use.reachable() == (made.old,)
