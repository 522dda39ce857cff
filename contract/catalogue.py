"""The declarations in data/*.toml, one class per kind of entry. A misspelt key is an error.

Texts are our own sentences in Danish; numbers in them are placeholders of `contract.template`
wherever they stand on a page.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from contract.entry import Entry, Id, Text
from contract.runsheet import RunSheet

Precision = Literal["dag", "måned", "år", "ukendt"]
Tier = Literal["udvalgssag", "officiel statistik", "ministerium", "kommune", "presse"]
Measure = Literal[
    "bestand", "tilgang", "afgang", "andel", "ændring", "beløb", "tærskel", "antal", "tid"
]
Topic = Literal[
    "udsatte-voksne", "ressourceforloeb", "fleksjob", "foertidspension", "unge",
    "flere-skal-med", "oekonomi", "befolkning", "konjunktur", "beslutninger",
]  # fmt: skip
Colour = Literal[
    "koebenhavn", "landet", "fleksjob", "ledighedsydelse", "foertidspension", "afklaring", "andet"
]
Body = Literal["BIU", "SUD", "BR", "KK", "Folketing og ministerium", "Danmarks Statistik", "Andre"]


class Source(Entry):
    """One publication. `published` is as precise as known (`2018-03`), empty when not stated."""

    publisher: Text
    title: Text
    kind: Tier
    published: str = ""
    precision: Precision
    url: str = ""
    licence: str = ""
    case_number: str = ""
    covers: str = ""
    note: str = ""


class Indicator(Entry):
    """What a series of figures measures. `comparable_with`: indicators that may share its axis."""

    title: Text
    unit: Text
    measure: Measure
    population: Text
    definition: str = ""
    caveats: str = ""
    decimals: Annotated[int, Field(ge=0, le=3)]
    topic: Topic
    comparable_with: tuple[Id, ...] = ()
    source: Id
    colour: Colour = "andet"
    explore: bool = True
    """Whether Udforsk offers it: false for a single target, amount or threshold that is no development."""


class Break(BaseModel):
    """A break in a series: nothing is drawn across it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    indicators: tuple[Id, ...]
    period: Text
    text: Text
    source: Id


class Derived(Entry):
    """A figure computed from named figures. `formula` uses `[figure-id]`; see contract.formula."""

    indicator: Id
    area: Text
    group: str = ""
    period: Text
    formula: Text
    decimals: Annotated[int, Field(ge=0, le=3)]
    note: str = ""


class Event(Entry):
    """Something that happened, with the precision the source gives it."""

    date: Text
    precision: Precision
    title: Text
    text: str = ""
    body: Body
    theme: Topic
    kind: Literal[
        "beslutning",
        "drøftelse",
        "aftale",
        "afrapportering",
        "notat",
        "oplysning",
        "lov",
        "budget",
        "ordning",
    ]
    source: Id
    locator: Text
    indicators: tuple[Id, ...] = ()
    figures: tuple[Id, ...] = ()


class Decision(Entry):
    """Something ordered, promised or asked for, and what the material shows came of it.

    `answered`, `answer_source` are empty when the material shows no answer (`ikke fundet i materialet`).
    """

    ordered_by: Text
    ordered: Text
    precision: Precision
    title: Text
    text: Text
    source: Id
    locator: Text
    status: Literal["leveret", "delvist", "ikke fundet i materialet"]
    answer: str = ""
    answered: str = ""
    answer_source: str = ""
    theme: Topic
    figures: tuple[Id, ...] = ()
    event: str = ""


class Point(Entry):
    """A principle, target group, recommendation, vote, statement, initiative or challenge of the material."""

    kind: Literal[
        "princip", "gruppe", "anbefaling", "initiativ", "afstemning", "protokolbemærkning",
        "udfordring", "resultat", "indsats", "før", "oplevelse", "målsætning", "konklusion", "medlem", "model",
    ]  # fmt: skip
    number: int | None = None
    field: str = ""
    title: Text
    text: str = ""
    parties: tuple[str, ...] = ()
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    date: str = ""
    source: Id
    locator: Text
    figures: tuple[Id, ...] = ()


class Relation(Entry):
    """Two things that ought to agree. Both sides are formulas over figure ids; the gap is computed."""

    title: Text
    left: Text
    left_label: Text
    right: Text
    right_label: Text
    unit: Text
    decimals: Annotated[int, Field(ge=0, le=3)]
    kind: Literal["samme størrelse", "skal summe", "to mål", "udvikling"]
    reason: Text
    holds: tuple[str, ...] = ()
    figures: tuple[Id, ...] = ()


class StoryText(Entry):
    """A sentence or heading built from figures. Every `holds` must be true, or the build fails."""

    text: Text
    holds: tuple[str, ...] = ()


class PictureBar(BaseModel):
    """One bar of a question's small picture: what is written beside it, its figure and colour."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    figure: Id
    label: Text
    colour: Colour = "andet"


class Question(Entry):
    """A question people ask of the material. All texts are templates; every `holds` must be true.

    `answer` is one sentence, `how` says how we know, `unknown` what we do not know. `figure` is the
    main figure, empty where the material has none; `picture` are the bars beside it. `page` is the path of the page that says more, and
    `words` are what people may type besides the words of the question.
    """

    question: Text
    answer: Text
    holds: tuple[str, ...] = ()
    figure: Id | Literal[""] = ""
    picture: tuple[PictureBar, ...] = ()
    how: Text
    unknown: Text
    page: Id
    topic: Topic | Literal["om-tallene"]
    words: tuple[str, ...] = ()


class Term(Entry):
    """A word of the field, explained in our own words. `source`: where the material uses or defines it."""

    term: Text
    text: Text
    source: str = ""
    locator: str = ""
    also: tuple[str, ...] = ()


class Publication(BaseModel):
    """data/publication.toml: the data's own publication date and what this release says of itself.

    What is new is said when it is published (`contract.journal`); `note` is what stood here before that.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    published: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    note: str = ""
    previous: str = ""


FILES: dict[str, tuple[str, type[BaseModel]]] = {
    "sources.toml": ("source", Source),
    "indicators.toml": ("indicator", Indicator),
    "breaks.toml": ("break", Break),
    "derived.toml": ("derived", Derived),
    "events.toml": ("event", Event),
    "decisions.toml": ("decision", Decision),
    "points.toml": ("point", Point),
    "relations.toml": ("relation", Relation),
    "story.toml": ("text", StoryText),
    "questions.toml": ("question", Question),
    "glossary.toml": ("term", Term),
    "runsheets.toml": ("runsheet", RunSheet),
}
"""File name → (name of its array of tables, class of an entry). publication.toml is one single table."""
