"""Hvad nu hvis?: two calculators, budget and caseload, and fleksjob stock and flow."""

from typing import Literal

import streamlit as st

from dashboard import figure, parts, text, view, widgets
from dashboard.link import Kind, Number
from dashboard.scenarios import (
    caseload_choice,
    caseload_page,
    caseload_tables,
    caseload_words,
    flow_page,
    flow_reverse,
)
from dashboard.topics.hvad_nu_hvis import CASELOAD, WHICH, choices
from dashboard.widgets import put_away, widget_key

PAGE = "hvad-nu-hvis"
CHOOSE = "vælg en antagelse"


def field(number: Number, label: str, width: int | Literal["stretch"] = "stretch") -> None:
    """A field for one of the visitor's numbers."""
    st.text_input(
        label, key=widget_key(PAGE, number.key), placeholder=CHOOSE, max_chars=12, width=width
    )


def reset(own: list[Kind]) -> None:
    """The button that returns a calculator to the documented values."""
    st.button("Nulstil", key="nulstil", on_click=widgets.reset, args=(PAGE, own))


release, head = view.release(), st.container()
all_choices = choices(release, {})
values = view.bind(PAGE, all_choices)
by_key = {c.key: c for c in all_choices}
money, flows = caseload_choice.choices(release), flow_page.choices(release)
chosen = values[WHICH.key][0]
put_away(PAGE, flows if chosen == CASELOAD else money)
lead = text.sentence(release, "sagstal-manchet" if chosen == CASELOAD else "stroem-manchet")
head.html(parts.page_head("Afprøv", "Hvad nu hvis?", lead))
st.segmented_control(
    WHICH.name, list(WHICH.options), format_func=WHICH.options.__getitem__,
    key=widget_key(PAGE, WHICH.key), required=True, label_visibility="collapsed",
)  # fmt: skip
left, right = st.container(key=f"regner-{chosen}").columns([2.32, 1], gap="medium")

if chosen == CASELOAD:
    found = caseload_choice.result(release, values)
    with left:
        figure.draw(release, caseload_page.picture(found))
        st.html(caseload_words.check_html(found))
    with right, st.container(key="panel-valg"):
        st.html("<h2>Dit valg</h2>")
        st.select_slider(
            by_key["k"].name, caseload_choice.steps(release), key=widget_key(PAGE, "k")
        )
    with right, st.container(key="panel-antagelser"):
        st.html("<h2>Antagelser</h2>")
        for choice, own, why in caseload_words.assumed(release, found):
            st.radio(choice.name, list(choice.options), format_func=choice.options.__getitem__,
                     key=widget_key(PAGE, choice.key))  # fmt: skip
            if values[choice.key] == (caseload_choice.OWN,):
                field(own, own.name)
            else:
                put_away(PAGE, [own])
            st.html(why)
        st.html(caseload_words.assumptions_html())
        reset(money)
    st.html(caseload_tables.models(release, found) + caseload_tables.population(release, found))
    st.html(caseload_words.caveat())
else:
    fields = {n.key: n for n in flows if isinstance(n, Number)}
    cited = flow_page.Cited.of(release)
    with left:
        if flow_page.missing(values):
            st.html(flow_page.waiting(values))
        else:
            figure.draw(release, flow_page.picture(release, values))
    with right, st.container(key="panel-stroem"):
        st.html("<h2>Antagelser</h2>")
        for name, label in flow_page.SINGLES.items():
            field(fields[name], label)
            st.html(flow_page.origin(cited, name, values))
        for name in flow_page.SPANS:
            for number, place in zip(
                (fields[f"{name}1"], fields[f"{name}2"]), st.columns(2, gap="small"), strict=True
            ):
                with place:
                    field(number, number.name)
            st.html(flow_page.span_html(cited, name, values))
        reset(flows)
    with st.container(key="stroem-maal"):
        st.html("<h2>Hvad skal der til?</h2>")
        field(fields["maal"], fields["maal"].name, 328)
        st.html(flow_page.origin(cited, "maal", values))
        st.html(flow_reverse.section(release, values))
    st.html(flow_page.caveat() + flow_page.unknowns())
