"""A program that runs beside us: its output goes to a file and, line by line with its name, to the terminal."""

import os
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO


class Child:
    """A started program. It does not hear the terminal's Ctrl+C: whoever started it stops it."""

    def __init__(
        self, name: str, command: list[str], log: Path, *, env: Mapping[str, str] | None = None,
        folder: Path | None = None, terminal: TextIO | None = None,
    ) -> None:  # fmt: skip
        """Start it. Output is added to `log`. Raises OSError if it cannot be started."""
        self.name, self.log, self._terminal = name, log, terminal
        self.process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, name=f"log-{name}", daemon=True)
        self._reader.start()

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    @property
    def output(self) -> str:
        """What it has written."""
        return self.log.read_text("utf-8", errors="replace") if self.log.exists() else ""

    def stop(self, seconds: float = 10.0) -> None:
        """SIGTERM, and after `seconds` SIGKILL; returns when it has ended."""
        self.process.terminate()
        self.ended(seconds)

    def kill(self) -> None:
        """SIGKILL; returns when it has ended."""
        self.process.kill()
        self.ended()

    def ended(self, seconds: float = 10.0) -> None:
        """Wait until it has ended; after `seconds` SIGKILL."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reader.join(1.0)

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as output, self.log.open("ab") as log:
            for line in output:
                log.write(line)
                log.flush()
                if self._terminal:
                    text = line.decode("utf-8", errors="replace").rstrip()
                    print(f"{self.name:<10} │ {text}", file=self._terminal, flush=True)
