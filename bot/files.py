"""The files that messages carry, made when they are sent: what is drawn or written is never kept anywhere.

Everything heavy is imported when a file of that kind is made.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.channels import RenderedFile
from conversations.handout import handout_of
from conversations.messages import FileKind, phrase
from conversations.model import Bilingual, Language
from locales.phrases import say


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it is sent: its name, its bytes, and whether it is a picture to be shown as one."""

    name: str
    content: bytes
    picture: bool = False


Maker = Callable[[RenderedFile], Made]


def _template(file: RenderedFile) -> Made:
    from bot.workbook import template  # noqa: PLC0415

    basics = template.Basics(**dict(file.facts))
    return Made(f"{basics.code or 'event'}.xlsx", template.workbook(basics))


def _trend(file: RenderedFile) -> Made:
    from bot.drawing.trend import Trend, trend_png  # noqa: PLC0415

    facts = dict(file.facts)
    title = phrase("Answered, at least: {survey}", survey=facts[file.language])
    people = tuple(map(int, facts["people"].split(",")))
    return Made("trend.png", trend_png(Trend(title, people, file.language)), picture=True)


def _readiness(file: RenderedFile) -> Made:
    from bot.readiness.page import page  # noqa: PLC0415
    from conversations.readiness_json import report_from_json  # noqa: PLC0415

    facts = dict(file.facts)
    content = page(report_from_json(facts["report"]), file.language).encode()
    return Made(f"{facts['code'] or 'workbook'}.html", content)


def _qr(file: RenderedFile) -> Made:
    from bot.drawing.qr import qr_png  # noqa: PLC0415

    return Made("qr.png", qr_png(dict(file.facts)["link"]), picture=True)


def _poster(file: RenderedFile) -> Made:
    from bot.drawing.poster import Poster, poster_pdf  # noqa: PLC0415

    facts = dict(file.facts)
    until, places = facts.get("until"), facts.get("places")
    poster = Poster(
        Bilingual(facts["title_en"], facts["title_fr"]),
        facts["link"],
        date.fromisoformat(until) if until else None,
        int(places) if places else None,
    )
    return Made("poster.pdf", poster_pdf(poster))


def _links(file: RenderedFile) -> Made:
    from bot.links_book import links_book  # noqa: PLC0415

    return Made("links.xlsx", links_book(file.facts, file.language))


def _report(file: RenderedFile) -> Made:
    from bot.reports.figures.forms import Form, files, together  # noqa: PLC0415
    from conversations.report.written import report_from_json  # noqa: PLC0415

    facts = dict(file.facts)
    languages = tuple(map(Language, facts["languages"].split(",")))
    made = files(report_from_json(facts["report"]), Form(facts["format"]), languages)
    return Made(*together(made, f"report-{facts['format']}.zip"))


def _digest(file: RenderedFile) -> Made:
    from bot.drawing.digest import digest_png  # noqa: PLC0415
    from conversations.digest_json import picture_from_json  # noqa: PLC0415

    findings = picture_from_json(dict(file.facts)["findings"])
    return Made("digest.png", digest_png(findings, file.language), picture=True)


def _handout_slides(file: RenderedFile) -> Made:
    from bot.drawing.pass_on_deck import deck_pptx  # noqa: PLC0415

    return Made(_passed_on("pptx", file), deck_pptx(handout_of(file.facts, file.language)))


def _handout_page(file: RenderedFile) -> Made:
    from bot.drawing.pass_on_page import page_pdf  # noqa: PLC0415

    return Made(_passed_on("pdf", file), page_pdf(handout_of(file.facts, file.language)))


def _passed_on(extension: str, file: RenderedFile) -> str:
    """A name that tells nothing of the event or its topic to whoever looks through a phone."""
    return f"messages-{file.language}.{extension}"


MAKERS: Mapping[FileKind, Maker] = {
    FileKind.TEMPLATE: _template,
    FileKind.TREND: _trend,
    FileKind.READINESS: _readiness,
    FileKind.QR: _qr,
    FileKind.POSTER: _poster,
    FileKind.LINKS: _links,
    FileKind.REPORT: _report,
    FileKind.DIGEST: _digest,
    FileKind.HANDOUT_SLIDES: _handout_slides,
    FileKind.HANDOUT_PAGE: _handout_page,
}
"""How each kind is made; those that the platform keeps are not made at all."""

KEPT = frozenset({FileKind.PHOTO, FileKind.DOCUMENT})


def make(file: RenderedFile) -> Made:
    """The file itself; KeyError for one that the platform keeps."""
    return MAKERS[file.kind](file)


def caption_of(file: RenderedFile) -> str | None:
    """What is written under it: where the words of the same are, for whoever cannot see a picture."""
    if file.kind is not FileKind.DIGEST:
        return None
    return say(phrase("A picture of the digest. The message below tells the same in words."), file.language)


def reference_of(file: RenderedFile) -> str | None:
    """The platform's own reference to a file that it keeps; None for one that has to be made."""
    return dict(file.facts)["reference"] if file.kind in KEPT else None
