"""Whether the audience of a row of the schedule can be worked out: it looks at the profile and at ${language}."""

from bot.workbook.conditions import check_choices, has_dot, parsed
from bot.workbook.lines import Line
from bot.workbook.wording import nearest, quoted
from conversations.expressions import ALL, names_in
from conversations.model import Bilingual, Choice, Language, Question
from conversations.schedule import LANGUAGE_NAME, audience_form

_LANGUAGES = tuple(Choice(str(language), Bilingual(str(language), str(language))) for language in Language)


def audience_of(line: Line, profile: tuple[Question, ...]) -> str:
    """The expression of that row, empty for everybody; what could never be worked out is a fault."""
    written = line.expression("audience")
    expression = parsed(written, line, "audience") if written else None
    if expression is None:
        return written
    if has_dot(expression):
        line.fault("audience", "the dot is an answer, and this is no question", "name a question of the profile")
    # The form's last question is the audience itself, the one before it the language.
    *asked, language, _ = audience_form(profile, written).questions
    options = {question.name: question.choices for question in asked} | {language.name: _LANGUAGES}
    known = sorted(options)
    for name in sorted(names_in(written) - {*known, ALL}):
        meant = nearest(name, known, alike=0.6)
        remedy = f"write ${{{meant}}}" if meant else f"use only {', '.join(f'${{{each}}}' for each in known)}"
        line.fault("audience", f"{quoted(name)} is no question of the profile", remedy)
    if any(question.name == LANGUAGE_NAME for question in asked):
        problem = f"the profile has a question {LANGUAGE_NAME}, which is what the language of the chat is called here"
        line.fault("audience", problem, "give the question another name")
    check_choices(expression, line, "audience", options)
    return written
