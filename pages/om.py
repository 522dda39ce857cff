"""Om Indblik: how figures are found, computed and shown, and what Indblik cannot."""

import streamlit as st

from contract import danish
from dashboard import parts, view

release = view.release()
view.bind("om", [])
figures = list(release.figures())
fetched = (
    f"Hertil kommer {danish.number(len(release.fetched))} hentede tal i {len(release.fetched.outlines)} serier. "
    if release.fetched.outlines
    else ""
)
computed = sum(f.kind == "beregnet" for f in figures)

st.html(
    parts.page_head(
        "Om", "Om Indblik", "Hvordan tallene er fundet, regnet og vist, og hvad Indblik ikke kan."
    )
    + '<section class="prosa">'
    "<h2>Hvad det er</h2><p>Indblik samler de tal om udsatte ledige i København 2017–2022, som står i fem sager til "
    "kommunens udvalg og i offentliggjorte tal fra Danmarks Statistik, ministeriet, kommunen og pressen.</p>"
    "<h2>Reglen om tal</h2><p>Hvert tal står i en kilde, der er nævnt, eller er regnet af sådanne tal med en formel, der er vist. "
    "Intet tal er gættet, udjævnet eller udfyldt. Mangler et tal, står der «findes ikke i materialet».</p>"
    "<p>Tryk på et tal for at se dets talpas: forbehold, enhed, population, periode, definition og stedet i kilden.</p>"
    "<h2>Sådan er det gjort</h2><ul>"
    "<li>Tal er tastet ét for ét med kilde og sted. «Knap», «ca.» og «op til» følger tallet overalt.</li>"
    "<li>Tal i ord, fx «knap hver femte», vises i ord.</li>"
    "<li>Tal med forskellig enhed eller population deler ikke linje. Linjer brydes, hvor der mangler en periode.</li>"
    "<li>Beregnede tal er mærket og afrundet, så de ikke er finere end de tal, de er regnet af.</li>"
    "<li>Akser begynder ved nul. Farver viser, hvad noget er, ikke om det er godt eller skidt.</li></ul>"
    "<h2>Hvad Indblik ikke kan</h2><p>Materialet har få sammenhængende serier for København. Det siger ikke, hvorfor tal ændrer "
    "sig, og det kan ikke vise virkningen af en indsats.</p>"
    f"<h2>Denne udgave</h2><p>Udgave {release.id}, offentliggjort {danish.long_day(release.published)}. "
    f"Den har {danish.number(len(figures) - computed)} tal fra {len(release.sources)} kilder og {computed} beregnede tal. {fetched}"
    f"{parts.escape(release.manifest.note)}</p>"
    "<h2>Licens</h2><p>Danmarks Statistiks tal må bruges frit med kildeangivelse (CC BY 4.0). For de øvrige kilder gælder "
    "udgiverens vilkår; tal og henvisninger er gengivet, ikke kildernes tekst.</p></section>"
)
