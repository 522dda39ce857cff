"""Fleksjob og ledighed: the challenge, the level, the hours, the inflow, and what the material does not say."""

from datetime import date

import streamlit as st

from dashboard import charts, figure, parts, text, view
from dashboard.charts.bars import Bar, Column

release = view.release()
view.bind("fleksjob", [])

st.html(parts.page_head("Udvikling", "Fleksjob og ledighed", text.sentence(release, "fleksjob-manchet")))
st.html(parts.grid([
    parts.level_card(release, "København, nævnt 24.10.2022",
                     release.figure("fleksjobledighed-kommunen-101-2022-10-24"), "niveau-koebenhavn"),
    parts.level_card(release, "Hele landet, oktober 2022", release.figure("fleksjobledighed-000-2022-10"), "niveau-landet"),
    parts.level_card(release, "Hele landet, 2012", release.figure("fleksjobledighed-000-2012"), "niveau-landet-2012"),
    parts.level_card(release, "I fleksjob, 2. kv. 2022", release.figure("personer-i-fleksjob-000-2022k2"), "niveau-i-fleksjob"),
], "niveau-4"))  # fmt: skip
st.html(parts.notice(
    "København og landet må ikke trækkes fra hinanden.",
    "Kommunen oplyser hverken opgørelsesdato eller definition, og ministeriets tal er ikke vist at være samme mål. "
    'Begge tal er skrevet i ord. <a href="/kilder?emne=fleksjob">Se alle tal om fleksjob</a>.',
))  # fmt: skip

levels = {i: release.series(i, ["000"]) for i in ("personer-i-fleksjob-aar", "personer-i-fleksjob", "ledighedsydelse")}
events = release.events_for(["personer-i-fleksjob", "ledighedsydelse", "fleksjobledighed-kommunen", "fleksjobledighed"])
shown = [e for e in events if 2018 <= e.date_start.year <= 2022 and e.precision != "år"]
figure.draw(release, figure.Picture(
    key="niveau",
    finding="fund-fleksjob-niveau", sub="fund-fleksjob-niveau-sub", alt="fund-fleksjob-niveau-alt",
    spec=charts.timeline(
        [
            charts.Track.of("I fleksjob, årsgennemsnit", "fleksjob", levels["personer-i-fleksjob-aar"], average=True),
            charts.Track.of("I fleksjob, kvartal", "fleksjob", levels["personer-i-fleksjob"], numbers=True, name_below=True),
            charts.Track.of("På ledighedsydelse", "ledighedsydelse", levels["ledighedsydelse"], numbers=True),
        ],
        first=date(2018, 1, 1), last=date(2022, 12, 31), events=shown, coverage=True,
    ),
    figures=[f for series in levels.values() for f in series],
    events=shown,
    notes=["Felterne under aksen: udfyldt = kvartalet har et tal, stiplet = kun årsgennemsnit, tomt = findes ikke i materialet."],
    extra="to serier, der ikke må lægges sammen",
))  # fmt: skip

left, right = st.columns(2, gap="large")
hours = sorted(release.series("fleksjob-efter-timer"), key=lambda f: int(f.group.split("-")[0]))
with left:
    figure.draw(release, figure.Picture(
        key="timer", finding="fund-timer", sub="fund-timer-sub", alt="fund-timer-alt",
        spec=charts.horizontal([
            Bar(f.group.replace("-", "–"), f, "fleksjob", tint=int(f.group.split("-")[0]) > 10) for f in hours
        ], row=44),
        figures=hours, extra="indberettede løntimer, ikke nødvendigvis faktiske timer",
    ))  # fmt: skip
direct = {f.period: f for f in release.series("tilgang-direkte-i-fleksjob")}
share = {f.period: f for f in release.series("andel-direkte-i-fleksjob")}
total = {f.period: f for f in release.series("tilgang-fleksjobordning")}
with right:
    figure.draw(release, figure.Picture(
        key="tilgang", finding="fund-tilgang", sub="fund-tilgang-sub", alt="fund-tilgang-alt",
        spec=charts.columns([
            Column(year, [Bar("Direkte i fleksjob", direct[year], "fleksjob")], whole=Bar("Tilgang i alt", total[year], "fleksjob", tint=True),
                   over=share[year].text.replace("pct.", "%").strip(), short=f"’{year[2:]}")
            for year in total
        ], stacked=True, height=264),
        figures=[*total.values(), *direct.values(), *share.values()],
        notes=["Mørk del: direkte i fleksjob. Hele søjlen: tilgang i alt. Procenten er andelen direkte i fleksjob."],
    ))  # fmt: skip

st.html(
    '<section class="prosa"><h2>Hvem er gruppen nu?</h2>'
    f"<p>{text.sentence(release, 'fleksjob-gruppen')}</p><p>{text.sentence(release, 'fleksjob-unge')}</p></section>"
)
st.html(parts.unknowns("Det siger materialet ikke om København", [
    parts.Unknown("Antal fleksjobvisiterede"),
    parts.Unknown("Antal ledige fleksjobvisiterede"),
    parts.Unknown("Fordeling på ugentlige timer", "kun i ord: ofte under 10 timer"),
    parts.Unknown("Unge med kognitive handicap", "kun i ord: en voksende gruppe"),
    parts.Unknown("Hvor længe de har været ledige"),
    parts.Unknown("Sagen, som udvalget bestilte 24.10.2022"),
]))  # fmt: skip
