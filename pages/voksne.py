"""Udsatte voksne: three statements of the fall, what remained, status after kontanthjælp, background."""

from datetime import date

import streamlit as st

from dashboard import background, charts, figure, onward, parts, statements, text, view
from dashboard.charts.bars import Bar
from dashboard.charts.staircase import staircase
from dashboard.statements import Statement, compared

release = view.release()
view.bind("voksne", [])
number = release.figure
NOT_STATED = "ikke oplyst"

st.html(parts.page_head("Udvikling", "Udsatte voksne", text.sentence(release, "voksne-manchet")))

bilag, bi07, tema = (number("aktivitetsparate-voksne-fald-pct-101-2017-12-2020-12"), number("udsatte-voksne-fald-pct-101-2017-2022"),
                     number("aktivitetsparate-kontanthjaelp-fald-101-2018-2022"))  # fmt: skip
said = (
    Statement("Notat til udvalget, 11.02.2021", bilag, "voksne-udsagn-bilag-4", "December 2017–december 2020", dated=True),
    Statement("Budgetnotat BI07, uden dato", bi07, "voksne-udsagn-bi07", "Fra 2017; måned og slutdato er ikke oplyst", dated=False),
    Statement("Temadrøftelse, 24.10.2022", tema, "voksne-udsagn-tema", "2018–2022 ifølge sagens titel; datoer er ikke oplyst", dated=False),
)  # fmt: skip
st.html(f"<h2>{text.sentence(release, 'voksne-udsagn')}</h2>" + parts.grid([statements.card(release, s, 2017, 2022) for s in said], "niveau-3 udsagn-3"))
st.html(parts.notice("De tre fald må ikke sættes på samme linje.", "De gælder ikke den samme gruppe, den samme periode eller det samme antal."))
unstated = f'<span class="note">{NOT_STATED}</span>'
rows = [
    ["Hvem", "aktivitetsparate på kontanthjælp eller overgangsydelse", "udsatte voksne i kontanthjælpssystemet", "aktivitetsparate på kontanthjælp"],
    ["Alder", *compared([number("voksne-aldersgraense-101-2021-02-11"), number("voksne-aldersgraense-101-2022"), None], NOT_STATED)],
    ["Begynder", "december 2017", f"2017, måned {NOT_STATED}", unstated],
    ["Slutter", "december 2020", unstated, unstated],
    ["Fald i pct.", *compared([bilag, bi07, tema], NOT_STATED)],
    ["Fald i antal", *compared([number("aktivitetsparate-voksne-fald-101-2017-12-2020-12"), number("udsatte-voksne-fald-101-2017-2022"), None], NOT_STATED)],
    ["Talt i", "fuldtidspersoner", "fuldtidspersoner", unstated],
]  # fmt: skip
st.html(
    parts.table("Derfor er de tre udsagn ikke ens", ["", "Notatet fra 2021", "BI07", "Temadrøftelsen"], rows)
    + f'<section class="prosa"><p>{text.sentence(release, "voksne-forskel")}</p><p>{text.sentence(release, "voksne-forskel-ord")}</p></section>'
)

share = number("langvarige-kontanthjaelp-andel-101-2021-02-11")
st.html(
    f'<section class="tilbage"><h2>{text.sentence(release, "voksne-tilbage")}</h2><p class="note">{text.sentence(release, "voksne-tilbage-sub")}</p>'
    + statements.share_strip(release, share, "voksne-tilbage-del", "voksne-tilbage-hele")
    + parts.source_line([share, number("langvarige-kontanthjaelp-antal-101-2021-02-11"), number("aktivitetsparate-voksne-101-2021-02-11")])
    + f'<div class="prosa"><p>{text.sentence(release, "voksne-tilbage-regnet")}</p></div></section>'
)

STATUS = (
    ("kontanthjaelp", "Kontanthjælp igen", "andet", "var tilbage på ydelsen på måledagen"),
    ("ressourceforloeb", "Ressourceforløb", "afklaring", "var i et ressourceforløb"),
    ("job", "Job", "andet", "havde fået skattepligtig løn (a-indkomst) i måneden"),
    ("selvforsoergende", "Forsørger sig selv", "andet", "lever fx af formue eller af ægtefællens indtægt"),
    ("foertidspension", "Førtidspension", "foertidspension", "var tilkendt førtidspension"),
    ("uddannelse", "Uddannelse", "andet", "var på bl.a. en SU-godkendt uddannelse"),
    ("fleksjob", "Fleksjob", "fleksjob", "var tilkendt fleksjob; om de er ansat, er ikke oplyst"),
)  # fmt: skip
steps = [Bar(label, number(f"status-efter-kontanthjaelp-101-2017-2019-{key}"), role) for key, label, role, _ in STATUS]
known, rest = (number(f"status-efter-kontanthjaelp-{key}-101-2017-2019") for key in ("sum", "rest"))
rows = [[s.label, text.number(s.figure), meaning] for s, (*_, meaning) in zip(steps, STATUS, strict=True)]
rows += [["Oplyst i alt", text.number(known), "de syv andele lagt sammen"], ["Resten (beregnet)", text.number(rest), "kun beskrevet i ord; se teksten under figuren"]]
figure.draw(release, figure.Picture(
    key="status", finding="fund-status", sub="fund-status-sub", alt="fund-status-alt",
    spec=staircase(steps, Bar("Oplyst i alt", known), Bar("Kun i ord", rest)),
    figures=[*(s.figure for s in steps), known, rest],
    table=parts.table("Status efter kontanthjælp, andel af forløbene", ["Status", "Andel", "Hvad det vil sige"], rows, numeric=[1]),
))  # fmt: skip
st.html(f'<section class="prosa"><h3>Hvem er resten?</h3><p>{text.sentence(release, "voksne-resten")}</p><p>{text.sentence(release, "voksne-forloeb")}</p></section>')

st.html('<h2 id="baggrund">Baggrund: konjunkturen</h2>' + parts.notice(
    "Kurven viser ikke de udsatte voksne.",
    "Den viser jobparate på kontanthjælp, der ikke er i aktivering. De aktivitetsparate er ikke med. Kurven kan vise, hvordan tiderne skiftede, "
    "men ikke, hvad der virkede.",
))  # fmt: skip
tracks = background.index_tracks(release, "nettoledige-kontanthjaelp", ["101", "000", "147", "461", "751", "851"], "2017K4")
events = [e for e in release.events_for(["aktivitetsparate-voksne", "aktivitetsparate-voksne-fald", "aktivitetsparate-kontanthjaelp-fald"])
          if e.date_end >= date(2017, 1, 1)]  # fmt: skip
figure.draw(release, figure.Picture(
    key="nettoledige", finding="fund-nettoledige", sub="fund-nettoledige-sub", alt="fund-nettoledige-alt", computed=True,
    spec=charts.timeline(tracks, first=date(2017, 1, 1), last=date(2022, 12, 31), events=events, baseline=100, height=360),
    figures=[m.figure for t in tracks for m in t.marks], events=events, table=background.index_table(tracks, "2017K4"),
    notes=["Hændelserne gælder indsatsen for de aktivitetsparate og er ikke årsag til kurverne. Springet i 2. kv. 2020 falder sammen med covid-19."],
))  # fmt: skip
st.html(f'<section class="prosa"><p>{text.sentence(release, "voksne-passiv")} <a href="/udforsk?i=passiv-kontanthjaelp">Se de fire kvartaler</a>.</p></section>')
st.html(parts.unknowns("Det siger materialet ikke", [
    parts.Unknown("Antal aktivitetsparate år for år"),
    parts.Unknown("De tre fald for samme gruppe og periode"),
    parts.Unknown("Hvor mange personer forløbene dækker"),
    parts.Unknown("Status længere tid efter og for forløb afsluttet efter 2019"),
    parts.Unknown("Hvordan resten fordeler sig"),
    parts.Unknown("Aktivitetsparate i andre kommuner", "kun i ord: størst andel i København i 2017"),
]) + onward.links([
    ("/udforsk?i=status-efter-kontanthjaelp", "Status efter kontanthjælp i Udforsk"),
    ("/udforsk?i=nettoledige-kontanthjaelp&o=101.000.147.461.751.851", "De jobparate i Udforsk, by for by"),
    ("/afklaring", "Hvor ressourceforløbene endte"),
    ("/flere-skal-med", "Indsatsen «Flere skal med»"),
    ("/beslutninger", "Hvad udvalgene besluttede og bestilte"),
    ("/afstemning", "Hvor tallene ikke stemmer"),
]))  # fmt: skip
