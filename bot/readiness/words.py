"""The words around a readiness report."""

from bot.readiness.length import Extent, Length
from bot.readiness.reading_level import Band, Level
from bot.readiness.report import Report, Status
from bot.workbook.wording import LANGUAGE_NAMES
from conversations.findings import Kind
from conversations.length import whole_minutes
from conversations.messages import counted, phrase, short
from conversations.model import Event, Language, Phrase

MORE_WHEN_MENDED = phrase("Length, reading level and wording are looked at when nothing blocks any more.")
LENGTH = short("figure", "Length")
READING_LEVEL = short("figure", "Reading level")
IN_A_CHAT = short("figure", "In a chat")

_BANDS = {
    Band.EASY: short("reading level", "easy"),
    Band.FAIR: short("reading level", "fair"),
    Band.HARD: short("reading level", "hard"),
}


def verdict(report: Report) -> Phrase:
    """How the file stands, in a line."""
    match report.status:
        case Status.BLOCKED:
            blocks = sum(each.kind is Kind.BLOCKS for each in report.findings)
            return counted(
                "{file}: not yet. {count} thing blocks.",
                "{file}: not yet. {count} things block.",
                blocks,
                file=report.file,
            )
        case Status.READY_WITH_REMARKS:
            return counted(
                "{file}: ready, with {count} remark.",
                "{file}: ready, with {count} remarks.",
                report.remarks,
                file=report.file,
            )
        case Status.READY:
            return phrase("{file}: ready.", file=report.file)


def contents(event: Event) -> Phrase:
    """What a pack holds."""
    return phrase(
        "No faults. Event: {code}. Key messages: {messages}. Surveys: {surveys}. Questions: {questions}. Rows in the "
        "schedule: {schedule}.",
        code=event.code,
        messages=len(event.messages),
        surveys=len(event.surveys),
        questions=sum(len(survey.questions) for survey in event.surveys),
        schedule=len(event.schedule),
    )


def rows(report: Report) -> Phrase:
    """How much of the form runs."""
    if report.rows.running == report.rows.total and not report.whole:
        return counted(
            "the one row of the sheet survey runs, but not all that it asks for: see below",
            "the {count} rows of the sheet survey run, but not all that they ask for: see below",
            report.rows.total,
        )
    if report.whole:
        return counted(
            "the one row of the sheet survey runs", "all {count} rows of the sheet survey run", report.rows.total
        )
    return phrase(
        "{running} of {total} rows of the sheet survey run ({share} %)",
        running=report.rows.running,
        total=report.rows.total,
        share=share(report),
    )


def share(report: Report) -> int:
    """The part of the rows that run, in whole per cent; all of nothing is 100."""
    return 100 if not report.rows.total else 100 * report.rows.running // report.rows.total


def length(length: Length) -> Phrase:
    """How long one survey is."""
    if length.least == length.most:
        return phrase(
            "{questions}, {minutes}", questions=_questions(length.most.questions), minutes=_minutes(length.typical)
        )
    said = phrase(
        "{least} to {most} questions, typically {typical}; {minutes}",
        least=length.least.questions,
        most=length.most.questions,
        typical=length.typical.questions,
        minutes=_minutes(length.typical),
    )
    return phrase("{length}; more when a group is repeated", length=said) if length.repeated else said


def level(level: Level) -> Phrase:
    """How hard a form is to read in one language."""
    name = LANGUAGE_NAMES[level.language]
    if level.value is None or level.band is None:
        return phrase("{language}: too few words to tell", language=name)
    value, band = round(level.value), _BANDS[level.band]
    if level.language is Language.FR:
        return phrase("{language}: {score} of 100, {band}", language=name, score=str(value), band=band)
    return counted(
        "{language}: level of the first year of school, {band}",
        "{language}: level of year {count} of school, {band}",
        max(1, value),
        language=name,
        band=band,
    )


def and_more(count: int) -> Phrase:
    """What was cut off a list."""
    return counted("and {count} more (--all shows it)", "and {count} more (--all shows them)", count)


def _questions(count: int) -> Phrase:
    return counted("{count} question", "{count} questions", count)


def _minutes(extent: Extent) -> Phrase:
    return counted("about {count} minute", "about {count} minutes", whole_minutes(extent.minutes))
