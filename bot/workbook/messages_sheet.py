"""The sheets `messages` and `variants`: key messages, each with its main recall question and further ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.workbook.choices_sheet import ChoiceLists, choices_of
from bot.workbook.columns import in_both
from bot.workbook.errors import Faults
from bot.workbook.lines import Line, lines_of, unique
from bot.workbook.sheets import Sheet
from bot.workbook.survey_sheet import MOST_QUESTIONS
from bot.workbook.wording import one_of, quoted
from conversations.messages import phrase
from conversations.model import Bilingual, Choice, KeyMessage, RecallQuestion
from conversations.recall_checks import measured

FEWEST_CHOICES, MOST_CHOICES = 2, 6
_LONGEST_SOURCE = 300


@dataclass(frozen=True, slots=True)
class Recalls:
    """The key messages in the order of the sheet, and the rows of the questions of each, the main one first."""

    messages: tuple[KeyMessage, ...]
    lines: Mapping[str, tuple[Line, ...]]


NO_RECALLS = Recalls((), {})


def read_messages(sheet: Sheet | None, variants: Sheet | None, lists: ChoiceLists, faults: Faults) -> Recalls:
    """What these two sheets hold."""
    lines = lines_of(sheet, faults)
    unique(lines)
    further = _further(lines_of(variants, faults), lines)
    return Recalls(
        tuple(_message(line, further.get(line["name"], ()), lists) for line in lines),
        {line["name"]: (line, *further.get(line["name"], ())) for line in lines},
    )


def check_measured(recalls: Recalls, questions: tuple[str, ...]) -> None:
    """Name what keeps the measured messages from being a survey beside these questions of the others."""
    asked = measured(recalls.messages)
    for message in asked:
        if message.name in questions:
            problem = phrase(
                "a recall check asks it as a question, and the sheet survey has a question {name}",
                name=quoted(message.name),
            )
            recalls.lines[message.name][0].fault("name", problem, phrase("give one of the two another name"))
    if len(asked) > MOST_QUESTIONS:
        problem = phrase(
            "a recall check would ask {count} questions at once, and {most} are allowed",
            count=len(asked),
            most=MOST_QUESTIONS,
        )
        line = recalls.lines[asked[MOST_QUESTIONS].name][0]
        line.fault("measured", problem, phrase("write yes for at most {most} messages", most=MOST_QUESTIONS))


def _further(variants: tuple[Line, ...], messages: tuple[Line, ...]) -> dict[str, tuple[Line, ...]]:
    """The rows of the sheet `variants` by the message that they ask for."""
    found: dict[str, tuple[Line, ...]] = {}
    names = [line["name"] for line in messages if line["name"]]
    for line in variants:
        name = line.filled("message", phrase("write the name of a message in the sheet messages"))
        if name and name not in names:
            problem = phrase("there is no message of the name {name}", name=quoted(name))
            line.fault("message", problem, one_of(name, names))
        found[name] = (*found.get(name, ()), line)
    return found


def _message(line: Line, variants: tuple[Line, ...], lists: ChoiceLists) -> KeyMessage:
    text, explanation = line.bilingual("text"), line.bilingual("explanation")
    main = _question(line, text, explanation, lists)
    further = (_question(each, text, each.optional_bilingual("explanation") or explanation, lists) for each in variants)
    return KeyMessage(
        name=line.name(),
        text=text,
        questions=(main, *further),
        source=_source(line),
        sensitive=line.yes("sensitive"),
        measured=line.yes("measured"),
    )


def _question(line: Line, text: Bilingual, explanation: Bilingual, lists: ChoiceLists) -> RecallQuestion:
    choices, right = _choices(line, lists)
    question = line.bilingual("question")
    # They stand in one message once it is answered.
    base = "text" if line.sheet == "messages" else "question"
    line.fit_together(base, phrase("text, question and explanation together"), text, question, explanation)
    return RecallQuestion(question, choices, right, explanation)


def _choices(line: Line, lists: ChoiceLists) -> tuple[tuple[Choice, ...], str]:
    """The options of a recall question, and which of them is right."""
    list_name = line.filled("choices", phrase("write the name of a list in the sheet choices"))
    choices = choices_of(line, "choices", list_name, lists)
    if choices and not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES:
        problem = phrase(
            "a recall question has {fewest} to {most} choices, and this list has {count}",
            fewest=FEWEST_CHOICES,
            most=MOST_CHOICES,
            count=len(choices),
        )
        line.fault("choices", problem, phrase("take another list, or change this one"))
    right = line.filled("right", phrase("write the name of the right choice"))
    names = [choice.name for choice in choices if choice.name]
    if right and names and right not in names:
        problem = phrase("{choice} is not among the choices of {list}", choice=quoted(right), list=list_name)
        line.fault("right", problem, one_of(right, names))
    return choices, right


def _source(line: Line) -> Bilingual:
    """Where the message comes from: in each language, or for a name that is the same in both, once."""
    both = line.optional_bilingual("source", longest=_LONGEST_SOURCE)
    once = line.text("source", longest=_LONGEST_SOURCE)
    if both is not None and once:
        english, french = in_both("source")
        remedy = phrase("empty this cell, or those of {english} and {french}", english=english, french=french)
        line.fault("source", phrase("the source is there twice"), remedy)
    return both or Bilingual(once, once)
