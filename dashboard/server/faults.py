"""When a page's script fails: the details go to the log under a number, the visitor sees the number."""

import logging
import secrets
from html import escape

_LOG = logging.getLogger("indblik")


def record(error: BaseException) -> str:
    """Log an error with its traceback; returns the number it can be found by."""
    number = secrets.token_hex(3).upper()
    _LOG.error("Fejl %s på en side", number, exc_info=error)
    return number


def notice(number: str) -> str:
    """HTML of what the visitor sees."""
    return (
        '<div class="besked fejl" role="alert"><p><strong>Denne del af siden kan ikke vises.</strong> '
        f"Fejlen er noteret som <code>{escape(number)}</code>. Prøv at genindlæse siden, eller "
        '<a href="/">gå til forsiden</a>.</p></div>'
    )
