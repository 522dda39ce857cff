"""Who is logged in: Streamlit's signed cookie, made small. The only module that knows Streamlit's login.

Of what the provider says only what is needed is kept: an id, when, and the role that is asked for. No name,
no address, no tokens, so the cookie stays under 1 kB however much the provider tells.
"""

import json
import time
from collections.abc import Iterable, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from streamlit.auth_util import (
    encode_provider_token,
    get_cookie_with_chunks,
    get_secrets_auth_section,
)
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import (
    create_signed_value,
    decode_signed_value,
)
from streamlit.web.server.starlette.starlette_server_config import (
    TOKENS_COOKIE_NAME,
    USER_COOKIE_NAME,
)

from dashboard.server.login.setup import Setup

PROVIDER = "default"
"""Streamlit's name of the one provider that stands in [auth] itself."""
AHEAD = 300.0
"""Seconds that the provider's clock may be ahead of ours."""


def section() -> dict[str, Any]:
    """[auth] of Streamlit's secrets; empty if there is none, or no file that can be read."""
    return dict(get_secrets_auth_section())


def ticket() -> str:
    """What Streamlit's login address asks for: the provider's name, signed, good for two minutes."""
    return encode_provider_token(PROVIDER)


def claims(cookies: Mapping[str, str]) -> dict[str, Any] | None:
    """What the cookies say of the visitor, if the server has signed them; else None."""
    secret = get_cookie_secret()

    def one(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(secret, name, value) if value else None

    raw = get_cookie_with_chunks(one, USER_COOKIE_NAME)
    try:
        found = json.loads(raw) if raw else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def set_in(headers: Iterable[tuple[bytes, bytes]]) -> tuple[dict[str, str], list[str]]:
    """The cookies of an answer's headers: those that say who is logged in, and the other headers unchanged."""
    of_user: dict[str, str] = {}
    others: list[str] = []
    for name, value in headers:
        if name.lower() != b"set-cookie":
            continue
        text = value.decode("latin-1")
        if not text.startswith((USER_COOKIE_NAME, TOKENS_COOKIE_NAME)):
            others.append(text)
            continue
        try:
            of_user |= {key: morsel.value for key, morsel in SimpleCookie(text).items()}
        except CookieError:
            continue
    return of_user, others


def is_admitted(told: Mapping[str, Any], setup: Setup) -> bool:
    """Whether someone of whom the provider tells this may come in: has the role, if one is asked for."""
    roles = told.get("roles")
    return not setup.role or (isinstance(roles, list) and setup.role in roles)


def seconds_left(told: Mapping[str, Any] | None, setup: Setup, now: float | None = None) -> float:
    """How long a login still lasts; 0 for none, one of another server, or one that is over.

    Counted from when the provider said who it was (`iat`, seconds since 1970), not from the last visit:
    someone who has left is asked for again, and refused by the provider.
    """
    if not told or told.get("is_logged_in") is not True or told.get("origin") != setup.origin:
        return 0.0
    said = told.get("iat")
    if (
        told.get("provider") != PROVIDER
        or isinstance(said, bool)
        or not isinstance(said, int | float)
    ):
        return 0.0
    passed = (time.time() if now is None else now) - said
    if passed < -AHEAD or not is_admitted(told, setup):
        return 0.0
    return max(0.0, setup.seconds - max(0.0, passed))


def cookie(told: Mapping[str, Any], setup: Setup) -> str:
    """The header that logs a visitor in: the small cookie, for as long as the login lasts."""
    kept = {name: told.get(name) for name in ("sub", "iat", "origin", "provider", "is_logged_in")}
    if setup.role:
        kept["roles"] = [setup.role] if is_admitted(told, setup) else []
    value = create_signed_value(get_cookie_secret(), USER_COOKIE_NAME, json.dumps(kept)).decode()
    return f"{USER_COOKIE_NAME}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={int(setup.seconds)}{secure(setup)}"


def secure(setup: Setup) -> str:
    """What makes a cookie keep to https, where the server is reached over that."""
    return "; Secure" if setup.origin.startswith("https:") else ""
