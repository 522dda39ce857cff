"""A server that requires login, and the real provider (oidc-provider, in Node) to log in at.

`make login-test` sets the provider up and names its folder in INDBLIK_LOGIN_UDBYDER. Names, roles and groups
are invented.
"""

import json
import os
import secrets
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from contract.paths import REPO
from tests.running import free_port

FOLDER = "INDBLIK_LOGIN_UDBYDER"
CLIENT_SECRET = secrets.token_urlsafe(24)
COOKIE_SECRET = secrets.token_urlsafe(32)
START_SECONDS = 30.0


def needed() -> Path:
    """The folder of the provider; the test is skipped without one."""
    folder = os.environ.get(FOLDER)
    if not folder:
        pytest.skip("no login provider: make login-test")
    return Path(folder).resolve()


@contextmanager
def provider(redirects: Sequence[str], *, groups: int = 0) -> Iterator[str]:
    """Run the provider; its address. It sends visitors back to `redirects`, and tells of so many groups.

    Raises RuntimeError with what it printed if it does not come up.
    """
    port = free_port()
    given = {
        "folder": str(needed()), "port": port, "redirects": list(redirects), "secret": CLIENT_SECRET, "groups": groups,
    }  # fmt: skip
    command = ["node", str(REPO / "tests/login/provider.mjs"), json.dumps(given)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    late = threading.Timer(START_SECONDS, process.kill)
    late.start()
    said: list[str] = []
    try:
        for line in process.stdout:
            said.append(line)
            if line.strip() == "ready":
                break
        else:
            raise RuntimeError("the provider did not start:\n" + "".join(said))
        late.cancel()
        # What it says from now on is read away: a full pipe would stop it.
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield f"http://localhost:{port}"
    finally:
        late.cancel()
        process.terminate()
        process.wait(10)


def settings(
    folder: Path, port: int, issuer: str, also: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The environment of a server on `port` that requires login at `issuer`; the secrets file is in `folder`."""
    file = folder / "secrets.toml"
    told = {
        "redirect_uri": f"http://localhost:{port}/oauth2callback",
        "cookie_secret": COOKIE_SECRET,
        "client_id": "indblik-test",
        "client_secret": CLIENT_SECRET,
        "server_metadata_url": f"{issuer}/.well-known/openid-configuration",
    }
    lines = [f'{name} = "{value}"' for name, value in told.items()]
    # This provider has no list of accounts to choose from, which is what Streamlit asks for.
    file.write_text("\n".join(["[auth]", *lines, 'client_kwargs = { prompt = "login" }', ""]))
    return {"INDBLIK_LOGIN": "1", "STREAMLIT_SECRETS_FILES": str(file), **(also or {})}
