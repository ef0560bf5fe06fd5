"""The sheet `survey`: its groups inside one another, and the rows that are questions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.workbook.columns import in_both
from bot.workbook.errors import RemarkKind
from bot.workbook.kinds import Kind, Role, kind_of, known_words
from bot.workbook.lines import WITHOUT_ANSWERS, Line, unique
from bot.workbook.wording import nearest, quoted, to_write
from conversations.messages import phrase
from conversations.model import Bilingual, Phrase, QuestionType
from conversations.timing import RECALL_CHECK

PROFILE = "profile"
"""The group whose questions are asked once, when somebody joins."""
MOST_QUESTIONS = 10
"""Questions of one micro-survey: more are not answered on a phone. Four or fewer is what the guide advises."""

_SELECTS = ("select_one", "select_multiple", "rank")
_WORDS = {"group": "begin_group", "repeat": "begin_repeat"}
_CARRIED = phrase(
    "a chat carries select_one LIST, select_multiple LIST, integer, text, note, date and more: see the guide"
)
_ASKED_ONCE_TOLD = (QuestionType.NOTE, QuestionType.CALCULATE, QuestionType.HIDDEN)


@dataclass(frozen=True, slots=True)
class Entry:
    """A question's row. `beside` is the name of the choice question whose option "other" this one goes into."""

    line: Line
    kind: Kind
    name: str
    beside: str = ""

    @property
    def asked(self) -> bool:
        """Whether people have something to answer."""
        return self.kind.role is Role.QUESTION and self.kind.type not in _ASKED_ONCE_TOLD


@dataclass(slots=True)
class Group:
    """The rows of a group, or of the whole form, whose `line` is None. `line` is that of its begin."""

    name: str
    line: Line | None
    kind: Kind = field(default_factory=lambda: Kind(Role.BEGIN, control="group"))
    parts: "list[Entry | Group]" = field(default_factory=list)

    @property
    def entries(self) -> "list[Entry]":
        """The questions in it, those of inner groups included, in their order."""
        return [entry for part in self.parts for entry in (part.entries if isinstance(part, Group) else [part])]

    @property
    def inner(self) -> "Iterator[Group]":
        """The groups in it, outer ones first."""
        for part in self.parts:
            if isinstance(part, Group):
                yield part
                yield from part.inner


def read_form(lines: tuple[Line, ...]) -> Group:
    """The whole sheet as one group."""
    whole = Group("", None)
    stack = [whole]
    for line in lines:
        kind = kind_of(line["type"])
        match kind.role:
            case Role.BEGIN:
                _begin(line, kind, stack)
            case Role.END:
                _end(line, kind, stack)
            case _:
                stack[-1].parts += _entries(line, kind)
    for group in stack[1:]:
        if group.line:
            remedy = phrase("add a row {end} below its questions", end=f"end_{group.kind.control}")
            group.line.fault("type", phrase("this group has no end"), remedy)
    return whole


def check_names(whole: Group) -> None:
    """Name each question and group that another one beside it, in the same group, is called like.

    As with pyxform, a name may stand once in each group, and that of a repeated group once in the form.
    """
    for group in (whole, *whole.inner):
        _check_names(group.parts)
    _check_names([group for group in whole.inner if group.kind.control == "repeat"])


def _check_names(parts: "Sequence[Entry | Group]") -> None:
    found: dict[str, Line] = {}
    for part in parts:
        line = part.line
        if line is None or not part.name:
            continue
        before = found.setdefault(part.name, line)
        # Of a loop that is written out, one row makes several parts.
        if before.number != line.number:
            problem = phrase("{name} stands in {place} already", name=quoted(part.name), place=before.place)
            line.fault("name", problem, phrase("give each its own name"))


def _begin(line: Line, kind: Kind, stack: list[Group]) -> None:
    group = Group(line.name(), line, kind)
    if kind.control not in _WORDS:
        remedy = phrase("write its questions out, or use begin_repeat")
        line.fault("type", phrase("a chat cannot carry a loop"), remedy)
    stack[-1].parts.append(group)
    stack.append(group)


def _end(line: Line, kind: Kind, stack: list[Group]) -> None:
    begin = f"begin_{kind.control}"
    problem = phrase("this {end} ends no {control}", end=f"end_{kind.control}", control=Bilingual(kind.control, begin))
    if len(stack) == 1:
        remedy = phrase("take the row out, or add {begin} above", begin=begin)
        line.fault("type", problem, remedy)
        return
    if stack[-1].kind.control != kind.control:
        end, name = f"end_{stack[-1].kind.control}", quoted(stack[-1].name)
        line.fault("type", problem, phrase("write {end}: {name} is still open", end=end, name=name))
    stack.pop()


def _entries(line: Line, kind: Kind) -> list[Entry]:
    """The questions that a row makes: none for a comment, two for a choice question with `or_other`."""
    if not line["type"] and not line["name"] and not any(key.startswith("label") for key in line.cells):
        remedy = phrase("take it out, or write its type")
        line.remark(RemarkKind.NOTE, "type", phrase("this row is no question"), remedy)
        return []
    if kind.role is Role.SETTING:
        return []
    if kind.role is Role.UNKNOWN:
        _unknown(line)
        return [Entry(line, kind, line.name())]
    if kind.type is QuestionType.NOTE and not line["name"] and kind.role is Role.QUESTION:
        return [Entry(line, kind, f"generated_note_name_{line.number}")]
    if not line["name"] and line["type"] == "audit":
        return [Entry(line, kind, "audit")]
    found = [Entry(line, kind, line.name())]
    if kind.other:
        found.append(Entry(line, Kind(Role.QUESTION, QuestionType.TEXT), f"{found[0].name}_other", found[0].name))
    return found


def _unknown(line: Line) -> None:
    words = line["type"].split()
    kind = "_".join(words[:2]) if words[:1] == ["select"] else (words or [""])[0]
    if kind in _SELECTS:
        remedy = phrase(
            "write {type} and the name of one list, such as {example}", type=kind, example=f"{kind} agreement"
        )
        problem = phrase("{type} does not name one list of choices", type=quoted(" ".join(words)))
        line.fault("type", problem, remedy)
    elif line.filled("type", phrase("write what it is: {carried}", carried=_CARRIED)):
        meant = nearest(kind, known_words())
        remedy = phrase("take the row out or change it: {carried}", carried=_CARRIED)
        problem = phrase("a chat cannot carry {type}", type=quoted(" ".join(words)))
        line.fault("type", problem, to_write(meant) if meant and meant != kind else remedy)


def micro_surveys(whole: Group) -> list[Group]:
    """The top-level groups of a pack, each a micro-survey; what does not fit that is a fault."""
    groups = [part for part in whole.parts if isinstance(part, Group)]
    for part in whole.parts:
        if isinstance(part, Entry):
            remedy = phrase("move it between begin_group and end_group")
            part.line.fault("type", phrase("this question stands outside every group"), remedy)
    unique(entry.line for entry in whole.entries if not entry.beside)
    unique(group.line for group in whole.inner if group.line)
    for group in groups:
        _check(group)
    for entry in whole.entries:
        if entry.kind.role in (Role.UNFIT, Role.NOT_COLLECTED):
            problem = phrase("a chat cannot carry {type}", type=quoted(entry.line["type"]))
            entry.line.fault("type", problem, phrase("take the row out"))
    return groups


def _check(group: Group) -> None:
    line = group.line
    if line is None:
        return
    if group.kind.control == "repeat":
        remedy = phrase("put begin_repeat inside begin_group")
        line.fault("type", phrase("a micro-survey cannot repeat as a whole"), remedy)
    if group.name == RECALL_CHECK:
        problem = phrase(
            "{name} is the survey that asks for the key messages; it is written by itself", name=RECALL_CHECK
        )
        line.fault("name", problem, phrase("give this group another name"))
    if line["relevant"]:
        line.fault("relevant", phrase("a micro-survey has no relevant"), _at_each("relevant"))
    for column in in_both("label"):
        if "${" in line[column]:
            line.fault(column, phrase("the title of a micro-survey cannot show an answer"), WITHOUT_ANSWERS)
    for each in (group, *group.inner):
        _check_line(each)
    asked = [entry for entry in group.entries if entry.asked or entry.kind.type is QuestionType.NOTE]
    if len(asked) > MOST_QUESTIONS:
        problem = phrase("{count} questions at once are too many for a phone", count=len(asked))
        remedy = phrase("cut it into groups of at most {most}, better four or fewer", most=MOST_QUESTIONS)
        line.fault("type", problem, remedy)


def _check_line(group: Group) -> None:
    line = group.line
    if line is None:
        return
    for column in ("required", "constraint", "stage", "group_ok", "sensitive"):
        if line[column]:
            line.fault(column, phrase("a group has no {column}", column=column), _at_each(column))
    if not group.entries:
        problem = phrase("the group {name} has no questions", name=quoted(group.name))
        line.fault("name", problem, phrase("add some, or take the group out"))


def _at_each(column: str) -> Phrase:
    return phrase("write {column} at each of its questions", column=column)
