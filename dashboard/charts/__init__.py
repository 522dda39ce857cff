"""One function per kind of chart: figures in, Vega-Lite spec out. Pure; knows neither page nor screen.

timeline  lines, points and yearly averages on a time axis, with coverage row and event strip
bars      horizontal bars, and columns (single, stacked or grouped)
frame     what all charts share: axes from zero, labels pushed apart, the outer spec
"""

from dashboard.charts.bars import columns, horizontal
from dashboard.charts.frame import Spec
from dashboard.charts.timeline import Track, timeline

__all__ = ["Spec", "Track", "columns", "horizontal", "timeline"]
