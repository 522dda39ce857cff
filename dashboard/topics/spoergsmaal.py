"""Spørgsmål og svar: the questions of the release, one of them chosen or none."""

from dashboard import questions
from dashboard.link import Choice, Values
from dashboard.picture import Picture
from dashboard.read import Release
from dashboard.topics import Parameters


def choices(release: Release, params: Parameters) -> list[Choice]:
    """The chosen question, none by default."""
    return questions.choices(release)


def headline(release: Release, values: Values) -> str:
    """The answer to the chosen question; without one, how many there are answers to."""
    question = questions.chosen(release, values["q"][0])
    if question:
        return question.answer
    return f"Svar på {len(release.questions)} spørgsmål: tallet, hvordan vi ved det, og hvad vi ikke ved"


def pictures(release: Release, values: Values) -> list[Picture]:
    """No charts: the small pictures belong to their answers."""
    return []
