"""Which figures this run has put on the screen: what the notice over an old release counts.

One set a script run, kept in a context variable; `text` and `figure` add to it as they draw.
"""

from contextvars import ContextVar

_ids: ContextVar[set[str] | None] = ContextVar("vist", default=None)


def begin() -> None:
    """Start an empty set for this run."""
    _ids.set(set())


def note(figure_id: str) -> None:
    """Remember that a figure is shown. Outside a run nothing is remembered."""
    ids = _ids.get()
    if ids is not None:
        ids.add(figure_id)


def ids() -> frozenset[str]:
    """The figures shown so far in this run."""
    return frozenset(_ids.get() or ())
