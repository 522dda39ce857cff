"""What a preview server says on every page: these figures are not published."""

from html import escape

from contract.release import ReleaseError
from dashboard import read
from dashboard.in_use import previewing

NO_INDEX = {"x-robots-tag": "noindex, nofollow", "cache-control": "no-store"}
"""Headers on all that a preview sends: it is for no search engine and no cache."""


def strip() -> str:
    """HTML of the notice at the foot of the window; empty in any other server."""
    if not previewing():
        return ""
    try:
        named = f" Udgave {escape(read.shown_id())}."
    except ReleaseError:
        named = ""
    return (
        '<p class="forhaandsvisning" role="note"><strong>Forhåndsvisning: ikke offentliggjort.</strong>'
        f"{named}</p>\n"
    )
