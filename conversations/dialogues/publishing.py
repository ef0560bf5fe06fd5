"""The life of an event in its team's hands: published, revised while it is live, closed, opened again, archived.

Each is asked first, with what it will do; what confirms it does nothing once anything has changed meanwhile.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from conversations.agenda import today_of
from conversations.buttons import Manage
from conversations.conversation import Conversation
from conversations.desk import Duty, shown
from conversations.effects import PersonalEffect, Toast, Turn
from conversations.messages import Key, Message, Paragraph, counted, message, phrase, short, strong
from conversations.model import Event, EventState, Phrase, Words
from conversations.readiness_pages import PAGE, findings_told, refusing
from conversations.revising import Change, Changed, changes
from conversations.roles import Act
from conversations.scene import Scene
from conversations.schedule import plan
from conversations.setting_up import PUBLISHABLE, Draft, SettingUp, together
from conversations.setting_up_effects import ChangeState, Publish
from conversations.team_effects import TellTeam
from conversations.timing import TouchpointKind

_SENT_TO_PEOPLE = frozenset({TouchpointKind.REFRESHER, TouchpointKind.SURVEY})
_MOST_NAMED: Final = 3
_LONGEST_NAMED: Final = 40
_PLANNING: Final = phrase("Being planned: {percent} %", percent=0)


def _published(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    """What would be published, and what that does; or what stands in the way."""
    duty, setting = _at_hand(scene)
    hindered = _hindered(conversation, duty, setting, scene)
    if hindered is not None:
        return shown(conversation, hindered, tap=tap)
    draft, event = _ready(setting)
    told = _first(event, setting, scene) if setting.live is None else _revision(setting.live, event, setting)
    yes = short("button", "Yes, publish it") if setting.live is None else short("button", "Yes, change it")
    sure = Key(yes, Manage(Act.PUBLISH_NOW, duty.event_id, draft.id, setting.version))
    trying = Key(short("button", "Show me first"), Manage(Act.SHOW, duty.event_id))
    return shown(conversation, message(*told, keyboard=((sure,), (trying,), (_not_now(duty),))), tap=tap)


def _publish(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, setting = _at_hand(scene)
    draft = setting.draft
    if draft is None or (draft.id, setting.version) != (button.item, button.version):
        return _gone(conversation)
    # The day may have changed since, and a contact with it.
    hindered = _hindered(conversation, duty, setting, scene)
    if hindered is not None:
        return shown(conversation, hindered, tap=tap)
    draft, event = _ready(setting)
    lines: list[Words] = [phrase("✓ {event} is live.", event=event.title)]
    lines.append(_PLANNING if _everybody(setting) else phrase("Nobody is in it yet. Invite people now."))
    told = message(*lines, keyboard=(_invite(duty), _look(duty)))
    others = message(phrase("Somebody of the team has published a workbook of {event}.", event=event.title))
    effects = (Publish(duty.event_id, draft.id, event), TellTeam(duty.event_id, Act.PUBLISH, others))
    return shown(conversation, told, *effects, tap=tap)


def _hindered(conversation: Conversation, duty: Duty, setting: SettingUp, scene: Scene) -> Message | None:
    """Why nothing can be published now; None when it can."""
    draft = setting.draft
    if draft is None:
        nothing = phrase("No workbook of {event} waits to be published. Send me one.", event=duty.title)
        return message(nothing, keyboard=(_send(),))
    if setting.state not in PUBLISHABLE:
        return message(phrase("This event is closed. Open it again first."), keyboard=(_look(duty),))
    refused = together(refusing(draft.upload, today_of(conversation, scene)))
    if refused:
        return _refused(duty, draft, len(refused), findings_told(refused[:PAGE], draft.upload.report))
    if draft.upload.event == setting.live:
        return message(phrase("This is what is published already: nothing would change."), keyboard=(_look(duty),))
    return None


def _refused(duty: Duty, draft: Draft, count: int, told: list[Paragraph]) -> Message:
    said = counted(
        "{event} cannot be published yet. {count} thing has to be put right:",
        "{event} cannot be published yet. {count} things have to be put right:",
        count,
        event=draft.upload.event.title if draft.upload.event is not None else duty.title,
    )
    keys = [(Key(short("button", "See all of it"), Manage(Act.REPORT, 0, draft.id, 1)),)] if count > PAGE else []
    return message(strong(said), *told, keyboard=(*keys, _send()))


def _first(event: Event, setting: SettingUp, scene: Scene) -> list[Words | Paragraph]:
    """What an event holds that nobody has seen yet."""
    lines: list[Words | Paragraph] = [
        strong(phrase("Publish {event}?", event=event.title)),
        phrase("In English and in French: {title} / {titre}", title=event.title.en, titre=event.title.fr),
        phrase(
            "Key messages: {messages}. Surveys: {surveys}.", messages=len(event.messages), surveys=len(event.surveys)
        ),
    ]
    span = _span(event, scene)
    if span is not None:
        first, last = span
        lines.append(phrase("For somebody who joins today, from {first} to {last}.", first=first, last=last))
    lines.append(_who_is_in(setting))
    lines.append(phrase("Nobody gets anything before they have joined and agreed."))
    return lines


def _span(event: Event, scene: Scene) -> tuple[date, date] | None:
    """The days of the first and of the last thing that somebody gets who joins now; without what answers decide."""
    planned = plan(event, _SENT_TO_PEOPLE, scene.now, event.timezone)
    if not planned:
        return None
    zone = ZoneInfo(event.timezone)
    days = [max(each.due, scene.now).astimezone(zone).date() for each in planned]
    return min(days), max(days)


def _revision(old: Event, new: Event, setting: SettingUp) -> list[Words | Paragraph]:
    """What changes for whom."""
    lines: list[Words | Paragraph] = [strong(phrase("Change {event}, which is live?", event=new.title))]
    lines += [_change(each) for each in changes(old, new)]
    lines.append(_who_is_in(setting))
    lines.append(
        phrase(
            "What is still to come is planned anew for them. Whoever is in the middle of a survey finishes it as it "
            "was, and all answers are kept."
        )
    )
    return lines


def _change(changed: Changed) -> Phrase:
    said = _CHANGES[changed.change](changed.count)
    named = [_short(each) for each in changed.what[:_MOST_NAMED]]
    if not named:
        return phrase("• {change}", change=said)
    listed: Words = named[0]
    for each in named[1:]:
        listed = phrase("{first}; {second}", first=listed, second=each)
    if len(changed.what) > len(named):
        listed = phrase("{first} …", first=listed)
    return phrase("• {change}: {which}", change=said, which=listed)


def _short(words: Words) -> Words:
    if isinstance(words, str | Phrase):
        return words
    cut = [each if len(each) <= _LONGEST_NAMED else each[: _LONGEST_NAMED - 1] + "…" for each in (words.en, words.fr)]
    return type(words)(*cut)


_CHANGES: Mapping[Change, Callable[[int], Phrase]] = {
    Change.CONSENT: lambda _: phrase(
        "What people agree to: those who are in it keep what they agreed to, in the words that they read. Tell them if "
        "you do anything else with their answers from now on"
    ),
    Change.SURVEY_REMOVED: lambda n: counted("{count} survey taken out", "{count} surveys taken out", n),
    Change.QUESTION_REMOVED: lambda n: counted("{count} question taken out", "{count} questions taken out", n),
    Change.OPTION_REMOVED: lambda n: counted(
        "{count} option taken out; answers that chose it stay",
        "{count} options taken out; answers that chose them stay",
        n,
    ),
    Change.QUESTION_CHANGED: lambda n: counted(
        "{count} question works in another way", "{count} questions work in another way", n
    ),
    Change.ROW_REMOVED: lambda n: counted(
        "{count} row of the schedule taken out", "{count} rows of the schedule taken out", n
    ),
    Change.ROW_MOVED: lambda n: counted("{count} row of the schedule moved", "{count} rows of the schedule moved", n),
    Change.ROW_ADDED: lambda n: counted("{count} new row in the schedule", "{count} new rows in the schedule", n),
    Change.SURVEY_ADDED: lambda n: counted("{count} new survey", "{count} new surveys", n),
    Change.QUESTION_ADDED: lambda n: counted("{count} new question", "{count} new questions", n),
    Change.OPTION_ADDED: lambda n: counted("{count} new option", "{count} new options", n),
    Change.PROFILE: lambda _: phrase("The questions on joining: those who are in it are not asked again"),
    Change.MESSAGE_REMOVED: lambda n: counted("{count} key message taken out", "{count} key messages taken out", n),
    Change.MESSAGE_CHANGED: lambda n: counted("{count} key message reworded", "{count} key messages reworded", n),
    Change.MESSAGE_ADDED: lambda n: counted("{count} new key message", "{count} new key messages", n),
    Change.CONTACTS: lambda _: phrase("Whom people can turn to"),
    Change.TEXTS: lambda n: counted("{count} text reworded", "{count} texts reworded", n),
    Change.FRAME: lambda _: phrase("Dates, time zone, or how messages are spaced"),
}


def _closing(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, setting = _at_hand(scene)
    if setting.state is not EventState.LIVE:
        nothing = phrase("{event} is not live: there is nothing to close.", event=duty.title)
        return shown(conversation, message(nothing, keyboard=(_look(duty),)), tap=tap)
    lines: list[Words | Paragraph] = [
        strong(phrase("Close {event}?", event=duty.title)),
        _who_is_in(setting),
        phrase("Nothing is sent any more: no refreshers, no surveys, no reminders. Nobody can join."),
    ]
    if setting.groups:
        lines.append(
            counted("{count} group gets no digest any more.", "{count} groups get no digests any more.", setting.groups)
        )
    lines.append(phrase("Questions that people have got can still be answered until they close. All answers are kept."))
    lines.append(phrase("You can open it again later."))
    sure = Key(short("button", "Yes, close it"), Manage(Act.CLOSE_NOW, duty.event_id, 0, setting.version))
    return shown(conversation, message(*lines, keyboard=((sure,), (_not_now(duty),))), tap=tap)


def _reopening(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, setting = _at_hand(scene)
    if setting.state is not EventState.CLOSED:
        nothing = phrase("{event} is not closed: there is nothing to open again.", event=duty.title)
        return shown(conversation, message(nothing, keyboard=(_look(duty),)), tap=tap)
    asked = message(
        strong(phrase("Open {event} again?", event=duty.title)),
        _who_is_in(setting),
        phrase("What is still to come by its schedule is sent, and people can join again."),
        keyboard=(
            (Key(short("button", "Yes, open it"), Manage(Act.REOPEN_NOW, duty.event_id, 0, setting.version)),),
            (_not_now(duty),),
        ),
    )
    return shown(conversation, asked, tap=tap)


def _archiving(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, setting = _at_hand(scene)
    if setting.state is not EventState.CLOSED:
        return shown(
            conversation, message(phrase("Only a closed event can be archived."), keyboard=(_look(duty),)), tap=tap
        )
    asked = message(
        strong(phrase("Archive {event}?", event=duty.title)),
        phrase("Its team can look at it, and do nothing more with it. All answers are kept."),
        phrase("This cannot be undone here. The operator can."),
        keyboard=(
            (Key(short("button", "Yes, archive it"), Manage(Act.ARCHIVE_NOW, duty.event_id, 0, setting.version)),),
            (_not_now(duty),),
        ),
    )
    return shown(conversation, asked, tap=tap)


def _close(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, _ = _at_hand(scene)
    done = phrase("✓ {event} is closed. Nothing is sent any more.", event=duty.title)
    others = phrase("Somebody of the team has closed {event}. Nothing is sent any more.", event=duty.title)
    return _changed(conversation, button, scene, EventState.LIVE, EventState.CLOSED, message(done), others, tap=tap)


def _reopen(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, setting = _at_hand(scene)
    lines = [phrase("✓ {event} is live again.", event=duty.title)]
    lines += [_PLANNING] if _everybody(setting) else []
    others = phrase("Somebody of the team has opened {event} again.", event=duty.title)
    done = message(*lines)
    return _changed(conversation, button, scene, EventState.CLOSED, EventState.LIVE, done, others, tap=tap)


def _archive(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, _ = _at_hand(scene)
    done = phrase("✓ {event} is archived.", event=duty.title)
    others = phrase("Somebody of the team has archived {event}.", event=duty.title)
    return _changed(conversation, button, scene, EventState.CLOSED, EventState.ARCHIVED, message(done), others, tap=tap)


def _changed(  # what the three have in common
    conversation: Conversation,
    button: Manage,
    scene: Scene,
    before: EventState,
    after: EventState,
    done: Message,
    others: Phrase,
    *,
    tap: bool,
) -> Turn:
    """The event is in another state, unless anything has changed since that was asked."""
    duty, setting = _at_hand(scene)
    if setting.state is not before or setting.version != button.version:
        return _gone(conversation)
    effects: tuple[PersonalEffect, ...] = (
        ChangeState(duty.event_id, after),
        TellTeam(duty.event_id, Act.EVENT, message(others)),
    )
    return shown(conversation, message(*done.paragraphs, keyboard=(_look(duty),)), *effects, tap=tap)


def _everybody(setting: SettingUp) -> int:
    return setting.people + setting.groups


def _who_is_in(setting: SettingUp) -> Phrase:
    if not setting.people:
        return phrase("Nobody is in it yet.")
    return counted("{count} person has joined so far.", "{count} people have joined so far.", setting.people)


def _send() -> tuple[Key, ...]:
    return (Key(short("button", "Send a workbook"), Manage(Act.WORKBOOK, 0)),)


def _look(duty: Duty) -> tuple[Key, ...]:
    return (Key(short("button", "See the event"), Manage(Act.EVENT, duty.event_id)),)


def _invite(duty: Duty) -> tuple[Key, ...]:
    return (Key(short("button", "Invite people"), Manage(Act.INVITE, duty.event_id)),)


def _not_now(duty: Duty) -> Key:
    return Key(short("button: leave it as it is", "Not now"), Manage(Act.EVENT, duty.event_id))


def _gone(conversation: Conversation) -> Turn:
    return Turn(conversation, (Toast(phrase("This has changed meanwhile. See /events.")),))


def _ready(setting: SettingUp) -> tuple[Draft, Event]:
    draft = setting.draft
    assert draft is not None and draft.upload.event is not None  # noqa: S101, PT018 # nothing is hindered
    return draft, draft.upload.event


def _at_hand(scene: Scene) -> tuple[Duty, SettingUp]:
    desk = scene.desk
    assert desk is not None and desk.duty is not None and desk.setting is not None  # noqa: S101, PT018 # as loaded
    return desk.duty, desk.setting


DEEDS: Mapping[Act, Callable[[Conversation, Manage, Scene, bool], Turn]] = {
    Act.PUBLISH: _published,
    Act.PUBLISH_NOW: _publish,
    Act.CLOSE: _closing,
    Act.CLOSE_NOW: _close,
    Act.REOPEN: _reopening,
    Act.REOPEN_NOW: _reopen,
    Act.ARCHIVE: _archiving,
    Act.ARCHIVE_NOW: _archive,
}
