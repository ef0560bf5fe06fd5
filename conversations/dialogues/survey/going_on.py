"""What comes next in a survey: a question, the review of all answers, or the end. Each under a keyboard of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.buttons import Choose, Go, Move, Review, StoryMove, Tale
from conversations.conversation import Asking, Conversation, Idle, Reviewing
from conversations.effects import CompleteResponse, PersonalEffect, Replan, Revise, Say, Toast, Turn
from conversations.flow import Flow, changed, flow
from conversations.forms.instance import Around, Field
from conversations.messages import Key, Message, Paragraph, length, message, phrase, short, strong
from conversations.model import SKIPPED, Answers, Bilingual, Phrase, Question, QuestionType, Stage, Value, Words
from conversations.questions import View, Ways, ask, options, takes_several
from conversations.reading import search, worded
from conversations.scene import Scene

_LONGEST_REVIEW = 3_000
"""Characters of one review; Telegram refuses more than 4,096, and the keyboard's words come on top."""
_MOST_IN_A_REVIEW = 10
_LONGEST_LABEL, _LONGEST_ANSWER = 90, 120
_CHANGES_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class Here:
    """Where somebody is in a survey."""

    conversation: Conversation
    step: Asking
    way: Flow
    around: Around

    def with_answers(self, answers: Answers) -> tuple["Here", tuple[str, ...]]:
        """The same place once these are the answers, and the keys of those that do not count then."""
        way, lost = changed(self.way.survey, answers, self.around)
        return replace(self, way=way), lost

    def without(self, keys: Sequence[str]) -> "Here":
        """The same place without these answers."""
        kept = {key: value for key, value in self.way.answers.items() if key not in keys}
        return replace(self, way=flow(self.way.survey, kept, self.around))


def here(conversation: Conversation, step: Asking, scene: Scene) -> Here:
    """Where the person is, seen with their answers so far."""
    event = scene.events[step.revision]
    zone = ZoneInfo(conversation.zone or event.timezone)
    around = Around(
        now=scene.now.astimezone(zone),
        language=conversation.language,
        started=(step.begun or scene.now).astimezone(zone),
        seed=str(step.nudge),
    )
    return Here(conversation, step, flow(event.survey(step.survey), scene.answers, around), around)


def has_closed(step: Asking, now: datetime) -> bool:
    """Whether the survey takes no more answers."""
    return step.closes is not None and now >= step.closes


def closed(conversation: Conversation) -> Turn:
    """The end of a survey that closed while it was on screen."""
    words = phrase("These questions are closed by now. What you answered until then is kept. Thank you!")
    effects = (Toast(), Revise(message(words), carrying=conversation.serial))
    return Turn(replace(conversation, step=Idle()), effects)


def go_on(at: Here, effects: Sequence[PersonalEffect], *, said_first: Sequence[Words | Paragraph] = ()) -> Turn:
    """To the first question without an answer; when there is none, to the review, or to the end of a short survey."""
    field = at.way.open()
    if field is not None:
        return show_question(at, field, effects, said_first=said_first)
    if len(at.way.asked) > 1 or (at.way.asked and at.step.amending):
        return show_review(at, at.step.returning or 0, effects, said_first=said_first)
    return finish(at, effects)


def finish(at: Here, effects: Sequence[PersonalEffect]) -> Turn:
    """The answers are submitted."""
    step = at.step
    saved = phrase("Thank you! Your answers are saved.")
    keys = [(Key(short("button", "Change my answers"), Review(step.nudge)),)]
    if any(each.stage is Stage.APPLY for each in at.way.survey.questions):
        # Whoever has just said what they changed may want others to hear of it.
        keys.append((Key(short("button", "Tell others what worked"), Tale(StoryMove.BEGIN)),))
    last = at.way.above(None)
    thanks = message(*last.words, saved, keyboard=tuple(keys) if at.way.asked else ())
    complete: list[PersonalEffect] = [] if step.amending else [CompleteResponse(step.nudge), Replan(step.event)]
    said = Say(replace(thanks, pictures=last.pictures))
    return Turn(replace(at.conversation, step=Idle()), (*effects, *complete, said))


def show_question(
    at: Here, field: Field, effects: Sequence[PersonalEffect], *, said_first: Sequence[Words | Paragraph] = ()
) -> Turn:
    """The question in a new message. What was chosen before stays ticked."""
    value = at.way.answers.get(field.key, at.way.instance.default(field))
    chosen = value if isinstance(value, tuple) else ()
    step = replace(at.step, question=field.key, chosen=chosen, page=0, search="")
    serial = at.conversation.serial + 1
    shown = question_screen(replace(at, step=step), field, serial, said_first=said_first)
    conversation = replace(at.conversation, step=step, serial=serial)
    return Turn(conversation, (*effects, Say(shown, serial=serial)))


def question_screen(at: Here, field: Field, serial: int, *, said_first: Sequence[Words | Paragraph] = ()) -> Message:
    """The question as the step has it: the boxes ticked, the page, what was searched for."""
    way, step = at.way, at.step
    posed = way.posed(field)
    so_far = way.answers.get(field.key, way.instance.default(field))
    found = None
    if step.search:
        every = options(posed)
        places = {id(choice): place for place, choice in enumerate(every)}
        found = tuple(places[id(choice)] for choice in search(every, step.search))
    view = View(
        at.conversation.language,
        chosen=step.chosen,
        page=step.page,
        found=found,
        so_far=None if so_far == SKIPPED or takes_several(field.question) else so_far,
    )
    back = step.returning is not None or way.before(field) is not None
    # What was submitted is not put aside: the way on leads back to the review, and every change is kept at once.
    ways = Ways(back=back, skip=not posed.must, pause=not step.amending)
    above = way.above(field)
    before = (*said_first, _progress(way, field), *above.words)
    return ask(posed, serial, ways, view, before=before, pictures=above.pictures)


def _progress(way: Flow, field: Field) -> Phrase:
    number, total = way.number(field), way.likely
    if total == len(way.asked):
        return phrase("Question {number} of {total}", number=number, total=total)
    return phrase("Question {number} of about {total}", number=number, total=total)


def show_review(
    at: Here, first: int, effects: Sequence[PersonalEffect], *, said_first: Sequence[Words | Paragraph] = ()
) -> Turn:
    """All answers, from number `first` (from 0) on, in a new message."""
    first = still(at, first)
    serial = at.conversation.serial + 1
    shown = review_screen(at, first, serial, said_first=said_first)
    conversation = replace(at.conversation, step=Reviewing(at.step, first), serial=serial)
    return Turn(conversation, (*effects, Say(shown, serial=serial)))


def review_screen(at: Here, first: int, serial: int, *, said_first: Sequence[Words | Paragraph] = ()) -> Message:
    """As many answers as one message holds, each with a button to change it, and the way out."""
    asked = at.way.asked
    lines: list[Words | Paragraph] = [*said_first, strong(phrase("Your answers"))]
    page = _page(at, first)
    shown = range(first, first + len(page))
    lines += page
    if len(shown) < len(asked):
        part = phrase("Answers {first} to {last} of {total}", first=first + 1, last=shown.stop, total=len(asked))
        lines.insert(len(said_first) + 1, Paragraph(part, close=True))
    if at.step.amending:
        lines.append(phrase("Tap ✎ with its number to change an answer. Each change is kept at once."))
    else:
        lines.append(phrase("Tap ✎ with its number to change an answer, or send your answers as they are."))
    changes = [Key(phrase("✎\u00a0{number}", number=number + 1), Choose(serial, number)) for number in shown]
    rows = [tuple(changes[at_ : at_ + _CHANGES_IN_A_ROW]) for at_ in range(0, len(changes), _CHANGES_IN_A_ROW)]
    turning = []
    if first > 0:
        turning.append(Key("◀", Go(serial, Move.PREVIOUS)))
    if shown.stop < len(asked):
        turning.append(Key("▶", Go(serial, Move.NEXT)))
    if turning:
        rows.append(tuple(turning))
    send = short("button", "Done") if at.step.amending else short("button", "Send my answers")
    rows.append((Key(send, Go(serial, Move.SUBMIT)),))
    if not at.step.amending:
        rows.append((Key(short("button", "Later"), Go(serial, Move.STOP)),))
    return Message(message(*lines).paragraphs, tuple(rows))


def next_page(at: Here, first: int) -> int:
    """Where the next page of the review begins; the same when there is none."""
    following = first + len(_page(at, first))
    return following if following < len(at.way.asked) else first


def page_before(at: Here, first: int) -> int:
    """Where the page before the one that begins there begins."""
    start = 0
    while (following := start + len(_page(at, start))) < first:
        start = following
    return start


def still(at: Here, first: int) -> int:
    """Where the page begins now: questions may have ceased to apply since (their condition may look at the clock)."""
    return min(first, max(len(at.way.asked) - 1, 0))


def _page(at: Here, first: int) -> list[Phrase]:
    """As many answers as one message holds from number `first` on, and one at least where there is one."""
    room, lines = _LONGEST_REVIEW, list[Phrase]()
    for number in range(first, min(first + _MOST_IN_A_REVIEW, len(at.way.asked))):
        line = _line(at, number)
        room -= length(message(line))
        if room < 0 and lines:
            break
        lines.append(line)
    return lines


def _line(at: Here, number: int) -> Phrase:
    field = at.way.asked[number]
    label = shortened(at.way.posed(field).label, _LONGEST_LABEL)
    if field.numbers and field.question.type is not QuestionType.REPEAT:
        label = phrase("{group} · {number}", group=label, number=field.numbers[-1])
    value = at.way.answers.get(field.key, SKIPPED)
    return phrase(
        "{number}. {question}\n▸ {answer}", number=number + 1, question=label, answer=_brief(field.question, value)
    )


def _brief(question: Question, value: Value) -> Words:
    if isinstance(value, str) and question.type in {QuestionType.TEXT, QuestionType.BARCODE}:
        return _cut(value, _LONGEST_ANSWER)
    return worded(question, value)


def shortened(words: Words, longest: int) -> Words:
    """An author's words in one line, cut where they are long."""
    if isinstance(words, Bilingual):
        return Bilingual(_cut(words.en, longest), _cut(words.fr, longest))
    return words


def _cut(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
