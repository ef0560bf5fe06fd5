"""The only door of the core: a cue meets a conversation in a scene and gives a turn.

`respond` is for one person's private chat, `respond_in_group` for a group. Both are pure: the same input gives the same
turn, and nothing has happened until `bot/` performs the effects.
"""

from dataclasses import replace
from typing import assert_never

from conversations import arranging, coordinating, nudging, trying
from conversations.attachments import Attachment, Location
from conversations.buttons import (
    Agenda,
    Another,
    Arrange,
    Bring,
    Button,
    Cease,
    Choose,
    Doubt,
    Go,
    Later,
    Manage,
    Move,
    Often,
    Omit,
    Open,
    PassOn,
    Pause,
    Recall,
    Refuse,
    Review,
    Shift,
    Speak,
)
from conversations.circumstances import purpose_of
from conversations.conversation import (
    Asking,
    Consenting,
    Conversation,
    Idle,
    Leaving,
    Pausing,
    Placing,
    Profiling,
    Reviewing,
    Writing,
)
from conversations.cues import (
    Blocked,
    Cue,
    DigestDue,
    FileRead,
    GroupCue,
    GroupTapped,
    LinkAsked,
    Moved,
    NudgeDue,
    Removed,
    Returned,
    Said,
    Sent,
    Started,
    Tapped,
)
from conversations.dialogues import calendar, group, helping, joining, language, leaving, pausing, refresher, survey
from conversations.effects import GroupTurn, MoveGroup, SetReachable, Turn, UnlinkGroup
from conversations.model import Role
from conversations.roles import act_in
from conversations.scene import Admission, GroupScene, Nudge, Scene
from conversations.timing import TouchpointKind
from conversations.words import Command, agrees, command_in, language_in


def respond(conversation: Conversation, cue: Cue, scene: Scene) -> Turn:
    """What a person's cue does to their conversation."""
    turn = _answered(conversation, cue, scene)
    # Whoever writes or taps can be written to, whatever was found out before.
    if not scene.reachable and isinstance(cue, Started | Said | Sent | Tapped):
        return Turn(turn.conversation, (SetReachable(True), *turn.effects))
    return turn


def _answered(conversation: Conversation, cue: Cue, scene: Scene) -> Turn:
    if trying.is_part(conversation, cue, scene):
        return trying.played(conversation, cue, scene, _answered)
    match cue:
        case Started():
            return _started(conversation, scene, with_code=cue.code is not None)
        case Said(text):
            managed = _managed(conversation, text, scene)
            if managed is not None:
                return managed
            command = command_in(text)
            if command is not None:
                return _commanded(conversation, command, scene)
            return _said(conversation, text, scene)
        case Sent(what):
            return _sent(conversation, what, scene)
        case Tapped(button):
            return _tapped(conversation, button, scene)
        case Blocked():
            return Turn(conversation, (SetReachable(False),))
        case Returned():
            return Turn(conversation, (SetReachable(True),))
        case NudgeDue():
            return nudging.due(conversation, scene)
        case FileRead():
            return coordinating.read_in(conversation, scene)
        case _:
            assert_never(cue)


def respond_in_group(cue: GroupCue, scene: GroupScene) -> GroupTurn:
    """What a group's cue does."""
    match cue:
        case LinkAsked(_, wanted):
            return group.link_asked(wanted, scene)
        case GroupTapped():
            return group.tapped()
        case Removed():
            return GroupTurn((UnlinkGroup(),))
        case Moved(address):
            return GroupTurn((MoveGroup(address),))
        case DigestDue():
            return group.digest_due(scene)
        case _:
            assert_never(cue)


def _started(conversation: Conversation, scene: Scene, *, with_code: bool) -> Turn:
    invitation = scene.invitation
    if invitation is None:
        if scene.enrolments:
            event = scene.events.get(scene.enrolments[0].revision)
            return _then_restated(helping.welcome_back(conversation, event), scene)
        return helping.wrong_code(conversation) if with_code else helping.uninvited(conversation)
    match invitation.role:
        case Role.COORDINATOR | Role.MODERATOR:
            return _then_restated(coordinating.invited(conversation, invitation, scene), scene)
        case Role.PARTICIPANT:
            event = scene.events[invitation.revision]
            if scene.enrolled_in(invitation.event):
                return _then_restated(helping.welcome_back(conversation, event), scene)
            if invitation.admission is not Admission.OPEN:
                return _then_restated(helping.wrong_code(conversation, invitation.admission), scene)
            return joining.invited(conversation, invitation, scene)
        case _:
            assert_never(invitation.role)


def _managed(conversation: Conversation, text: str, scene: Scene) -> Turn | None:
    """What somebody of a team asks for in words; None for whatever else it is, and from anybody else."""
    act = act_in(text)
    return coordinating.commanded(conversation, act, scene) if act is not None else None


def _commanded(conversation: Conversation, command: Command, scene: Scene) -> Turn:
    match command:
        case Command.HELP:
            return helping.helped(conversation, scene)
        case Command.LANGUAGE:
            return language.asked(conversation)
        case Command.STOP:
            return leaving.asked(conversation, scene)
        case Command.CONTINUE:
            return _continued(conversation, scene)
        case Command.CALENDAR:
            return calendar.shown(conversation, scene)
        case _:
            assert_never(command)


def _continued(conversation: Conversation, scene: Scene) -> Turn:
    if isinstance(conversation.step, Pausing | Writing):
        conversation = replace(conversation, step=conversation.step.before)
    if not isinstance(conversation.step, Idle):
        return _restated(conversation, scene)
    if scene.nudge is None:
        return helping.nothing_to_continue(conversation)
    return survey.continued(conversation, scene.nudge, scene)


def _said(conversation: Conversation, text: str, scene: Scene) -> Turn:
    step = conversation.step
    wanted = language_in(text)
    if wanted is not None and not (isinstance(step, Asking) and survey.wants_words(step, scene)):
        return _then_restated(language.chosen(conversation, wanted, tap=False), scene)
    match step:
        case Idle():
            return helping.strange(conversation)
        case Consenting():
            return joining.consent_said(conversation, step, text, scene)
        case Profiling():
            return joining.profile_said(conversation, step, text, scene)
        case Placing():
            return joining.zone_said(conversation, step, text, scene)
        case Asking():
            return survey.said(conversation, step, text, scene)
        case Reviewing():
            return survey.review_said(conversation, step, text, scene)
        case Leaving():
            return _leaving_said(conversation, step, text, scene)
        case Pausing():
            turn = pausing.said(conversation, step, text, scene)
            return turn if turn.conversation == conversation else _then_restated(turn, scene)
        case Writing():
            written = coordinating.said(conversation, step, text, scene)
            return written or _said(replace(conversation, step=step.before), text, scene)
        case _:
            assert_never(step)


def _leaving_said(conversation: Conversation, step: Leaving, text: str, scene: Scene) -> Turn:
    answer = agrees(text)
    if answer is None and isinstance(step.before, Idle):
        return leaving.unclear(conversation)
    if answer is None:
        return _went_on(conversation, step, text, scene)
    if answer:
        return leaving.left(conversation, tap=False)
    return _then_restated(leaving.stayed(conversation, step, tap=False), scene)


def _went_on(conversation: Conversation, step: Leaving, text: str, scene: Scene) -> Turn:
    """Whoever goes on answering has not left: their words belong to what was on screen before."""
    turn = _said(replace(conversation, step=step.before), text, scene)
    if turn.conversation.serial != conversation.serial:
        return turn
    # The newest keyboard still says “Yes, leave”: a tap on it must not be a yes to something else.
    return _then_restated(turn, scene)


def _sent(conversation: Conversation, what: Attachment | Location | None, scene: Scene) -> Turn:
    if isinstance(conversation.step, Asking):
        return survey.sent(conversation, conversation.step, what, scene)
    if isinstance(conversation.step, Writing):
        return coordinating.sent(conversation, conversation.step, what, scene) or helping.wordless(conversation)
    return helping.wordless(conversation)


def _tapped(conversation: Conversation, button: Button | None, scene: Scene) -> Turn:
    match button:
        case None:
            return helping.stale(conversation)
        case Choose(serial) | Go(serial):
            if serial != conversation.serial:
                return helping.stale(conversation)
            return _stepped(conversation, button, scene)
        case Speak(wanted, serial):
            return _spoken(replace(conversation, language=wanted), serial, scene)
        case Open() | Review():
            return _opened(conversation, scene)
        case Refuse():
            return _refused(conversation, scene)
        case Recall() | Doubt() | Another() | PassOn():
            return _recalled(conversation, button, scene)
        case Later():
            return _postponed(conversation, scene)
        case Cease(_, again):
            return _ceased(conversation, scene, again=again)
        case Arrange() | Bring() | Shift() | Omit() | Agenda() | Pause() | Often():
            return arranging.tapped(conversation, button, scene)
        case Manage():
            return coordinating.tapped(conversation, button, scene)
        case _:
            assert_never(button)


def _stepped(conversation: Conversation, button: Choose | Go, scene: Scene) -> Turn:
    step = conversation.step
    match step:
        case Idle():
            return helping.stale(conversation)
        case Consenting():
            return joining.consent_tapped(conversation, step, button, scene)
        case Profiling():
            return joining.profile_tapped(conversation, step, button, scene)
        case Placing():
            return joining.zone_tapped(conversation, step, button, scene)
        case Asking():
            return survey.tapped(conversation, step, button, scene)
        case Reviewing():
            return survey.review_tapped(conversation, step, button, scene)
        case Leaving():
            if isinstance(button, Go) and button.move is Move.YES:
                return leaving.left(conversation, tap=True)
            return _then_restated(leaving.stayed(conversation, step, tap=True), scene)
        case Pausing() | Writing():
            if not (isinstance(button, Go) and button.move is Move.BACK):
                return helping.stale(conversation)
            return _then_restated(_back(conversation, step, scene), scene)
        case _:
            assert_never(step)


def _back(conversation: Conversation, step: Pausing | Writing, scene: Scene) -> Turn:
    """Out of a question that came in between."""
    if isinstance(step, Writing):
        return coordinating.given_up(conversation, step)
    return calendar.again(replace(conversation, step=step.before), scene)


def _spoken(conversation: Conversation, serial: int, scene: Scene) -> Turn:
    if serial == conversation.serial and isinstance(conversation.step, Consenting | Profiling | Placing):
        return joining.revised(conversation, scene)
    return _then_restated(language.chosen(conversation, conversation.language, tap=True), scene)


def _opened(conversation: Conversation, scene: Scene) -> Turn:
    nudge = scene.nudge
    if nudge is None or not _announced(nudge, scene):
        return helping.stale(conversation)
    match nudge.kind:
        case TouchpointKind.REFRESHER:
            return refresher.opened(conversation, nudge, scene)
        case TouchpointKind.SURVEY:
            return survey.opened(conversation, nudge, scene)
        case TouchpointKind.REMINDER if nudge.survey is not None:
            return survey.resumed(conversation, nudge, scene)
        case TouchpointKind.DIGEST | TouchpointKind.REMINDER:
            return helping.stale(conversation)
        case _:
            assert_never(nudge.kind)


def _refused(conversation: Conversation, scene: Scene) -> Turn:
    nudge = scene.nudge
    if nudge is None or nudge.kind is not TouchpointKind.SURVEY or not _announced(nudge, scene):
        return helping.stale(conversation)
    return survey.declined(conversation, nudge)


def _postponed(conversation: Conversation, scene: Scene) -> Turn:
    nudge = scene.nudge
    if nudge is None or nudge.kind is not TouchpointKind.SURVEY or not _announced(nudge, scene):
        return helping.stale(conversation)
    return survey.postponed(conversation, nudge)


def _ceased(conversation: Conversation, scene: Scene, *, again: bool) -> Turn:
    nudge = scene.nudge
    known = nudge is not None and nudge.kind is TouchpointKind.SURVEY and not nudge.pending
    if nudge is None or not known or scene.enrolled_in(nudge.event) is None:
        return helping.stale(conversation)
    return survey.asked_again(conversation, nudge) if again else survey.ceased(conversation, nudge)


def _recalled(conversation: Conversation, button: Recall | Doubt | Another | PassOn, scene: Scene) -> Turn:
    nudge = scene.nudge
    if nudge is None or nudge.kind is not TouchpointKind.REFRESHER or not _announced(nudge, scene):
        return helping.stale(conversation)
    match button:
        case Recall():
            return refresher.answered(conversation, nudge, button, scene)
        case Doubt():
            return refresher.doubted(conversation, nudge, button, scene)
        case Another():
            return refresher.another(conversation, nudge, scene)
        case PassOn():
            return refresher.passed_on(conversation, nudge, button, scene)
        case _:
            assert_never(button)


def _announced(nudge: Nudge, scene: Scene) -> bool:
    """Whether a button of this nudge may count: anybody can forge one, with the number of a nudge yet to come.

    From whoever has left, or did not agree to that purpose, nothing more is kept.
    """
    enrolment = scene.enrolled_in(nudge.event)
    return not nudge.pending and enrolment is not None and purpose_of(nudge) in enrolment.purposes


def _then_restated(turn: Turn, scene: Scene) -> Turn:
    """The turn, then whatever is still being asked, so that nobody loses their place."""
    again = _restated(turn.conversation, scene)
    return Turn(again.conversation, (*turn.effects, *again.effects))


def _restated(conversation: Conversation, scene: Scene) -> Turn:
    step = conversation.step
    match step:
        case Idle():
            return Turn(conversation)
        case Consenting() | Profiling() | Placing():
            return joining.restated(conversation, scene)
        case Asking():
            return survey.restated(conversation, step, scene)
        case Reviewing():
            return survey.review_restated(conversation, step, scene)
        case Leaving():
            return leaving.restated(conversation)
        case Pausing():
            return pausing.restated(conversation)
        case Writing():
            return coordinating.restated(conversation, step)
        case _:
            assert_never(step)
