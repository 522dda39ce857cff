"""What someone who is not logged in sees: pages without menu, figures or scripts."""

from html import escape

from dashboard.server import index
from dashboard.server.login import back


def _button(origin: str, address: str, words: str = "Log ind") -> str:
    # Out of a frame of another site: no provider lets itself be shown in one.
    return f'<p class="log-ind"><a class="knap" target="_top" href="{escape(back.enter(origin, address))}">{words}</a></p>'


def wanted(origin: str, address: str) -> str:
    """HTML of the page that asks for login, and leads on to `address`."""
    lost = back.safe(address) == "/" and address != "/"
    note = (
        "<p>Adressen er for lang eller ser anderledes ud end vores og kan ikke følge med gennem login. Log ind, og åbn "
        "så linket igen.</p>"
        if lost
        else "<p>Bagefter åbner den side, du er på vej til.</p>"
    )
    return index.bare(
        "Log ind",
        f'<h1>Log ind for at se Indblik</h1><p class="manchet">Siderne er kun for dem, der har fået adgang.</p>'
        f"{note}{_button(origin, address)}",
    )


def failed(origin: str, address: str) -> str:
    """HTML of the page after an attempt that came to nothing."""
    return index.bare(
        "Login lykkedes ikke",
        '<h1>Login lykkedes ikke</h1><p class="manchet">Det kan være afbrudt, eller der er gået for lang tid.</p>'
        f"{_button(origin, address, 'Prøv igen')}",
    )


def unreachable(origin: str, address: str) -> str:
    """HTML of the page when the provider does not answer."""
    return index.bare(
        "Login er nede",
        '<h1>Login svarer ikke</h1><p class="manchet">Indblik kan ikke nå den tjeneste, der logger ind. '
        f"Vent lidt, og prøv igen.</p>{_button(origin, address, 'Prøv igen')}",
    )


def not_admitted(origin: str) -> str:
    """HTML of the page for someone whom the provider knows, and who has no access here."""
    return index.bare(
        "Ingen adgang",
        '<h1>Din konto har ikke adgang til Indblik</h1><p class="manchet">Bed den, der er ansvarlig for Indblik hos '
        f"jer, om adgang, eller log ind med en anden konto.</p>{_button(origin, '/', 'Log ind med en anden konto')}",
    )


def left(origin: str) -> str:
    """HTML of the page after logout."""
    return index.bare(
        "Du er logget ud",
        '<h1>Du er logget ud</h1><p class="manchet">Luk browseren, hvis andre bruger den.</p>'
        f"{_button(origin, '/', 'Log ind igen')}",
    )


TEXT = "Log ind for at se dette."
"""What a script, a picture or a program is answered."""
