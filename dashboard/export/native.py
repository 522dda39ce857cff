"""A chart's content as PowerPoint's own chart: editable, its numbers in a workbook inside, gaps as gaps. Pure."""

from typing import Any

from dashboard import theme
from dashboard.charts.content import Content, Series
from dashboard.charts.frame import top_of_axis

_FEW = 12
"""Up to this many numbers in a series, each has its label."""
_SHADES = ("fleksjob", "ledighedsydelse", "foertidspension", "afklaring", "muted")
"""Colours that tell several cities apart: beside one another in PowerPoint they have no name at their end."""
_TIP = {"landet": "dash"}


def add(slide: Any, content: Content, left: int, top: int, width: int, height: int) -> Any:
    """Put the chart on a slide; gives the shape."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE as TYPES

    kinds = {"linje": TYPES.LINE_MARKERS, "søjle": TYPES.COLUMN_CLUSTERED, "stablet": TYPES.COLUMN_STACKED,
             "bjælke": TYPES.BAR_CLUSTERED}  # fmt: skip
    data = CategoryChartData(number_format=number_format(content))
    data.categories = list(content.categories)
    for one in content.series:
        data.add_series(one.label, one.values)
    shape = slide.shapes.add_chart(kinds[content.kind], left, top, width, height, data)
    _dress(shape.chart, content)
    return shape


def number_format(content: Content) -> str:
    """A format that each machine shows in its own language."""
    values = [v for one in content.series for v in one.values if v is not None]
    return (
        "#,##0"
        if all(abs(v - round(v)) < 1e-9 for v in values) or max(values) > 1000
        else "#,##0.0"
    )


def _dress(chart: Any, content: Content) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    chart.has_title = False
    chart.font.size, chart.font.color.rgb = Pt(12), _colour("ink")
    chart.has_legend = len(content.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        chart.legend.font.size = Pt(12)
    value, category = chart.value_axis, chart.category_axis
    top = _top(content)
    value.minimum_scale, value.maximum_scale = 0, top
    value.format.line.fill.background()
    value.major_tick_mark = category.major_tick_mark = XL_TICK_MARK.NONE
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = "#,##0", False
    value.tick_labels.font.size, value.tick_labels.font.color.rgb = Pt(12), _colour("muted")
    value.major_gridlines.format.line.color.rgb = _colour("rule")
    category.format.line.color.rgb = _colour("edge")
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    plot = chart.plots[0]
    if content.kind == "bjælke":
        category.reverse_order = True
        value.visible, value.has_major_gridlines = False, False
    if content.kind != "linje":
        plot.gap_width = 55 if content.kind != "søjle" else 60
        plot.overlap = {"stablet": 100, "søjle": 100 if content.nested else -5, "bjælke": 0}[
            content.kind
        ]
    if content.kind == "linje":
        _skip(category, len(content.categories))
    for index, (one, drawn) in enumerate(zip(content.series, plot.series, strict=True)):
        colour = _own(content, one, index)
        (_line if content.kind == "linje" else _bars)(drawn, one, colour)
        if sum(v is not None for v in one.values) <= _FEW and (
            content.kind != "linje" or len(content.series) <= 3
        ):
            _labels(drawn, content, one, colour)


def _top(content: Content) -> float:
    columns = list(zip(*(one.values for one in content.series), strict=True))
    if content.kind == "stablet":
        return top_of_axis([sum(v or 0 for v in column) for column in columns])[0]
    return top_of_axis([v for column in columns for v in column if v is not None])[0]


def _own(content: Content, one: Series, index: int) -> Any:
    """The colour of the role; several series of the same role are told apart by shade."""
    token = f"{one.role}-tone" if one.tint and f"{one.role}-tone" in theme.TOKENS else one.role
    same = [s for s in content.series if (s.role, s.tint) == (one.role, one.tint)]
    if (
        len(same) > 1
        and content.kind == "linje"
        and one.role not in ("fleksjob", "ledighedsydelse")
    ):
        return _colour(_SHADES[index % len(_SHADES)])
    colour = _colour(token)
    return _paler(colour) if one.tint and token == one.role else colour


def _line(drawn: Any, one: Series, colour: Any) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    drawn.smooth = False
    drawn.format.line.color.rgb, drawn.format.line.width = (
        colour,
        Pt({"koebenhavn": 3, "by": 1.5}.get(one.role, 2.25)),
    )
    if one.role in _TIP:
        drawn.format.line.dash_style = MSO_LINE.DASH
    drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 5
    if one.spread:
        drawn.format.line.fill.background()
        drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.DASH, 12
    drawn.marker.format.fill.solid()
    drawn.marker.format.fill.fore_color.rgb = colour
    drawn.marker.format.line.fill.background()


def _bars(drawn: Any, one: Series, colour: Any) -> None:
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    drawn.invert_if_negative = False
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = colour
    for i in range(len(one.values)):
        own = one.roles[i] if one.roles else ""
        rough = one.rough(i)
        if not rough and (not own or own == one.role):
            continue
        fill = drawn.points[i].format
        base = own.removesuffix("-tone") or one.role
        pale = rough or own.endswith("-tone")
        full = _colour(base)
        fill.fill.solid()
        toned = _colour(f"{base}-tone") if f"{base}-tone" in theme.TOKENS else _paler(full)
        fill.fill.fore_color.rgb = toned if pale else full
        if rough:
            fill.line.color.rgb, fill.line.width, fill.line.dash_style = full, Pt(1), MSO_LINE.DASH


def _labels(drawn: Any, content: Content, one: Series, colour: Any) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION as PLACE
    from pptx.util import Pt

    if one.spread:
        return
    labels = drawn.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format(content), False
    labels.font.size, labels.font.bold = Pt(12), True
    inside = content.nested and one is not content.series[0]
    at = {"linje": PLACE.ABOVE, "stablet": PLACE.CENTER}.get(content.kind, PLACE.OUTSIDE_END)
    labels.position = PLACE.INSIDE_END if inside else at
    shade = (
        colour
        if content.kind == "linje"
        else _colour("surface" if inside or at == PLACE.CENTER else "ink")
    )
    labels.font.color.rgb = shade
    for i, value in enumerate(one.values):
        if value is None or not one.rough(i):
            continue
        own = drawn.points[i].data_label  # an approximate number keeps its word
        own.has_text_frame, own.position = True, labels.position
        run = own.text_frame.paragraphs[0].add_run()
        run.text = one.texts[i]
        run.font.size, run.font.bold, run.font.color.rgb = Pt(12), True, shade


def _skip(category: Any, count: int) -> None:
    """One label a year on a long axis."""
    if count <= 8:
        return
    step = 4 if count <= 40 else 12
    for name in ("tickLblSkip", "tickMarkSkip"):
        own = category._element.makeelement(
            f"{{{category._element.nsmap['c']}}}{name}", {"val": str(step)}
        )
        category._element.find("{*}noMultiLvlLbl").addprevious(own)


def _colour(token: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(theme.TOKENS[token][0].removeprefix("#"))


def _paler(colour: Any) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor(*(round(255 - (255 - part) * 0.55) for part in colour))
