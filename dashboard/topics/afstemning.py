"""Når tallene ikke stemmer: figures set against each other, by topic and section."""

from dashboard import reconciliation
from dashboard.link import Choice, Values
from dashboard.picture import Picture
from dashboard.read import Release
from dashboard.topics import Parameters


def choices(release: Release, params: Parameters) -> list[Choice]:
    """Topic and section."""
    return reconciliation.choices(release)


def headline(release: Release, values: Values) -> str:
    """How many places figures are set against each other, and in how many rounding is not enough."""
    shown = reconciliation.items(release, values["emne"][0], values["slags"][0])
    unlike = sum(item.section == "uenige" for item in shown)
    if not shown:
        return "Tal, der burde passe sammen, sat over for hinanden"
    if not unlike:
        return f"{len(shown)} steder, hvor tal er sat over for hinanden, med forskellen og det, afrunding kan forklare"
    return (
        f"{len(shown)} steder er tal sat over for hinanden; {unlike} af dem er uenige om det samme"
    )


def pictures(release: Release, values: Values) -> list[Picture]:
    """No charts."""
    return []
