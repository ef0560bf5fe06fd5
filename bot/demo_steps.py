"""What people do in the scenes of the demonstration, as steps that the sandbox plays.

Every button and every message is named by the same phrases and labels that the bot uses, so that no scene goes stale.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from bot.invented_answers import Answered, walked
from conversations.messages import phrase, short
from conversations.model import SKIPPED, Bilingual, Event, Language, Question, QuestionType, Role, Words
from conversations.questions import LONGEST_BUTTON
from conversations.reading import LONG_LIST
from locales.phrases import say

Json = dict[str, Any]

MOST_DAYS = 120
"""How far a scene goes on to what it waits for."""

_TAPPED = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.REPEAT})
OPEN = short("button", "Open")
JOINED = phrase("You can change the language with /language and leave at any time with /stop.")
REFRESHER_CAME = phrase("You have a new message.")
SURVEY_CAME = phrase("A few short questions are ready for you.")
SAVED = phrase("Thank you! Your answers are saved.")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in a scene, who reads and taps in that language; `zone` is an IANA name."""

    name: str
    language: Language
    zone: str
    role: Role = Role.PARTICIPANT

    def part(self) -> Json:
        """How the sandbox brings them in."""
        return {"name": self.name, "language": self.language, "zone": self.zone, "role": self.role}

    def does(self, do: str, caption: Bilingual | None = None, **more: object) -> Json:
        """One step; see sandbox/README.md, "Scenes"."""
        return {"do": do, "who": self.name, **captioned(caption), **more}

    def taps(self, words: Words, caption: Bilingual | None = None) -> Json:
        """Tap the button that shows these words."""
        return self.does("tap", caption, text=say(words, self.language))

    def reads(self, words: Words, caption: Bilingual | None = None) -> Json:
        """Wait for a message with these words."""
        return self.does("wait", caption, text=say(words, self.language))

    def lives_until(self, words: Words, caption: Bilingual) -> Json:
        """Let time pass until a message with these words comes."""
        return self.does("until", caption, text=say(words, self.language), days=MOST_DAYS)


def joins(
    actor: Actor,
    event: Event,
    opening: Bilingual,
    agreeing: Bilingual | None = None,
    profile: Bilingual | None = None,
    placing: Bilingual | None = None,
) -> list[Json]:
    """From the invitation to the welcome, with a caption for each part of it."""
    choosing = [actor.taps(_choice(question, actor.zone)) for question in event.profile]
    if choosing:
        choosing[0] |= captioned(profile)
    return [
        actor.does("start", opening),
        actor.taps(short("button", "Yes to all, join"), agreeing),
        *choosing,
        actor.taps(short("button", "Yes"), placing),
    ]


def _choice(question: Question, zone: str) -> Words:
    """The country that lies in that zone; any other question is skipped."""
    country = next((choice.label for choice in question.choices if zone in choice.zones), None)
    return country or short("button", "Skip")


def answers_to(actor: Actor, event: Event, survey: str, now: datetime) -> list[list[Json]] | None:
    """What it takes to answer that survey, for each question and for the end of it: as a rule by the first choice.

    None when there is a question in it to which nobody's answer can be invented.
    """
    trail = walked(event.survey(survey), actor.language, now.astimezone(ZoneInfo(actor.zone)))
    if trail is None:
        return None
    steps = [list(_answer(actor, each)) for each in trail]
    if any(step["do"] == "say" and not step["text"] for step in chain.from_iterable(steps)):
        return None
    if len(trail) > 1:
        steps.append([actor.taps(short("button", "Send my answers"))])
    return steps


def _answer(actor: Actor, answered: Answered) -> Iterator[Json]:
    question, language = answered.field.question, actor.language
    if answered.value == SKIPPED:
        yield actor.taps(short("button", "Skip"))
    elif question.type is QuestionType.ACKNOWLEDGE:
        yield actor.taps(short("button", "OK"))
    elif button := _button(answered, language):
        several = question.type is QuestionType.SELECT_MULTIPLE
        yield actor.taps(f"☐ {button}" if several else button)
        if several:
            yield actor.taps(short("button", "Done"))
    else:
        yield actor.reads(answered.way.posed(answered.field).label)
        yield actor.does("send", kind=answered.sent) if answered.sent else actor.does("say", text=answered.typed)


def _button(answered: Answered, language: Language) -> str:
    """What the button of the one choice shows: its label, or its number where labels stand in the text.

    Empty where the answer has to be typed: several choices, an order, or one that is not on the first page, or not
    always at the same place.
    """
    question, value = answered.field.question, answered.value
    name = value[0] if isinstance(value, tuple) and len(value) == 1 else value
    labels = {each.name: each.label.in_language(language) for each in answered.way.instance.offered(answered.field)}
    if question.type not in _TAPPED or name not in labels:
        return ""
    place = list(labels).index(str(name))
    if question.randomize or len(labels) > LONG_LIST:
        return ""
    return str(place + 1) if max(map(len, labels.values())) > LONGEST_BUTTON else labels[str(name)]


def captioned(caption: Bilingual | None) -> Json:
    """The caption as a field of a step."""
    return {"caption": both(caption)} if caption else {}


def both(words: Bilingual) -> Json:
    """Words in each language, as the sandbox takes them."""
    return {"en": words.en, "fr": words.fr}
