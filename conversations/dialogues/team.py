"""The team of an event: who is in it, and how somebody comes in and out of it.

An invitation is for one person and a quarter of an hour; whoever opens it waits until somebody else of the team, or the
operator, has confirmed that the four letters on both screens are the same.
"""

from collections.abc import Callable, Mapping
from typing import Final

from conversations.buttons import Manage
from conversations.commands import ABOUT
from conversations.conversation import Conversation
from conversations.desk import THEIR_BROADCASTS, Duty, Member, Team, link, shown
from conversations.effects import PersonalEffect, Say, Toast, Turn
from conversations.messages import Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import Phrase, Role, Words
from conversations.roles import Act
from conversations.scene import Invitation, Scene
from conversations.team_effects import (
    Appoint,
    AskForRole,
    Dismiss,
    OfferRole,
    TellPerson,
    TellTeam,
    TurnDown,
    UseInvitation,
)

MINUTES: Final = 15
"""How long an invitation to a team can be opened."""
_FIRST_STEPS: tuple[Act, ...] = (Act.TEMPLATE, Act.INVITE, Act.STATUS, Act.PAUSE_ALL)
_FIRST_LOOKS: tuple[Act, ...] = (Act.STATUS, Act.PAUSE_ALL)
_OFFERED = (Role.COORDINATOR, Role.MODERATOR)


def invited(conversation: Conversation, invitation: Invitation, scene: Scene) -> Turn:
    """Somebody opened an invitation to a team: they are in it, or have to be confirmed."""
    assert scene.desk is not None  # noqa: S101 # loaded with every such invitation
    event = scene.events.get(invitation.revision)
    title: Words = event.title if event is not None else invitation.event
    using = UseInvitation(invitation.code)
    here = next((each.role for each in scene.desk.duties if each.event_id == invitation.event_id), None)
    # A coordinator who tries out the link for a moderator stays what they are: they may be the only one.
    if here in {invitation.role, Role.COORDINATOR}:
        return Turn(conversation, (Say(message(phrase("You are of the team of {event} already.", event=title))),))
    if invitation.vouched:
        appoint = Appoint(invitation.event_id, invitation.role)
        return Turn(conversation, (using, appoint, Say(welcome(title, invitation.role))))
    sign = scene.desk.sign
    waits = message(
        phrase("You are invited to the team of {event}.", event=title),
        phrase("One step is left: somebody of the team has to confirm that it is you."),
        phrase("Tell them these letters, by telephone or in person:"),
        strong(sign),
    )
    told = message(
        phrase("Somebody opened an invitation to the team of {event}.", event=title),
        phrase("Their letters are {sign}. Ask them for theirs before you confirm.", sign=sign),
        keyboard=((Key(short("button", "See the team"), Manage(Act.TEAM, invitation.event_id)),),),
    )
    ask = AskForRole(invitation.event_id, invitation.role)
    return Turn(conversation, (using, ask, TellTeam(invitation.event_id, Act.CONFIRM, told), Say(waits)))


def welcome(title: Words, role: Role) -> Message:
    """What somebody is told who has that role from here on."""
    if role is Role.COORDINATOR:
        begins, first = phrase("You are now a coordinator of {event}.", event=title), _FIRST_STEPS
    else:
        begins, first = phrase("You are now a moderator of {event}.", event=title), _FIRST_LOOKS
    steps = (Paragraph(ABOUT[act], close=bool(number)) for number, act in enumerate(first))
    return message(begins, *steps, phrase("All that you can do: /help"))


def not_confirmed() -> Message:
    """What somebody is told who was not confirmed."""
    return message(phrase("You were not confirmed for the team. Ask for a new invitation."))


def dismissed(title: Words) -> Message:
    """What somebody is told who has no role any more."""
    return message(phrase("You are no longer of the team of {event}.", event=title))


def _shown(conversation: Conversation, _button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, team = _at_hand(scene)
    return shown(conversation, _team(duty, team, scene), tap=tap)


def _offered(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, team = _at_hand(scene)
    role = _OFFERED[min(button.item, 1)]
    assert scene.desk is not None  # noqa: S101 # it held the duty
    offered = message(
        _for_a(role, duty),
        link(scene.desk, team.fresh_code),
        phrase("Send it to that one person. It works once, for {minutes} minutes.", minutes=MINUTES),
        phrase("When they have opened it, you are asked to confirm them."),
        keyboard=(_back(duty),),
    )
    return shown(conversation, offered, OfferRole(duty.event_id, role, team.fresh_code, MINUTES), tap=tap)


def _for_a(role: Role, duty: Duty) -> Phrase:
    if role is Role.COORDINATOR:
        return phrase("An invitation for one coordinator of {event}:", event=duty.title)
    return phrase("An invitation for one moderator of {event}:", event=duty.title)


def _confirmed(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    return _settled(conversation, button, scene, taken=True, tap=tap)


def _refused(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    return _settled(conversation, button, scene, taken=False, tap=tap)


def _settled(conversation: Conversation, button: Manage, scene: Scene, *, taken: bool, tap: bool) -> Turn:
    duty, team = _at_hand(scene)
    candidate = _of(team.candidates, button)
    if candidate is None:
        return _gone(conversation)
    if not taken:
        effects: tuple[PersonalEffect, ...] = (
            TurnDown(duty.event_id, candidate.chat),
            TellPerson(candidate.chat, not_confirmed()),
        )
        said = phrase("{sign} is not in the team.", sign=candidate.sign)
    else:
        effects = (
            Appoint(duty.event_id, candidate.role, candidate.chat),
            TellPerson(candidate.chat, welcome(duty.title, candidate.role)),
        )
        said = phrase("{sign} is in the team now.", sign=candidate.sign)
    return shown(conversation, message(said, keyboard=(_back(duty),)), *effects, tap=tap)


def _removing(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, team = _at_hand(scene)
    member = _of(team.members, button)
    if member is None:
        return _gone(conversation)
    if _is_last_coordinator(member, team):
        alone = message(
            phrase("The only coordinator cannot be removed. Invite another one first."), keyboard=(_back(duty),)
        )
        return shown(conversation, alone, tap=tap)
    really = message(
        phrase(
            "Remove {sign} from the team of {event}? They lose their role at once.", sign=member.sign, event=duty.title
        ),
        keyboard=(
            (Key(short("button", "Yes, remove"), _key(Act.REMOVE_FOR_GOOD, duty, member)),),
            _back(duty),
        ),
    )
    return shown(conversation, really, tap=tap)


def _removed(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    duty, team = _at_hand(scene)
    member = _of(team.members, button)
    if member is None or _is_last_coordinator(member, team):
        return _gone(conversation)
    effects: list[PersonalEffect] = [Dismiss(duty.event_id, member.chat)]
    if member.sign != _own_sign(scene):
        effects.append(TellPerson(member.chat, dismissed(duty.title)))
    done = message(phrase("{sign} is no longer in the team.", sign=member.sign), THEIR_BROADCASTS)
    return shown(conversation, done, *effects, tap=tap)


def _team(duty: Duty, team: Team, scene: Scene) -> Message:
    lines: list[Words | Paragraph] = [strong(phrase("The team of {event}", event=duty.title))]
    lines += [Paragraph(_line(member, scene), close=bool(number)) for number, member in enumerate(team.members)]
    lines += [
        phrase("{sign} opened an invitation and waits to be confirmed.", sign=candidate.sign)
        for candidate in team.candidates
    ]
    lines.append(phrase("Suivi knows no names: everybody goes by four letters."))
    if duty.role is not Role.COORDINATOR:
        return message(*lines)
    rows = [
        (
            Key(short("button", "Confirm {sign}", sign=each.sign), _key(Act.CONFIRM, duty, each)),
            Key(short("button", "Turn down {sign}", sign=each.sign), _key(Act.REFUSE, duty, each)),
        )
        for each in team.candidates
    ]
    removing = [
        (Key(short("button", "Remove {sign}", sign=each.sign), _key(Act.REMOVE, duty, each)),) for each in team.members
    ]
    inviting = [
        (Key(short("button", "Invite a coordinator"), Manage(Act.APPOINT, duty.event_id)),),
        (Key(short("button", "Invite a moderator"), Manage(Act.APPOINT, duty.event_id, 1)),),
    ]
    return message(*lines, keyboard=(*rows, *inviting, *removing))


def _line(member: Member, scene: Scene) -> Phrase:
    sign, date = member.sign, member.since.date()
    if member.sign == _own_sign(scene):
        if member.role is Role.COORDINATOR:
            return phrase("{sign}: coordinator since {date} (that is you)", sign=sign, date=date)
        return phrase("{sign}: moderator since {date} (that is you)", sign=sign, date=date)
    if member.role is Role.COORDINATOR:
        return phrase("{sign}: coordinator since {date}", sign=sign, date=date)
    return phrase("{sign}: moderator since {date}", sign=sign, date=date)


def _own_sign(scene: Scene) -> str:
    return scene.desk.sign if scene.desk is not None else ""


def _at_hand(scene: Scene) -> tuple[Duty, Team]:
    desk = scene.desk
    assert desk is not None and desk.duty is not None and desk.team is not None  # noqa: S101, PT018 # as loaded
    return desk.duty, desk.team


def _key(act: Act, duty: Duty, member: Member) -> Manage:
    return Manage(act, duty.event_id, member.chat, int(member.since.timestamp()))


def _of(members: tuple[Member, ...], button: Manage) -> Member | None:
    """The one that the button is for, unless they have left since, or left and come again."""
    same = (each for each in members if each.chat == button.item and int(each.since.timestamp()) == button.version)
    return next(same, None)


def _is_last_coordinator(member: Member, team: Team) -> bool:
    return member.role is Role.COORDINATOR and sum(each.role is Role.COORDINATOR for each in team.members) == 1


def _back(duty: Duty) -> tuple[Key]:
    return (Key(short("button", "The team"), Manage(Act.TEAM, duty.event_id)),)


def _gone(conversation: Conversation) -> Turn:
    return Turn(conversation, (Toast(phrase("This has changed meanwhile. See /team.")),))


DEEDS: Mapping[Act, Callable[[Conversation, Manage, Scene, bool], Turn]] = {
    Act.TEAM: _shown,
    Act.APPOINT: _offered,
    Act.CONFIRM: _confirmed,
    Act.REFUSE: _refused,
    Act.REMOVE: _removing,
    Act.REMOVE_FOR_GOOD: _removed,
}
