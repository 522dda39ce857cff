"""Hvad nu hvis?: two calculators, budget and caseload, and fleksjob stock and flow."""

import streamlit as st

from dashboard import figure, parts, text, view
from dashboard.link import Choice
from dashboard.scenarios import caseload_page, caseload_tables, flow_page, flow_reverse
from dashboard.view import widget_key

PAGE = "hvad-nu-hvis"


def key(name: str) -> str:
    """The widget key of one of the page's choices."""
    return widget_key(PAGE, name)


release, head = view.release(), st.container()
which = Choice(
    "vis",
    "Beregner",
    {"sagstal": "Budget og sagstal", "fleksjob": "Fleksjobledighed"},
    ("sagstal",),
)
money, flows = caseload_page.choices(release), flow_page.choices(release)
values = view.bind(PAGE, [which, *money, *flows])
caseload_shown = values["vis"] == ("sagstal",)
view.put_away(PAGE, flows if caseload_shown else money)
lead = text.sentence(release, "sagstal-manchet" if caseload_shown else "stroem-manchet")
head.html(parts.page_head("Afprøv", "Hvad nu hvis?", lead))
st.segmented_control(
    which.name,
    list(which.options),
    format_func=which.options.__getitem__,
    key=key("vis"),
    required=True,
    label_visibility="collapsed",
)

if caseload_shown:
    found = caseload_page.result(release, values)
    k, people, n, price, c = money
    left, right = st.container(key="regner-sagstal").columns([2.32, 1], gap="medium")
    with left:
        figure.draw(release, caseload_page.picture(found))
        st.html(caseload_tables.check_html(found))
    with right, st.container(key="panel-valg"):
        st.html("<h2>Dit valg</h2>")
        steps = [k.danish(k.low + i * k.step) for i in range(round((k.high - k.low) / k.step) + 1)]
        st.select_slider(k.name, steps, key=key("k"))
    with right, st.container(key="panel-antagelser"):
        st.html("<h2>Antagelser</h2>")
        for choice, own, why in (
            (people, n, caseload_tables.people_html(found)),
            (price, c, caseload_tables.price_html(found)),
        ):
            st.radio(
                choice.name,
                list(choice.options),
                format_func=choice.options.__getitem__,
                key=key(choice.key),
            )
            if values[choice.key] == (caseload_page.OWN,):
                st.text_input(
                    own.name, key=key(own.key), placeholder="vælg en antagelse", max_chars=12
                )
            else:
                view.put_away(PAGE, [own])
            st.html(why)
        st.html(caseload_tables.assumptions_html())
        st.button("Nulstil", key="nulstil-sagstal", on_click=view.reset, args=(PAGE, money))
    st.html(caseload_tables.models(release, found) + caseload_tables.population(release, found))
    st.html(
        parts.notice(
            "Kurven siger noget om sagstal, ikke om resultater.",
            "Materialet har ingen tal for, hvor mange flere der kommer i job ved et lavere sagstal.",
        )
    )
else:
    by_key = {choice.key: choice for choice in flows}
    cited = flow_page.Cited.of(release)
    left, right = st.columns([2.32, 1], gap="medium")
    with left:
        if flow_page.missing(values):
            st.html(flow_page.waiting(values))
        else:
            figure.draw(release, flow_page.picture(release, values))
    with right, st.container(key="panel-stroem"):
        st.html("<h2>Antagelser</h2>")
        for name, label in flow_page.SINGLES.items():
            st.text_input(label, key=key(name), placeholder="vælg en antagelse", max_chars=8)
            st.html(flow_page.origin(cited, name, values))
        for name, label in flow_page.SPANS.items():
            low, high = st.columns(2, gap="small")
            low.text_input(f"{label}, lavt", key=key(f"{name}1"), placeholder="vælg", max_chars=8)
            high.text_input(f"{label}, højt", key=key(f"{name}2"), placeholder="vælg", max_chars=8)
            st.html(
                f'<p class="ophav">{flow_page.SPAN_TEXTS[name]}</p>{flow_page.origin(cited, name, values)}'
            )
        st.button("Nulstil", key="nulstil-stroem", on_click=view.reset, args=(PAGE, flows))
    with st.container(key="stroem-maal"):
        st.html("<h2>Hvad skal der til?</h2>")
        st.text_input(by_key["maal"].name, key=key("maal"), max_chars=8, width=328)
        st.html(flow_page.origin(cited, "maal", values))
        st.html(flow_reverse.section(release, values))
    st.html(
        parts.notice(
            "Det er et regnestykke og ikke en prognose.",
            "Feltet viser, hvad dine antagelser fører til. Det siger ikke, hvad der vil ske.",
        )
    )
    st.html(flow_page.unknowns())
