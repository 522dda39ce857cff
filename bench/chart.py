"""The chart that all three targets draw: the six series of net unemployed, as in Udforsk."""

from dashboard import explore, read
from dashboard.charts import Spec
from dashboard.link import read as read_address

WAYS = ("indeks", "antal")


def specs() -> dict[str, Spec]:
    """The chart of Udforsk's first view in both ways of showing it: way → Vega-Lite spec."""
    release = read.current()
    choices = explore.choices(release, None)
    found: dict[str, Spec] = {}
    for way in WAYS:
        values, _ = read_address({"vis": [way]}, choices)
        picture = explore.result(release, values).picture
        if picture is None:
            raise RuntimeError(f"Udforsk har intet at vise som {way}")
        found[way] = picture.spec
    return found
