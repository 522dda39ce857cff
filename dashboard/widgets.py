"""The widget of a choice in a visitor's session: its key, what it is filled with, and what was chosen in it.

`dashboard.view` holds it against the address.
"""

from collections.abc import Sequence

import streamlit as st

from dashboard import link
from dashboard.link import Choice, Kind, Number, SetAside, Values


def widget_key(page: str, key: str) -> str:
    """The session-state key of a choice's widget."""
    return f"{page}.{key}"


def reset(page: str, choices: Sequence[Kind]) -> None:
    """Put choices back to their defaults: for a button's `on_click`, so before the next `bind`."""
    for choice in choices:
        fill(page, choice, choice.default)


def put_away(page: str, choices: Sequence[Kind]) -> None:
    """Say that this run does not draw the widgets of these choices; call right after `bind`.

    Their values stay in the address. Kept in the session, they would be there when the widget is drawn
    again, but not in the browser, which would send the widget's empty value back.
    """
    for choice in choices:
        st.session_state.pop(widget_key(page, choice.key), None)


def fill(page: str, choice: Kind, value: tuple[str, ...]) -> None:
    """Put ids (or a number's text) into the widget; call before it is drawn."""
    if isinstance(choice, Number):
        st.session_state[widget_key(page, choice.key)] = (
            choice.danish(float(value[0])) if value else ""
        )
        return
    st.session_state[widget_key(page, choice.key)] = list(value) if choice.many else value[0]


def chosen(page: str, choice: Choice, fallback: tuple[str, ...]) -> tuple[str, ...]:
    """The widget's value as ids; an emptied single choice keeps the address's value."""
    state = st.session_state.get(widget_key(page, choice.key), fallback)
    if isinstance(state, str):
        return (state,) if state in choice.options else fallback
    if state is None:
        return fallback
    kept = [one for one in state if one in choice.options]
    if set(kept) == set(fallback):
        return fallback  # nothing was chosen, so the address keeps its order
    order = list(choice.options)
    return tuple(kept if choice.ordered else sorted(kept, key=order.index))


def typed(page: str, numbers: Sequence[Number], fallback: Values) -> tuple[Values, list[SetAside]]:
    """Numbers from their widgets, and what had to be corrected; a corrected widget shows the number used."""
    values: Values = {}
    corrected: list[SetAside] = []
    for number in numbers:
        state = st.session_state.get(widget_key(page, number.key))
        if not isinstance(state, str):
            values[number.key] = fallback[number.key]
            continue
        values[number.key], complaints = link.typed(number, state)
        if complaints or (not state.strip() and values[number.key]):
            fill(page, number, values[number.key])
        corrected += complaints
    return values, corrected


def value(page: str, choice: Kind, before: tuple[str, ...]) -> tuple[str, ...]:
    """What the widget says now; `before` while the browser has not sent it."""
    if isinstance(choice, Choice):
        return chosen(page, choice, before)
    state = st.session_state.get(widget_key(page, choice.key))
    return link.typed(choice, state)[0] if isinstance(state, str) else before
