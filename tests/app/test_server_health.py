"""/healthz tells the truth about the data, for as long as the app runs."""

import json
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from contract import paths
from contract.release import current_id
from tests.running import Answer, Server

Start = Callable[..., AbstractContextManager[Server]]


def test_it_names_the_release_in_use(server: Server) -> None:
    answer = server.get("/healthz")
    assert answer.status == 200
    assert answer.json == {"status": "ok", "release": current_id(paths.REPO / "data")}
    assert answer.headers["cache-control"] == "no-store"


def test_a_post_is_refused(server: Server) -> None:
    assert server.get("/healthz", method="POST").status == 405


@pytest.mark.faults
def test_it_turns_red_and_green_with_the_data(start: Start, data_copy: Path) -> None:
    """One server through every fault, so that it is the running server that notices."""
    current, folder = data_copy / "CURRENT", data_copy / "releases" / current_id(data_copy)
    table, manifest = folder / "figures.parquet", folder / "manifest.json"

    with start({"INDBLIK_DATA": str(data_copy)}) as server:

        def red(expected: str) -> None:
            answer = server.get("/healthz")
            assert answer.status == 503, answer.text
            assert answer.json["status"] == "fejl"
            assert expected in answer.json["reason"]
            _tells_no_paths(answer, data_copy)

        def green() -> None:
            answer = server.get("/healthz")
            assert answer.status == 200, answer.text

        green()
        for file, damage, reason in (
            (table, lambda raw: raw[:-1], "er ændret"),
            (table, lambda raw: raw[:100] + bytes([raw[100] ^ 1]) + raw[101:], "er ændret"),
            (table, lambda raw: b"", "er ændret"),
            (manifest, lambda raw: raw[: len(raw) // 2], "kan ikke læses"),
            (
                manifest,
                lambda raw: raw.replace(b'"schema_version": 1', b'"schema_version": 9'),
                "skemaversion",
            ),
            (current, lambda raw: b"", "nævner ikke en udgave"),
            (current, lambda raw: b"../../etc", "nævner ikke en udgave"),
            (current, lambda raw: b"2001-01-01-00000000\n", "findes ikke"),
            (current, lambda raw: b"\xff\xfe", "kan ikke læses"),
        ):
            raw = file.read_bytes()
            file.write_bytes(damage(raw))
            red(reason)
            file.write_bytes(raw)
            green()
        table.rename(table.with_suffix(".væk"))
        red("findes ikke")
        table.with_suffix(".væk").rename(table)
        green()


@pytest.mark.faults
def test_the_app_starts_without_data_and_says_so(start: Start, tmp_path: Path) -> None:
    with start({"INDBLIK_DATA": str(tmp_path / "intet")}, healthy=False) as server:
        answer = server.get("/healthz")
        assert answer.status == 503
        _tells_no_paths(answer, tmp_path)
        assert server.get("/klar").status == 503
        for page in ("/", "/fleksjob", "/udforsk?i=x"):
            said = server.get(page)
            assert said.status == 503
            assert "<h1>Tallene kan ikke vises lige nu</h1>" in said.text
            assert '<html lang="da">' in said.text
            assert str(tmp_path) not in said.text
        assert server.get("/tal/x").status == 503


@pytest.mark.faults
def test_a_probe_every_moment_costs_little(server: Server) -> None:
    server.get("/healthz")
    started = time.perf_counter()
    for _ in range(50):
        assert server.get("/healthz").status == 200
    assert time.perf_counter() - started < 2.0


def _tells_no_paths(answer: Answer, root: Path) -> None:
    text = json.dumps(answer.json, ensure_ascii=False)
    assert str(root) not in text
    assert str(paths.REPO) not in text
    assert "Traceback" not in text
