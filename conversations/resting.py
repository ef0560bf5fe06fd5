"""What people read while an event is stopped: a word that gives nothing away, and nothing of what they do is lost."""

from conversations.buttons import Agenda, Announced, Arranging, Button, Cease, Often, Pause
from conversations.conversation import Asking, Consenting, Conversation, Narrating, Placing, Profiling, Reviewing, Step
from conversations.effects import Say, Toast, Turn
from conversations.messages import message, phrase
from conversations.scene import Scene


def step_rests(step: Step, scene: Scene) -> bool:
    """Whether what is being asked belongs to an event that is stopped."""
    match step:
        case Consenting() | Profiling() | Placing() | Asking() | Narrating():
            return scene.stopped.covers(step.event)
        case Reviewing():
            return scene.stopped.covers(step.asking.event)
        case _:
            return False


def all_rest(scene: Scene) -> bool:
    """Whether the person takes part in something, and all of it is stopped."""
    return bool(scene.enrolments) and all(scene.stopped.covers(each.event) for each in scene.enrolments)


def button_rests(button: Button | None, scene: Scene) -> bool:
    """Whether a button that belongs to no step is one of an event that is stopped.

    Whoever takes back their consent is heard at any time.
    """
    if isinstance(button, Cease) and not button.again:
        return False
    if isinstance(button, Agenda | Pause | Often):
        return all_rest(scene)
    return isinstance(button, Announced | Arranging) and _nudge_rests(scene)


def _nudge_rests(scene: Scene) -> bool:
    """Whether the nudge that the button carries is this person's, and of an event that is stopped."""
    nudge = scene.nudge
    return nudge is not None and scene.stopped.covers(nudge.event) and scene.enrolled_in(nudge.event) is not None


def rested(conversation: Conversation) -> Turn:
    """Whatever was asked for comes later."""
    return Turn(conversation, (Say(message(_RESTS, phrase("Please come back later."))),))


def not_taken(conversation: Conversation, *, tap: bool) -> Turn:
    """What was tapped or written is not kept, not even in part: the same button works later."""
    said = Say(message(_RESTS, phrase("What you tapped or wrote just now was not kept. You can do it again later.")))
    return Turn(conversation, (Toast(), said) if tap else (said,))


def opens_later(conversation: Conversation) -> Turn:
    """Somebody opened an invitation to an event that is stopped; it is not used up."""
    later = message(
        phrase("This invitation opens later."), phrase("Please keep it, and open the link again another day.")
    )
    return Turn(conversation, (Say(later),))


_RESTS = phrase("This chat rests for the moment. Nothing is lost.")
