"""Files of Office are held against the rules of their standard: what breaks one, PowerPoint and Excel “repair”."""

from io import BytesIO
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator
from pptx import Presentation
from pptx.chart.data import ChartData
from pptx.enum.chart import XL_CHART_TYPE

from bot.reports.figures.sheets import sheets
from bot.reports.figures.slides import slides
from conversations.model import Language
from conversations.report.values import Report
from tests.reports.office import FULL
from tests.reports.published import REPORT


def faults(content: bytes, path: Path) -> list[str]:
    path.write_bytes(content)
    return [str(error) for error in OpenXmlValidator(max_errors=0).validate(path).errors]


@pytest.mark.parametrize("report", [REPORT, FULL], ids=["report", "full"])
def test_slides_and_sheets_keep_the_rules(report: Report, tmp_path: Path) -> None:
    assert faults(slides(report, tuple(Language)), tmp_path / "report.pptx") == []
    for language in Language:
        assert faults(sheets(report, language), tmp_path / f"{language}.xlsx") == []


def test_the_rules_are_looked_at_in_earnest(tmp_path: Path) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    data = ChartData()
    data.categories = ["A"]
    data.add_series("B", [1])
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, 99999, 99999, data)
    file = BytesIO()
    deck.save(file)
    # As python-pptx numbers the axes.
    assert all("less than minimum" in fault for fault in faults(file.getvalue(), tmp_path / "wrong.pptx"))
    assert len(faults(file.getvalue(), tmp_path / "wrong.pptx")) == 6
