"""The tables under the caseload curve: the models as the note writes them, and what they mean for the price
of an adviser under different numbers of young people. Pure.
"""

from contract import danish
from dashboard import parts
from dashboard.read import Release
from dashboard.scenarios import caseload
from dashboard.scenarios.caseload_choice import Result
from dashboard.text import number, sentence

_COMPUTED = parts.kind_badge("beregnet")
_DASH = "–"


def models(release: Release, found: Result) -> str:
    """The note's two models and the visitor's choice, with replacement apart from new money."""
    note = found.note
    expiring = note.money_2.value or 0.0
    replacement, new = caseload.split(found.money, expiring)
    extra = release.figure("bi07-nye-midler-101-2023-2026-model-1")
    million = f"{danish.NO_BREAK_SPACE}mio. kr."
    years = 4
    rows = [
        [
            "Årligt beløb 2023–2026, 2023 p/l",
            _DASH,
            number(note.money_2),
            number(note.money_1),
            f"{danish.number(found.money)}{million}",
        ],
        [
            "I alt 2023–2026, tusind kr.",
            _DASH,
            number(note.total_2),
            number(note.total_1),
            danish.number(found.money * years * 1000),
        ],
        [
            "Heraf erstatning for midler, der udløber",
            _DASH,
            number(note.money_2),
            number(note.money_2),
            f"{danish.number(replacement)}{million}",
        ],
        [
            "Heraf nye midler",
            _DASH,
            "ingen",
            number(extra),
            f"{danish.number(new)}{million}" if new else "ingen",
        ],
        [
            "Unge pr. medarbejder",
            number(note.without),
            number(note.model_2),
            number(note.model_1),
            f"ca. {danish.number(found.caseload, 0)}",
        ],
        [
            "Måltal for job, uddannelse og fleksjob",
            *[f'<span class="note">{parts.UNKNOWN}</span>'] * 3,
            f'<span class="note">{parts.UNKNOWN}</span>',
        ],
    ]
    return (
        "<h2>De to modeller, som notatet skriver dem</h2>"
        + parts.table(
            "Beløb og sagstal",
            ["Post", "Uden midler", "Model 2", "Model 1", "Dit valg"],
            rows,
            numeric=(1, 2, 3, 4),
        )
        + f"{parts.source_line([note.money_1, note.total_1, note.without])}"
        f'<p class="note">Kolonnen «Dit valg» er {_COMPUTED}: i alt = beløb × {years} × 1.000; '
        f"erstatning = højst beløbet i model 2; nye midler = resten.</p>"
        f'<section class="prosa"><h3>Erstatning og nye midler</h3><p>{sentence(release, "sagstal-udloeb")}</p>'
        f"<p>{sentence(release, 'sagstal-priser')}</p></section>"
    )


def population(release: Release, found: Result) -> str:
    """The same models under different numbers of young people: advisers and the price of one."""
    note, curves = found.note, found.note.curves()
    counted = [
        (number(note.people), note.people.value or 0.0),
        (number(note.people_computed), note.people_computed.value or 0.0),
    ]
    if found.own_people:
        counted.append((f"{danish.number(found.people)} {parts.ASSUMPTION}", found.people))

    def advisers(people: float, load: float | None) -> str:
        return danish.number(caseload.advisers(people, load or 1.0), 0)

    rows = [
        [
            name,
            advisers(people, note.without.value),
            advisers(people, note.model_2.value),
            advisers(people, note.model_1.value),
            danish.number(caseload.implied_price(curves["model-2"], people), 2),
            danish.number(caseload.implied_price(curves["model-1"], people), 2),
        ]
        for name, people in counted
    ]
    columns = [
        "Antal unge",
        "Medarbejdere uden midler",
        "Medarbejdere, model 2",
        "Medarbejdere, model 1",
        "Mio. kr. pr. ekstra, model 2",
        "Mio. kr. pr. ekstra, model 1",
    ]
    own = ""
    if found.own_price:
        people = [
            danish.number(round(caseload.implied_people(curves[key], found.price), -1))
            for key in ("model-2", "model-1")
        ]
        own = (
            f"<p>Koster en medarbejder {danish.number(found.price, 2)} mio. kr. om året {parts.ASSUMPTION}, "
            f"passer model 2 kun, hvis der er omkring {people[0]} unge, og model 1 kun, hvis der "
            f"er omkring {people[1]}.</p>"
        )
    return (
        '<h2 class="nyt-afsnit">Uenig i prisen? Så handler det om antallet af unge</h2><section class="prosa">'
        f"<p>{sentence(release, 'sagstal-samme-kurve')}</p>{own}</section>"
        + parts.table("Hvad modellerne svarer til", columns, rows, numeric=(1, 2, 3, 4, 5))
        + f'<p class="note">{_COMPUTED} Medarbejdere = unge ÷ sagstal. Pris = beløb ÷ (medarbejdere '
        f"i modellen − medarbejdere uden midler).</p>"
        f'<p class="note">{sentence(release, "sagstal-befolkning")}</p>'
    )
