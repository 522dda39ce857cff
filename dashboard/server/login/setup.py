"""Whether login is required, and of whom: read and checked once, when the server starts.

INDBLIK_LOGIN=1 requires it; the provider stands in Streamlit's secrets under [auth]. A server with that
section must say 1 or 0, so that neither a lost file nor a lost variable opens it to everyone.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from dashboard.closed import VARIABLE

HOURS = "INDBLIK_LOGIN_TIMER"
ROLE = "INDBLIK_LOGIN_ROLLE"
USUAL_HOURS = 8.0
MOST_HOURS = 24
SHORTEST_SECRET = 32
"""Characters of the secret that cookies are signed with."""
CALLBACK = "/oauth2callback"
"""Where the provider sends the visitor back to; the address is Streamlit's."""

_NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_ANYONE = ("/common/", "/organizations/", "/consumers/")
"""Entra ID's addresses for accounts of any organisation, or of none."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Setup:
    """A server that requires login: its own origin (`https://host`), how long a login lasts (seconds), and the
    role that is needed, empty = none.
    """

    origin: str
    seconds: float
    role: str = ""


def read(section: Mapping[str, Any], environ: Mapping[str, str] = os.environ) -> Setup | None:
    """What `section` ([auth] of the secrets) and the environment ask for; None = no login.

    Raises SystemExit with every fault as a Danish sentence.
    """
    said = environ.get(VARIABLE, "")
    if not said and not section:
        return None
    if said == "0":
        return None
    if said != "1":
        was = f"er «{said}»" if said else "mangler, men der står [auth] i Streamlits secrets"
        _stop([f"{VARIABLE} {was}; skriv 1 (login kræves) eller 0 (alle har adgang)."])
    hours = _hours(environ.get(HOURS, ""))
    found = faults(section)
    if hours is None:
        found.append(f"{HOURS} skal være timer, over 0 og højst {MOST_HOURS}.")
    if found or hours is None:
        _stop(found)
        return None
    parts = urlsplit(section["redirect_uri"])
    return Setup(f"{parts.scheme}://{parts.netloc}", 3600 * hours, environ.get(ROLE, "").strip())


def faults(section: Mapping[str, Any]) -> list[str]:
    """What is wrong with [auth], one Danish sentence each; empty = all is well. No value is repeated."""
    missing = [
        name for name in _NEEDED if not isinstance(section.get(name), str) or not section[name]
    ]
    found = [f"{name} mangler under [auth] i Streamlits secrets." for name in missing]
    if "redirect_uri" not in missing and not _is_callback(section["redirect_uri"]):
        found.append(
            f"redirect_uri skal være serverens egen adresse fulgt af {CALLBACK}, og den skal begynde med https://."
        )
    if "cookie_secret" not in missing and len(section["cookie_secret"]) < SHORTEST_SECRET:
        found.append(f"cookie_secret skal være mindst {SHORTEST_SECRET} tilfældige tegn.")
    if "server_metadata_url" not in missing:
        address = section["server_metadata_url"]
        if not _is_safe(address):
            found.append("server_metadata_url skal begynde med https://.")
        if any(word in address for word in _ANYONE):
            found.append(
                "server_metadata_url skal nævne jeres egen lejer (tenant); ellers kan alle Microsoft-konti logge ind."
            )
    return found


def _is_safe(address: str) -> bool:
    """Whether an address cannot be listened to on the way: https, or this machine."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and (
            parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        )
    except ValueError:
        return False


def _is_callback(address: str) -> bool:
    if not _is_safe(address):
        return False
    parts = urlsplit(address)
    return parts.path == CALLBACK and not (parts.query or parts.fragment or parts.username)


def _hours(given: str) -> float | None:
    try:
        found = float(given or USUAL_HOURS)
    except ValueError:
        return None
    return found if 0 < found <= MOST_HOURS else None


def _stop(found: list[str]) -> None:
    lines = "\n".join(f"  - {fault}" for fault in found)
    raise SystemExit(
        f"Indblik starter ikke, for opsætningen af login er ikke, som den skal være:\n{lines}\nSe docs/drift/login.md."
    )
