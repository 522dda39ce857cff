"""`python -m bench`: the app, a bare Streamlit page and a static page, interleaved, medians and ratios.

Machines are shared and noisy: read the ratios. `--rounds` (default 7) and `--clicks` (default 6) set the
length; `--json FILE` keeps the raw numbers.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright
from streamlit.testing.v1 import AppTest

from bench import browser, chart, choices, server, static_page
from bench.choices import Click
from contract.paths import REPO
from dashboard.sitemap import PAGES

_BARE = REPO / "bench" / "bare" / "app.py"


def main() -> None:
    """Run the benchmark and print one table per measure."""
    arguments = argparse.ArgumentParser(prog="python -m bench")
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--clicks", type=int, default=6)
    arguments.add_argument("--json", type=Path)
    chosen = arguments.parse_args()

    specs = chart.specs()
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as kept:
        json.dump(specs, kept)
        kept.flush()
        os.environ["BENCH_SPECS"] = kept.name
        results = _measure(specs, chosen.rounds, chosen.clicks)
        scripts = _script_times()
    _print(results, scripts)
    if chosen.json:
        chosen.json.write_text(
            json.dumps({"browser": results, "script_ms": scripts}, indent=1), "utf-8"
        )


def _measure(
    specs: dict[str, chart.Spec], rounds: int, clicks: int
) -> dict[str, list[dict[str, Any]]]:
    results: dict[str, list[dict[str, Any]]] = {
        "indblik": [],
        "bar Streamlit": [],
        "statisk": [],
    }
    with sync_playwright() as playwright, static_page.served(static_page.html(specs)) as static:
        chromium = playwright.chromium.launch(
            executable_path=browser.find_chromium(), args=browser.FLAGS
        )
        for _ in range(rounds):
            # What a server draws ahead in its first seconds would be measured as the browser's slowness here.
            with server.streamlit(REPO / "app.py", "/healthz", env={"INDBLIK_FORUD": "0"}) as (
                address,
                started,
            ):
                own = _round(
                    chromium, address + "/udforsk", choices.segment, clicks, started, choices.early
                )
                for name in choices.AT_ONCE:
                    path, click = choices.ELSEWHERE[name]
                    own[f"{name}_at_once"] = browser.look(
                        chromium, address + path, click, clicks=clicks
                    ).clicks
            with server.streamlit(REPO / "app.py", "/healthz", env={"INDBLIK_FORUD": "klik"}) as (
                address,
                _,
            ):
                for name, (path, click) in choices.ELSEWHERE.items():
                    own[name] = browser.look(
                        chromium, address + path, click, clicks=clicks, pause=choices.PAUSE
                    ).clicks
            results["indblik"].append(own)
            with server.streamlit(_BARE, "/_stcore/health") as (address, started):
                results["bar Streamlit"].append(
                    _round(chromium, address, choices.bare_segment, clicks, started)
                )
            results["statisk"].append(_round(chromium, static, choices.option, clicks, 0.0))
        chromium.close()
    return results


def _round(
    chromium: browser.Browser,
    address: str,
    click: Click,
    clicks: int,
    started: float,
    early: Callable[[Page], None] | None = None,
) -> dict[str, Any]:
    browser.look(
        chromium, address, click, clicks=0
    )  # the first visitor after a start is not the one measured
    seen = browser.look(chromium, address, click, clicks=clicks)
    slow = browser.look(chromium, address, click, clicks=0, slow=True)
    at_once = [
        browser.look(chromium, address, click, clicks=0, slow=speed, early=early).early
        for speed in (False, True)
        if early
    ]
    return asdict(seen) | {
        "slow_chart": slow.first_chart,
        "slow_live": slow.live_chart,
        "slow_whole": slow.whole_page,
        "slow_content": slow.first_content,
        "early": at_once,
        "start_s": started,
    }


def _script_times(runs: int = 15) -> dict[str, float]:
    """Median ms of one run of each page's script, in this process, after one warm run."""
    times: dict[str, float] = {}
    scripts = {f"/{page.path}": REPO / "pages" / page.script for page in PAGES} | {
        "bar Streamlit": _BARE
    }
    for name, script in scripts.items():
        test = AppTest.from_file(str(script), default_timeout=60).run()
        taken: list[float] = []
        for _ in range(runs):
            begun = time.process_time()
            test.run()
            taken.append(1000 * (time.process_time() - begun))
        times[name] = median(taken)
    return times


def _print(results: dict[str, list[dict[str, Any]]], scripts: dict[str, float]) -> None:
    def middle(name: str, key: str) -> float:
        values = [r[key] for r in results[name] if r.get(key) not in (None, [])]
        if not values:
            return 0.0
        flat = [v for value in values for v in (value if isinstance(value, list) else [value])]
        return median(float(v) for v in flat)

    rows = (
        ("første indhold, ms", "first_content"), ("første graf, ms", "first_chart"),
        ("første levende graf, ms", "live_chart"), ("hele siden, ms", "whole_page"),
        ("første indhold, 10 Mbit/s og 50 ms, ms", "slow_content"), ("første graf, 10 Mbit/s og 50 ms, ms", "slow_chart"),
        ("første levende graf, 10 Mbit/s og 50 ms, ms", "slow_live"), ("hele siden, 10 Mbit/s og 50 ms, ms", "slow_whole"),
        ("klik til ny graf, ms", "clicks"), ("… så snart grafen er levende, ms", "early"),
        ("tabel i stedet for graf, ms", "table"), ("peg på et punkt, ms", "pointer"),
        ("… et område på Udforsk, ms", "udforsk_area"), ("… en periode fra listen, ms", "udforsk_period"),
        ("… en antagelse på Hvad nu hvis, ms", "hvad_nu_hvis"),
        ("… et område uden ophold, ms", "udforsk_area_at_once"), ("… en periode uden ophold, ms", "udforsk_period_at_once"),
        ("over nettet ved første visning, kB", "wire_bytes"), ("start til klar, s", "start_s"),
    )  # fmt: skip
    print(
        f"{'':46}"
        + "".join(f"{name:>16}" for name in results)
        + f"{'mod bar':>10}{'mod statisk':>13}"
    )
    for label, key in rows:
        scale = 1000 if key == "wire_bytes" else 1
        values = {name: middle(name, key) / scale for name in results}
        own, bare, static = values.values()
        if not bare:  # the yardsticks have one choice
            bare, static = middle("bar Streamlit", "clicks"), middle("statisk", "clicks")
        to_bare = f"{own / bare:10.2f}" if bare else " " * 10
        to_static = f"{own / static:13.2f}" if static else ""
        digits = 2 if key == "start_s" else 0
        print(
            f"{label:46}"
            + "".join(f"{v:16.{digits}f}" for v in values.values())
            + to_bare
            + to_static
        )
    print("\nscriptets CPU-tid pr. gennemløb, ms (median)")
    for name, value in scripts.items():
        print(f"{name:46}{value:16.1f}")


if __name__ == "__main__":
    main()
