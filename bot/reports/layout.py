"""Which tables and columns the answers to a survey fill, all its revisions together.

The manner is that of KoboToolbox exports: a table for the survey and one for each repeated group, several choices both
joined and as one column of 0 and 1 for each option, a ranking joined and place by place, a place split into its four
numbers. See https://support.kobotoolbox.org/export_download.html.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.reports.dataset import Column, Kind, Part, Table
from conversations.model import Bilingual, Choice, Group, Question, QuestionType, Survey

MOST_SPLIT = 250
"""Options of one question that get a column each; beyond, the joined column is all there is."""

_KINDS = {
    QuestionType.SELECT_ONE: Kind.CHOICE,
    QuestionType.SELECT_MULTIPLE: Kind.SEVERAL,
    QuestionType.RANK: Kind.SEVERAL,
    QuestionType.INTEGER: Kind.WHOLE,
    QuestionType.DECIMAL: Kind.NUMBER,
    QuestionType.RANGE: Kind.NUMBER,
    QuestionType.DATE: Kind.DATE,
    QuestionType.TIME: Kind.TIME,
    QuestionType.DATETIME: Kind.DATETIME,
    QuestionType.START: Kind.DATETIME,
    QuestionType.END: Kind.DATETIME,
    QuestionType.TODAY: Kind.DATE,
    QuestionType.CALCULATE: Kind.COMPUTED,
    QuestionType.HIDDEN: Kind.COMPUTED,
}
_WITHOUT_A_COLUMN = frozenset({QuestionType.NOTE, QuestionType.REPEAT})
_PLACE_PARTS = (
    (Part.LATITUDE, Bilingual("latitude", "latitude")),
    (Part.LONGITUDE, Bilingual("longitude", "longitude")),
    (Part.ALTITUDE, Bilingual("altitude", "altitude")),
    (Part.PRECISION, Bilingual("precision", "précision")),
)


def _own(name: str, en: str, fr: str, kind: Kind, *options: tuple[str, str, str]) -> Column:
    labels = {option: Bilingual(english, french) for option, english, french in options}
    return Column((name,), (Bilingual(en, fr),), kind, options=labels)


STATUSES = (
    ("complete", "Complete", "Complète"),
    ("partial", "Partial", "Partielle"),
    ("broken_off", "Broken off", "Abandonnée"),
    ("refused", "Refused", "Refusée"),
    ("not_reached", "Not reached", "Non jointe"),
)
CONTACTS = (
    ("opened", "Opened", "Ouverte"),
    ("delivered", "Delivered, not opened", "Remise, non ouverte"),
    ("in_doubt", "In doubt", "Remise incertaine"),
    ("unreachable", "Unreachable", "Injoignable"),
    ("held", "Held back", "Non envoyée"),
    ("waiting", "Waiting to be sent", "En attente d’envoi"),
)
FIRST = (
    _own("_status", "Status", "Statut", Kind.CHOICE, *STATUSES),
    _own("_wave", "Wave", "Vague", Kind.WHOLE),
    _own("_submission_time", "Submitted", "Envoyée le", Kind.DATETIME),
    _own("_id", "Person (pseudonym)", "Personne (pseudonyme)", Kind.TEXT),
)
"""What Suivi puts before each row of a survey: by these an analyst chooses rows."""
LAST = (
    _own("_contact", "Invitation", "Invitation", Kind.CHOICE, *CONTACTS),
    _own("_due", "Due", "Prévue le", Kind.DATETIME),
    _own("_start", "Begun", "Commencée le", Kind.DATETIME),
    _own("_end", "Last answer", "Dernière réponse", Kind.DATETIME),
    _own("_version", "Revision of the form", "Révision du formulaire", Kind.WHOLE),
    _own("_index", "Row", "Ligne", Kind.WHOLE),
)
"""What Suivi adds after the answers."""
PART = _own("_part", "Invited as", "Rôle", Kind.CHOICE)
"""What it adds, too, where an event has parts."""
OF_REPEATS = (
    _own("_index", "Row", "Ligne", Kind.WHOLE),
    _own("_parent_table_name", "Table of the row above", "Table de la ligne parente", Kind.TEXT),
    _own("_parent_index", "Row above", "Ligne parente", Kind.WHOLE),
    _own("_submission__id", "Person (pseudonym)", "Personne (pseudonyme)", Kind.TEXT),
    _own("_submission__wave", "Wave", "Vague", Kind.WHOLE),
)
"""What Suivi adds to each row of a repeated group."""
HISTORY = (
    _own("_id", "Person (pseudonym)", "Personne (pseudonyme)", Kind.TEXT),
    _own("survey", "Survey", "Enquête", Kind.TEXT),
    _own("_wave", "Wave", "Vague", Kind.WHOLE),
    _own("question", "Question", "Question", Kind.TEXT),
    _own("before", "Answer before", "Réponse précédente", Kind.TEXT),
    _own("answered", "Answered", "Répondu le", Kind.DATETIME),
    _own("replaced", "Changed", "Modifiée le", Kind.DATETIME),
)
"""The table of answers that were changed after a response had been submitted."""
LANGUAGES = (("en", "English", "Anglais"), ("fr", "French", "Français"))
RECALLS = (
    _own("_id", "Person (pseudonym)", "Personne (pseudonyme)", Kind.TEXT),
    _own("event", "Event", "Événement", Kind.TEXT),
    _own("message", "Key message", "Message clé", Kind.TEXT),
    _own("question", "Number of the question", "Numéro de la question", Kind.WHOLE),
    _own("asking", "Time of asking", "Numéro de la demande", Kind.WHOLE),
    _own("asked_at", "Asked", "Demandé le", Kind.DATETIME),
    _own("answered_at", "Answered", "Répondu le", Kind.DATETIME),
    _own("choice", "Answer", "Réponse", Kind.TEXT),
    _own("right", "Right", "Juste", Kind.FLAG),
    _own("sure", "Sure", "Certaine", Kind.FLAG),
    _own("language", "Language of the answer", "Langue de la réponse", Kind.CHOICE, *LANGUAGES),
    _own("held_back", "Held back from refreshers", "Sans rappels (groupe témoin)", Kind.FLAG),
)
"""The table of the recall questions that refreshers asked."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with the groups around it, the outermost first."""

    question: Question
    groups: tuple[Group, ...]

    @property
    def repeats(self) -> tuple[str, ...]:
        return tuple(group.name for group in self.groups if group.repeated)


def tables_of(
    revisions: Sequence[Survey], without: Collection[str] = (), parts: Sequence[Choice] | None = None
) -> tuple[Table, ...]:
    """The tables of a survey, whose revisions are given with the newest last; the first is that of the persons.

    What only an older revision has stands where it stood there; labels are the newest. The questions of the names in
    `without` get no column. `parts` are what people are invited as; None where there is no column of it.
    """
    asked: list[_Asked] = []
    groups: dict[str, Group] = {}
    for survey in reversed(revisions):
        groups = {group.name: group for group in survey.groups} | groups
        asked = _merged(asked, [each for each in _all_asked(survey) if each.question.name not in without])
    newest = revisions[-1]
    last = LAST if parts is None else (*LAST, replace(PART, options=_labels(parts)))
    found = [_table(newest, (), newest.title, asked, last, FIRST)]
    for chain in _chains(revisions):
        if not any(each.repeats[: len(chain)] == chain for each in asked):
            continue  # where nothing inside is shown, the number of rows is not either
        title = groups[chain[-1]].label or newest.title
        found.append(_table(newest, chain, title, asked, OF_REPEATS))
    return tuple(found)


CHANGES = "changes"
"""The name of that table; Excel keeps "history" for itself."""


def history_table() -> Table:
    """The table of what was changed after it had been submitted."""
    return Table(CHANGES, Bilingual("Changed answers", "Réponses modifiées"), "", (), HISTORY)


RECALL = "recall"
"""The name of that one."""


def recall_table() -> Table:
    """The table of what refreshers asked."""
    return Table(RECALL, Bilingual("Recall questions of refreshers", "Questions des rappels"), "", (), RECALLS)


def chain_of(survey: Survey, group: str) -> tuple[Group, ...]:
    """The groups around something that stands in this group, the outermost first, itself included."""
    by_name = {each.name: each for each in survey.groups}
    found: list[Group] = []
    while group in by_name and by_name[group] not in found:
        found.append(by_name[group])
        group = by_name[group].group
    return tuple(reversed(found))


def step(name: str) -> str:
    """What a question or group is called within its group: the end of its path."""
    return name.rpartition("/")[2]


def _all_asked(survey: Survey) -> list[_Asked]:
    return [
        _Asked(question, chain_of(survey, question.group))
        for question in survey.questions
        if question.type not in _WITHOUT_A_COLUMN
    ]


def _merged(newer: list[_Asked], older: list[_Asked]) -> list[_Asked]:
    """The newer questions, each with options that it had before, and the older ones that are gone, where they stood."""
    before = {(each.question.name, each.repeats): each for each in older}
    merged = [_with_former(each, before.get((each.question.name, each.repeats))) for each in newer]
    places = {(each.question.name, each.repeats) for each in merged}
    position = 0
    for each in older:
        key = (each.question.name, each.repeats)
        if key in places:
            position = 1 + next(n for n, own in enumerate(merged) if (own.question.name, own.repeats) == key)
        else:
            merged.insert(position, each)
            position += 1
    return merged


def _with_former(newer: _Asked, older: _Asked | None) -> _Asked:
    if older is None:
        return newer
    question, former = newer.question, older.question
    names = {choice.name for choice in question.choices}
    dropped = tuple(choice for choice in former.choices if choice.name not in names)
    # An answer of another type than the newest does not fit the column's kind: it is then a text among the others.
    return replace(newer, question=replace(question, choices=(*question.choices, *dropped)))


def _chains(revisions: Sequence[Survey]) -> list[tuple[str, ...]]:
    """The chains of repeated groups, outer ones first, the newest revision's before those that are gone."""
    found: dict[tuple[str, ...], None] = {}
    for survey in reversed(revisions):
        for group in survey.groups:
            chain = tuple(each.name for each in chain_of(survey, group.name) if each.repeated)
            if group.repeated:
                found.setdefault(chain)
    return sorted(found, key=len)


def _table(
    survey: Survey,
    chain: tuple[str, ...],
    title: Bilingual,
    asked: list[_Asked],
    after: tuple[Column, ...],
    before: tuple[Column, ...] = (),
) -> Table:
    columns = [column for each in asked if each.repeats == chain for column in _columns(each)]
    name = step(chain[-1]) if chain else survey.name
    return Table(name, title, survey.name, chain, (*before, *columns, *after))


def _columns(asked: _Asked) -> Iterator[Column]:
    question = asked.question
    titles = tuple(group.label or Bilingual("", "") for group in asked.groups)
    kind = _KINDS.get(question.type, Kind.TEXT)
    if question.type is QuestionType.RANGE and question.range is not None and question.range.whole:
        kind = Kind.WHOLE
    whole = Column(
        path=(*(step(group.name) for group in asked.groups), step(question.name)),
        titles=(*titles, question.label),
        kind=kind,
        question=question.name,
        options=_labels(question.choices),
        groups=len(asked.groups),
    )
    yield whole
    yield from _parts(whole, question)


def _parts(whole: Column, question: Question) -> Iterator[Column]:
    options = whole.options
    match question.type:
        case QuestionType.SELECT_MULTIPLE if len(options) <= MOST_SPLIT:
            for name, label in options.items():
                yield _part(whole, Part.OPTION, name, label, Kind.FLAG)
        case QuestionType.RANK if len(options) <= MOST_SPLIT:
            for place in map(str, range(1, len(options) + 1)):
                one = _part(whole, Part.PLACE, place, Bilingual(place, place), Kind.CHOICE)
                yield replace(one, options=options)
        case QuestionType.GEOPOINT:
            for part, label in _PLACE_PARTS:
                yield _part(whole, part, part, label, Kind.NUMBER)


def _part(whole: Column, part: Part, detail: str, label: Bilingual, kind: Kind) -> Column:
    return replace(
        whole,
        path=(*whole.path, detail),
        titles=(*whole.titles, label),
        kind=kind,
        part=part,
        detail=detail,
        options={},
    )


def _labels(choices: Iterable[Choice]) -> dict[str, Bilingual]:
    labels: dict[str, Bilingual] = {}
    for choice in choices:
        labels.setdefault(choice.name, choice.label)
    return labels
