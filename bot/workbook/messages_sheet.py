"""The sheet `messages`: key messages, each with one recall question."""

from bot.workbook.choices_sheet import ChoiceLists, choices_of
from bot.workbook.errors import Faults
from bot.workbook.lines import Line, lines_of, unique
from bot.workbook.sheets import Sheet
from bot.workbook.wording import one_of, quoted
from conversations.model import Bilingual, KeyMessage, RecallQuestion

FEWEST_CHOICES, MOST_CHOICES = 2, 6


def read_messages(sheet: Sheet | None, lists: ChoiceLists, faults: Faults) -> tuple[KeyMessage, ...]:
    """The key messages in the order of the sheet."""
    lines = lines_of(sheet, faults)
    unique(lines)
    return tuple(_message(line, lists) for line in lines)


def _message(line: Line, lists: ChoiceLists) -> KeyMessage:
    list_name = line.filled("choices", "write the name of a list in the sheet choices")
    choices = choices_of(line, "choices", list_name, lists)
    if choices and not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES:
        problem = f"a recall question has {FEWEST_CHOICES} to {MOST_CHOICES} choices, and this list has {len(choices)}"
        line.fault("choices", problem, "take another list, or change this one")
    right = line.filled("right", "write the name of the right choice")
    names = [choice.name for choice in choices]
    if right and choices and right not in names:
        line.fault("right", f"{quoted(right)} is not among the choices of {list_name}", one_of(right, names))
    text, question, explanation = (line.bilingual(base) for base in ("text", "question", "explanation"))
    line.fit_together("text", "text, question and explanation together", text, question, explanation)
    source = line.text("source", longest=300)
    return KeyMessage(
        name=line.name(),
        text=text,
        questions=(RecallQuestion(question, choices, right, explanation),),
        source=Bilingual(source, source),
        sensitive=line.yes("sensitive"),
    )
