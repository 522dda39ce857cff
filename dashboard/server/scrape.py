"""/metrics for Prometheus: what `metrics` has counted, and how things stand at this moment.

`INDBLIK_METRICS` is `til` (as it is without it: /metrics on the app's own port), `fra`, or the number of a
port of its own, which a proxy need not lead to. There is no secret and no person in it.
"""

import os
from collections.abc import Iterator

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from contract.release import ReleaseError
from dashboard import read
from dashboard.server import download, drawing, graphs, making, metrics, reply

ADDRESS = "/metrics"
SETTING = "INDBLIK_METRICS"
ON, OFF = "til", "fra"


class State(Collector):
    """What is read when someone asks, instead of being counted along the way."""

    def collect(self) -> Iterator[Metric]:
        """The release in use, what was drawn, and how often kept answers could be used."""
        yield self._release()
        made = CounterMetricFamily("indblik_drawn", "Pictures and files made.", labels=["kind"])
        kept = CounterMetricFamily("indblik_cache_hits", "Kept answers used.", labels=["cache"])
        refused = CounterMetricFamily(
            "indblik_drawing_refused",
            "Not drawn because too much was being drawn.",
            labels=["kind"],
        )
        held = GaugeMetricFamily("indblik_cache_bytes", "Bytes kept.", labels=["cache"])
        studios = {
            "billede": drawing.studio,
            "graf": graphs.studio,
            "fil": download.studio,
            "koereplan": making.studio,
        }
        for kind, studio in studios.items():
            made.add_metric([kind], studio.made)
            kept.add_metric([kind], studio.reused)
            refused.add_metric([kind], studio.refused)
            held.add_metric([kind], studio.size)
        kept.add_metric(["svar"], reply.text.cache_info().hits)
        yield from (made, kept, refused, held)

    def _release(self) -> Metric:
        found = GaugeMetricFamily(
            "indblik_release",
            "1 with the id of the release shown; 0 without id if the one in use cannot be read.",
            labels=["id"],
        )
        try:
            found.add_metric([read.shown_id()], 1)
            whole = not read.standing.trouble()
        except ReleaseError:
            whole = False
        if not whole:
            found.add_metric([""], 0)
        return found


metrics.REGISTRY.register(State())


def setting() -> str | int:
    """`til`, `fra` or a port. Raises SystemExit with a Danish message for anything else."""
    given = os.environ.get(SETTING, "") or ON
    if given in (ON, OFF):
        return given
    if given.isascii() and given.isdigit() and 0 < int(given) < 65536:
        return int(given)
    raise SystemExit(
        f"{SETTING} er «{given}», men skal være «til», «fra» eller nummeret på en port."
    )


def serve_apart() -> None:
    """Open the port of its own, if that is the setting."""
    port = setting()
    if isinstance(port, int):
        start_http_server(port, registry=metrics.REGISTRY)


def answer(request: Request) -> Response:  # noqa: ARG001 - the signature of a route
    """The route. Runs in a worker thread: it reads which release is in use."""
    if setting() != ON:
        return PlainTextResponse("Findes ikke", 404, {"cache-control": "no-store"})
    body = generate_latest(metrics.REGISTRY)
    return Response(body, 200, {"cache-control": "no-store"}, CONTENT_TYPE_LATEST)
