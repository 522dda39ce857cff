"""The notice while the release shown is the last good one, because the one on disk cannot be used."""

from contract import danish
from dashboard import parts, read
from dashboard.parts import escape


def notice() -> str:
    """HTML of the notice; empty while all is well. Raises ReleaseError if there is no release to show."""
    if not read.standing.trouble():
        return ""
    release = read.current()
    return parts.notice(
        "Tallene kan ikke opdateres lige nu.",
        "Filerne på serveren er beskadiget eller kan ikke læses. Du ser udgaven fra "
        f"{danish.day(release.published)} ({escape(release.id)}), som den var, da den sidst blev kontrolleret.",
        css="fejl",
    )
