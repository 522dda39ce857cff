"""Binds a page's choices to the address and to Streamlit's widgets, both ways.

The address leads: when it differs from what this session last wrote (first load, a link, back or
forward), the widgets take their values from it. When a widget changes, the address follows. A visitor
who clicks twice before the first answer has arrived sends the old address along with the second click:
see `_given`.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import link, migrations, parts, read, releases, widgets
from dashboard.link import Choice, Kind, Number, SetAside, Values
from dashboard.one_click import Away, after, away
from dashboard.text import escape

_SEEN = "_adresse_set"
_WROTE = "_adresse_skrevet"
_BEHIND = "_adresser_foer"
_MOST_BEHIND = 20
"""Addresses that a browser may still show while the answers to as many clicks are on their way."""
_ASIDE = "_sat_til_side"
_OTHER = "_anden_udgave"
_CHOSEN = "_valgt"
_CORRECTED = "_rettet"
_OFFERED = "_tilbud"
_NEWEST = "_nyeste"
SEEN_BEFORE = "_set_foer"
"""In this session's state: the release it showed until this run, if a newer one has come since; else empty."""


def release() -> read.Release:
    """The release this run shows: the one the address pins with `d`, else the current one.

    A pinned release that does not exist gives the nearest one; `bind` shows the notice that says so.
    """
    st.session_state[_OTHER] = []
    given = parameters("").get(link.RELEASE, [])
    st.session_state[SEEN_BEFORE] = ""
    if not given:
        newest = read.current()
        before, st.session_state[_NEWEST] = st.session_state.get(_NEWEST), newest.id
        if before != newest.id:
            st.session_state[SEEN_BEFORE] = before or ""
        return newest
    found, why = releases.opened(given[0])
    aside = [SetAside(f"Udgaven «{link.shown(given[0])}»", why)] if why else []
    if len(given) > 1:
        aside.append(SetAside("Udgaven", "den stod flere gange i adressen; den første er brugt"))
    st.session_state[_OTHER] = aside
    return found


def parameters(page: str, *keys: str) -> dict[str, list[str]]:
    """The address's parameters, with what the visitor just chose in the widgets of `keys` put in.

    For choices whose options depend on another choice: their options must fit the new choice in the
    same run.
    """
    params = migrations.parameters(_given(page))
    if st.session_state.get(_SEEN) != _stamp(page, params):
        return params
    for key in keys:
        state = st.session_state.get(widgets.widget_key(page, key))
        if state:
            params[key] = [link.SEPARATOR.join(state) if isinstance(state, list) else state]
    return params


def bind(page: str, choices: Sequence[Kind]) -> Values:
    """Values for this run, after the address has been read into the widgets if it changed.

    Call before the widgets are drawn; give each widget the key `widgets.widget_key(page, choice.key)`.
    Shows a notice that names what was set aside. The notice stays until the visitor chooses again.
    """
    params = _given(page)
    stamp = _stamp(page, params)
    if _is_old(page, {key: st.query_params.get_all(key) for key in st.query_params}):
        # An answer may be on its way that puts another address in the browser: this one comes after it.
        st.query_params.from_dict(params)
    values, aside = link.read(params, choices)
    if st.session_state.get(_SEEN) != stamp:
        st.session_state[_SEEN], st.session_state[_ASIDE], st.session_state[_CORRECTED] = (
            stamp,
            aside,
            [],
        )
        st.session_state[_BEHIND] = []
        for choice in choices:
            widgets.fill(page, choice, values[choice.key])
    else:
        numbers, corrected = widgets.typed(
            page, [c for c in choices if isinstance(c, Number)], values
        )
        values = {
            c.key: widgets.chosen(page, c, values[c.key]) for c in choices if isinstance(c, Choice)
        } | numbers
        if corrected:
            st.session_state[_CORRECTED] = corrected
        elif values != st.session_state[_CHOSEN]:
            st.session_state[_CORRECTED] = []
        if values != st.session_state[_CHOSEN]:
            st.session_state[_ASIDE] = []
            _write(page, values, choices, params)
        for choice in choices:
            if widgets.widget_key(page, choice.key) not in st.session_state:
                widgets.fill(page, choice, values[choice.key])
    st.session_state[_CHOSEN] = values
    st.session_state[_OFFERED] = choices
    _show([*st.session_state.get(_OTHER, []), *st.session_state[_ASIDE]])
    _show(st.session_state.get(_CORRECTED, []), "Et tal er rettet.", "")
    return values


def _stamp(page: str, params: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    return page, repr(sorted((key, list(values)) for key, values in params.items()))


def _given(page: str) -> dict[str, list[str]]:
    """The address's parameters; those last written here, if the browser had not heard of them when it was clicked.

    An older address of this page together with a new choice is a click that overtook our answer. An
    older address alone is the visitor going back (or two clicks that undo each other, which then undo the
    one before: rare, and address and page still agree).
    """
    params = {key: st.query_params.get_all(key) for key in st.query_params}
    if _is_old(page, params) and _is_clicked(page):
        return {key: list(values) for key, values in st.session_state[_WROTE].items()}
    return params


def _is_old(page: str, params: Mapping[str, Sequence[str]]) -> bool:
    """Whether the address is one that this session has written on the page and since replaced."""
    stamp = _stamp(page, params)
    return stamp in st.session_state.get(_BEHIND, []) and st.session_state[_SEEN] != stamp


def _is_clicked(page: str) -> bool:
    """Whether a widget says something else than what the last run showed."""
    before: Values = st.session_state[_CHOSEN]
    return any(
        widgets.value(page, one, before[one.key]) != before[one.key]
        for one in st.session_state[_OFFERED]
    )


def here() -> tuple[str, dict[str, list[str]]]:
    """(page, address parameters) that this run shows; call after `bind`."""
    page = st.session_state[_SEEN][0] if _SEEN in st.session_state else ""
    return page, {key: st.query_params.get_all(key) for key in st.query_params}


def one_click_away() -> Away:
    """What is one click away from the view of this run; call after `bind`."""
    return away(st.session_state.get(_CHOSEN, {}), st.session_state.get(_OFFERED, ()))


def address_after(key: str, value: str) -> dict[str, str]:
    """The address parameters of this view with one key's value changed, or left out if empty; call after `bind`."""
    params = {name: st.query_params.get_all(name) for name in st.query_params}
    own = _written(st.session_state[_CHOSEN], st.session_state[_OFFERED], params)
    return after(own, key, value)


def _write(
    page: str, values: Values, choices: Sequence[Kind], params: Mapping[str, Sequence[str]]
) -> None:
    written = _written(values, choices, params)
    st.query_params.from_dict(written)
    st.session_state[_WROTE] = {key: [value] for key, value in written.items()}
    st.session_state[_BEHIND] = [*st.session_state[_BEHIND], st.session_state[_SEEN]][
        -_MOST_BEHIND:
    ]
    st.session_state[_SEEN] = _stamp(page, st.session_state[_WROTE])


def _written(
    values: Values, choices: Sequence[Kind], params: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    pinned = {link.RELEASE: params[link.RELEASE][0]} if params.get(link.RELEASE) else {}
    return pinned | link.write(values, choices)


def _show(
    aside: Sequence[SetAside],
    what: str = "Noget i linket kunne ikke bruges.",
    tail: str = " Resten af linket er fulgt.",
) -> None:
    if not aside:
        return
    listed = "; ".join(f"{escape(a.what)}: {escape(a.why)}" for a in aside[:6])
    rest = f" (og {len(aside) - 6} mere)" if len(aside) > 6 else ""
    st.html(parts.notice(what, f"{listed}{rest}.{tail}"))
