"""How the making of several files is followed, and stopped."""

from collections.abc import Callable

Told = Callable[[str], None]
"""Called with what is made next. It may raise `Stopped`; then nothing more is made."""


class Stopped(Exception):
    """Nobody wants the files any longer."""


def silent(_what: str) -> None:
    """Tell nobody."""
