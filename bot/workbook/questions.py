"""From the rows of the survey sheet to surveys, each question with its own checks."""

from bot.workbook.choices_sheet import ChoiceLists, choices_of
from bot.workbook.lines import Line
from bot.workbook.survey_sheet import PROFILE, Entry, Group
from conversations.model import Bilingual, Question, QuestionType, Stage, Survey

_ALWAYS_OPTIONAL = ("required", "relevant", "constraint", "group_ok")
LONGEST_MESSAGE = 180
"""Characters: it must fit what pops up over a chat when a button is tapped."""


def survey_of(group: Group, lists: ChoiceLists, name: str, title: Bilingual) -> Survey:
    """The group as a survey; `name` and `title` are for a form without groups."""
    questions = tuple(_question(entry, lists) for entry in group.entries)
    if group.name == PROFILE:
        _check_profile(group)
    if group.line is None:
        return Survey(name, title, questions)
    return Survey(group.name, group.line.bilingual("label", longest=100, lines=False), questions)


def _question(entry: Entry, lists: ChoiceLists) -> Question:
    line = entry.line
    label, hint = line.bilingual("label"), line.optional_bilingual("hint")
    line.fit_together("label", "label and hint together", label, hint)
    return Question(
        name=line.name(),
        # A row whose type is not known is a fault already; as a note it goes through the other checks.
        type=entry.type or QuestionType.NOTE,
        label=label,
        hint=hint,
        required=line.yes("required"),
        relevant=line["relevant"],
        choices=choices_of(line, "type", entry.list_name, lists),
        stage=line.word("stage", Stage),
        group_ok=line.yes("group_ok"),
        sensitive=line.yes("sensitive"),
        constraint=line["constraint"],
        constraint_message=_message(line),
    )


def _message(line: Line) -> Bilingual | None:
    said = line.optional_bilingual("constraint_message", longest=LONGEST_MESSAGE)
    if said is not None and not line["constraint"]:
        line.fault("constraint_message", "there is no constraint whose message this is", "write one, or empty the cell")
    return said


def _check_profile(group: Group) -> None:
    for entry in group.entries:
        if entry.type not in (QuestionType.SELECT_ONE, None):
            entry.line.fault("type", "a profile question is one tap", "write select_one and a list of choices")
        for column in _ALWAYS_OPTIONAL:
            if entry.line[column]:
                problem = f"a profile question has no {column}: it can always be passed over, and no group hears of it"
                entry.line.fault(column, problem, "leave the cell empty")
