"""When a page's script fails: the details go to the log under a number, the visitor sees the number."""

import logging
import secrets
from html import escape

from dashboard.server import metrics

_LOG = logging.getLogger("indblik")


def record(error: BaseException, place: str = "side") -> str:
    """Log an error with its traceback; returns the number it can be found by. `place` is for /metrics."""
    number = secrets.token_hex(3).upper()
    metrics.ERRORS.labels(place).inc()
    _LOG.error("Fejl %s på en side", number, exc_info=error, extra={"fejl": number})
    return number


def notice(number: str, request: str = "") -> str:
    """HTML of what the visitor sees: the number of the fault, and the id of the request if it is known."""
    during = f" (forespørgsel <code>{escape(request)}</code>)" if request else ""
    return (
        '<div class="besked fejl" role="alert"><p><strong>Denne del af siden kan ikke vises.</strong> '
        f"Fejlen er noteret som <code>{escape(number)}</code>{during}. Prøv at genindlæse siden, eller "
        '<a href="/">gå til forsiden</a>.</p></div>'
    )
