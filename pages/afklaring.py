"""Afklaring og ressourceforløb: the 2018–2021 table as chart and table, the rest, the goal of 23 weeks."""

import streamlit as st

from dashboard import charts, figure, parts, text, view
from dashboard.charts.bars import Bar, Column

YEARS = ("2018", "2019", "2020", "2021")
ENDS = (
    ("ressourceforloeb-foertidspension", "Førtidspension", "foertidspension"),
    ("ressourceforloeb-fleksjob", "Visiteret til fleksjob", "fleksjob"),
    ("ressourceforloeb-rest", "Resten (beregnet)", "andet"),
)

release = view.release()
view.bind("afklaring", [])

st.html(parts.page_head("Udvikling", "Afklaring og ressourceforløb", text.sentence(release, "afklaring-manchet")))

ended = {(i, year): release.one(i, year) for i, _, _ in ENDS for year in YEARS}
started = {year: release.one("ressourceforloeb-paabegyndte", year) for year in YEARS}
rows = [[label, *(text.number(ended[i, year]) for year in YEARS)] for i, label, _ in ENDS]
rows.append(["Påbegyndte forløb (en anden gruppe)", *(text.number(started[year]) for year in YEARS)])

figure.draw(release, figure.Picture(
    key="afslutning", finding="fund-afslutning", sub="fund-afslutning-sub", alt="fund-afslutning-alt",
    spec=charts.columns([
        Column(year, [Bar(label, ended[i, year], role) for i, label, role in ENDS]) for year in YEARS
    ], stacked=False, height=320),
    figures=list(ended.values()),
    table=parts.table("Sådan endte ressourceforløbene, og så mange begyndte", ["", *YEARS], rows, numeric=range(1, 5)),
    notes=["Vinrød: førtidspension. Blå: visiteret til fleksjob. Grå: resten, beregnet som 100 minus de to andele."],
))  # fmt: skip
st.html(
    '<section class="prosa"><h2>Hvad er resten?</h2><p>Kilden fordeler ikke resten. Den kan være job, uddannelse, '
    "kontanthjælp, et nyt ressourceforløb eller andet. Fordelingen findes ikke i materialet.</p>"
    f"<p>{text.sentence(release, 'afklaring-aendring')}</p>"
    "<h2>Flere overgange, men færre til fleksjob?</h2>"
    f"<p>{text.sentence(release, 'afklaring-to-udsagn')}</p><p>{text.sentence(release, 'afklaring-en-maaned')}</p></section>"
)
figure.draw(release, figure.Picture(
    key="paabegyndte", finding="fund-paabegyndte", sub="fund-paabegyndte-sub", alt="fund-paabegyndte-alt",
    spec=charts.columns([Column(y, [Bar("Påbegyndte", started[y], "afklaring")]) for y in YEARS], stacked=False, height=240),
    figures=list(started.values()),
))  # fmt: skip
st.html(parts.notice(
    "Påbegyndte og afsluttede forløb må ikke ganges sammen.",
    "Et forløb, der begyndte i 2018, kan være sluttet flere år senere. Antallet af afsluttede forløb findes ikke i materialet, "
    "så andelene kan ikke gøres til antal.",
))  # fmt: skip

groups = [point for point in release.points if point.kind == "gruppe"]
st.html(
    '<section class="prosa"><h2>Målet om 23 uger og de fire grupper</h2>'
    f"<p>{text.sentence(release, 'afklaring-23-uger')}</p>"
    + "".join(f"<h3>Gruppe {g.number}: {text.escape(g.title[0].lower() + g.title[1:])}</h3><p>{text.escape(g.text)}</p>" for g in groups)
    + '<p class="kildelinje">Handleplan for udsatteaftalen, 2016; aftalen er fra 11.11.2015.</p></section>'
)
st.html(parts.unknowns("Det siger materialet ikke", [
    parts.Unknown("Antal afsluttede ressourceforløb pr. år"),
    parts.Unknown("Hvor mange uger afklaringen tager"),
    parts.Unknown("Hvad resten fordeler sig på"),
    parts.Unknown("Tal for 2022"),
]))  # fmt: skip
