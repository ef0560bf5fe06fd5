"""What charts of PowerPoint can have and python-pptx has no words for, as DrawingML (ECMA-376 part 1, 21.2)."""

from collections.abc import Sequence
from typing import Final

from lxml import etree
from pptx.chart.chart import Chart
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

_WHISKER: Final = 19_050
"""How thick an interval is drawn, in EMU."""


def keep_room(chart: Chart, shares: tuple[float, float, float, float]) -> None:
    """Plot in that part of the chart (left, top, width, height): each program would choose another one by itself."""
    area = chart.element.find(f".//{qn('c:plotArea')}")
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    left, top, width, height = (f"{share:.4f}" for share in shares)
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/><c:x val="{left}"/><c:y val="{top}"/><c:w val="{width}"/><c:h val="{height}"/>'
            "</c:manualLayout></c:layout>"
        ),
    )


def number_axes(chart: Chart) -> None:
    """Number the axes from 1: python-pptx gives them negative numbers, which the standard does not know."""
    names = [qn("c:axId"), qn("c:crossAx")]
    found = [each for name in names for each in chart.element.iter(name)]
    numbers = {old: str(new) for new, old in enumerate(dict.fromkeys(each.get("val") for each in found), start=1)}
    for each in found:
        each.set("val", numbers[each.get("val")])


def draw_intervals(chart: Chart, series: int, above: "Ends", below: "Ends") -> None:
    """Error bars of a series: how far each interval reaches beyond the value, and before it."""
    bars = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{_numbers(above)}</c:plus><c:minus>{_numbers(below)}</c:minus>"
        f'<c:spPr><a:ln w="{_WHISKER}"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
    _series(chart, series).find(qn("c:cat")).addprevious(bars)


Ends = tuple[str, Sequence[float | None]]
"""The cells of the chart's workbook that hold lengths, and these lengths."""


def _numbers(ends: Ends) -> str:
    cells, lengths = ends
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{length}</c:v></c:pt>' for place, length in enumerate(lengths) if length is not None
    )
    return (
        f"<c:numRef><c:f>{cells}</c:f><c:numCache><c:formatCode>0%</c:formatCode>"
        f'<c:ptCount val="{len(lengths)}"/>{points}</c:numCache></c:numRef>'
    )


def nudge(chart: Chart, series: int, point: int, down: float) -> None:
    """Move the label that a point has, by a share of the chart's height."""
    labels = _series(chart, series).findall(f"{qn('c:dLbls')}/{qn('c:dLbl')}")
    label = next(each for each in labels if each.find(qn("c:idx")).get("val") == str(point))
    moved = f'<c:xMode val="factor"/><c:yMode val="factor"/><c:x val="0"/><c:y val="{down:.4f}"/>'
    label.insert(1, parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{moved}</c:manualLayout></c:layout>"))


def unlabel(chart: Chart, series: int, point: int) -> None:
    """No number at a part of nothing, where others have theirs."""
    label = f'<c:dLbl {nsdecls("c")}><c:idx val="{point}"/><c:delete val="1"/></c:dLbl>'
    labels = _series(chart, series).find(qn("c:dLbls"))
    labels.insert(len(labels.findall(qn("c:dLbl"))), parse_xml(label))


def _series(chart: Chart, number: int) -> etree.Element:
    return chart.element.findall(f".//{qn('c:ser')}")[number]
