"""One person's world held in dictionaries: what storage would keep, changed by effects as the effects say.

Every turn taken here is checked: what a person would see, what would be kept, and what must never happen.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.channels import Rendered
from bot.rendering import dumps, loads, plain_text, render
from conversations.buttons import (
    Another,
    Arrange,
    Bring,
    Button,
    Cease,
    Choose,
    Contact,
    Doubt,
    Go,
    Later,
    Omit,
    Open,
    PassOn,
    Reach,
    Recall,
    Refuse,
    Review,
    Seek,
    Shift,
    decode,
)
from conversations.conversation import (
    Asking,
    Confiding,
    Idle,
    Leaving,
    Narrating,
    PassingOn,
    Pausing,
    Reviewing,
    aside,
    behind,
)
from conversations.cues import Cue, HelpDue, NewsDue, NudgeDue, Said, Sent, Started, Tapped
from conversations.effects import (
    CompleteResponse,
    Decline,
    DropAnswers,
    Enrol,
    Leave,
    OpenResponse,
    PersonalEffect,
    Revise,
    SaveAnswer,
    Say,
    SayKind,
    SetReachable,
    SettleNudge,
    Toast,
    Turn,
)
from conversations.forms.instance import Around, Field, Instance
from conversations.messages import Message
from conversations.model import SKIPPED, Language, Purpose, QuestionType, Role, Value
from conversations.policy import Reason
from conversations.respond import respond
from conversations.scene import Enrolment, Invitation, Nudge, ResponseState, Scene
from conversations.schedule import NOBODY
from conversations.timing import TouchpointKind
from conversations.words import Command, command_in
from locales.phrases import say
from storage.codec import step_from_json, step_to_json
from tests.conversations.storied import Storied

PERSONAL = frozenset({TouchpointKind.REFRESHER, TouchpointKind.SURVEY})
LONGEST_MESSAGE = 4096  # UTF-16 units, as Telegram counts
LONGEST_TOAST = 200
MOST_BUTTONS = 100


@dataclass
class World(Storied):
    """The person, what is kept about them, and every button they were ever shown. Invitations are the events' codes."""

    answers: dict[int, dict[str, Value]] = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)

    def happens(self, cue: Cue) -> Turn:
        """The cue's turn, checked and carried out."""
        before = self.conversation
        self.typed += [cue.text] if isinstance(cue, Said) else []
        turn = respond(before, cue, self._scene(cue))
        assert turn == respond(before, cue, self._scene(cue)), "the same again gives the same"
        assert turn.conversation.serial >= before.serial
        assert step_from_json(step_to_json(turn.conversation.step)) == turn.conversation.step
        if isinstance(cue, Tapped) and isinstance(cue.button, Choose | Go) and cue.button.serial != before.serial:
            assert turn.conversation == before, "an old button changes nothing"
            assert all(isinstance(each, Toast | SetReachable) for each in turn.effects)
        self._check_nudges(cue, turn)
        self.conversation = turn.conversation
        for effect in turn.effects:
            self._carry_out(effect)
        self._check_place()
        if not isinstance(cue, NudgeDue | HelpDue | NewsDue):
            self.heard = self.now
        if isinstance(cue, Started | Said | Sent | Tapped):
            assert self.reachable, "whoever writes or taps can be written to"
        return turn

    def time_passes(self, by: timedelta) -> None:
        """The clock strikes for everything that has fallen due."""
        self.now += by
        for nudge in sorted(self.nudges.values(), key=lambda each: (each.due, each.id)):
            if nudge.pending and nudge.due <= self.now:
                self.happens(NudgeDue(nudge.id))
        for request in [each for each in self.requests.values() if each.due is not None and each.due <= self.now]:
            self.happens(HelpDue(request.event_id))
        for number in [number for number, due in self.news.items() if due <= self.now]:
            self.happens(NewsDue(number))

    @property
    def awaits_words(self) -> bool:
        """Whether the question on screen is answered in writing."""
        step = self.conversation.step
        if not isinstance(step, Asking):
            return False
        asked = self._instance(step.revision, step.survey, step.nudge).asked
        return any(each.key == step.question and not each.question.choices for each in asked)

    def next_nudge(self) -> None:
        """Time goes by until the next planned thing is due."""
        coming = [each.due for each in self.nudges.values() if each.pending and each.due > self.now]
        self.time_passes(min(coming, default=self.now) - self.now)

    def _scene(self, cue: Cue) -> Scene:
        on_screen = behind(self.conversation.step)
        on_screen = on_screen.asking if isinstance(on_screen, Reviewing) else on_screen
        nudge = self._nudge_of(cue)
        surveyed = nudge is not None and nudge.kind in {TouchpointKind.SURVEY, TouchpointKind.REMINDER}
        answered = nudge.survey or nudge.id if nudge is not None and surveyed else None
        if answered is None and isinstance(on_screen, Asking):
            answered = on_screen.nudge
        return Scene(
            now=self.now,
            events=self.events,
            enrolments=tuple(self.enrolments.values()),
            invitation=self._invitation(cue),
            nudge=nudge,
            answers=dict(self.answers.get(answered, {})) if answered is not None else {},
            heard=self.heard,
            reachable=self.reachable,
            wishes=self.wishes,
            sent=tuple(self.sent),
            unheeded=self._unheeded(),
            next_survey=self._next(TouchpointKind.SURVEY),
            next_asking=self._next(TouchpointKind.SURVEY, TouchpointKind.REMINDER),
            who=self._who(nudge.event) if nudge is not None else NOBODY,
            aid=self._aid(),
            stories=self._storytelling(),
            coming=(*self._waiting(), *sorted(self._coming(), key=lambda each: (each.due, each.id))),
        )

    def _nudge_of(self, cue: Cue) -> Nudge | None:
        match cue:
            case NudgeDue(number):
                return self._nudge(number)
            case Tapped(
                Open() | Review() | Refuse() | Recall() | Doubt() | Another() | PassOn() | Later() | Cease() as button
            ):
                return self._nudge(button.nudge)
            case Tapped(Arrange(number) | Bring(number) | Shift(number) | Omit(number)):
                return self._nudge(number)
            case Said(text) if command_in(text) is Command.CONTINUE and aside(self.conversation.step) == Idle():
                agreed = {each.event for each in self.enrolments.values() if Purpose.SURVEYS in each.purposes}
                begun = [each for each in self.nudges.values() if each.response is ResponseState.STARTED]
                started = [each for each in begun if each.event in agreed]
                return started[-1] if started and self.enrolments else None
            case _:
                return None

    def _invitation(self, cue: Cue) -> Invitation | None:
        if not isinstance(cue, Started):
            return None
        revision = next((number for number, event in self.events.items() if event.code == cue.code), None)
        return None if revision is None else Invitation(str(cue.code), str(cue.code), revision, Role.PARTICIPANT)

    def _carry_out(self, effect: PersonalEffect) -> None:
        match effect:
            case Say(message) | Revise(message):
                self._show(message)
            case Toast(words):
                assert words is None or all(0 < len(say(words, each)) <= LONGEST_TOAST for each in Language)
                self.toasts += [say(words, self.conversation.language)] if words is not None else []
            case Enrol():
                self._enrol(effect)
            case Leave():
                self.enrolments.clear()
                self.stories.clear()
                self.news.clear()
                for nudge in self.nudges.values():
                    self.nudges[nudge.id] = replace(nudge, pending=False)
            case SetReachable(reachable):
                self.reachable = reachable
            case SettleNudge(nudge_id, reason, again):
                nudge = self.nudges[nudge_id]
                put_off = reason if again is not None else None
                due = again or nudge.due
                self.nudges[nudge_id] = replace(nudge, pending=again is not None, due=due, put_off=put_off)
                if again is None:
                    self.settled[nudge_id] = (reason, self.now)
                    self.sent += [self.now] if reason is Reason.SENT else []
            case OpenResponse() | SaveAnswer() | DropAnswers() | CompleteResponse() | Decline():
                self._answer(effect)
            case _:
                if not self._help(effect) and not self._tale(effect):
                    self._arrange(effect)

    def _show(self, message: Message) -> None:
        for language in Language:
            shown = render(message, language)
            text = plain_text(shown.paragraphs)
            assert text.strip()
            assert all(each.text.strip() for each in shown.paragraphs)
            left = [each for each in re.findall(r"\{\w+\}", text) if not any(each in typed for typed in self.typed)]
            assert not left, "a placeholder was left unfilled"
            assert len(text.encode("utf-16-le")) // 2 <= LONGEST_MESSAGE
            assert loads(dumps(shown)) == shown
            self._check_keyboard(shown)
        shown = render(message, self.conversation.language)
        self.said.append(plain_text(shown.paragraphs))
        # The way to help is on every screen; who taps it says so.
        buttons = [key.button for row in message.keyboard for key in row if key.button != Seek()]
        self.buttons += buttons
        assert not buttons or Seek() in {row[0].button for row in message.keyboard} or leads_to_contact(buttons)

    def _check_keyboard(self, shown: Rendered) -> None:
        keys = [key for row in shown.keyboard for key in row]
        assert len(keys) <= MOST_BUTTONS
        for key in keys:
            assert key.label.strip()
            assert len(key.data.encode()) <= 64
            assert decode(key.data) is not None
        assert len({key.data for key in keys}) == len(keys), "two buttons mean the same"

    def _enrol(self, effect: Enrol) -> None:
        event = self.events[effect.revision]
        assert effect.event not in self.enrolments
        assert effect.purposes, "nobody joins without having agreed to something"
        names = {question.name: {each.name for each in question.choices} for question in event.profile}
        assert all(choice in names[name] for name, choice in effect.profile)
        assert len(dict(effect.profile)) == len(effect.profile)
        self.enrolments[effect.event] = Enrolment(effect.event, effect.revision, effect.purposes, self.now)
        self.profile = dict(effect.profile)
        self._replan(effect.event)

    def _instance(self, revision: int, survey: str, nudge: int) -> Instance:
        around = Around(self.now, self.conversation.language, self.now, seed=str(nudge))
        return Instance(self.events[revision].survey(survey), self.answers.get(nudge, {}), around)

    def _answer(self, effect: OpenResponse | SaveAnswer | DropAnswers | CompleteResponse | Decline) -> None:
        nudge = self.nudges[effect.nudge]
        assert nudge.event in self.enrolments, "nothing is kept of somebody who has left"
        assert nudge.kind is TouchpointKind.SURVEY
        kept = self.answers.setdefault(nudge.id, {})
        self._check_state(nudge, effect)
        instance = self._instance(nudge.revision, nudge.name, nudge.id)
        match effect:
            case OpenResponse():
                self.nudges[nudge.id] = replace(nudge, response=ResponseState.STARTED, started=self.now)
            case SaveAnswer(_, key, value, sealed):
                field = next((each for each in instance.asked if each.key == key), None)
                assert field is not None, f"{key} is not asked of somebody who answered {kept}"
                named = bool(field.question.choices) or field.question.type is QuestionType.ACKNOWLEDGE
                assert sealed is (isinstance(value, str) and not named), "somebody's own words are never in clear"
                assert _fits(instance, field, value)
                kept[key] = value
            case DropAnswers(_, keys):
                for key in keys:
                    del kept[key]
            case CompleteResponse():
                assert all(each.key in kept for each in instance.asked)
                skipped = [each for each in instance.asked if kept[each.key] == SKIPPED]
                assert all(_fits(instance, each, SKIPPED) for each in skipped)
                self.nudges[nudge.id] = replace(nudge, response=ResponseState.COMPLETED)
                self.completed.setdefault(nudge.name, self.now)
                self._end_reminders(nudge, Reason.ANSWERED)
            case Decline():
                self.nudges[nudge.id] = replace(nudge, declined=True)
                self._end_reminders(nudge, Reason.DECLINED)

    def _check_state(
        self, nudge: Nudge, effect: OpenResponse | SaveAnswer | DropAnswers | CompleteResponse | Decline
    ) -> None:
        match effect:
            case OpenResponse():
                assert nudge.response is ResponseState.NONE
            case Decline():
                assert nudge.response is not ResponseState.COMPLETED
            case CompleteResponse():
                assert nudge.response is ResponseState.STARTED
            case SaveAnswer() | DropAnswers():
                assert nudge.response is (ResponseState.COMPLETED if effect.amends else ResponseState.STARTED)
                assert nudge.closes is None or self.now < nudge.closes

    def _check_nudges(self, cue: Cue, turn: Turn) -> None:
        unasked = [each for each in turn.effects if isinstance(each, Say) and each.kind is SayKind.NUDGE]
        settled = [each for each in turn.effects if isinstance(each, SettleNudge)]
        sent = [each.nudge for each in settled if each.reason is Reason.SENT]
        if not (isinstance(cue, Tapped) and isinstance(cue.button, Bring)):
            assert [each.nudge for each in unasked] == sent
        assert all(self.nudges[each.nudge].pending for each in settled)
        assert all(each.again is None or each.again > self.now for each in settled)
        if isinstance(cue, NudgeDue) and self.nudges[cue.nudge].pending:
            assert len(settled) == 1, "a nudge that is due is always settled, with a reason"
        for each in sent:
            assert self.nudges[each].event in self.enrolments
            if not isinstance(cue, Tapped):  # whoever taps “Now” has asked for it
                assert self.reachable
                assert not isinstance(self.conversation.step, Leaving), "whoever said stop gets nothing more"

    def _check_place(self) -> None:
        for number, kept in self.answers.items():
            nudge = self.nudges[number]
            counting = self._instance(nudge.revision, nudge.name, number).answers
            assert counting == kept, "an answer to a question that does not apply was kept"
        step = self.conversation.step
        if isinstance(step, Asking):
            assert self.nudges[step.nudge].response is not ResponseState.NONE
            asked = self._instance(step.revision, step.survey, step.nudge).asked
            assert step.question in {each.key for each in asked}
        elif not isinstance(step, Idle | Leaving | Pausing | PassingOn | Reviewing | Confiding | Narrating):
            assert step.event not in self.enrolments


def leads_to_contact(buttons: list[Button]) -> bool:
    return not {Contact(Reach.ASK), Contact(Reach.BACK)}.isdisjoint(buttons)


def _fits(instance: Instance, field: Field, value: Value) -> bool:
    names = [each.name for each in instance.offered(field)]
    if value == SKIPPED:
        return not instance.must(field) or (bool(field.question.choices) and not names)
    match field.question.type:
        case QuestionType.SELECT_ONE | QuestionType.REPEAT:
            return value in names
        case QuestionType.SELECT_MULTIPLE:
            return isinstance(value, tuple) and [each for each in names if each in value] == [*value]
        case QuestionType.RANK:
            return isinstance(value, tuple) and sorted(value) == sorted(names)
        case QuestionType.INTEGER:
            return isinstance(value, int)
        case QuestionType.RANGE:
            return isinstance(value, int | str)
        case _:
            return isinstance(value, str) and value.strip() != ""
