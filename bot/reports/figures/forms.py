"""The files of a report, each form by its writer: the libraries are imported when a file of that form is made."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.reports.figures.wording import stem
from conversations.model import Language
from conversations.report.values import Report

Languages = tuple[Language, ...]
File = tuple[str, bytes]
"""A name and what is in it."""


class Form(StrEnum):
    """What a report comes as; the value is the ending of its file, or of the files in it."""

    SLIDES = "pptx"
    SHEETS = "xlsx"
    PAPER = "pdf"
    PAGE = "html"
    PICTURES = "png"
    DRAWINGS = "svg"


def files(report: Report, form: Form, languages: Languages) -> tuple[File, ...]:
    """The report in that form: slides in one file for all languages, all else in a file for each.

    Pictures and drawings come as an archive with one for each figure.
    """
    if form is Form.SLIDES:
        from bot.reports.figures.slides import slides  # noqa: PLC0415

        return ((f"{stem(report, languages)}.{form}", slides(report, languages)),)
    return tuple(_one(report, form, each) for each in languages)


def together(made: Sequence[File], name: str) -> File:
    """Several files as one archive; one alone as it is."""
    return made[0] if len(made) == 1 else (name, _zipped(made))


def _one(report: Report, form: Form, language: Language) -> File:
    name = stem(report, (language,))
    if form in (Form.PICTURES, Form.DRAWINGS):
        return f"{name}-{form}.zip", _zipped(list(_drawn(report, form, language)))
    return f"{name}.{form}", _WRITERS[form](report, language)


def _drawn(report: Report, form: Form, language: Language) -> Iterator[File]:
    from bot.reports.figures.pictures import png, svg  # noqa: PLC0415

    draw = png if form is Form.PICTURES else svg
    for number, figure in enumerate(report.figures, start=1):
        yield f"{number:02}-{figure.name}.{form}", draw(figure, report, language)


def _sheets(report: Report, language: Language) -> bytes:
    from bot.reports.figures.sheets import sheets  # noqa: PLC0415

    return sheets(report, language)


def _paper(report: Report, language: Language) -> bytes:
    from bot.reports.figures.paper import pdf  # noqa: PLC0415

    return pdf(report, language)


def _page(report: Report, language: Language) -> bytes:
    from bot.reports.figures.page import page  # noqa: PLC0415

    return page(report, language)


_WRITERS: Final[Mapping[Form, Callable[[Report, Language], bytes]]] = {
    Form.SHEETS: _sheets,
    Form.PAPER: _paper,
    Form.PAGE: _page,
}


def _zipped(made: Sequence[File]) -> bytes:
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as file:
        for name, content in made:
            # Without the time of day: the same report gives the same bytes.
            file.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return archive.getvalue()
