"""The report as JSON text, and back to values that are equal: so it waits to be sent, and its file is made from it."""

import json
from datetime import date

from conversations.model import Bilingual
from conversations.report.values import Cell, Chart, Figure, Hiding, Report, Section, Series, Takeaway
from conversations.words_json import Json, plain_words, words_of


def report_to_json(report: Report) -> str:
    """All of it."""
    plain = {
        "code": report.code,
        "title": plain_words(report.title),
        "days": [report.start.isoformat(), report.end.isoformat(), report.day.isoformat()],
        "figures": [_figure(each) for each in report.figures],
        "takeaways": [[plain_words(each.text), plain_words(each.source)] for each in report.takeaways],
        "about": [plain_words(each) for each in report.about],
        "smallest": report.smallest,
        "opened": report.opened,
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def report_from_json(text: str) -> Report:
    """The report that was written. ValueError, KeyError or TypeError for anything else."""
    plain = json.loads(text)
    start, end, day = map(date.fromisoformat, plain["days"])
    return Report(
        code=str(plain["code"]),
        title=_bilingual(plain["title"]),
        start=start,
        end=end,
        day=day,
        figures=tuple(_figure_of(each) for each in plain["figures"]),
        takeaways=tuple(Takeaway(_bilingual(text), _bilingual(source)) for text, source in plain["takeaways"]),
        about=tuple(words_of(each) for each in plain["about"]),
        smallest=int(plain["smallest"]),
        opened=bool(plain["opened"]),
    )


def _figure(figure: Figure) -> Json:
    return {
        "name": figure.name,
        "section": figure.section,
        "chart": figure.chart,
        "said": [plain_words(each) for each in (figure.title, figure.sentence, figure.base)],
        "rows": [plain_words(each) for each in figure.rows],
        "series": [
            [plain_words(each.name), [_cell(cell) for cell in each.cells], each.positive] for each in figure.series
        ],
        "notes": [plain_words(each) for each in figure.notes],
    }


def _figure_of(plain: Json) -> Figure:
    title, sentence, base = (words_of(each) for each in plain["said"])
    return Figure(
        name=str(plain["name"]),
        section=Section(plain["section"]),
        chart=Chart(plain["chart"]),
        title=title,
        sentence=sentence,
        base=base,
        rows=tuple(words_of(each) for each in plain["rows"]),
        series=tuple(
            Series(words_of(name), tuple(_cell_of(cell) for cell in cells), positive)
            for name, cells, positive in plain["series"]
        ),
        notes=tuple(words_of(each) for each in plain["notes"]),
    )


def _cell(cell: Cell) -> Json:
    return [cell.count, cell.whole, cell.low, cell.high, cell.hiding]


def _cell_of(plain: Json) -> Cell:
    count, whole, low, high, hiding = plain
    return Cell(count, whole, low, high, Hiding(hiding))


def _bilingual(plain: Json) -> Bilingual:
    found = words_of(plain)
    if not isinstance(found, Bilingual):
        raise TypeError(plain)
    return found
