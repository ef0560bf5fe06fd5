"""Whom a broadcast is for, chosen by taps: language, answered or not, the day of joining, the profile questions."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from conversations.broadcasts import Audience, Broadcast, Broadcasting, packed, unpacked
from conversations.buttons import Manage
from conversations.conversation import Conversation, Writing, aside
from conversations.desk import Duty, asking, shown
from conversations.dialogues.broadcast import words
from conversations.dialogues.broadcast.common import (
    at_hand,
    draft,
    gone,
    key,
    overtaken,
    own_draft,
    reached,
    redrafted,
    told,
)
from conversations.effects import Say, Toast, Turn
from conversations.messages import Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import Event, Language, Phrase, Words
from conversations.reading import Misread
from conversations.reading.dates import day_in
from conversations.roles import Act
from conversations.scene import Scene

BEFORE = phrase("Only those who joined before which day? Type a day, such as 12 March or “yesterday”.")

_LANGUAGE, _ANSWERED, _JOINED, _PROFILE = range(4)
_EVERYBODY = 99
_PAGE = 12


def who(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """The criteria, each with what is chosen."""
    duty, view = at_hand(scene)
    one = own_draft(button, view)
    if one is None:
        return gone(conversation)
    return shown(conversation, _criteria(one, duty, view, scene), tap=tap)


def by(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """The options of one criterion, from a page on; the day of joining is asked for in words."""
    duty, view = at_hand(scene)
    one = own_draft(button, view)
    _, criterion, page = unpacked(button.item)
    if one is None or view.event is None:
        return gone(conversation)
    if criterion == _JOINED:
        step = Writing(duty.event_id, Act.BROADCAST_BEFORE, one.id, aside(conversation.step))
        return asking(conversation, step, message(BEFORE), Toast())
    if criterion >= _PROFILE + len(words.choosable(view.event)):
        return gone(conversation)
    return shown(conversation, _options(one, criterion, page, duty, view, scene), tap=tap)


def picked(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """An option was ticked or unticked."""
    duty, view = at_hand(scene)
    one = own_draft(button, view)
    _, criterion, option = unpacked(button.item)
    if one is None or view.event is None:
        return gone(conversation)
    audience = Audience() if criterion == _EVERYBODY else _ticked(one.letter.audience, view.event, criterion, option)
    if audience is None:
        return gone(conversation)
    after, keep = redrafted(one, replace(one.letter, audience=audience), duty)
    if criterion == _EVERYBODY:
        return shown(conversation, _criteria(after, duty, view, scene), keep, tap=tap)
    return shown(conversation, _options(after, criterion, option // _PAGE, duty, view, scene), keep, tap=tap)


def dated(conversation: Conversation, step: Writing, text: str, scene: Scene) -> Turn:
    """The day came before which people are to have joined."""
    duty, view = at_hand(scene)
    one, back = draft(view), replace(conversation, step=step.before)
    if one is None or view.event is None:
        return overtaken(conversation, step)
    today = scene.now.astimezone(ZoneInfo(view.event.timezone)).date()
    day = day_in(text, today)
    if isinstance(day, Misread):
        return Turn(conversation, (Say(message(day.hint)),))
    if day is None or day > today + timedelta(days=1):
        return Turn(conversation, (Say(message(BEFORE)),))
    audience = replace(one.letter.audience, joined_before=day)
    after, keep = redrafted(one, replace(one.letter, audience=audience), duty)
    return Turn(back, (keep, Say(_criteria(after, duty, view, scene))))


def _ticked(audience: Audience, event: Event, criterion: int, option: int) -> Audience | None:
    """The audience with that option ticked, or unticked where it was; None for no such option."""
    match criterion:
        case _ if criterion == _LANGUAGE:
            if option >= len(Language):
                return None
            language = list(Language)[option]
            return replace(audience, language=None if audience.language is language else language)
        case _ if criterion == _ANSWERED:
            place, answered = option // 2, option % 2 == 0
            if place >= len(event.surveys):
                return None
            name = event.surveys[place].name
            same = (audience.survey, audience.answered) == (name, answered)
            return replace(audience, survey="" if same else name, answered=answered and not same)
        case _:
            return _of_profile(audience, event, criterion - _PROFILE, option)


def _of_profile(audience: Audience, event: Event, place: int, option: int) -> Audience | None:
    questions = words.choosable(event)
    if not 0 <= place < len(questions) or option >= len(questions[place].choices):
        return None
    question, name = questions[place], questions[place].choices[option].name
    before = audience.chosen(question.name)
    # In the order of the question, so that the same choice is the same audience.
    wanted = set(before) ^ {name}
    chosen = tuple(each.name for each in question.choices if each.name in wanted)
    others = {key: names for key, names in audience.profile if key != question.name}
    profile = others | ({question.name: chosen} if chosen else {})
    ordered = tuple((each.name, profile[each.name]) for each in questions if each.name in profile)
    return replace(audience, profile=ordered)


def _criteria(one: Broadcast, duty: Duty, view: Broadcasting, scene: Scene) -> Message:
    assert view.event is not None  # noqa: S101 # asked by whoever calls
    names: list[Words] = [
        short("button: criterion", "Language"),
        short("button: criterion", "Answered or not"),
        short("button: criterion", "Joined before…"),
        *(each.label for each in words.choosable(view.event)),
    ]
    rows = [
        (Key(name, Manage(Act.BROADCAST_BY, duty.event_id, packed(one.id, place), one.version)),)
        for place, name in enumerate(names)
        if place != _ANSWERED or view.event.surveys
    ]
    everybody = Manage(Act.BROADCAST_PICK, duty.event_id, packed(one.id, _EVERYBODY), one.version)
    rows.append((Key(short("button: whom a broadcast is for", "Everybody"), everybody),))
    rows.append((key(short("button", "Back to the draft"), Act.BROADCAST_SHOW, duty, one),))
    return Message(_told(one, view, scene), tuple(rows))


def _told(one: Broadcast, view: Broadcasting, scene: Scene) -> tuple[Paragraph, ...]:
    assert view.event is not None  # noqa: S101 # asked by whoever calls
    return (
        strong(phrase("Whom is it for? All that you choose has to fit.")),
        *told(*words.audience_lines(one.letter.audience, view.event)),
        *told(*words.reach_lines(reached(one, view))),
    )


def _options(  # all that a page of options is
    one: Broadcast, criterion: int, page: int, duty: Duty, view: Broadcasting, scene: Scene
) -> Message:
    assert view.event is not None  # noqa: S101 # asked by whoever calls
    options = _options_of(one.letter.audience, view.event, criterion)
    first = page * _PAGE if page * _PAGE < len(options) else 0
    rows = [
        (Key(label, Manage(Act.BROADCAST_PICK, duty.event_id, packed(one.id, criterion, place), one.version), ticked),)
        for place, (label, ticked) in list(enumerate(options))[first : first + _PAGE]
    ]
    if len(options) > _PAGE:
        following = (first // _PAGE + 1) if first + _PAGE < len(options) else 0
        turn = Manage(Act.BROADCAST_BY, duty.event_id, packed(one.id, criterion, following), one.version)
        rows.append((Key(short("button", "More"), turn),))
    rows.append((key(short("button: whom a broadcast is for", "All criteria"), Act.BROADCAST_WHO, duty, one),))
    return Message(_told(one, view, scene), tuple(rows))


def _options_of(audience: Audience, event: Event, criterion: int) -> list[tuple[Words, bool]]:
    if criterion == _LANGUAGE:
        names: list[Phrase] = [phrase("Reads English"), phrase("Reads French")]
        return [(name, audience.language is each) for name, each in zip(names, Language, strict=True)]
    if criterion == _ANSWERED:
        found: list[tuple[Words, bool]] = []
        for each in event.surveys:
            asked = audience.survey == each.name
            found.append((phrase("Answered: {survey}", survey=each.title), asked and audience.answered))
            found.append((phrase("Has not answered: {survey}", survey=each.title), asked and not audience.answered))
        return found
    question = words.choosable(event)[criterion - _PROFILE]
    chosen = audience.chosen(question.name)
    return [(each.label, each.name in chosen) for each in question.choices]
