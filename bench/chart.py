"""The chart that all three targets draw: the six series of net unemployed, as in Udforsk."""

from dashboard import read
from dashboard.charts import Spec
from dashboard.link import read as read_address
from dashboard.topics import udforsk

WAYS = ("indeks", "antal")


def specs() -> dict[str, Spec]:
    """The chart of Udforsk's first view in both ways of showing it: way → Vega-Lite spec."""
    release = read.current()
    choices = udforsk.choices(release, {})
    found: dict[str, Spec] = {}
    for way in WAYS:
        values, _ = read_address({"vis": [way]}, choices)
        picture = udforsk.result(release, values).picture
        if picture is None:
            raise RuntimeError(f"Udforsk har intet at vise som {way}")
        found[way] = picture.spec
    return found
