"""A bar chart as Word's own chart: editable, its figures in a workbook inside the document."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10

from pipeline.report.blocks import BarChart
from pipeline.report.docx_chart_book import SHEET, columns, down, label_of, up
from pipeline.report.docx_styles import FONT, INK, LINE
from pipeline.report.docx_widths import PORTRAIT, text_width
from pipeline.report.docx_xml import Element, el, val, xml

_BAR, _PAIR = 300, 500  # dxa: a bar, a bar with the last round's
_HIGHEST = 12_400
# Dark figures read on both shades, and the shades stay apart in grey.
_WHOLE, _PART_FILL, _BEFORE = "8FB0C9", "DCE7EF", "FFFFFF"
_EDGE = "4A6A82"
_LABEL_SIZE = 9
_LEGEND, _AXIS = 330, 640  # dxa: above and below the bars
# Excel groups digits as the reader's computer is set up; these spaces are Swedish everywhere.
_SPACE = '"\N{NO-BREAK SPACE}"'
_WHOLE_FORMAT = f"[>=1000000]#{_SPACE}###{_SPACE}##0;[>=1000]#{_SPACE}##0;0"
_MOST_STEPS = 6
_WIDEST_LABELS = 0.46  # of the chart


def chart_height(chart: BarChart, available: int) -> int:
    """Return how high a chart is drawn (dxa), at most `available`."""
    each = _PAIR if _has_before(chart) else _BAR
    if _label_width(chart) > _WIDEST_LABELS * PORTRAIT:  # They will take two lines.
        each = max(each, 480)
    around = _AXIS + 140 + (_LEGEND if _has_before(chart) else 0)
    return min(len(chart.bars) * each + around, available, _HIGHEST)


def chart_part(chart: BarChart) -> bytes:
    """Return the chart's part; it refers to its workbook as rId1."""
    return xml(
        el(
            "c:chartSpace",
            val("c:date1904", 0),
            val("c:lang", "sv-SE"),
            val("c:roundedCorners", 0),
            el(
                "c:chart",
                val("c:autoTitleDeleted", 1),
                _plot(chart),
                _legend() if _has_before(chart) else None,
                val("c:plotVisOnly", 1),
                val("c:dispBlanksAs", "gap"),
            ),
            el("c:spPr", el("a:noFill"), el("a:ln", el("a:noFill"))),
            _text(_LABEL_SIZE),
            el("c:externalData", {"r:id": "rId1"}, val("c:autoUpdate", 0)),
        )
    )


def _has_before(chart: BarChart) -> bool:
    return any(bar.before is not None for bar in chart.bars)


def _plot(chart: BarChart) -> Element:
    bars = chart.bars
    series = [_series(chart, 0, "B", [b.value for b in bars], _WHOLE)]
    if _has_before(chart):
        series.append(_series(chart, 1, "G", [b.before for b in bars], _BEFORE))
    return el(
        "c:plotArea",
        _layout(chart),
        el(
            "c:barChart",
            val("c:barDir", "bar"),
            val("c:grouping", "clustered"),
            val("c:varyColors", 0),
            *series,
            val("c:gapWidth", 40),
            val("c:axId", 1),
            val("c:axId", 2),
        ),
        _category_axis(),
        _value_axis(chart),
    )


def _layout(chart: BarChart) -> Element:
    """Give the labels the room they need: programs that guess leave every second one out."""
    height = chart_height(chart, _HIGHEST)
    left = min(_WIDEST_LABELS, (_label_width(chart) + 160) / PORTRAIT)
    top = ((_LEGEND if _has_before(chart) else 0) + 60) / height
    share = {"x": left, "y": top, "w": 0.97 - left, "h": 1 - top - _AXIS / height}
    return el(
        "c:layout",
        el(
            "c:manualLayout",
            val("c:layoutTarget", "inner"),
            val("c:xMode", "edge"),
            val("c:yMode", "edge"),
            *(val(f"c:{name}", f"{value:.4f}") for name, value in share.items()),
        ),
    )


def _label_width(chart: BarChart) -> int:
    return max((text_width(label_of(bar), _LABEL_SIZE) for bar in chart.bars), default=0)


def _series(
    chart: BarChart, number: int, column: str, values: list[float | None], fill: str
) -> Element:
    count = len(values)
    heading = columns(chart)["ABCDEFG".index(column)][0]
    parts = [i for i, bar in enumerate(chart.bars) if bar.part and not number]
    errors = not number and any(up(b) or down(b) for b in chart.bars)
    return el(
        "c:ser",
        val("c:idx", number),
        val("c:order", number),
        el("c:tx", _strings(f"{SHEET}!${column}$1", [heading])),
        _fill(fill),
        val("c:invertIfNegative", 0),
        *(
            el(
                "c:dPt",
                val("c:idx", i),
                val("c:invertIfNegative", 0),
                val("c:bubble3D", 0),
                _fill(_PART_FILL),
            )
            for i in parts
        ),
        _labels(),
        _error_bars(chart) if errors else None,
        el("c:cat", _strings(_cells("A", count), [label_of(b) for b in chart.bars])),
        el("c:val", _numbers(_cells(column, count), values)),
    )


def _cells(column: str, count: int) -> str:
    return f"{SHEET}!${column}$2:${column}${count + 1}"


def _labels() -> Element:
    shown = {"LegendKey": 0, "Val": 1, "CatName": 0, "SerName": 0, "Percent": 0, "BubbleSize": 0}
    return el(
        "c:dLbls",
        el("c:numFmt", {"formatCode": _WHOLE_FORMAT, "sourceLinked": 0}),
        el("c:spPr", el("a:noFill"), el("a:ln", el("a:noFill"))),
        _text(_LABEL_SIZE),
        val("c:dLblPos", "inBase"),
        *(val(f"c:show{name}", value) for name, value in shown.items()),
    )


def _error_bars(chart: BarChart) -> Element:
    count = len(chart.bars)
    return el(
        "c:errBars",
        val("c:errBarType", "both"),
        val("c:errValType", "cust"),
        val("c:noEndCap", 0),
        el("c:plus", _numbers(_cells("F", count), [up(b) for b in chart.bars])),
        el("c:minus", _numbers(_cells("E", count), [down(b) for b in chart.bars])),
        el("c:spPr", _line(INK, 12_700)),
    )


def _category_axis() -> Element:
    return el(
        "c:catAx",
        val("c:axId", 1),
        el("c:scaling", val("c:orientation", "maxMin")),  # The first bar stands at the top.
        val("c:delete", 0),
        val("c:axPos", "l"),
        el("c:numFmt", {"formatCode": "General", "sourceLinked": 0}),
        val("c:majorTickMark", "none"),
        val("c:minorTickMark", "none"),
        val("c:tickLblPos", "low"),
        el("c:spPr", _line(LINE, 9_525)),
        val("c:crossAx", 2),
        val("c:crosses", "autoZero"),
        val("c:auto", 0),
        val("c:lblAlgn", "ctr"),
        val("c:lblOffset", 60),
        val("c:tickLblSkip", 1),
        val("c:noMultiLvlLbl", 1),
    )


def _value_axis(chart: BarChart) -> Element:
    top, step = _scale(chart)
    return el(
        "c:valAx",
        val("c:axId", 2),
        el(
            "c:scaling",
            val("c:orientation", "minMax"),
            val("c:max", f"{top:.15g}"),
            val("c:min", 0),
        ),
        val("c:delete", 0),
        val("c:axPos", "b"),
        el("c:majorGridlines", el("c:spPr", _line("DDE2E7", 6_350))),
        el("c:title", _rich(chart.unit), val("c:overlay", 0)),
        el("c:numFmt", {"formatCode": _WHOLE_FORMAT, "sourceLinked": 0}),
        val("c:majorTickMark", "none"),
        val("c:minorTickMark", "none"),
        val("c:tickLblPos", "nextTo"),
        el("c:spPr", el("a:ln", el("a:noFill"))),
        val("c:crossAx", 1),
        val("c:crosses", "max"),  # Below the last bar, since the first stands at the top.
        val("c:crossBetween", "between"),
        val("c:majorUnit", f"{step:.15g}"),
    )


def _scale(chart: BarChart) -> tuple[float, float]:
    """Return where the axis ends and its step: whole, round, and few enough to be read."""
    reached = (v for b in chart.bars for v in (b.value, b.upper, b.before) if v is not None)
    top = chart.top or max(reached, default=0) or 1
    size = 10 ** floor(log10(top))
    steps = (part * size for part in (0.1, 0.2, 0.25, 0.5, 1, 2))
    step = ceil(next(step for step in steps if top / step <= _MOST_STEPS))
    return (top if chart.top else ceil(top / step) * step), step


def _legend() -> Element:
    return el("c:legend", val("c:legendPos", "t"), val("c:overlay", 0))


def _strings(reference: str, texts: Sequence[str]) -> Element:
    points = (el("c:pt", {"idx": i}, el("c:v", text)) for i, text in enumerate(texts))
    cache = el("c:strCache", val("c:ptCount", len(texts)), *points)
    return el("c:strRef", el("c:f", reference), cache)


def _numbers(reference: str, values: Sequence[float | None]) -> Element:
    points = (
        el("c:pt", {"idx": i}, el("c:v", f"{v:.15g}"))
        for i, v in enumerate(values)
        if v is not None
    )
    cache = el("c:numCache", el("c:formatCode", "General"), val("c:ptCount", len(values)), *points)
    return el("c:numRef", el("c:f", reference), cache)


def _fill(colour: str) -> Element:
    return el("c:spPr", el("a:solidFill", val("a:srgbClr", colour)), _line(_EDGE, 6_350))


def _line(colour: str, emu: int) -> Element:
    return el("a:ln", {"w": emu}, el("a:solidFill", val("a:srgbClr", colour)))


def _text(points: float) -> Element:
    return el(
        "c:txPr",
        el("a:bodyPr"),
        el("a:lstStyle"),
        el("a:p", _paragraph_props(points), el("a:endParaRPr", {"lang": "sv-SE"})),
    )


def _rich(text: str) -> Element:
    one = el("a:r", el("a:rPr", {"lang": "sv-SE"}), el("a:t", text))
    paragraph = el("a:p", _paragraph_props(_LABEL_SIZE), one)
    return el("c:tx", el("c:rich", el("a:bodyPr"), el("a:lstStyle"), paragraph))


def _paragraph_props(points: float) -> Element:
    ink = el("a:solidFill", val("a:srgbClr", INK))
    props = el(
        "a:defRPr", {"sz": round(points * 100), "b": 0}, ink, el("a:latin", {"typeface": FONT})
    )
    return el("a:pPr", props)
