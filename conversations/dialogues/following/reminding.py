"""Remind those who have not answered a wave, in one tap and one confirmation."""

from dataclasses import replace

from conversations.buttons import Manage
from conversations.conversation import Conversation
from conversations.desk import Duty, shown
from conversations.dialogues.following.common import back, can_remind, duty_of, gone, local, name_of, to, wave_of
from conversations.effects import Turn
from conversations.following import NOT_AGAIN_FOR, Wave, unanswered
from conversations.following_effects import RemindWave
from conversations.messages import Key, Message, counted, message, phrase, short, strong
from conversations.roles import Act
from conversations.scene import Scene


def reminding(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """Asks whether they really are to be reminded, and says how many get it at most and who does not."""
    duty, wave = duty_of(scene), wave_of(button, scene)
    if wave is None or not can_remind(duty, wave):
        return gone(conversation)
    return shown(conversation, _wait(duty, wave, scene) or _really(duty, wave), tap=tap)


def reminded(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """They are reminded, unless somebody else was faster."""
    duty, wave = duty_of(scene), wave_of(button, scene)
    if wave is None or not can_remind(duty, wave) or button != _confirming(duty, wave) or _wait(duty, wave, scene):
        return gone(conversation)
    # The same is said when nobody was left to be reminded: otherwise it would tell that all have answered.
    done = message(
        strong(name_of(wave)),
        phrase("Done. Whoever can be reminded is reminded as soon as their hour allows."),
        keyboard=(back(duty),),
    )
    return shown(conversation, done, RemindWave(duty.event_id, wave.survey, wave.occurrence), tap=tap)


def _really(duty: Duty, wave: Wave) -> Message:
    return message(
        strong(name_of(wave)),
        counted(
            "Remind those who have not answered? At most {count} person gets it.",
            "Remind those who have not answered? At most {count} people get it.",
            unanswered(wave).most,
        ),
        phrase("It comes by day, and later where somebody got enough messages or rests."),
        phrase(
            "Left out is who declined, paused, left, wants no more surveys or was reminded in the last three days. "
            "Nobody is reminded of a survey more than twice."
        ),
        keyboard=((Key(short("button", "Yes, remind them"), _confirming(duty, wave)),), _back_to(duty, wave)),
    )


def _wait(duty: Duty, wave: Wave, scene: Scene) -> Message | None:
    """What is said while it is too early to remind again."""
    if wave.reminded is None or scene.now >= wave.reminded + NOT_AGAIN_FOR:
        return None
    return message(
        strong(name_of(wave)),
        phrase(
            "They were reminded on {time}. It can be done again from {again} on.",
            time=local(wave.reminded, scene),
            again=local(wave.reminded + NOT_AGAIN_FOR, scene),
        ),
        keyboard=(_back_to(duty, wave),),
    )


def _confirming(duty: Duty, wave: Wave) -> Manage:
    """The button that reminds: another one after each time."""
    last = int(wave.reminded.timestamp()) if wave.reminded is not None else 0
    return replace(to(Act.REMIND_NOW, duty, wave), version=last)


def _back_to(duty: Duty, wave: Wave) -> tuple[Key]:
    return (Key(short("button", "Back"), to(Act.WAVE, duty, wave)),)
