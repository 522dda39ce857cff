"""The charts that are one click away from what visitors look at, drawn ahead while nobody waits for anything.

A presenter pauses between two clicks; what the next one leads to is ready by then. With many visitors
there are no pauses, and nothing is drawn ahead.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping

from dashboard import one_click, share
from dashboard.server import graphs
from dashboard.sitemap import by_path

_LOG = logging.getLogger("indblik")
QUIET = 0.4
"""Seconds without a run or a chart after which nobody waits."""
_WIDTHS = 3
"""Widths of a figure that are remembered: those asked for last."""

Drawing = tuple[str, str, Mapping[str, list[str]], int]
"""Page's path, figure, the address's parameters, width (px)."""


class Neighbours:
    """What was looked at last, and what is one click away from it. `draw` makes one chart and keeps it."""

    def __init__(self, draw: Callable[[Drawing], None], quiet: float = QUIET) -> None:
        self.draw, self.quiet = draw, quiet
        self._widths: dict[str, OrderedDict[tuple[str, int], None]] = {}
        self._view: tuple[str, Mapping[str, list[str]]] | None = None
        self._latest = 0.0
        self._lock = threading.Lock()

    def asked(self, path: str, figure: str, width: int) -> None:
        """A browser has asked for a figure of a page in a width."""
        with self._lock:
            self._latest = time.monotonic()
            known = self._widths.setdefault(path, OrderedDict())
            known[figure, width] = None
            known.move_to_end((figure, width))
            while sum(name == figure for name, _ in known) > _WIDTHS:
                del known[next(one for one in known if one[0] == figure)]

    def shown(self, path: str, params: Mapping[str, list[str]]) -> None:
        """A visitor has been shown a page at an address."""
        with self._lock:
            self._latest, self._view = time.monotonic(), (path, dict(params))

    def pending(self) -> Iterator[Drawing]:
        """The charts one click away from the view shown last, in the widths that its page is seen in."""
        with self._lock:
            view, self._view = self._view, None
            widths = list(self._widths.get(view[0], ())) if view else []
        page = by_path(f"/{view[0]}") if view else None
        if view is None or page is None or not widths:
            return
        path, params = view
        here = share.view(page, params)
        first = {key: given[0] for key, given in params.items() if given}
        away = one_click.away(here.values, here.choices)
        for key in sorted(away, key=lambda one: len(away[one])):  # buttons before long lists
            for value in away[key].values():
                then = one_click.after(first, key, value)
                for figure, width in widths:
                    yield path, figure, {name: [given] for name, given in then.items()}, width

    def keep_drawing(self, stop: threading.Event) -> None:
        """Draw what is pending whenever it is quiet, until `stop`; a newer view takes the place of an older one."""
        waiting: Iterator[Drawing] = iter(())
        while not stop.wait(self.quiet / 4):
            try:
                while not stop.is_set() and time.monotonic() - self._latest > self.quiet:
                    if self._view is not None:
                        waiting = self.pending()
                    drawing = next(waiting, None)
                    if drawing is None:
                        break
                    self.draw(drawing)
            except Exception:
                waiting = iter(())
                _LOG.exception("Grafer kunne ikke tegnes på forhånd")


neighbours = Neighbours(lambda drawing: graphs.draw_ahead(*drawing))
"""The one of this server."""
