"""What tests of slides and sheets look for in a file of Office."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from conversations.model import Bilingual
from conversations.report.values import Cell, Chart, Hiding, Report, Series
from tests.reports.published import CONNECTIONS, REPORT, RESPONSE, cells


def files_in(content: bytes, path: str = "") -> Iterator[tuple[str, bytes]]:
    """Every file in a file of Office, those of the workbooks inside it among them."""
    with zipfile.ZipFile(BytesIO(content)) as file:
        for name in file.namelist():
            inside = file.read(name)
            yield f"{path}/{name}", inside
            if name.endswith(".xlsx"):
                yield from files_in(inside, f"{path}/{name}")


def hidden_at(whole: int, hiding: Hiding) -> Report:
    """The report, with each hidden cell out of that many, a number that is nowhere else in it, and hidden that way."""
    figures = [
        replace(figure, series=tuple(replace(each, cells=_marked(each.cells, whole, hiding)) for each in figure.series))
        for figure in REPORT.figures
    ]
    return replace(REPORT, figures=tuple(figures))


def _marked(row: tuple[Cell, ...], whole: int, hiding: Hiding) -> tuple[Cell, ...]:
    return tuple(Cell(None, whole, hiding=hiding) if cell.hidden else cell for cell in row)


def plain(words: str) -> Bilingual:
    return Bilingual(words, f"{words} (fr)")


LONG = "To reflect together on our own practice and to widen the range of people whom we involve, number"
CROWDED = replace(
    CONNECTIONS,
    rows=tuple(plain(f"{LONG} {number}") for number in range(15)),
    series=(Series(plain("People"), cells(30, *range(29, 14, -1))),),
)
"""Fifteen bars with long names."""
COUNTRIES = replace(
    RESPONSE,
    name="by-country",
    title=plain("Who answered, by country, of all who were invited and of all who came to it in the end " * 3),
    rows=tuple(plain(f"Country {number}") for number in range(19)),
    series=tuple(
        replace(series, cells=cells(60, *[count] * 19))
        for series, count in zip(RESPONSE.series, (35, 25, 0), strict=True)
    ),
    notes=tuple(
        plain("A note that is rather long and says what one has to know before one reads it. " * 4) for _ in "abc"
    ),
)
"""Nineteen rows below a title and above notes that are too long."""
FULL = replace(REPORT, figures=(CROWDED, COUNTRIES), opened=True)
DRAWN = [figure for figure in REPORT.figures if figure.chart not in {Chart.SQUARE, Chart.CYCLE}]
"""The figures that are charts."""
