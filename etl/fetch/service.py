"""Where a service is and how it is asked: address and key from the environment, pace, waits and limits."""

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from etl.fetch.refused import FetchError, KeyMissing

USER_AGENT = "Indblik/1 (datahentning; Koebenhavns udsatteomraade)"
ADDRESSES = {
    "statbank": ("STATBANK_URL", "https://api.statbank.dk"),
    "jobindsats": ("JOBINDSATS_URL", "https://api.jobindsats.dk"),
}
KEY, KEY_FILE = "JOBINDSATS_KEY", "JOBINDSATS_KEY_FILE"


@dataclass(frozen=True, slots=True)
class Service:
    """One service. Times in seconds; `pace` is the least time from one request to the next.

    `longest_wait` is the longest a Retry-After is obeyed; a service that asks for more is given up.
    """

    name: str
    title: str
    base: str
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    secret: str = field(default="", repr=False)
    pace: float = 0.5
    attempts: int = 4
    first_wait: float = 2.0
    longest_wait: float = 60.0
    connect_timeout: float = 10.0
    read_timeout: float = 120.0
    largest: int = 512 * 1024 * 1024

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine, as in tests."""
        return _is_loopback(urlsplit(self.base).hostname or "")

    def hide(self, text: str) -> str:
        """The text without the key, should a service repeat it."""
        return text.replace(self.secret, "•••") if self.secret else text


def address(name: str) -> str:
    """The base address of a service, without a slash at the end.

    Raises FetchError unless it is https, or http to this machine: a key or a question is not sent in the open.
    """
    variable, default = ADDRESSES[name]
    base = (os.environ.get(variable) or default).strip().rstrip("/")
    parts = urlsplit(base)
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    safe = parts.scheme == "https" or (
        parts.scheme == "http" and _is_loopback(parts.hostname or "")
    )
    if not (parts.hostname and plain and safe):
        raise FetchError(
            f"{variable} skal være en adresse, der begynder med https:// (http:// kun til denne maskine), "
            "uden brugernavn og uden ? og #"
        )
    return base


def key() -> str:
    """The key to Jobindsats, from JOBINDSATS_KEY or the file JOBINDSATS_KEY_FILE names.

    Raises KeyMissing, which never repeats what was found.
    """
    found = os.environ.get(KEY, "").strip()
    if not found and (file := os.environ.get(KEY_FILE, "").strip()):
        try:
            found = Path(file).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise KeyMissing(f"nøglefilen, som {KEY_FILE} nævner, kan ikke læses") from None
    if not found:
        raise KeyMissing(
            f"nøglen til Jobindsats mangler. Sæt {KEY}, eller lad {KEY_FILE} nævne en fil, som kun du kan "
            "læse. En nøgle fås hos Styrelsen for Arbejdsmarked og Rekruttering (jobindsats@star.dk)"
        )
    if not (found.isascii() and found.isprintable() and " " not in found and len(found) >= 8):
        raise KeyMissing(
            "nøglen til Jobindsats har tegn, en nøgle ikke kan have, eller er for kort; kopiér den igen"
        )
    return found


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
