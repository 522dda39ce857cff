"""Where a visitor wanted to go: carried through login in a cookie of its own for each attempt. Pure."""

import hashlib
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from dashboard.closed import LEAVE
from dashboard.server.login.setup import CALLBACK

ENTER = "/log-ind"
PARAMETER = "til"
LONGEST = 2_500
"""Characters of an address that is carried. A browser keeps 4 kB a cookie, the server reads 8 kB of all."""
SECONDS = 3600
"""How long an attempt may take, with a second factor and a forgotten password."""
_NOT = (ENTER, LEAVE, CALLBACK, "/auth/")


def safe(address: str) -> str:
    """An address of our own as it may stand in `Location`: path and query, nothing else; `/` for all others.

    >>> safe("/udforsk?i=x&fra=2018"), safe("//evil.example/"), safe("https://evil.example")
    ('/udforsk?i=x&fra=2018', '/', '/')
    """
    if not address.startswith("/") or address.startswith("//") or len(address) > LONGEST:
        return "/"
    if any(not "!" <= sign <= "~" or sign == "\\" for sign in address):
        return "/"
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc or parts.fragment or parts.path.startswith(_NOT):
        return "/"
    # What ends a cookie's value is written so that an address reads it as the same.
    return address.replace(";", "%3B").replace(",", "%2C").replace('"', "%22")


def asked(raw_path: bytes, query: bytes) -> str:
    """The address of a request as it was sent."""
    return (raw_path + (b"?" + query if query else b"")).decode("latin-1")


def enter(origin: str, address: str) -> str:
    """The address of «Log ind», which leads back to `address`."""
    return f"{origin}{ENTER}?{PARAMETER}={quote(safe(address), safe='/')}"


def name(state: str) -> str:
    """The name of the cookie of one attempt, known to the provider by `state`."""
    return "indblik_til_" + hashlib.blake2b(state.encode(), digest_size=6).hexdigest()


def cookie(state: str, address: str, secure: str = "") -> str:
    """The header that keeps where to go; it is only sent to the address that the provider sends back to."""
    return f"{name(state)}={safe(address)}; Path={CALLBACK}; HttpOnly; SameSite=Lax; Max-Age={SECONDS}{secure}"


def forgotten(state: str, secure: str = "") -> str:
    """The header that takes it away again."""
    return f"{name(state)}=; Path={CALLBACK}; HttpOnly; SameSite=Lax; Max-Age=0{secure}"


def kept(cookies: Mapping[str, str], state: str) -> str:
    """Where the visitor of an attempt wanted to go; `/` if it is not known."""
    return safe(cookies.get(name(state), "/"))
