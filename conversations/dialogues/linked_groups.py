"""The groups that get an event's digests, as its coordinators see and arrange them in their own chats.

Nothing is known of a group but its number: to tell several apart, there is since when and in which language.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from conversations.buttons import Manage
from conversations.conversation import Conversation
from conversations.desk import Duty, shown
from conversations.effects import PersonalEffect, Toast, Turn
from conversations.linking import GroupLink, Groups, choices, chosen
from conversations.messages import Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import Language, Phrase, Words
from conversations.roles import Act
from conversations.scene import Scene
from conversations.team_effects import ArrangeGroup, AskDigest, EndLink


def _listed(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, groups = _at_hand(scene)
    if button.item == 0:
        return shown(conversation, _list(duty, groups), tap=tap)
    link = _of(groups, button.item)
    return _gone(conversation) if link is None else shown(conversation, _one(duty, groups, link), tap=tap)


def _arranged(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, groups = _at_hand(scene)
    link = _of(groups, button.item)
    after = chosen(groups.event, link, button) if link is not None and groups.event is not None else None
    if link is None or after is None:
        return _gone(conversation)
    if after == link:
        return Turn(conversation, (Toast(),))
    now = replace(groups, links=tuple(after if each is link else each for each in groups.links))
    arranging = ArrangeGroup(after.chat, after.language, after.slot, after.topic, after.both)
    return shown(conversation, _one(duty, now, after), arranging, tap=tap)


def _asking(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, groups = _at_hand(scene)
    link = _of(groups, button.item)
    if link is None:
        return _gone(conversation)
    if link.awaited:
        waits = phrase("A digest that somebody asked for is on its way to this group already.")
        return shown(conversation, message(waits, keyboard=(_back(duty),)), tap=tap)
    really = message(
        phrase("Send a digest to group {number} now?", number=_number(groups, link)),
        phrase(
            "It comes at once, or when the quiet hours are over, and only if there is something to tell: ten new "
            "answers to a question. The next digest of the schedule then comes a week later at the earliest."
        ),
        keyboard=(
            (Key(short("button", "Yes, send it"), _asked(Act.DIGEST_NOW_FOR_SURE, duty, link)),),
            _back(duty),
        ),
    )
    return shown(conversation, really, tap=tap)


def _asked_for_sure(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, groups = _at_hand(scene)
    link = _of(groups, button.item)
    if link is None or link.awaited or link.asked != button.version:
        return _gone(conversation)
    done = message(phrase("The digest is on its way, if there is something to tell."), keyboard=(_back(duty),))
    return shown(conversation, done, AskDigest(link.chat, link.asked), tap=tap)


def _ending(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, groups = _at_hand(scene)
    link = _same(groups, button)
    if link is None:
        return _gone(conversation)
    really = message(
        phrase("End the link of group {number} to {event}?", number=_number(groups, link), event=duty.title),
        phrase("It gets no digests any more. Nothing is said in the group."),
        keyboard=(
            (Key(short("button", "Yes, end the link"), _key(Act.UNLINK_FOR_GOOD, duty, link)),),
            _back(duty),
        ),
    )
    return shown(conversation, really, tap=tap)


def _ended(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, groups = _at_hand(scene)
    link = _same(groups, button)
    if link is None:
        return _gone(conversation)
    effects: tuple[PersonalEffect, ...] = (EndLink(link.chat),)
    done = message(phrase("The link has ended. To make it anew, write /link in the group."), keyboard=(_back(duty),))
    return shown(conversation, done, *effects, tap=tap)


def _list(duty: Duty, groups: Groups) -> Message:
    lines: list[Words | Paragraph] = [strong(phrase("Groups that get the digests of {event}", event=duty.title))]
    if not groups.links:
        lines.append(phrase("There is none yet. Add me to a group, and write /link there."))
        return message(*lines)
    lines += [Paragraph(_line(number, link), close=number > 1) for number, link in enumerate(groups.links, start=1)]
    rows = tuple(
        (Key(short("button", "Group {number}", number=number), Manage(Act.GROUPS, duty.event_id, link.chat)),)
        for number, link in enumerate(groups.links, start=1)
    )
    return message(*lines, keyboard=rows)


def _one(duty: Duty, groups: Groups, link: GroupLink) -> Message:
    lines: list[Words | Paragraph] = [strong(_line(_number(groups, link), link))]
    if link.topic is not None:
        lines.append(phrase("Its digests are said in the topic in which /link was written."))
    arranging: tuple[tuple[Key, ...], ...] = ()
    if groups.event is not None:
        lines.append(phrase("Times are in the zone {zone}.", zone=groups.event.timezone))
        arranging = choices(groups.event, link)
    now = ((Key(short("button", "Send a digest now"), _asked(Act.DIGEST_NOW, duty, link)),),) if groups.event else ()
    ending = (Key(short("button", "End the link"), _key(Act.UNLINK, duty, link)),)
    return message(*lines, keyboard=(*arranging, *now, ending, _back(duty)))


def _line(number: int, link: GroupLink) -> Phrase:
    since = link.since.date()
    if link.both:
        return phrase("Group {number}: linked since {date}, in both languages", number=number, date=since)
    if link.language is Language.FR:
        return phrase("Group {number}: linked since {date}, in French", number=number, date=since)
    return phrase("Group {number}: linked since {date}, in English", number=number, date=since)


def _at_hand(scene: Scene) -> tuple[Duty, Groups]:
    desk = scene.desk
    assert desk is not None and desk.duty is not None and desk.groups is not None  # noqa: S101, PT018 # as loaded
    return desk.duty, desk.groups


def _of(groups: Groups, chat: int) -> GroupLink | None:
    return next((each for each in groups.links if each.chat == chat), None)


def _same(groups: Groups, button: Manage) -> GroupLink | None:
    """The link that the button is for, unless it has ended since, or ended and begun again."""
    link = _of(groups, button.item)
    return link if link is not None and link.version == button.version else None


def _number(groups: Groups, link: GroupLink) -> int:
    return [each.chat for each in groups.links].index(link.chat) + 1


def _key(act: Act, duty: Duty, link: GroupLink) -> Manage:
    return Manage(act, duty.event_id, link.chat, link.version)


def _asked(act: Act, duty: Duty, link: GroupLink) -> Manage:
    """A button that asks for one digest: tapped once more it asks for the same one."""
    return Manage(act, duty.event_id, link.chat, link.asked)


def _back(duty: Duty) -> tuple[Key]:
    return (Key(short("button", "The groups"), Manage(Act.GROUPS, duty.event_id)),)


def _gone(conversation: Conversation) -> Turn:
    return Turn(conversation, (Toast(phrase("This has changed meanwhile. See /groups.")),))


DEEDS: Mapping[Act, Callable[[Conversation, Manage, Scene, bool], Turn]] = {
    Act.GROUPS: _listed,
    Act.GROUP_LANGUAGE: _arranged,
    Act.GROUP_TIME: _arranged,
    Act.DIGEST_NOW: _asking,
    Act.DIGEST_NOW_FOR_SURE: _asked_for_sure,
    Act.UNLINK: _ending,
    Act.UNLINK_FOR_GOOD: _ended,
}
