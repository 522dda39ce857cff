"""The browser of the tests: one that is installed, or one that is fetched once.

`python -m tests.browser.chromium` prints its path, fetching a browser first if there is none.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
    "microsoft-edge-stable", "brave-browser",
)  # fmt: skip


def find() -> str | None:
    """Path of a browser that starts: CHROMIUM, then what is on PATH, then Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if _starts(named) else None
    candidates = [path for name in NAMES if (path := shutil.which(name))]
    candidates += _fetched()
    return next((path for path in candidates if _starts(path)), None)


def fetch() -> None:
    """Get a browser: from the system's packages as root, else Playwright's into the home folder."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    if as_root:
        _say("Henter chromium med apt-get …")
        quiet = {"stdout": sys.stderr, "stderr": sys.stderr, "check": False}
        subprocess.run(["apt-get", "update", "-q"], **quiet)
        subprocess.run(
            ["apt-get", "install", "-qy", "--no-install-recommends", "chromium"], **quiet
        )
        if find():
            return
    _say("Henter Playwrights chromium …")
    command = [
        sys.executable,
        "-m",
        "playwright",
        "install",
        *(["--with-deps"] if as_root else []),
        "chromium",
    ]
    subprocess.run(command, stdout=sys.stderr, check=False)


def _fetched() -> list[str]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return [path] if path and Path(path).exists() else []


def _starts(path: str) -> bool:
    # The package `chromium` of some systems is a script that only says how to install it.
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def main() -> int:
    """Print the path of a browser; 1 if none could be had."""
    if find() is None and not os.environ.get("CHROMIUM"):
        fetch()
    path = find()
    if path is None:
        named = os.environ.get("CHROMIUM")
        why = (
            f"CHROMIUM={named} kan ikke startes." if named else "Der er ingen browser til testene."
        )
        _say(f"{why} Installér Chromium, Chrome eller Edge, eller sæt CHROMIUM til dens sti.")
        _say("The tests need Chromium, Chrome or Edge on PATH, or its path in CHROMIUM.")
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
