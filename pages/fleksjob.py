"""Fleksjob og ledighed: the challenge, the level, the hours, the inflow, and what the material does not say."""

import streamlit as st

from dashboard import fetched_pictures, figure, parts, text, view
from dashboard.topics import fleksjob

release = view.release()
view.bind("fleksjob", [])

st.html(
    parts.page_head("Udvikling", "Fleksjob og ledighed", text.sentence(release, "fleksjob-manchet"))
)
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

fetched = fleksjob.fetched(release)
if fetched:
    st.html(fetched_pictures.notice(
        release, fetched,
        "Andelen er Indbliks egen beregning. Den er hverken kommunens eller ministeriets mål og må ikke sættes på linje "
        "med «knap hver femte».",
    ))  # fmt: skip
for picture in fetched:
    figure.draw(release, picture)

figure.draw(release, fleksjob.level(release))
left, right = st.columns(2, gap="large")
with left:
    figure.draw(release, fleksjob.hours(release))
with right:
    figure.draw(release, fleksjob.inflow(release))

st.html(
    '<section class="prosa"><h2>Hvem er gruppen nu?</h2>'
    f"<p>{text.sentence(release, 'fleksjob-gruppen')}</p><p>{text.sentence(release, 'fleksjob-unge')}</p></section>"
)
st.html(parts.unknowns("Det siger materialet ikke om København", fleksjob.UNKNOWN))
