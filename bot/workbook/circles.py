"""Values and conditions of a survey that look at one another in a circle."""

from bot.workbook.errors import RemarkKind
from bot.workbook.questions import Built
from conversations.expressions import ExpressionError
from conversations.forms.form import cycles
from conversations.messages import phrase
from conversations.model import Phrase

_MOST_NAMES = 5
_MOST_TOLD = 20


def remark_circles(built: Built) -> None:
    """Say of each circle where it begins: it reads as blank where it closes, and other tools may refuse the form."""
    try:
        circles = cycles(built.survey)
    except ExpressionError:
        return  # an expression that cannot be read is a fault already
    for circle in circles[:_MOST_TOLD]:
        line = built.lines.get(circle[0])
        if line is not None:
            line.remark(RemarkKind.NOTE, "name", _told(circle), phrase("let one of them look at something else"))


def _told(circle: tuple[str, ...]) -> Phrase:
    if len(circle) == 1:
        return phrase("{name} looks at itself, and reads as blank where the circle closes", name=circle[0])
    names = ", ".join((*circle[:_MOST_NAMES], *(["…"] if len(circle) > _MOST_NAMES else [])))
    return phrase("{names} look at one another, and read as blank where the circle closes", names=names)
