"""Kort fortalt: the challenge of 24.10.2022, then six answers, each a sentence, a figure and a small picture."""

import streamlit as st

from dashboard import parts, small, text, view

release = view.release()
view.bind("kort-fortalt", [])
figure = release.figure

koebenhavn = figure("fleksjobledighed-kommunen-101-2022-10-24")
landet = figure("fleksjobledighed-000-2022-10")


def measured(label: str, number: parts.Figure, colour: str) -> str:
    """One of the two measures beside the heading: place, figure, tenths, source."""
    return (
        f'<div class="maaling"><p class="etiket">{label}</p>{parts.big_number(number)}{small.tenths(number, colour)}'
        f'<p class="kildelinje">{parts.short_source(number.source)}, {number.locator} {parts.tier_badge(number.source)}</p></div>'
    )


st.html(
    '<section class="udfordring"><div><p class="gruppe">Udfordringen, som udvalget drøftede 24.10.2022</p>'
    f"<h1>{text.sentence(release, 'udfordring-overskrift')}</h1>"
    '<p class="manchet">Udvalget bestilte samme dag en sag om, hvordan ledigheden kan nedbringes. '
    "Sagen findes ikke i materialet.</p>"
    '<p><a class="knap" href="/fleksjob">Se fleksjob og ledighed</a></p></div><div>'
    + measured("København", koebenhavn, "koebenhavn")
    + measured("Hele landet", landet, "landet")
    + parts.notice(
        "De to mål kan være forskellige.",
        "Det er ikke vist, at kommune og ministerium tæller ens, så forskellen er ikke regnet ud. "
        "Hver prik er en tiendedel; en stiplet prik er omtrentlig.",
        css="lille",
    )
    + "</div></section>"
)

status = {group: figure(f"status-efter-kontanthjaelp-101-2017-2019-{group}") for group in (
    "kontanthjaelp", "ressourceforloeb", "job", "selvforsoergende", "foertidspension", "uddannelse", "fleksjob")}  # fmt: skip
money = {model: figure(f"bi07-aarligt-beloeb-101-2023-2026-model-{model}") for model in (1, 2)}
years = [
    (
        year,
        figure(f"ressourceforloeb-foertidspension-101-{year}"),
        figure(f"ressourceforloeb-fleksjob-101-{year}"),
    )
    for year in ("2018", "2019", "2020", "2021")
]


def said(story: str) -> str:
    """A story text as a paragraph under a picture."""
    return f"<p>{text.sentence(release, story)}</p>"


cards = [
    parts.answer_card(
        release, "svar-voksne-overskrift", figure("aktivitetsparate-voksne-fald-101-2017-12-2020-12"), "svar-voksne-om",
        small.split(figure("aktivitetsparate-voksne-101-2021-02-11"), "tilbage",
                    figure("aktivitetsparate-voksne-fald-101-2017-12-2020-12"), "færre", "koebenhavn") + said("svar-voksne-mere"), more="/voksne",
    ),
    parts.answer_card(
        release, "svar-status-overskrift", status["kontanthjaelp"], "svar-status-om",
        small.bars([
            small.Bar("Kontanthjælp igen", status["kontanthjaelp"]),
            small.Bar("Ressourceforløb", status["ressourceforloeb"], "afklaring"),
            small.Bar("Job", status["job"]),
            small.Bar("Forsørger sig selv", status["selvforsoergende"]),
            small.Bar("Førtidspension", status["foertidspension"], "foertidspension"),
            small.Bar("Uddannelse", status["uddannelse"]),
            small.Bar("Fleksjob", status["fleksjob"], "fleksjob"),
        ]) + said("svar-status-mere"), more="/voksne",
    ),
    parts.answer_card(
        release, "svar-ressource-overskrift", figure("ressourceforloeb-foertidspension-i-dag-101-2022-10-24"),
        "svar-ressource-om",
        f'<div class="to-spalter">{small.pairs(years, ("foertidspension", "fleksjob"))}<p>'
        '<span class="farve-foertidspension">Førtidspension</span><br>'
        f"{text.number(years[0][1], bare=True)} → {text.number(years[-1][1])}<br>"
        '<span class="farve-fleksjob">Visiteret til fleksjob</span><br>'
        f"{text.number(years[0][2], bare=True)} → {text.number(years[-1][2])}</p></div>",
        more="/afklaring",
    ),
    parts.answer_card(
        release, "svar-unge-overskrift", figure("udsatte-unge-fald-pct-101-2017-2022"), "svar-unge-om",
        small.bars([
            small.Bar("Unge under 30 år", figure("udsatte-unge-fald-pct-101-2017-2022"), "koebenhavn", "−"),
            small.Bar("Voksne", figure("udsatte-voksne-fald-pct-101-2017-2022"), sign="−"),
        ], bare=False) + said("svar-unge-mere"), more="/unge",
    ),
    parts.answer_card(
        release, "svar-budget-overskrift", figure("sagsantal-unge-101-2023-2026-model-1"), "svar-budget-om",
        small.bars([
            small.Bar(f"{money[1].text} årligt", figure("sagsantal-unge-101-2023-2026-model-1"), "koebenhavn"),
            small.Bar(f"{money[2].text} årligt", figure("sagsantal-unge-101-2023-2026-model-2"), "koebenhavn"),
            small.Bar("Uden midler", figure("sagsantal-unge-101-2023-2026-uden-ny-bevilling")),
        ]), more="/hvad-nu-hvis",
    ),
    parts.answer_card(
        release, "svar-pension-overskrift", figure("foertidspension-tilkendt-101-2018-01-2018-09"), "svar-pension-om",
        small.bars([
            small.Bar("1.–3. kv. 2017", figure("foertidspension-tilkendt-101-2017-01-2017-09"), "foertidspension"),
            small.Bar("1.–3. kv. 2018", figure("foertidspension-tilkendt-101-2018-01-2018-09"), "foertidspension"),
        ]) + "<p>2019–2022: findes ikke i materialet</p>",
        more="/udforsk?i=foertidspension-tilkendt",
    ),
]  # fmt: skip
st.html(f"<h2>Seks svar</h2>{parts.grid(cards, 'kort-3')}")
