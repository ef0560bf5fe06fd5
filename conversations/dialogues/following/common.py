"""What the screens of following have in common: what they look at, and how figures are said."""

from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.buttons import Manage
from conversations.conversation import Conversation
from conversations.desk import Duty
from conversations.effects import Toast, Turn
from conversations.following import Following, Wave
from conversations.messages import Key, Message, message, phrase, short
from conversations.model import EventState, Phrase
from conversations.roles import Act, may
from conversations.scene import Scene


def duty_of(scene: Scene) -> Duty:
    """The role that the scene's person acts in."""
    assert scene.desk is not None and scene.desk.duty is not None  # noqa: S101, PT018 # as loaded
    return scene.desk.duty


def following_of(scene: Scene) -> Following | None:
    """What they look at; None while nothing of the event is published."""
    return scene.desk.following if scene.desk is not None else None


def wave_of(button: Manage, scene: Scene) -> Wave | None:
    """The wave that a button is about; None when there is none any more, or never was."""
    following = following_of(scene)
    return following.wave(button.item) if following is not None else None


def can_remind(duty: Duty, wave: Wave) -> bool:
    """Whether that role may have this wave reminded of, as far as the wave goes."""
    return duty.state is EventState.LIVE and may(duty.role, Act.REMIND) and wave.open and wave.due > 0


def local(at: datetime, scene: Scene) -> datetime:
    """The instant on the clock of the event."""
    following = following_of(scene)
    return at.astimezone(ZoneInfo(following.zone)) if following is not None else at


def name_of(wave: Wave) -> Phrase:
    """What a wave is called: its survey and the day on which it began."""
    return phrase("{survey} ({day})", survey=wave.title, day=wave.began)


def to(act: Act, duty: Duty, wave: Wave | None = None) -> Manage:
    """The button that does that, to that wave if one is named."""
    return Manage(act, duty.event_id, wave.number if wave is not None else 0)


def back(duty: Duty) -> tuple[Key]:
    """The row that leads back to the overview."""
    return (Key(short("button", "How it goes"), to(Act.STATUS, duty)),)


def unpublished(duty: Duty) -> Message:
    """Said while there is nothing to look at."""
    return message(
        phrase("Nothing of {event} is published yet, so there is nothing to follow. See /publish.", event=duty.title)
    )


def gone(conversation: Conversation) -> Turn:
    """A button that is older than what it is about."""
    return Turn(conversation, (Toast(phrase("This has changed meanwhile. See /status.")),))
