"""`python -m etl fetch` as a process of its own, against services on this machine. All values are made up."""

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from contract.paths import REPO
from tests.data.fetching import Keeper
from tests.data.jobindsats_service import KEY, Jobindsats
from tests.data.loopback import Loopback, Reply, loopback
from tests.data.statbank_service import Statbank

LOUD = "import logging, sys; logging.basicConfig(level=1); from etl.__main__ import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def bank() -> Iterator[Loopback]:
    with loopback(Statbank()) as running:
        yield running


@pytest.fixture
def jobs() -> Iterator[Loopback]:
    with loopback(Jobindsats()) as running:
        yield running


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path / "data")


def _environment(
    keeper: Keeper, bank: Loopback, jobs: Loopback | None, **more: str
) -> Mapping[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JOBINDSATS", "STATBANK"))}
    addresses = {
        "STATBANK_URL": bank.url,
        "JOBINDSATS_URL": jobs.url if jobs else "http://127.0.0.1:1",
    }
    return kept | addresses | {"INDBLIK_DATA": str(keeper.root)} | more


def _start(
    environment: Mapping[str, str], *arguments: str, before: Callable[[], None] | None = None
) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, *(arguments if arguments[0] == "-c" else ("-m", "etl", "fetch", *arguments))],
        cwd=REPO, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        encoding="utf-8", preexec_fn=before,
    )  # fmt: skip


def _fetch(
    environment: Mapping[str, str], *arguments: str, **how: Callable[[], None]
) -> tuple[int, str, str]:
    process = _start(environment, *arguments, **how)
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in err, err
    return process.returncode, out, err


def _until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def test_without_a_key_the_rest_goes_on(keeper: Keeper, bank: Loopback, jobs: Loopback) -> None:
    code, out, err = _fetch(_environment(keeper, bank, jobs), "--table", "KY04", "y09a02")
    assert code == 3
    assert "KY04: 1 nyt svar (72 tal)" in out
    assert "nøglen til Jobindsats mangler. Sæt JOBINDSATS_KEY" in err
    assert "KY04: henter tabelbeskrivelsen" in err, "progress"
    assert not jobs.requests
    assert keeper.rows("KY04").height == 72


def test_the_key_is_in_no_line_and_no_file_however_loud_the_log(
    keeper: Keeper, bank: Loopback, jobs: Loopback
) -> None:
    """Every library logs all it can, a fault and a refusal on the way included."""
    jobs.faults = [
        None,
        lambda *_: Reply(503, headers={"Retry-After": "0"}),
        None,
        lambda *_: Reply(400, "text/plain", f"no {KEY}".encode()),
    ]
    environment = _environment(keeper, bank, jobs, JOBINDSATS_KEY=KEY)
    code, out, err = _fetch(environment, "-c", LOUD, "fetch", "jobindsats", "--table", "y09a02")
    assert code == 1, err
    assert "DEBUG" in err, "the log is on"
    assert "prøver igen" in err
    assert {r.headers["authorization"] for r in jobs.requests} == {f"Bearer {KEY}"}
    files = b"".join(f.read_bytes() for f in keeper.root.rglob("*") if f.is_file())
    names = "".join(str(f) for f in keeper.root.rglob("*"))
    assert keeper.answers("jobindsats", "y09a02")
    assert KEY not in out + err + names
    assert KEY.encode() not in files


def test_a_full_disk_leaves_no_half_file(keeper: Keeper, bank: Loopback) -> None:
    """No file may grow beyond 2.000 bytes, as if there were no more room: the description of KY04 is larger."""

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    code, _, err = _fetch(
        _environment(keeper, bank, None), "statbank", "--table", "KY04", before=full
    )
    assert code == 2
    assert "svaret kunne ikke gemmes" in err
    assert keeper.kept() == []
    code, out, _ = _fetch(_environment(keeper, bank, None), "statbank", "--table", "KY04")
    assert code == 0
    assert "KY04: 1 nyt svar" in out


def test_killed_on_the_way_and_started_again(keeper: Keeper, bank: Loopback) -> None:
    never = threading.Event()
    bank.faults = [
        None,
        None,
        None,
        lambda _, right: Reply(body=right.body, kind=right.kind, hold=never),
    ]
    process = _start(_environment(keeper, bank, None), "statbank", "--table", "KY04", "KY16")
    _until(lambda: len(bank.requests) == 4)
    busy = _fetch(_environment(keeper, bank, None), "statbank", "--table", "KY04")
    assert busy[0] == 2
    assert "en anden henter eller bygger netop nu" in busy[2]
    process.kill()
    process.communicate(timeout=20)
    never.set()
    kept = keeper.kept()
    assert len(kept) == 6
    half = keeper.root / "raw" / "statbank" / "KY16" / ".tmp-19020101T000000Z-0123456789ab.csv"
    half.write_bytes(b"half")
    code, out, err = _fetch(_environment(keeper, bank, None), "statbank", "--table", "KY04", "KY16")
    assert code == 0, err
    assert "KY04: 0 nye svar (0 tal), 1 var hentet før" in out
    assert "KY16: 1 nyt svar" in out
    assert set(kept) < set(keeper.kept()), "nothing already fetched is lost"
    assert not [name for name in keeper.kept() if ".tmp-" in name]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--table", "AUK99"], 1, "nævner ikke den tabel, der bedes om; den har AUK01, KY04"),
        (["--areas", "999"], 2, "«999» er hverken alle, i-brug eller koden"),
        (["--from", "2017Q1"], 2, "perioden «2017Q1» kan ikke læses"),
    ],
)
def test_what_cannot_be_asked_for(
    keeper: Keeper, arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from etl.__main__ import main

    try:
        got = main(["fetch", *arguments, "--data", str(keeper.root)])
    except SystemExit as stopped:
        got = stopped.code
    assert got == code
    assert said in capsys.readouterr().err
    assert keeper.kept() == []
