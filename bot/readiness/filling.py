"""Forms filled in at random, to learn how many questions people meet where that depends on their answers."""

from datetime import UTC, datetime, time, timedelta
from random import Random

from conversations.forms.instance import Around, Field, Instance
from conversations.model import CHOOSING, SKIPPED, Event, Language, Question, QuestionType, Survey, Value

_MOST_FILLINGS = 200
_BUDGET = 400_000
"""Questions looked at in all, again in each round: two seconds or so. Small and middling forms never use it up."""
_TRIES = 8
_MOST_REPEATS = 4
_ROUNDS = 60
_FILES = frozenset({QuestionType.IMAGE, QuestionType.AUDIO, QuestionType.VIDEO, QuestionType.FILE})


def fillings(survey: Survey, event: Event) -> tuple[tuple[Field, ...], ...]:
    """What each of up to two hundred invented people would get to see. The same form gives the same fillings."""
    now = datetime.combine(event.start, time(12), UTC)
    found: list[tuple[Field, ...]] = []
    looked_at = 0
    while len(found) < _MOST_FILLINGS and looked_at < _BUDGET:
        shown, rounds = _filling(survey, now, len(found))
        found.append(shown)
        looked_at += rounds * len(survey.questions)
    return tuple(found)


def _filling(survey: Survey, now: datetime, number: int) -> tuple[tuple[Field, ...], int]:
    """What one person gets to see, and in how many rounds."""
    around = Around(now, Language.EN, now, seed=str(number))
    chance = Random(f"{survey.name} {number}")  # noqa: S311 # invented people, no secrets
    answers: dict[str, Value] = {}
    instance = Instance(survey, answers, around)
    # All open questions are answered at once: what depends on them comes up in the next round.
    rounds = 1
    while rounds < _ROUNDS:
        open_ = [field for field in instance.asked if field.key not in answers]
        if not open_:
            break
        answers |= {field.key: _answer(field, instance, chance) for field in open_}
        instance = Instance(survey, answers, around)
        rounds += 1
    return instance.shown, rounds


def _answer(field: Field, instance: Instance, chance: Random) -> Value:
    """An answer that the constraint lets pass, if one is hit upon soon."""
    value: Value = SKIPPED
    for _ in range(_TRIES):
        value = _drawn(field, instance, chance)
        if value == SKIPPED or instance.fits(field, value):
            break
    return value


def _drawn(field: Field, instance: Instance, chance: Random) -> Value:
    question, now = field.question, instance.around.now
    if question.type in CHOOSING:
        names = [choice.name for choice in instance.offered(field)]
        return _chosen(question.type, names, chance) if names else SKIPPED
    if question.type in _FILES:
        return "document:x"
    match question.type:
        case QuestionType.INTEGER:
            return chance.choice((chance.randint(0, 10), chance.randint(0, 100), chance.randint(0, 2000)))
        case QuestionType.RANGE:
            return _in_range(question)
        case QuestionType.DECIMAL:
            return str(chance.randint(0, 100))
        case QuestionType.DATE:
            return (now.date() - timedelta(days=chance.randint(-300, 12_000))).isoformat()
        case QuestionType.TIME:
            return f"{chance.randint(0, 23):02}:00:00.000+00:00"
        case QuestionType.DATETIME:
            return (now - timedelta(days=chance.randint(-300, 3_000))).isoformat()
        case QuestionType.GEOPOINT:
            return "0 0 0 0"
        case QuestionType.ACKNOWLEDGE:
            return "OK"
        case QuestionType.REPEAT:
            last = field.numbers[-1] if field.numbers else 1
            return "yes" if last < _MOST_REPEATS and chance.random() < 1 / 2 else "no"
        case _:
            return "x"


def _chosen(kind: QuestionType, names: list[str], chance: Random) -> Value:
    if kind is QuestionType.SELECT_ONE:
        return chance.choice(names)
    if kind is QuestionType.RANK:
        return tuple(chance.sample(names, len(names)))
    ticked = set(chance.sample(names, min(len(names), chance.randint(1, 3))))
    return tuple(name for name in names if name in ticked)


def _in_range(question: Question) -> Value:
    if question.range is None:
        return SKIPPED
    return int(question.range.first) if question.range.whole else question.range.first
