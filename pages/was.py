"""Tilgængelighed: the accessibility statement: status, what is not accessible, how it was tested, how to complain."""

import streamlit as st

from dashboard import parts, view

view.release()
view.bind("was", [])

st.html(
    parts.page_head(
        "Om",
        "Tilgængelighed",
        "Hvor tilgængeligt Indblik er, og hvad du kan gøre, hvis noget ikke virker.",
    )
    + '<section class="prosa">'
    "<h2>Status</h2><p>Indblik er bygget efter WCAG 2.1, niveau A og AA. Hver side prøves automatisk med axe-core i lyst og mørkt "
    "udseende, før en ny version tages i brug. Automatiske prøver finder ikke alt. Indblik er ikke prøvet af brugere med "
    "skærmlæser, og siden er derfor at regne som delvist i overensstemmelse.</p>"
    "<h2>Det virker</h2><ul>"
    "<li>Alt kan betjenes med tastatur. Det første link på hver side springer til indholdet.</li>"
    "<li>Hver graf har en beskrivelse i ord og en tabel med de samme tal under «Tabel».</li>"
    "<li>Intet vises kun, når musen holdes over, og intet siges kun med farve.</li>"
    "<li>Siderne kan forstørres til 400 pct. og bruges på en smal skærm uden at rulle sidelæns.</li></ul>"
    "<h2>Det virker ikke helt</h2><ul>"
    "<li>Enkelte skjulte navne på knapper i valglister er på engelsk, fordi de ligger i den software, siden bygger på.</li>"
    "<li>Siderne kræver JavaScript. Det enkelte tals talpas kan læses uden.</li></ul>"
    "<h2>Kontakt og klage</h2><p>Den myndighed, der stiller Indblik til rådighed, skal indsætte telefon og mail her, før siden "
    "tages i brug, og udarbejde sin tilgængelighedserklæring i Digitaliseringsstyrelsens WAS-Tool. Svarer myndigheden ikke "
    "tilfredsstillende, kan der klages til Digitaliseringsstyrelsen.</p></section>"
)
