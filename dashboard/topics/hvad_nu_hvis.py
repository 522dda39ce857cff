"""Hvad nu hvis?: the chosen calculator and its assumptions."""

from dashboard.link import Choice, Kind, Values
from dashboard.picture import Picture
from dashboard.read import Release
from dashboard.scenarios import caseload_choice, caseload_page, flow_page
from dashboard.topics import Parameters

CASELOAD, FLOW = "sagstal", "fleksjob"
WHICH = Choice(
    "vis", "Beregner", {CASELOAD: "Budget og sagstal", FLOW: "Fleksjobledighed"}, (CASELOAD,)
)


def choices(release: Release, params: Parameters) -> list[Kind]:
    """The calculator and the assumptions of both."""
    return [WHICH, *caseload_choice.choices(release), *flow_page.choices(release)]


def headline(release: Release, values: Values) -> str:
    """What the chosen assumptions lead to; where they are still to be chosen, what it is about."""
    found = pictures(release, values)
    return found[0].finding if found else "stroem-manchet"


def pictures(release: Release, values: Values) -> list[Picture]:
    """The picture of the chosen calculator, if it can be worked out."""
    if values[WHICH.key] == (CASELOAD,):
        return [caseload_page.picture(caseload_choice.result(release, values))]
    return [] if flow_page.missing(values) else [flow_page.picture(release, values)]
