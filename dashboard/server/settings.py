"""The frozen configuration: what .streamlit/config.toml must hold, checked when the server starts.

Several of the options are hidden or recent. A Streamlit that does not know one, or an environment
variable that overrides one, stops the start with a message that names it.
"""

from collections.abc import Callable
from typing import Any

REQUIRED: dict[str, Any] = {
    # Nothing of the machine or the code reaches the visitor.
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "global.developmentMode": False,
    # No English toolbar, menu or export buttons; ours are in Danish.
    "client.toolbarMode": "minimal",
    "client.showSidebarNavigation": False,
    "client.disableDataExport": True,
    # Speed: a full collection after every run holds the GIL 50–100 ms; see memory.py.
    "runner.postScriptGC": False,
    "runner.magicEnabled": False,
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    # The browser must not forget a message between two quick clicks; see config.toml.
    "global.maxCachedMessageAge": 50,
    # Only our own origin, our own addresses and no uploads.
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.scriptHealthCheckEnabled": False,
    "server.maxUploadSize": 1,
    "server.maxMessageSize": 20,
    "client.allowedOrigins": [],
    "server.baseUrlPath": "",
    # Nothing is sent to others: no statistics, no question for our address.
    "browser.gatherUsageStats": False,
    "logger.hideWelcomeMessage": True,
    "server.headless": True,
}


def faults(get_option: Callable[[str], Any], version: str) -> list[str]:
    """What is wrong with the effective configuration, one Danish sentence each; empty = all is well."""
    found = []
    for name, wanted in REQUIRED.items():
        try:
            value = get_option(name)
        except (RuntimeError, KeyError):
            found.append(f"Streamlit {version} kender ikke {name}; den skal være {_shown(wanted)}.")
            continue
        if value != wanted or type(value) is not type(wanted):
            found.append(f"{name} er {_shown(value)}, men skal være {_shown(wanted)}.")
    return found


def require(get_option: Callable[[str], Any], version: str) -> None:
    """Stop the start with a readable message if the configuration is not the frozen one."""
    found = faults(get_option, version)
    if found:
        lines = "\n".join(f"  - {fault}" for fault in found)
        raise SystemExit(f"Indblik starter ikke, for opsætningen er ikke den aftalte:\n{lines}\n"
                         "Se .streamlit/config.toml og dashboard/server/settings.py.")  # fmt: skip


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"«{value}»"
