"""What is tapped on something that was sent: it opens, is answered, put off or refused. Anybody can forge a button."""

from typing import assert_never

from conversations.buttons import Announced, Another, Cease, Doubt, Later, Open, PassOn, Recall, Refuse, Review
from conversations.circumstances import agreed_to
from conversations.conversation import Conversation
from conversations.dialogues import broadcast, helping, refresher, survey
from conversations.effects import Turn
from conversations.scene import Nudge, Scene
from conversations.timing import TouchpointKind


def tapped(conversation: Conversation, button: Announced, scene: Scene) -> Turn:
    """A button of something that was sent."""
    match button:
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
        case _:
            assert_never(button)


def _opened(conversation: Conversation, scene: Scene) -> Turn:
    nudge = scene.nudge
    if nudge is None or not _counts(nudge, scene):
        return helping.stale(conversation)
    match nudge.kind:
        case TouchpointKind.REFRESHER:
            return refresher.opened(conversation, nudge, scene)
        case TouchpointKind.SURVEY:
            return survey.opened(conversation, nudge, scene)
        case TouchpointKind.REMINDER if nudge.survey is not None:
            return survey.resumed(conversation, nudge, scene)
        case TouchpointKind.BROADCAST:
            return broadcast.opened(conversation, nudge, scene) or helping.stale(conversation)
        case TouchpointKind.DIGEST | TouchpointKind.REMINDER | TouchpointKind.SUMMARY:
            return helping.stale(conversation)
        case _:
            assert_never(nudge.kind)


def _refused(conversation: Conversation, scene: Scene) -> Turn:
    nudge = scene.nudge
    if nudge is None or nudge.kind is not TouchpointKind.SURVEY or not _counts(nudge, scene):
        return helping.stale(conversation)
    return survey.declined(conversation, nudge)


def _postponed(conversation: Conversation, scene: Scene) -> Turn:
    nudge = scene.nudge
    if nudge is None or nudge.kind is not TouchpointKind.SURVEY or not _counts(nudge, scene):
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
    if nudge is None or nudge.kind is not TouchpointKind.REFRESHER or not _counts(nudge, scene):
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


def _counts(nudge: Nudge, scene: Scene) -> bool:
    """Whether a button of this nudge may count: anybody can forge one, with the number of a nudge yet to come.

    From whoever has left, or did not agree to that purpose, nothing more is kept.
    """
    enrolment = scene.enrolled_in(nudge.event)
    return not nudge.pending and enrolment is not None and agreed_to(nudge, enrolment)
