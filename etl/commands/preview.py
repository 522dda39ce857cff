"""`etl preview`: the app with the candidate in place of the release in use, on this machine only."""

import os
import socket
import subprocess
import sys
from argparse import Namespace
from typing import Any

from contract import paths
from contract.release import ReleaseError, verify
from etl.candidate import named_candidate

PREVIEW = "INDBLIK_PREVIEW"


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("preview", help="se kandidaten i appen, før den udgives")
    parser.add_argument("--port", type=int, default=8502, help="porten (ellers 8502)")
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Start the app and wait until it is stopped with Ctrl+C. Gives the exit code."""
    candidate = named_candidate(chosen.root)
    if not candidate:
        print("Der er ingen kandidat at se. Kør «python -m etl build» først.", file=sys.stderr)
        return 1
    try:
        verify(paths.releases_dir(chosen.root) / candidate)
    except ReleaseError as error:
        print(f"Kandidaten er ikke hel: {error}. Byg den igen.", file=sys.stderr)
        return 1
    if not _free(chosen.port):
        print(
            f"Porten {chosen.port} er optaget, måske af en anden forhåndsvisning. Luk den, eller skriv "
            f"«python -m etl preview --port {chosen.port + 1}».",
            file=sys.stderr,
        )
        return 2
    print(
        f"Kandidaten {candidate} kan ses på http://localhost:{chosen.port}/ · stop med Ctrl+C",
        flush=True,
    )
    command = [
        sys.executable, "-m", "streamlit", "run", "app.py",
        "--server.address", "localhost", "--server.port", str(chosen.port),
    ]  # fmt: skip
    environment = os.environ | {PREVIEW: "1", "INDBLIK_DATA": str(chosen.root)}
    os.chdir(paths.REPO)
    if os.name == "posix":  # this process becomes the app, so that whoever stops it stops the app
        os.execve(sys.executable, command, environment)
    return subprocess.run(command, env=environment, check=False).returncode


def _free(port: int) -> bool:
    """Whether nothing on this machine answers at a port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) != 0
