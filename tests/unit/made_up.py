"""Made-up figures for tests of the parts that draw and write. Nothing here is a real figure: the years
are 1901 to 1909, the place is the whole country, and every text says that it is a test.
"""

from dataclasses import replace
from typing import Any

from contract.periods import parse_period
from dashboard.read import Event, Figure, Indicator, Source

SOURCE = Source(
    id="proeve", publisher="Prøveudgiver", title="Prøvekilde", kind="kommune", published="1909-02-11", precision="dag",
    url="https://example.org/proeve", licence="", case_number="", covers="", note="",
)  # fmt: skip
PEOPLE = Indicator(
    id="proeve-antal",
    title="Prøveantal",
    unit="personer",
    measure="bestand",
    population="Opdigtede personer",
    definition="",
    caveats="",
    decimals=0,
    topic="unge",
    comparable_with=[],
    source="proeve",
    colour="andet",
    explore=True,
)
SHARE = replace(
    PEOPLE, id="proeve-andel", title="Prøveandel", unit="pct.", measure="andel", decimals=1
)
WORDS = "knap hver femte"


def figure(value: float | None = 1234.0, period: str = "1901", **changes: Any) -> Figure:
    """A made-up figure; `changes` are fields of Figure, or of its indicator or source with `indicator__…`."""
    parsed = parse_period(period)
    indicator = changes.pop("indicator", PEOPLE)
    source = changes.pop("source", SOURCE)
    for prefix in ("indicator__", "source__"):
        own = {
            key.removeprefix(prefix): changes.pop(key)
            for key in list(changes)
            if key.startswith(prefix)
        }
        if prefix == "indicator__":
            indicator = replace(indicator, **own)
        else:
            source = replace(source, **own)
    made = Figure(
        id=f"{indicator.id}-000-{period.lower().replace('/', '-')}",
        indicator=indicator,
        area="000",
        group="",
        period=period,
        start=parsed.start,
        end=parsed.end,
        frequency=parsed.frequency,
        value=value,
        qualifier="præcis",
        as_written="" if value is None else f"{value:.10g}".replace(".", ","),
        kind="målt",
        source=source,
        locator="prøveside 1",
        derived_from=[],
        note="",
    )
    return replace(made, **changes)


def series(*values: float | None, first: int = 1901, **changes: Any) -> list[Figure]:
    """Yearly figures from `first`; a None leaves the year out."""
    return [
        figure(value, str(first + index), **changes)
        for index, value in enumerate(values)
        if value is not None
    ]


def event(day: str, title: str = "Prøvehændelse", **changes: Any) -> Event:
    """A made-up event on a day, in a month or in a year."""
    parsed = parse_period(day)
    made = Event(
        id=f"proeve-{day}",
        date=day,
        date_start=parsed.start,
        date_end=parsed.end,
        precision=parsed.frequency,
        title=title,
        text="",
        body="Andre",
        theme="unge",
        kind="beslutning",
        source="proeve",
        locator="prøveside 1",
        indicators=[],
        figures=[],
    )
    return replace(made, **changes)
