"""A person tells a story: typed, seen as it will stand in the group, and shared only after an explicit yes.

Until then it is nowhere but in their own step. Afterwards `dialogues/own_stories.py` shows how it stands.
"""

from dataclasses import replace
from typing import Final

from conversations import resting
from conversations.buttons import Choose, Go, Manage, Move, StoryMove, Tale
from conversations.conversation import Conversation, Narrating, aside
from conversations.desk import asking
from conversations.effects import PersonalEffect, Revise, Say, Toast, Turn
from conversations.messages import Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import Language, Phrase
from conversations.roles import Act
from conversations.scene import Scene
from conversations.stories import (
    LONGEST,
    MOST_WAITING,
    Audience,
    Story,
    StoryState,
    Storytelling,
    as_told,
)
from conversations.story_effects import KeepStory
from conversations.story_words import cleaned, not_fit
from conversations.team_effects import TellTeam
from conversations.words import is_seen, language_in

_LANGUAGES: Final = (Language.EN, Language.FR)
_WAITING: Final = (StoryState.WAITING, StoryState.RETURNED)
_WARNING: Final = phrase("The words themselves can give you or others away: no names, no places, no dates.")
_WRITE: Final = phrase(
    "Write it now, in one message of up to {most} characters. You see it before you agree.", most=LONGEST
)
_DROP: Final = short("button", "Drop it")


def begun(conversation: Conversation, event_id: int, scene: Scene) -> Turn:
    """The person wants to tell a story of that event; 0 for whichever they take part in."""
    stories = scene.stories or Storytelling()
    fitting = [each for each in stories.audiences if event_id in {0, each.event_id} and each.is_open]
    if not fitting:
        nobody = phrase("No story can be taken at the moment: there is nobody who could read it first.")
        return Turn(conversation, (Say(message(nobody)),))
    if len(fitting) > 1:
        keys = tuple((Key(each.title, Tale(StoryMove.BEGIN, each.event_id)),) for each in fitting)
        return Turn(conversation, (Say(message(phrase("Which event is your story about?"), keyboard=keys)),))
    (audience,) = fitting
    if scene.stopped.covers(audience.event):
        return resting.rested(conversation)
    waiting = [each for each in stories.stories if each.event_id == audience.event_id and each.state in _WAITING]
    if len(waiting) >= MOST_WAITING:
        enough = phrase("Several stories of yours still wait for the team. Please tell the next one later: /story")
        return Turn(conversation, (Say(message(enough)),))
    return asking(conversation, Narrating(audience.event, before=aside(conversation.step)), _explained())


def anew(conversation: Conversation, story: Story, scene: Scene) -> Turn:
    """The person writes in other words what the team could not take as it was."""
    stories = scene.stories or Storytelling()
    audience = next((each for each in stories.audiences if each.event_id == story.event_id and each.is_open), None)
    if audience is None:
        return begun(conversation, story.event_id, scene)
    if scene.stopped.covers(audience.event):
        return resting.rested(conversation)
    step = Narrating(audience.event, instead=story.id, before=aside(conversation.step))
    return asking(conversation, step, message(_WRITE, _WARNING))


def restated(conversation: Conversation, step: Narrating) -> Turn:
    """What is still to be written, chosen or agreed to, once more."""
    if not step.words:
        return asking(conversation, step, message(_WRITE, _WARNING))
    serial = conversation.serial + 1
    shown = _which_language(serial) if step.language is None else _preview(step, step.language, serial)
    return Turn(replace(conversation, serial=serial), (Say(shown, serial=serial),))


def wants_language(step: Narrating) -> bool:
    """Whether the name of a language is an answer here, and no wish to go on in it."""
    return bool(step.words) and step.language is None


def said(conversation: Conversation, step: Narrating, text: str) -> Turn:
    """The words of the story, or that of its language; what is not taken is told why."""
    if step.words:
        named = language_in(text) if step.language is None else None
        if named is not None:
            spoken = replace(step, language=named)
            return restated(replace(conversation, step=spoken), spoken)
        tap = Say(message(phrase("Please tap one of the buttons.")))
        again = restated(conversation, step)
        return Turn(again.conversation, (tap, *again.effects))
    words = cleaned(text)
    if not is_seen(words):
        return restated(conversation, step)
    if (refusal := not_fit(words)) is not None:
        return Turn(conversation, (Say(message(refusal)),))
    written = replace(step, words=words)
    return restated(replace(conversation, step=written), written)


def wordless(conversation: Conversation) -> Turn:
    """A picture or a voice shows who somebody is."""
    only = phrase("A story is told in words alone: pictures and voices show who you are. Your file was not kept.")
    return Turn(conversation, (Say(message(only)),))


def tapped(conversation: Conversation, step: Narrating, button: Choose | Go, scene: Scene) -> Turn | None:
    """A choice on the way; None for what is none there."""
    match button:
        case Choose(_, index) if step.words and step.language is None and index < len(_LANGUAGES):
            return _shown(conversation, replace(step, language=_LANGUAGES[index]))
        case Go(_, Move.PREVIOUS) if step.words and step.language is not None:
            closed = Revise(message(phrase("You write it anew.")))
            rewriting = replace(step, words="", language=None)
            again = asking(conversation, rewriting, message(_WRITE, _WARNING))
            return Turn(again.conversation, (Toast(), closed, *again.effects))
        case Go(_, Move.SUBMIT) if step.words and step.language is not None:
            return _shared(conversation, step, step.language, scene)
        case Go(_, Move.BACK | Move.NO):
            dropped = message(phrase("Nothing was shared, and nothing of it is kept here."))
            return Turn(replace(conversation, step=step.before), (Toast(), Revise(dropped)))
        case _:
            return None


def _shown(conversation: Conversation, step: Narrating) -> Turn:
    assert step.language is not None  # noqa: S101 # chosen by the caller
    serial = conversation.serial + 1
    seen = Revise(_preview(step, step.language, serial), serial=serial)
    return Turn(replace(conversation, step=step, serial=serial), (Toast(), seen))


def _shared(conversation: Conversation, step: Narrating, language: Language, scene: Scene) -> Turn:
    stories = scene.stories or Storytelling()
    back = replace(conversation, step=step.before)
    audience = next((each for each in stories.audiences if each.event == step.event and each.is_open), None)
    before = stories.story(step.instead)
    if audience is None or (step.instead and (before is None or before.state is not StoryState.RETURNED)):
        gone = message(phrase("It can’t be taken any more: this has changed meanwhile. See /story."))
        return Turn(back, (Toast(), Revise(gone)))
    kept = KeepStory(stories.fresh, audience.event_id, step.words, language, step.instead)
    done = message(
        phrase("Thank you. Somebody of the team reads it now, and does not see who you are."),
        phrase("How it stands, and how to take it back: /story"),
    )
    return Turn(back, (Toast(), kept, *_call(audience), Revise(done)))


def _call(audience: Audience) -> tuple[PersonalEffect, ...]:
    """A team is called once: who has stories to read already sees the new one with them."""
    if not audience.silent:
        return ()
    reading = (Key(short("button", "See the stories"), Manage(Act.STORIES, audience.event_id)),)
    told = message(phrase("A story waits to be read."), keyboard=(reading,))
    return (TellTeam(audience.event_id, Act.STORIES, told),)


def _explained() -> Message:
    return message(
        phrase("What have you done since the event that others could pick up? Tell it in your words."),
        phrase(
            "Somebody of the team reads it first. It then stands in the group’s digest without your name, with at "
            "least four stories by others, and not before a week has gone by."
        ),
        _WARNING,
        _WRITE,
    )


def _which_language(serial: int) -> Message:
    keys = (
        (Key(short("button: the language of a story", "In English"), Choose(serial, 0)),),
        (Key(short("button: the language of a story", "In French"), Choose(serial, 1)),),
        (Key(_DROP, Go(serial, Move.NO)),),
    )
    return message(phrase("Which language did you write it in?"), keyboard=keys)


def _preview(step: Narrating, language: Language, serial: int) -> Message:
    lines: list[Phrase | Paragraph] = [
        strong(phrase("This is how it will stand in the group:")),
        as_told(step.words, language, language),
        phrase(
            "A group that reads in the other language gets it as it is, with its language named, unless you agree to a "
            "translation that the team offers."
        ),
        phrase(
            "Until it is posted you can take it back: /story. After that it is on other people’s phones, and nobody "
            "can remove it there."
        ),
    ]
    keys = (
        (Key(short("button", "Yes, share it like this"), Go(serial, Move.SUBMIT)),),
        (Key(short("button", "Change the words"), Go(serial, Move.PREVIOUS)), Key(_DROP, Go(serial, Move.NO))),
    )
    return message(*lines, keyboard=keys)
