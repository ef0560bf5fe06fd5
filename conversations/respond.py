"""The door of the core for one person's private chat: a cue meets a conversation in a scene and gives a turn.

Pure, like its twin for groups, `respond_in_group`: the same input gives the same turn, and nothing has happened until
`bot/` performs the effects.
"""

from dataclasses import replace
from typing import assert_never

from conversations import aiding, announced, arranging, between, coordinating, nudging, resting, storytelling, trying
from conversations.attachments import Attachment, Location
from conversations.buttons import (
    Agenda,
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
    Manage,
    Move,
    Often,
    Omit,
    Open,
    PassOn,
    Pause,
    Reach,
    Recall,
    Refuse,
    Review,
    Seek,
    Shift,
    Speak,
    Tale,
)
from conversations.conversation import (
    Asking,
    Confiding,
    Consenting,
    Conversation,
    Idle,
    Leaving,
    Narrating,
    PassingOn,
    Pausing,
    Placing,
    Profiling,
    Reviewing,
    Step,
    Writing,
    aside,
)
from conversations.cues import (
    Blocked,
    Cue,
    FileRead,
    HelpDue,
    NewsDue,
    NudgeDue,
    Returned,
    Said,
    Sent,
    Started,
    Tapped,
)
from conversations.danger import seeks_help
from conversations.dialogues import (
    calendar,
    helping,
    joining,
    language,
    leaving,
    own_stories,
    passing_on,
    seeking,
    survey,
    telling,
)
from conversations.effects import SetReachable, Turn
from conversations.letters import parted
from conversations.marks import Mark, Wording
from conversations.model import Role
from conversations.restating import restated, then_restated
from conversations.roles import act_in
from conversations.scene import Admission, Scene
from conversations.timing import TouchpointKind
from conversations.way_to_help import everywhere
from conversations.words import Command, agrees, command_in, language_in


def respond(conversation: Conversation, cue: Cue, scene: Scene) -> Turn:
    """What a person's cue does to their conversation."""
    turn = aiding.cared_for(conversation, cue, _answered(conversation, cue, scene), scene)
    turn = everywhere(turn)
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
        case Said():
            return _heard(conversation, cue, scene)
        case Sent(what, caption):
            turn = _sent(conversation, what, scene)
            return aiding.asked_in_words(conversation, turn, scene) if seeks_help(caption) else turn
        case Tapped(button):
            rests = resting.button_rests(button, scene)
            return resting.not_taken(conversation, tap=True) if rests else _tapped(conversation, button, scene)
        case Blocked() | Returned():
            return Turn(conversation, (SetReachable(isinstance(cue, Returned)),))
        case NudgeDue():
            return _struck(conversation, scene)
        case FileRead():
            return coordinating.read_in(conversation, scene)
        case HelpDue(event):
            return aiding.waited(conversation, event, scene)
        case NewsDue(story):
            return own_stories.news_due(conversation, story, scene)
        case _:
            assert_never(cue)


def _heard(conversation: Conversation, words: Said, scene: Scene) -> Turn:
    """What somebody wrote: a team's command, a call for help, anybody's command, or an answer."""
    if (managed := _managed(conversation, words.text, scene)) is not None:
        return managed
    if seeks_help(words.text):
        return aiding.asked_in_words(conversation, _said(conversation, words.text, scene), scene)
    if (command := command_in(words.text)) is not None:
        return _commanded(conversation, command, scene)
    return _said(conversation, words.text, scene, words.marks)


def _struck(conversation: Conversation, scene: Scene) -> Turn:
    """The clock struck for a planned thing of theirs."""
    if scene.nudge is not None and scene.nudge.kind is TouchpointKind.SUMMARY:
        return coordinating.summary_due(conversation, scene.nudge, scene)
    return nudging.due(conversation, scene)


def _started(conversation: Conversation, scene: Scene, *, with_code: bool) -> Turn:
    invitation = scene.invitation
    if invitation is None:
        if resting.all_rest(scene):
            return resting.rested(conversation)
        if scene.enrolments:
            going_on = next(each for each in scene.enrolments if not scene.stopped.covers(each.event))
            event = scene.events.get(going_on.revision)
            return then_restated(helping.welcome_back(conversation, event), scene)
        return helping.wrong_code(conversation) if with_code else helping.uninvited(conversation)
    match invitation.role:
        case Role.COORDINATOR | Role.MODERATOR:
            return then_restated(coordinating.invited(conversation, invitation, scene), scene)
        case Role.PARTICIPANT:
            event, there = scene.events[invitation.revision], scene.enrolled_in(invitation.event)
            if scene.stopped.covers(invitation.event):
                return resting.rested(conversation) if there else resting.opens_later(conversation)
            if there:
                return then_restated(helping.welcome_back(conversation, event), scene)
            if invitation.admission is not Admission.OPEN:
                return then_restated(helping.wrong_code(conversation, invitation.admission), scene)
            return parted(conversation.step, joining.invited(conversation, invitation, scene))
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
            return resting.rested(conversation) if resting.all_rest(scene) else calendar.shown(conversation, scene)
        case Command.STORY:
            return resting.rested(conversation) if resting.all_rest(scene) else storytelling.asked(conversation, scene)
        case Command.PASS_ON:
            return passing_on.asked(conversation, scene) or resting.rested(conversation)
        case _:
            assert_never(command)


def _continued(conversation: Conversation, scene: Scene) -> Turn:
    conversation = replace(conversation, step=aside(conversation.step))
    if not isinstance(conversation.step, Idle):
        return restated(conversation, scene)
    if scene.nudge is None:
        # In an event that is stopped something may wait.
        stopped = any(scene.stopped.covers(each.event) for each in scene.enrolments)
        return resting.rested(conversation) if stopped else helping.nothing_to_continue(conversation)
    return survey.continued(conversation, scene.nudge, scene)


def _said(conversation: Conversation, text: str, scene: Scene, marks: tuple[Mark, ...] = ()) -> Turn:
    step = conversation.step
    wanted = language_in(text)
    if wanted is not None and not _is_answer(step, scene):
        return then_restated(language.chosen(conversation, wanted, tap=False), scene)
    if (not_now := _not_now(conversation, scene, tap=False)) is not None:
        return not_now
    match step:
        case Idle():
            return resting.rested(conversation) if resting.all_rest(scene) else helping.strange(conversation)
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
        case Leaving() | PassingOn():
            return _said_beside(conversation, step, text, scene)
        case Writing() | Confiding():
            return _wrote(conversation, step, Wording(text, marks), scene)
        case Pausing() | Narrating():
            turn = between.said(conversation, step, text, scene)
            return turn if isinstance(turn.conversation.step, type(step)) else then_restated(turn, scene)
        case _:
            assert_never(step)


def _wrote(conversation: Conversation, step: Writing | Confiding, words: Wording, scene: Scene) -> Turn:
    """What somebody of a team was asked to write, or what somebody who asked for contact writes to a team."""
    if isinstance(step, Confiding):
        return _out_of_exchange(conversation, between.said(conversation, step, words.words, scene), scene)
    turn = coordinating.said(conversation, step, words, scene)
    if turn is None:
        return _said(replace(conversation, step=step.before), words.words, scene)
    return _out_of_exchange(conversation, turn, scene)


def _out_of_exchange(before: Conversation, turn: Turn, scene: Scene) -> Turn:
    """The turn; if it ends an exchange, then what is asked: the next words must not become an answer unnoticed."""
    left = aiding.is_exchanging(before.step) and not aiding.is_exchanging(turn.conversation.step)
    return then_restated(turn, scene) if left else turn


def _is_answer(step: Step, scene: Scene) -> bool:
    """Whether the name of a language answers what is asked, and is no wish to go on in it."""
    if isinstance(step, Narrating):
        return telling.wants_language(step)
    return aiding.is_exchanging(step) or (isinstance(step, Asking) and survey.wants_words(step, scene))


def _not_now(conversation: Conversation, scene: Scene, *, tap: bool) -> Turn | None:
    """The turn of whoever goes on with something of an event that is over, or stopped; None where it is neither."""
    step = conversation.step
    if scene.over and isinstance(step, Consenting | Profiling | Placing):
        return joining.too_late(conversation)
    return resting.not_taken(conversation, tap=tap) if resting.step_rests(step, scene) else None


def _said_beside(conversation: Conversation, step: Leaving | PassingOn, text: str, scene: Scene) -> Turn:
    """Words to what came in between and has buttons: meant for that, or for what was asked before."""
    if isinstance(step, Leaving):
        return _leaving_said(conversation, step, text, scene)
    idle = isinstance(step.before, Idle)
    return passing_on.unclear(conversation) if idle else _went_on(conversation, step, text, scene)


def _leaving_said(conversation: Conversation, step: Leaving, text: str, scene: Scene) -> Turn:
    answer = agrees(text)
    if answer is None and (isinstance(step.before, Idle) or resting.step_rests(step.before, scene)):
        return leaving.unclear(conversation)
    if answer is None:
        return _went_on(conversation, step, text, scene)
    if answer:
        return leaving.left(conversation, scene, tap=False)
    return then_restated(leaving.stayed(conversation, step, tap=False), scene)


def _went_on(conversation: Conversation, step: Leaving | PassingOn, text: str, scene: Scene) -> Turn:
    """Whoever goes on answering has not left, or lets the rest be: their words belong to what was asked before."""
    turn = _said(replace(conversation, step=step.before), text, scene)
    if turn.conversation.serial != conversation.serial:
        return turn
    # The newest keyboard still says “Yes, leave”, say: a tap on it must not be a yes to something else.
    return then_restated(turn, scene)


def _sent(conversation: Conversation, what: Attachment | Location | None, scene: Scene) -> Turn:
    step = conversation.step
    if resting.step_rests(step, scene):
        return resting.not_taken(conversation, tap=False)
    match step:
        case Asking():
            return survey.sent(conversation, step, what, scene)
        case Writing() if scene.desk is None or scene.desk.duty is None:
            return _sent(replace(conversation, step=step.before), what, scene)
        case Writing():
            return coordinating.sent(conversation, step, what, scene) or helping.wordless(conversation)
        case Confiding() | Narrating():
            return between.wordless(conversation, step)
        case _:
            return coordinating.brought(conversation, what, scene) or helping.wordless(conversation)


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
        case Open() | Review() | Refuse() | Recall() | Doubt() | Another() | PassOn() | Later() | Cease():
            return announced.tapped(conversation, button, scene)
        case Arrange() | Bring() | Shift() | Omit() | Agenda() | Pause() | Often():
            return arranging.tapped(conversation, button, scene)
        case Seek():
            return seeking.sought(conversation, scene, tap=True)
        case Contact():
            return _reached(conversation, button, scene)
        case Manage():
            return _out_of_exchange(conversation, coordinating.tapped(conversation, button, scene), scene)
        case Tale():
            return storytelling.reached(conversation, button, scene)
        case _:
            assert_never(button)


def _reached(conversation: Conversation, button: Contact, scene: Scene) -> Turn:
    turn = aiding.reached(conversation, button, scene)
    stays = button.reach is not Reach.BACK and turn.conversation.step == conversation.step
    return turn if stays or isinstance(turn.conversation.step, Confiding) else then_restated(turn, scene)


def _stepped(conversation: Conversation, button: Choose | Go, scene: Scene) -> Turn:
    step = conversation.step
    if (not_now := _not_now(conversation, scene, tap=True)) is not None:
        return not_now
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
        case Leaving() | PassingOn():
            return _tapped_beside(conversation, step, button, scene)
        case Pausing() | Writing() | Confiding() | Narrating():
            turn = between.tapped(conversation, step, button, scene)
            return turn if isinstance(turn.conversation.step, type(step)) else then_restated(turn, scene)
        case _:
            assert_never(step)


def _tapped_beside(conversation: Conversation, step: Leaving | PassingOn, button: Choose | Go, scene: Scene) -> Turn:
    """A tap on what came in between, and back to what was asked before once it is over."""
    if isinstance(step, Leaving):
        if isinstance(button, Go) and button.move is Move.YES:
            return leaving.left(conversation, scene, tap=True)
        return then_restated(leaving.stayed(conversation, step, tap=True), scene)
    turn = passing_on.tapped(conversation, step, button, scene)
    return turn if isinstance(turn.conversation.step, PassingOn) else then_restated(turn, scene)


def _spoken(conversation: Conversation, serial: int, scene: Scene) -> Turn:
    joins = isinstance(conversation.step, Consenting | Profiling | Placing)
    if joins and serial == conversation.serial and not resting.step_rests(conversation.step, scene):
        return joining.revised(conversation, scene)
    return then_restated(language.chosen(conversation, conversation.language, tap=True), scene)
