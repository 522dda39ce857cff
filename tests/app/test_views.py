"""The other views of the pages: every indicator, every question, a worked-out scenario, a hostile address."""

from collections.abc import Iterator
from typing import Any

import pytest

from dashboard import read
from dashboard.sitemap import by_path
from tests import accounts
from tests.screens import Screen, run


def page(path: str) -> Any:
    """A page of the sitemap, or a skip when there is no such page."""
    found = by_path(path)
    assert found, path
    return found


def faultless(shown: Screen, name: str) -> Iterator[str]:
    """What is wrong with a view."""
    if shown.app.exception:
        yield f"{name}: {shown.app.exception}"
        return
    document = shown.document
    yield from (f"{name}: {fault}" for fault in document.faults)
    if len(document.named("h1")) != 1:
        yield f"{name}: {len(document.named('h1'))} first-level headings"


def test_every_indicator_opens_in_udforsk() -> None:
    faults: list[str] = []
    release = read.current()
    for indicator in release.indicators.values():
        if indicator.explore:
            shown = run(page("udforsk"), {"i": indicator.id, "vis": "antal"})
            faults += faultless(shown, indicator.id)
            faults += accounts.unaccounted(shown, release)
            titles = [element.text for element in shown.document.named("h2")]
            if not titles:
                faults.append(f"{indicator.id}: no finding")
    assert not faults, "\n".join(dict.fromkeys(faults))


def test_every_question_opens_at_its_own_address() -> None:
    faults: list[str] = []
    release = read.current()
    for question in release.questions:
        shown = run(page("spoergsmaal"), {"q": question.id})
        faults += faultless(shown, question.id)
        faults += accounts.unaccounted(shown, release)
        if "Noget i linket" in "".join(shown.html):
            faults.append(f"{question.id}: its own address is not understood")
    assert not faults, "\n".join(dict.fromkeys(faults))


def test_the_question_pages_search_finds_and_says_when_it_does_not() -> None:
    shown = run(page("spoergsmaal"))
    box = next(field for field in shown.app.text_input if "Søg" in field.label)
    box.set_value("fleksjob").run()
    assert not shown.app.exception
    assert "fleksjob" in "".join(shown.html).lower()
    box.set_value("<b>xyzzyq</b>").run()
    assert not shown.app.exception
    document = shown.document
    assert not document.faults
    assert "<b>xyzzyq</b>" not in "".join(shown.html)


def flow(
    unemployed: float,
    finding: float,
    loss: float,
    inflow: float,
    direct: float,
    leaving: float,
    years: int,
) -> list[float]:
    """Unemployed of a hundred, year by year: the formula that the page shows, once more."""
    employed, shares = 100 - unemployed, [unemployed]
    for _ in range(years):
        staying = 1 - leaving
        unemployed, employed = (
            staying * (unemployed * (1 - finding) + employed * loss) + inflow * (1 - direct),
            staying * (employed * (1 - loss) + unemployed * finding) + inflow * direct,
        )
        shares.append(100 * unemployed / (unemployed + employed))
    return shares


def test_the_fleksjob_scenario_computes_what_it_says() -> None:
    release = read.current()
    start = release.figure("fleksjobledighed-kommunen-101-2022-10-24").value or 0
    direct = release.figure("andel-direkte-i-fleksjob-000-2020").value or 0
    own = {"find1": "10", "find2": "30", "tab1": "5", "tab2": "15", "nye": "10", "ud": "5"}
    shown = run(page("hvad-nu-hvis"), {"vis": "fleksjob", **own})
    assert not list(faultless(shown, "fleksjob"))
    (picture,) = shown.pictures
    years = [
        row for layer in picture.spec["layer"] for row in layer["data"]["values"] if "hoej" in row
    ]
    shown_years = {row["x"]: (row["lav"], row["hoej"]) for row in years}
    first, last = min(shown_years), max(shown_years)
    best = flow(start, 0.30, 0.05, 10, direct / 100, 0.05, last - first)
    worst = flow(start, 0.10, 0.15, 10, direct / 100, 0.05, last - first)
    for index, year in enumerate(range(first, last + 1)):
        assert shown_years[year] == pytest.approx((best[index], worst[index]), abs=1e-3), year


def test_the_fleksjob_scenario_waits_for_assumptions() -> None:
    """The material has no flows: nothing is drawn until the visitor has chosen, and no number is suggested."""
    shown = run(page("hvad-nu-hvis"), {"vis": "fleksjob"})
    assert not list(faultless(shown, "fleksjob"))
    assert not shown.pictures
    empty = [field.label for field in shown.app.text_input if not field.value]
    assert len(empty) >= 6, empty


def test_a_calculator_returns_to_the_documented_values() -> None:
    app = run(page("hvad-nu-hvis")).app
    price = app.radio(key="hvad-nu-hvis.pris")
    documented = price.value
    price.set_value("eget").run()
    assert app.radio(key="hvad-nu-hvis.pris").value == "eget" != documented
    app.button(key="nulstil").click().run()
    assert app.radio(key="hvad-nu-hvis.pris").value == documented
    assert not app.exception
