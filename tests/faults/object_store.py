"""A real S3 server on this machine: `rclone serve s3` over a folder.

Of what can be installed by name from the package index, rclone is a program people do serve S3 with, in one
binary that signs, lists and uploads in parts as S3 clients expect; moto only imitates AWS inside a test.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.running import free_port

KEY, SECRET = "proeve-noegle", "proeve-hemmelighed-0123456789"
BUCKET = "indblik"


@contextmanager
def serving(folder: Path, port: int = 0) -> Iterator[dict[str, str]]:
    """Serve the buckets (folders) in a folder; gives the environment in which S3 programs find it."""
    port = port or free_port()
    (folder / BUCKET).mkdir(parents=True, exist_ok=True)
    command = [_rclone(), "serve", "s3", str(folder), "--addr", f"127.0.0.1:{port}", "--auth-key", f"{KEY},{SECRET}",
               "--config", os.devnull, "--vfs-cache-mode", "off"]  # fmt: skip
    log = (folder / ".log").open("wb")
    process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(process, port)
        yield credentials() | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def credentials() -> dict[str, str]:
    """The environment of S3 programs but for the address."""
    return {
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def remove(environment: dict[str, str], name: str) -> None:
    """Remove an object, as an S3 client does."""
    remote = f":s3,provider=Other,env_auth=true,endpoint='{environment['AWS_ENDPOINT_URL']}':{BUCKET}/{name}"
    command = [_rclone(), "deletefile", remote, "--config", os.devnull]
    subprocess.run(command, check=True, env=os.environ | environment)


def _rclone() -> str:
    program = Path(sys.executable).with_name("rclone")
    found = str(program) if program.exists() else shutil.which("rclone")
    assert found, "rclone is in requirements-dev.txt"
    return found


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    import socket

    until = time.monotonic() + 20
    while time.monotonic() < until:
        if process.poll() is not None:
            pytest.fail(f"rclone stopped with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("rclone does not answer")
