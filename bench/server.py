"""Starts a Streamlit app on a free loopback port and waits until it is healthy."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen


@contextmanager
def streamlit(
    script: Path, health: str, *, options: tuple[str, ...] = (), env: dict[str, str] | None = None
) -> Iterator[tuple[str, float]]:
    """Yields (address, seconds from start to healthy). Raises RuntimeError if it does not start."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", script.name, "--server.port", str(port), "--server.headless", "true",
         "--browser.gatherUsageStats", "false", *options],
        cwd=script.parent, env=os.environ | (env or {}), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://localhost:{port}"
    try:
        while True:
            try:
                with urlopen(address + health, timeout=2) as answer:
                    if answer.status == 200:
                        break
            except (URLError, ConnectionError, TimeoutError):
                pass
            if process.poll() is not None or time.perf_counter() - begun > 60:
                raise RuntimeError(f"{script} startede ikke")
            time.sleep(0.02)
        yield address, time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait(10)
