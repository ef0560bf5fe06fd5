"""Whether the audience of a row of the schedule can be worked out.

It looks at the profile, at ${language}, and at ${part} where the event has parts.
"""

from bot.workbook.conditions import check_choices, has_dot, parsed
from bot.workbook.lines import Line
from bot.workbook.wording import nearest, quoted, to_write
from conversations.expressions import ALL, names_in
from conversations.messages import phrase
from conversations.model import Bilingual, Choice, Language, Question
from conversations.schedule import LANGUAGE_NAME, PART_NAME, audience_form

_LANGUAGES = tuple(Choice(str(language), Bilingual(str(language), str(language))) for language in Language)


def audience_of(line: Line, profile: tuple[Question, ...], parts: tuple[Choice, ...] = ()) -> str:
    """The expression of that row, empty for everybody; what could never be worked out is a fault."""
    written = line.expression("audience")
    expression = parsed(written, line, "audience") if written else None
    if expression is None:
        return written
    if has_dot(expression):
        problem = phrase("the dot is an answer, and this is no question")
        line.fault("audience", problem, phrase("name a question of the profile"))
    # The form's last question is the audience itself.
    asked = audience_form(profile, written, parts).questions[:-1]
    options = {question.name: question.choices for question in asked} | {LANGUAGE_NAME: _LANGUAGES}
    known = sorted(options)
    for name in sorted(names_in(written) - {*known, ALL}):
        meant = nearest(name, known, alike=0.6)
        names = ", ".join(f"${{{each}}}" for each in known)
        remedy = to_write(f"${{{meant}}}") if meant else phrase("use only {names}", names=names)
        line.fault("audience", phrase("{name} is no question of the profile", name=quoted(name)), remedy)
    taken = {question.name for question in profile}
    if parts and PART_NAME in taken:
        problem = phrase(
            "the profile has a question {name}, which is what the part that somebody is invited for is called here",
            name=PART_NAME,
        )
        line.fault("audience", problem, phrase("give the question another name"))
    if LANGUAGE_NAME in taken:
        problem = phrase(
            "the profile has a question {name}, which is what the language of the chat is called here",
            name=LANGUAGE_NAME,
        )
        line.fault("audience", problem, phrase("give the question another name"))
    check_choices(expression, line, "audience", options)
    return written
