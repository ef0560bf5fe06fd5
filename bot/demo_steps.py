"""What people do in the scenes of the demonstration, as steps that the sandbox plays.

Every button and every message is named by the same phrases and labels that the bot uses, so that no scene goes stale.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from conversations.flow import flow
from conversations.forms.instance import Around
from conversations.messages import phrase, short
from conversations.model import Bilingual, Event, Language, Question, QuestionType, Role, Value, Words
from conversations.questions import LONGEST_BUTTON
from locales.phrases import say

Json = dict[str, Any]

MOST_DAYS = 120
"""How far a scene goes on to what it waits for."""

_TYPED = Bilingual("That we can plan together.", "Que nous pouvons planifier ensemble.")
_COUNTED = "12"
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


def answers_to(actor: Actor, event: Event, survey: str) -> list[Json]:
    """All that it takes to answer that survey: the first choice each time, as its conditions then have it."""
    steps: list[Json] = []
    answers: dict[str, Value] = {}
    some_day = datetime.combine(event.start, time(), UTC)
    around = Around(some_day, actor.language, some_day)
    while field := flow(event.survey(survey), answers, around).open():
        steps += _answer(actor, field.question)
        match field.question.type:
            case QuestionType.SELECT_ONE:
                answers[field.key] = field.question.choices[0].name
            case QuestionType.SELECT_MULTIPLE:
                answers[field.key] = (field.question.choices[0].name,)
            case QuestionType.INTEGER:
                answers[field.key] = int(_COUNTED)
            case _:
                answers[field.key] = say(_TYPED, actor.language)
    if len(answers) > 1:
        steps.append(actor.taps(short("button", "Send my answers")))
    return steps


def _answer(actor: Actor, question: Question) -> Iterator[Json]:
    match question.type:
        case QuestionType.SELECT_ONE:
            yield actor.taps(_option(question, actor.language))
        case QuestionType.SELECT_MULTIPLE:
            yield actor.taps(f"☐ {say(_option(question, actor.language), actor.language)}")
            yield actor.taps(short("button", "Done"))
        case _:
            typed = _COUNTED if question.type is QuestionType.INTEGER else say(_TYPED, actor.language)
            yield actor.reads(question.label)
            yield actor.does("say", text=typed)


def _option(question: Question, language: Language) -> Words:
    """What the button of the first choice shows: its label, or its number where labels stand in the text."""
    longest = max(len(each.label.in_language(language)) for each in question.choices)
    return "1" if longest > LONGEST_BUTTON else question.choices[0].label


def captioned(caption: Bilingual | None) -> Json:
    """The caption as a field of a step."""
    return {"caption": both(caption)} if caption else {}


def both(words: Bilingual) -> Json:
    """Words in each language, as the sandbox takes them."""
    return {"en": words.en, "fr": words.fr}
