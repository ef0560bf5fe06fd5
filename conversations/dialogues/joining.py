"""Joining an event by its invitation: consent, a few profile questions, the person's own time. Then it is theirs."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.buttons import Choose, Go, Move
from conversations.conversation import Consenting, Conversation, Entry, Idle, Placing, Profiling
from conversations.days import next_open
from conversations.effects import Enrol, PersonalEffect, Revise, Say, Toast, Turn
from conversations.messages import Key, Message, Paragraph, language_key, message, phrase, short, strong
from conversations.model import SKIPPED, Event, Purpose, Question, Words
from conversations.places import zone_at, zone_of_profile, zones_of
from conversations.questions import View, Ways, answered, ask, posed
from conversations.reading import Asked, Misread, read
from conversations.refusing import why_not
from conversations.scene import Admission, Invitation, Place, Scene
from conversations.schedule import Who, plan
from conversations.timing import TouchpointKind
from conversations.way_to_help import HELP_KEY
from conversations.words import agrees


def purposes_of(event: Event) -> tuple[Purpose, ...]:
    """What there is to agree to: nobody is asked for a consent that the event has no use for."""
    told = any(question.group_ok for survey in event.surveys for question in survey.questions)
    uses = {Purpose.NUDGES: bool(event.messages), Purpose.SURVEYS: bool(event.surveys), Purpose.DIGEST: told}
    return tuple(purpose for purpose in Purpose if uses[purpose])


def invited(conversation: Conversation, invitation: Invitation, scene: Scene) -> Turn:
    """The person opened an invitation to an event they are not part of."""
    step = Consenting(invitation.event, invitation.revision, frozenset(), Entry(invitation.code, scene.now))
    return _say(replace(conversation, step=step), scene)


def consent_tapped(conversation: Conversation, step: Consenting, button: Choose | Go, scene: Scene) -> Turn:
    """A box, or one of the ways on."""
    purposes = purposes_of(scene.events[step.revision])
    match button:
        case Choose(_, index) if index < len(purposes):
            ticked = step.purposes ^ {purposes[index]}
            return _revise(replace(conversation, step=replace(step, purposes=ticked)), scene)
        case Go(_, Move.DONE):
            return _consented(conversation, replace(step, purposes=frozenset(purposes)), scene)
        case Go(_, Move.YES) if step.purposes:
            return _consented(conversation, step, scene)
        case Go(_, Move.NO):
            return _declined(conversation)
        case _:
            return Turn(conversation, (Toast(phrase("Please choose at least one, or “No, thank you”.")),))


def consent_said(conversation: Conversation, step: Consenting, text: str, scene: Scene) -> Turn:
    """Yes or no in words; a yes without a box ticked means all of it, as the button beside it says."""
    answer = agrees(text)
    if answer is None:
        return Turn(conversation, (Say(message(phrase("Please tap one of the buttons above."))),))
    if answer:
        given = replace(step, purposes=step.purposes or frozenset(purposes_of(scene.events[step.revision])))
        turn = _consented(conversation, given, scene)
    else:
        turn = _declined(conversation)
    return _typed(turn, conversation)


def profile_tapped(conversation: Conversation, step: Profiling, button: Choose | Go, scene: Scene) -> Turn:
    """An answer to a profile question, or past it, or back."""
    event = scene.events[step.revision]
    question = _profile_question(event, step.question)
    match button:
        case Choose(_, index) if index < len(question.choices):
            return _profile_answered(conversation, step, question, question.choices[index].name, scene)
        case Go(_, Move.SKIP):
            return _profile_answered(conversation, step, question, None, scene)
        case Go(_, Move.BACK) if question != event.profile[0]:
            previous = event.profile[event.profile.index(question) - 1]
            kept = tuple(pair for pair in step.answers if pair[0] != previous.name)
            turned = replace(step, question=previous.name, answers=kept, page=0)
            return _next(conversation, turned, message(strong(question.label)), scene)
        case Go(_, Move.NEXT):
            return _revise(replace(conversation, step=replace(step, page=step.page + 1)), scene)
        case Go(_, Move.PREVIOUS) if step.page > 0:
            return _revise(replace(conversation, step=replace(step, page=step.page - 1)), scene)
        case _:
            return Turn(conversation, (Toast(phrase("This button is not in use any more.")),))


def profile_said(conversation: Conversation, step: Profiling, text: str, scene: Scene) -> Turn:
    """A profile answer in words."""
    question = _profile_question(scene.events[step.revision], step.question)
    value = read(question, text, Asked(conversation.language, scene.now, question.choices))
    if isinstance(value, Misread):
        return Turn(conversation, (Say(message(value.hint)),))
    return _typed(_profile_answered(conversation, step, question, str(value), scene), conversation)


def zone_tapped(conversation: Conversation, step: Placing, button: Choose | Go, scene: Scene) -> Turn:
    """The time on screen is right, or it is not."""
    match button:
        case Go(_, Move.YES) if step.offered is not None:
            return _joined(conversation, step, step.offered, scene)
        case Go(_, Move.NO):
            settled = message(phrase("Your time is not {time}.", time=_clock(step.offered, scene.now)))
            return _next(conversation, replace(step, offered=None), settled, scene)
        case _:
            return Turn(conversation, (Toast(phrase("This button is not in use any more.")),))


def zone_said(conversation: Conversation, step: Placing, text: str, scene: Scene) -> Turn:
    """Yes or no in words, or the person's own time of day."""
    if step.offered is not None and (answer := agrees(text)) is not None:
        button = Go(conversation.serial, Move.YES if answer else Move.NO)
        return _typed(zone_tapped(conversation, step, button, scene), conversation)
    event = scene.events[step.revision]
    zone = zone_at(text, scene.now, zones_of(event))
    if zone is None:
        hint = phrase("Please type the time on your clock now, in hours and minutes, such as 14:30.")
        return Turn(conversation, (Say(message(hint)),))
    return _next(conversation, replace(step, offered=zone), None, scene)


def too_late(conversation: Conversation) -> Turn:
    """The event was closed while somebody was about to join it."""
    sorry = message(phrase("This event is closed now: nobody can join it any more. Nothing will be sent to you."))
    return Turn(replace(conversation, step=Idle()), (Say(sorry),))


def restated(conversation: Conversation, scene: Scene) -> Turn:
    """The question on screen once more."""
    return _say(conversation, scene)


def revised(conversation: Conversation, scene: Scene) -> Turn:
    """The question on screen in place, in the language just chosen."""
    return _revise(conversation, scene)


def _consented(conversation: Conversation, step: Consenting, scene: Scene) -> Turn:
    event = scene.events[step.revision]
    agreed = [event.consent_lines[purpose] for purpose in Purpose if purpose in step.purposes]
    settled = message(
        strong(event.title),
        phrase("You agreed to:"),
        *(Paragraph(phrase("✓ {line}", line=line), close=True) for line in agreed),
    )
    if not event.profile:
        placing = Placing(step.event, step.revision, step.purposes, (), event.timezone, step.entry)
        return _next(conversation, placing, settled, scene)
    profiling = Profiling(step.event, step.revision, step.purposes, event.profile[0].name, entry=step.entry)
    return _next(conversation, profiling, settled, scene)


def _declined(conversation: Conversation) -> Turn:
    fine = message(
        phrase("That is fine. You have not joined, and nothing will be sent to you."),
        phrase("Should you change your mind, open your invitation link again."),
    )
    return Turn(replace(conversation, step=Idle()), (Toast(), Revise(fine)))


_KINDS = frozenset({TouchpointKind.REFRESHER, TouchpointKind.SURVEY})


def _profile_answered(
    conversation: Conversation, step: Profiling, question: Question, choice: str | None, scene: Scene
) -> Turn:
    event = scene.events[step.revision]
    answers = step.answers if choice is None else (*step.answers, (question.name, choice))
    settled = answered(posed(question), SKIPPED if choice is None else choice)
    position = event.profile.index(question) + 1
    if position < len(event.profile):
        following = replace(step, question=event.profile[position].name, answers=answers, page=0)
        return _next(conversation, following, settled, scene)
    offered = zone_of_profile(event, dict(answers))
    placing = Placing(step.event, step.revision, step.purposes, answers, offered, step.entry)
    return _next(conversation, placing, settled, scene)


def _joined(conversation: Conversation, step: Placing, zone: str, scene: Scene) -> Turn:
    place = scene.place or Place(Admission.OPEN)
    if place.admission is not Admission.OPEN:
        return _refused(conversation, place.admission)
    event = scene.events[step.revision]
    joined = scene.first_joined or scene.now
    who = Who(language=conversation.language, profile=dict(step.answers), part=place.part)
    # What was due a while ago and is still worth sending comes first.
    coming = [max(each.due, scene.now) for each in plan(event, _KINDS, joined, zone, scene.now, who)]
    settled = message(phrase("✓ Your time: {time}", time=_clock(zone, scene.now)))
    lines: list[Words | Paragraph] = [strong(phrase("Welcome! You have joined {event}.", event=event.title))]
    if coming:
        first = next_open(min(coming), zone, event.policy) or min(coming)
        lines.append(phrase("Your first message comes on {date}.", date=first.astimezone(ZoneInfo(zone)).date()))
    lines.append(phrase("You can change the language with /language and leave at any time with /stop."))
    lines.append(event.contact)
    enrol = Enrol(step.event, step.revision, step.purposes, step.answers, step.entry.code)
    done = replace(conversation, step=Idle(), zone=zone)
    return Turn(done, (Toast(), Revise(settled), enrol, Say(message(*lines, keyboard=((HELP_KEY,),)))))


def _refused(conversation: Conversation, admission: Admission) -> Turn:
    """Their invitation let them in when they opened it, and does so no more."""
    sorry = message(
        strong(phrase("We are sorry: you could not join.")),
        *why_not(admission),
        phrase("Nothing that you told here was kept."),
    )
    return Turn(replace(conversation, step=Idle()), (Toast(), Revise(sorry)))


def _next(conversation: Conversation, step: Profiling | Placing, settled: Message | None, scene: Scene) -> Turn:
    """Leave the message on screen as `settled` and ask what comes next."""
    turn = _say(replace(conversation, step=step), scene)
    before: tuple[PersonalEffect, ...] = (
        (Toast(), Revise(settled)) if settled else (Revise(_superseded(), carrying=conversation.serial),)
    )
    return Turn(turn.conversation, (*before, *turn.effects))


def _typed(turn: Turn, before: Conversation) -> Turn:
    """The same turn for typed words: no tap to answer, and the question is found by its keyboard's serial."""
    effects = tuple(
        replace(effect, carrying=before.serial) if isinstance(effect, Revise) and effect.carrying is None else effect
        for effect in turn.effects
        if not isinstance(effect, Toast)
    )
    return Turn(turn.conversation, effects)


def _say(conversation: Conversation, scene: Scene) -> Turn:
    serial = conversation.serial + 1
    screen = _screen(conversation, serial, scene)
    return Turn(replace(conversation, serial=serial), (Say(screen, serial=serial),))


def _revise(conversation: Conversation, scene: Scene) -> Turn:
    serial = conversation.serial + 1
    screen = _screen(conversation, serial, scene)
    return Turn(replace(conversation, serial=serial), (Toast(), Revise(screen, serial=serial)))


def _screen(conversation: Conversation, serial: int, scene: Scene) -> Message:
    step = conversation.step
    assert isinstance(step, Consenting | Profiling | Placing)  # noqa: S101 # the steps of this dialogue
    event = scene.events[step.revision]
    match step:
        case Consenting():
            shown = _consent(event, step, serial)
        case Profiling():
            question = _profile_question(event, step.question)
            ways = Ways(back=question != event.profile[0], skip=True)
            shown = ask(posed(question), serial, ways, View(conversation.language, page=step.page))
        case Placing():
            shown = _place(step, serial, scene.now)
    return Message(shown.paragraphs, (*shown.keyboard, (language_key(conversation.language.other, serial),)))


def _consent(event: Event, step: Consenting, serial: int) -> Message:
    purposes = purposes_of(event)
    boxes = tuple(
        (Key(event.consent_lines[purpose], Choose(serial, index), purpose in step.purposes),)
        for index, purpose in enumerate(purposes)
    )
    ways = [(Key(short("button", "Yes to all, join"), Go(serial, Move.DONE)),)]
    if step.purposes:
        ways = [(Key(short("button", "Join with what is ticked"), Go(serial, Move.YES)),)]
    return message(
        strong(event.title),
        event.welcome,
        event.consent,
        phrase("What do you agree to? Each is up to you, and you can leave at any time."),
        keyboard=(*boxes, *ways, (Key(short("button", "No, thank you"), Go(serial, Move.NO)),)),
    )


def _place(step: Placing, serial: int, now: datetime) -> Message:
    if step.offered is None:
        return message(
            strong(phrase("What time is it where you are?")),
            phrase("Please type the time on your clock now, in hours and minutes, such as 14:30."),
        )
    return message(
        strong(phrase("Is it {time} where you are now?", time=_clock(step.offered, now))),
        phrase("This is only so that messages come at a good time of your day."),
        keyboard=(
            (
                Key(short("button", "Yes"), Go(serial, Move.YES)),
                Key(short("button", "No, another time"), Go(serial, Move.NO)),
            ),
        ),
    )


def _clock(zone: str | None, now: datetime) -> str:
    # 24 hours and a colon read the same in both languages on every phone.
    return f"{now.astimezone(ZoneInfo(zone)):%H:%M}" if zone else ""


def _superseded() -> Message:
    return message(phrase("This question goes on below."))


def _profile_question(event: Event, name: str) -> Question:
    return next(question for question in event.profile if question.name == name)
