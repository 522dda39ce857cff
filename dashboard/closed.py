"""Whether one has to log in to see this server, and the way out. What login is, is in `dashboard/server/login/`."""

import os
from collections.abc import Mapping

VARIABLE = "INDBLIK_LOGIN"
LEAVE = "/log-ud"


def is_closed(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether this server requires login."""
    return environ.get(VARIABLE) == "1"


def way_out() -> str:
    """The footer's link to log out, as a list item; empty where nobody has to log in."""
    return f'<li><a href="{LEAVE}">Log ud</a></li>' if is_closed() else ""
