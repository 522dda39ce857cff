"""The app starts only with the agreed configuration, and says which option is wrong."""

import os
import subprocess
import sys

import pytest

from contract.paths import REPO
from dashboard.server import settings
from tests.running import free_port

WRONG = {
    "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": ("full", "client.showErrorDetails"),
    "STREAMLIT_CLIENT_TOOLBAR_MODE": ("developer", "client.toolbarMode"),
    "STREAMLIT_SERVER_ENABLE_STATIC_SERVING": ("true", "server.enableStaticServing"),
    "STREAMLIT_SERVER_ENABLE_AGENT_API": ("true", "server.enableAgentApi"),
    "STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION": ("false", "server.enableXsrfProtection"),
    "STREAMLIT_SERVER_MAX_UPLOAD_SIZE": ("200", "server.maxUploadSize"),
}


@pytest.mark.faults
def test_every_wrong_option_is_named() -> None:
    env = {name: value for name, (value, _) in WRONG.items()}
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(free_port()),
    ]
    done = subprocess.run(
        command,
        cwd=REPO,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "Indblik starter ikke" in said
    for _, option in WRONG.values():
        assert option in said
    assert "Traceback" not in said


def test_the_installed_streamlit_knows_every_option() -> None:
    from streamlit import config

    for name in settings.REQUIRED:
        config.get_option(name)


def test_what_the_file_says_is_what_is_required() -> None:
    import tomllib

    written = tomllib.loads((REPO / ".streamlit/config.toml").read_text("utf-8"))
    for name, value in settings.REQUIRED.items():
        section, option = name.split(".")
        if option in written.get(section, {}):
            assert written[section][option] == value, name
