"""From the rows of the survey sheet to surveys, each question with its own checks."""

import re
from dataclasses import dataclass, replace

from bot.workbook import features
from bot.workbook.choices_sheet import ChoiceLists, choices_of
from bot.workbook.errors import RemarkKind
from bot.workbook.figures import indicator_of
from bot.workbook.kinds import LISTS, Role
from bot.workbook.lines import Line, length_of
from bot.workbook.names import Names, names_of
from bot.workbook.parameters import default_of, is_read_only, parameters_of, range_of, requirement
from bot.workbook.pictures import picture_of
from bot.workbook.search import is_searched, searched
from bot.workbook.survey_sheet import PROFILE, Entry, Group
from bot.workbook.tables import Shelf, choices_in
from conversations import model
from conversations.messages import phrase
from conversations.model import CHOOSING, Bilingual, Choice, Language, Picture, Question, QuestionType, Stage, Survey

LONGEST_MESSAGE = 180
"""Characters: it must fit what pops up over a chat when a button is tapped."""
OTHER = "other"
"""The name of the option that `or_other` adds (XLSForm reference, "Specify other")."""

_ALWAYS_OPTIONAL = ("required", "relevant", "constraint", "group_ok")
_AS_IT_IS = ("calculation", "default", "read_only", "choice_filter")
_NOBODY_SEES = frozenset(
    {QuestionType.CALCULATE, QuestionType.HIDDEN, QuestionType.START, QuestionType.END, QuestionType.TODAY}
)
_HEADS = "label"
"""The appearance of the row that holds the heads of a grid."""
_OTHER_OPTION = Bilingual("Other", "Autre")
_WHAT_ELSE = Bilingual("Other: please specify ({parent})", "Autre\u00a0: précisez ({parent})")
_LONGEST_PARENT = 80
"""Characters of the choice question's label in that of the question after it, which asks which other."""
_WRITE_IT = phrase("write its label")
_CUT_THROUGH = re.compile(r"\$(?:\{[^}]*)?$")
_NOTHING = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class Source:
    """What the rows of a survey are read with: the lists of its workbook and the files beside it.

    `plain` is for a form that is no pack.
    """

    lists: ChoiceLists
    external: ChoiceLists
    shelf: Shelf
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """A survey, and the row of each of its questions and groups by its name.

    `left` are the questions that it does without, `unknown` the names of those whose type is not known, `added` those
    that `or_other` adds, `rows` the numbers of all their rows, `lists` the list of each choice question. `line` is that
    of a micro-survey's begin_group.
    """

    survey: Survey
    lines: dict[str, Line]
    left: tuple[Entry, ...]
    unknown: frozenset[str]
    added: frozenset[str]
    rows: frozenset[int]
    lists: dict[str, str]
    line: Line | None = None


def survey_of(group: Group, source: Source, name: str, title: Bilingual) -> Built:
    """The group as a survey; `name` and `title` are for a whole form."""
    names = names_of(group)
    questions: list[Question] = []
    groups: list[model.Group] = []
    _collect(group, "", (names, source), questions, groups, sensitive=False)
    lines = {names[id(entry)]: entry.line for entry in group.entries}
    lines |= {names[id(inner)]: inner.line for inner in group.inner if inner.line}
    left = tuple(entry for entry in group.entries if entry.kind.role is Role.UNFIT and source.plain)
    unknown = frozenset(names[id(part)] for part in group.entries if part.kind.role in (Role.UNKNOWN, Role.UNFIT))
    added = frozenset(names[id(entry)] for entry in group.entries if entry.beside)
    rows = frozenset(entry.line.number for entry in group.entries if entry.kind.role is not Role.TABLE)
    lists = {names[id(entry)]: entry.kind.list_name for entry in group.entries if entry.kind.list_name}
    if group.name == PROFILE:
        _check_profile(group)
        questions = [_without_picture(each, lines[each.name]) for each in questions]
    if group.line is not None:
        name, title = group.name, group.line.bilingual("label", longest=100, lines=False)
    return Built(
        Survey(name, title, tuple(questions), tuple(groups)), lines, left, unknown, added, rows, lists, group.line
    )


def _collect(
    group: Group,
    within: str,
    how: tuple[Names, Source],
    questions: list[Question],
    groups: list[model.Group],
    *,
    sensitive: bool,
) -> None:
    names, source = how
    for part in group.parts:
        name = names[id(part)]
        if isinstance(part, Group):
            groups.append(_group(part, name, within, source))
            delicate = sensitive or (source.plain and part.line is not None and part.line.yes("sensitive"))
            _collect(part, name, how, questions, groups, sensitive=delicate)
        elif part.kind.role is not Role.TABLE and not (part.kind.role is Role.UNFIT and source.plain):
            question = _beside(part, name, (names, source), group) if part.beside else _question(part, name, source)
            questions.append(replace(question, group=within, sensitive=question.sensitive or sensitive))


def _group(group: Group, name: str, within: str, source: Source) -> model.Group:
    line = group.line
    if line is None:
        raise ValueError("only the whole form has no row of its own")
    return model.Group(
        name,
        line.optional_bilingual("label"),
        within,
        line.expression("relevant"),
        repeated=group.kind.control == "repeat",
        count=line.expression("repeat_count"),
    )


def _beside(entry: Entry, name: str, how: tuple[Names, Source], group: Group) -> Question:
    """The question that asks which other, after a choice question with `or_other`."""
    names, source = how
    chosen = next(part for part in group.parts if isinstance(part, Entry) and part.name == entry.beside)
    path = f"${{{entry.beside}}}" if names[id(chosen)] == entry.beside else f"../{entry.beside}"
    return Question(
        name,
        QuestionType.TEXT,
        _what_else(_label(chosen, chosen.kind.type, source, None)),
        relevant=f"selected({path}, '{OTHER}')",
        sensitive=entry.line.yes("sensitive"),
        stage=entry.line.word("stage", Stage),
    )


def _what_else(parent: Bilingual) -> Bilingual:
    """What such a question says, with the label that it belongs to: a form may have several of them."""
    return Bilingual(
        *(_WHAT_ELSE.in_language(each).format(parent=_in_one_line(parent.in_language(each))) for each in Language)
    )


def _in_one_line(label: str) -> str:
    line = re.sub(r"[ \t\r\n]+", " ", label)  # a French no-break space stays
    if len(line) <= _LONGEST_PARENT:
        return line
    # A ${name} stays whole, or goes.
    return f"{_CUT_THROUGH.sub('', line[: _LONGEST_PARENT - 1]).rstrip()}…"


def _question(entry: Entry, name: str, source: Source) -> Question:
    line, type_ = entry.line, entry.kind.type
    if source.plain and _HEADS in line["appearance"].split():
        # The first row of a grid holds its title and the heads of its columns; nobody answers it.
        type_ = QuestionType.NOTE
    picture = picture_of(line, source.shelf) if type_ not in _NOBODY_SEES else None
    label, hint = _label(entry, type_, source, picture), line.optional_bilingual("hint")
    if type_ is QuestionType.NOTE and source.plain and not label.en and picture is None:
        type_ = QuestionType.HIDDEN
    line.fit_together("label", phrase("label and hint together"), label, hint)
    required, when = requirement(line)
    settings = parameters_of(line)
    calculation, default = _computed(line, type_)
    choices, narrowed = _choices(entry, source) if type_ in CHOOSING else ((), "")
    indicator, target = indicator_of(line, type_, plain=source.plain)
    return Question(
        name=name,
        type=type_,
        label=label,
        hint=hint,
        required=required,
        relevant=line.expression("relevant"),
        choices=choices,
        stage=line.word("stage", Stage),
        group_ok=line.yes("group_ok"),
        sensitive=line.yes("sensitive"),
        constraint="" if type_ is QuestionType.NOTE and source.plain else _constraint(entry),
        constraint_message=_message(line, "constraint", source),
        required_when=when,
        required_message=_message(line, "required", source),
        calculation=calculation,
        default=default,
        read_only=is_read_only(line) or (bool(calculation) and type_ not in _NOBODY_SEES),
        choice_filter=line.expression("choice_filter") or narrowed,
        appearance=line["appearance"],
        range=range_of(line) if type_ is QuestionType.RANGE else None,
        randomize=type_ in CHOOSING and settings.get("randomize", "").lower() == "true",
        seed=settings.get("seed", "") if type_ in CHOOSING else "",
        picture=picture,
        indicator=indicator,
        target=target,
    )


def _label(entry: Entry, type_: QuestionType, source: Source, picture: Picture | None) -> Bilingual:
    line = entry.line
    if type_ in _NOBODY_SEES or entry.kind.role is Role.NOT_COLLECTED:
        return _NOTHING
    label = line.bilingual("label")
    if label.en or not source.plain:
        return label
    hint = line.optional_bilingual("hint")
    if type_ is QuestionType.NOTE:
        if hint is None and picture is None:
            line.remark(RemarkKind.MEDIA, "label", phrase("a note without words is left out"), _WRITE_IT)
        return hint or _NOTHING
    problem = phrase("this question has no words: its name is shown")
    if hint:
        problem = phrase("this question has no words: its hint is shown")
    line.remark(RemarkKind.NOTE, "label", problem, _WRITE_IT)
    return hint or Bilingual(entry.name, entry.name)


def _choices(entry: Entry, source: Source) -> tuple[tuple[Choice, ...], str]:
    """The options, and what narrows them when that is not the choice filter."""
    line, kind = entry.line, entry.kind
    if kind.external and kind.list_name.lower().endswith(LISTS):
        settings = parameters_of(line)
        table = source.shelf.table(kind.list_name, line, "type")
        usual = (features.VALUE, features.LABEL) if kind.list_name.lower().endswith(".geojson") else ("name", "label")
        value, label = settings.get("value", usual[0]), settings.get("label", usual[1])
        found = choices_in(table, value, label) if table else ()
        if table and not found:
            problem = phrase("{file} has no options in the column {column}", file=kind.list_name, column=value)
            line.fault("type", problem, phrase("check the file's header"))
        return found, ""
    choices = choices_of(line, "type", kind.list_name, source.external if kind.external else source.lists)
    if is_searched(line):
        return searched(line, choices, source.shelf)
    if kind.other and all(choice.name != OTHER for choice in choices):
        return (*choices, Choice(OTHER, _OTHER_OPTION)), ""
    return choices, ""


def _constraint(entry: Entry) -> str:
    written = entry.line.expression("constraint")
    return written or entry.kind.constraint


def _computed(line: Line, type_: QuestionType) -> tuple[str, str]:
    """The calculation and the default. With a trigger, a calculation only proposes: people may change it."""
    calculation, default = line.expression("calculation"), default_of(line, type_)
    if calculation and line["trigger"] and type_ not in _NOBODY_SEES and not is_read_only(line):
        return "", default or calculation
    if calculation and line["trigger"]:
        problem = phrase("it is computed whenever it is looked at")
        line.remark(RemarkKind.NOTE, "trigger", problem, phrase("no need to change it"))
    return calculation, default


def _message(line: Line, base: str, source: Source) -> Bilingual | None:
    said = line.optional_bilingual(f"{base}_message", longest=LONGEST_MESSAGE)
    if said is None:
        return None
    if source.plain:
        if max(map(length_of, (said.en, said.fr))) > LONGEST_MESSAGE:
            problem = phrase(
                "of more than {most} characters, what pops up over a chat shows the beginning only",
                most=LONGEST_MESSAGE,
            )
            line.remark(RemarkKind.NOTE, f"{base}_message", problem, phrase("shorten it"))
        return said
    if not line[base]:
        problem = phrase("there is no {column} whose message this is", column=base)
        line.fault(f"{base}_message", problem, phrase("write one, or empty the cell"))
    return said


def _without_picture(question: Question, line: Line) -> Question:
    if question.picture is not None:
        problem = phrase("questions of the profile take one another's place in one message, which has no picture")
        line.remark(RemarkKind.MEDIA, "", problem, phrase("say in words what has to be known"))
    return replace(question, picture=None)


def _check_profile(group: Group) -> None:
    for inner in group.inner:
        if inner.line:
            remedy = phrase("take this row out, and that of its end")
            inner.line.fault("type", phrase("the profile has no groups inside it"), remedy)
    for entry in group.entries:
        line = entry.line
        if entry.kind.type is not QuestionType.SELECT_ONE and entry.kind.role is not Role.UNKNOWN:
            remedy = phrase("write select_one and a list of choices")
            line.fault("type", phrase("a profile question is one tap"), remedy)
        for column in _ALWAYS_OPTIONAL:
            if line[column]:
                problem = phrase(
                    "a profile question has no {column}: it can always be passed over, and no group hears of it",
                    column=column,
                )
                line.fault(column, problem, phrase("leave the cell empty"))
        for column in line.cells:
            if column in _AS_IT_IS or "${" in line[column]:
                line.fault(column, phrase("a profile question looks at no other answer"), phrase("leave it out"))
