"""`python -m bench.scale`: ten million invented numbers through the whole pipeline, and a filter on them.

Builds a release of them in a process of its own (time, processor time, greatest memory), then lets Udforsk
filter in it and in a small release made the same way, turn about: the pure function behind the page with
nothing in memory, and the whole page. At last it builds the release after it, which disclosure control holds
against the first. Machines are shared and noisy: read the ratio, and the processor time.
"""

import argparse
import gc
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median

import polars as pl
import psutil
from streamlit.testing.v1 import AppTest

from bench.scale_data import Size, write
from contract import paths
from contract.journal import Event
from contract.paths import REPO
from contract.release import current_id

SMALL = Size(municipalities=0, benefits=10, ages=0)
"""The areas in use and no subgroups, as the service is asked for every day; the months are those of the large one."""
_MB = 1e6


@dataclass(frozen=True, slots=True)
class Built:
    """What building a release took: wall and processor seconds, greatest memory (MB), its rows, hidden ones and MB."""

    rows: int
    hidden: int
    seconds: float
    processor: float
    memory: float
    files: float


def build(root: Path, rows: int, published: str = "") -> Built:
    """Build what is in a folder, as the data keeper does, and let it be in use. Raises RuntimeError if refused.

    `published`: the date of a release after the one in use; none for the first.
    """
    command = [sys.executable, "-m", "etl", "build", "--data", str(root)]
    command += ["--date", published] if published else []
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    watched, memory, processor = psutil.Process(process.pid), 0.0, 0.0
    while process.poll() is None:
        try:
            memory = max(memory, watched.memory_info().rss / _MB)
            used = watched.cpu_times()
            processor = used.user + used.system
        except psutil.NoSuchProcess:
            break
        time.sleep(0.02)
    said = process.communicate()[0]
    if process.returncode:
        raise RuntimeError(said.decode())
    seconds = time.perf_counter() - begun
    _put_in_use(root, published or "1907-01-01")
    folder = root / "releases" / current_id(root)
    size = sum(file.stat().st_size for file in folder.iterdir()) / _MB
    hidden = int(pl.read_parquet(folder / "series.parquet")["hidden"].sum())
    return Built(rows, hidden, seconds, processor, memory, size)


def _put_in_use(root: Path, published: str) -> None:
    """The candidate in use and public, without the check that publish makes again."""
    before = current_id(root) if paths.current_file(root).exists() else ""
    new = paths.candidate_file(root).read_text("utf-8").strip()
    event = Event("udgivet", new, before, published, "Prøveudgave med opdigtede tal.")
    with paths.journal_file(root).open("a", encoding="utf-8") as journal:
        journal.write(f"{event.to_json()}\n")
    paths.current_file(root).write_text(f"{new}\n", "utf-8")


@contextmanager
def data_in(root: Path) -> Iterator[None]:
    """Let the dashboard read another data folder."""
    before = os.environ.get("INDBLIK_DATA")
    os.environ["INDBLIK_DATA"] = str(root)
    try:
        yield
    finally:
        os.environ.pop("INDBLIK_DATA")
        if before is not None:
            os.environ["INDBLIK_DATA"] = before


def filters(
    large: Path, small: Path, rounds: int, benefits: int = SMALL.benefits, *, pages: bool = True
) -> dict[str, dict[str, float]]:
    """Least ms of a filter in both releases by kind of measure, and their ratio; turn about, same run.

    The least: what else the machine does can only add to it. Without `pages` only the pure function.
    """
    found: dict[str, dict[str, float]] = {}
    kinds = [("funktionen, intet i hukommelsen", _function)] + [("hele siden", _page)] * pages
    for name, prepared in kinds:
        taken: dict[str, list[float]] = {"lille": [], "stor": []}
        for number in range(-2, rounds):
            for which, root in (("lille", small), ("stor", large)):
                with data_in(root):
                    ms = _timed(prepared(f"opdigtet-{number % benefits + 1:02d}"))
                if number >= 0:
                    taken[which].append(ms)
        for word, summary in (("mindst", min), ("median", median)):
            found.setdefault(name, {}).update({f"{w} {word}": summary(v) for w, v in taken.items()})
        found[name]["forhold"] = found[name]["stor mindst"] / found[name]["lille mindst"]
        found[name]["forhold, median"] = found[name]["stor median"] / found[name]["lille median"]
    return found


def _function(indicator: str) -> Callable[[], object]:
    """What Udforsk does when a visitor chooses, with nothing kept from before."""
    from dashboard import link, read
    from dashboard.fetched import Fetched
    from dashboard.topics import udforsk

    release = read.current()
    fresh = Fetched(
        release.fetched._copies, release.fetched.outlines.values(), release.indicators, release.sources
    )  # fmt: skip
    object.__setattr__(release, "fetched", fresh)
    params = {"i": [indicator], "o": ["101.000.147.461"], "vis": ["antal"]}

    def run() -> object:
        values, _ = link.read(params, udforsk.choices(release, params))
        return udforsk.result(release, values).picture

    return run


def _page(indicator: str) -> Callable[[], object]:
    """The page as a visitor's session runs it, with another indicator than the time before."""
    page = AppTest.from_file(str(REPO / "pages" / "udforsk.py"), default_timeout=60)
    page.query_params["i"] = indicator
    page.query_params["o"] = "101.000.147.461"
    page.query_params["vis"] = "antal"
    return page.run


def _timed(run: Callable[[], object]) -> float:
    gc.collect()
    begun = time.perf_counter()
    result = run()
    ms = 1000 * (time.perf_counter() - begun)
    if not result or getattr(result, "exception", None):
        raise RuntimeError("Udforsk viste ingen figur")
    return ms


def main() -> None:
    """Run the benchmark and print what it took."""
    logging.disable(logging.WARNING)  # Streamlit warns of pages that run outside a session
    arguments = argparse.ArgumentParser(prog="python -m bench.scale")
    arguments.add_argument("--rounds", type=int, default=15)
    arguments.add_argument("--months", type=int, default=72)
    arguments.add_argument("--json", type=Path)
    chosen = arguments.parse_args()
    size = Size(months=chosen.months)
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "stor", Path(folder) / "lille"
        write(large, size)
        little = replace(SMALL, months=size.months)
        write(small, little)
        load = os.getloadavg()[0]
        built = build(large, size.rows)
        build(small, little.rows)
        measured = filters(large, small, chosen.rounds)
        after = build(large, size.rows, "1907-02-01")
    print(
        f"{built.rows} opdigtede tal, {built.hidden} skjult, {os.cpu_count()} kerner, belastning før {load}"
    )
    for name, one in (("", built), ("udgaven efter: ", after)):
        for label, value in (
            ("bygget, s", one.seconds), ("processortid, s", one.processor), ("hukommelse, MB", one.memory),
            ("udgaven, MB", one.files),
        ):  # fmt: skip
            print(f"{name + label:34}{round(value, 1):>10}")
    for name, values in measured.items():
        print(f"{name:34}" + "".join(f"{k} {round(v, 2)} " for k, v in values.items()))
    if chosen.json:
        chosen.json.write_text(
            json.dumps(
                {"built": asdict(built), "after": asdict(after), "filter": measured}, indent=1
            ),
            "utf-8",
        )


if __name__ == "__main__":
    main()
