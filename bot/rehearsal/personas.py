"""The invented people of a rehearsal: who they are, when they come and go, and how they behave in the sandbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.answer_candidates import SENTENCES
from bot.invented_answers import Invented
from bot.local_habits import announcements, left_alone
from conversations.messages import phrase, short
from conversations.model import Event, Language, Phrase, RecallQuestion
from conversations.places import zones_of
from locales.phrases import say

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to watch. `diligence` is the share of messages they react to, `knows` whether they recall rightly.

    Who is `late` joins long after the others, who `blocks` the bot does so after a while.
    """

    key: str
    name: str
    language: Language
    zone: str
    diligence: float = 1.0
    knows: bool = False
    late: bool = False
    blocks: bool = False
    pauses: bool = False


PERSONAS: tuple[Persona, ...] = (
    Persona("keen-fr", "Moussa", Language.FR, "Africa/Dakar", knows=True),
    Persona("keen-en", "Amina", Language.EN, "Africa/Nairobi"),
    Persona("late", "Chantal", Language.FR, "Africa/Kinshasa", late=True),
    Persona("pauses", "Fatou", Language.FR, "Africa/Ouagadougou", pauses=True),
    Persona("half", "Tendai", Language.EN, "Africa/Harare", diligence=0.5),
    Persona("silent", "Aïcha", Language.FR, "Africa/Abidjan", diligence=0),
    Persona("blocks", "Joseph", Language.EN, "Africa/Lagos", blocks=True),
)
CROWD_DILIGENCE = 0.8
# Of a list of boxes they tick one to so many, as people do.
_TICKS = 3

_LATE_AT_MOST = timedelta(days=60)
_BLOCKS_AT_MOST = timedelta(days=30)
_PAUSES_AT_MOST = timedelta(days=21)
_PAUSE = {Language.EN: "in 6 weeks", Language.FR: "dans 6 semaines"}


def joins_after(persona: Persona, calendar: timedelta) -> timedelta:
    """How long after the others somebody joins, in a calendar of that length: two months, or half of a shorter one."""
    return min(_LATE_AT_MOST, calendar / 2) if persona.late else timedelta()


def blocks_after(persona: Persona, calendar: timedelta) -> timedelta | None:
    """How long after joining somebody blocks the bot: a month, or half of a shorter calendar; None for never."""
    return min(_BLOCKS_AT_MOST, calendar / 2) if persona.blocks else None


def pauses_after(persona: Persona, calendar: timedelta) -> timedelta | None:
    """How long after joining somebody asks for a pause: three weeks, or a third of a short calendar; None for never."""
    return min(_PAUSES_AT_MOST, calendar / 3) if persona.pauses else None


def about(persona: Persona, calendar: timedelta) -> Phrase:
    """What somebody does, in a few words that are true of a calendar of that length."""
    if persona.late:
        months = joins_after(persona, calendar) == _LATE_AT_MOST
        return phrase("Signs up two months later") if months else phrase("Signs up halfway through")
    if persona.blocks:
        month = blocks_after(persona, calendar) == _BLOCKS_AT_MOST
        return phrase("Blocks the bot after a month") if month else phrase("Blocks the bot halfway through")
    if persona.pauses:
        return phrase("Answers everything, and takes a break of six weeks")
    if persona.diligence == 0:
        return phrase("Signs up, and never answers")
    return phrase("Answers everything") if persona.diligence == 1 else phrase("Answers about half of the time")


def newcomer(event: Event, persona: Persona, answered: Invented, now: datetime) -> Json:
    """The persona as a newcomer to the sandbox's crowd, joining at `now`: see sandbox/README.md, "A crowd"."""
    answers = [_agreeing(persona.language), *_placing(event, persona.zone, persona.language, now)]
    asked = [each for message in event.messages for each in message.questions if persona.knows]
    answers += [_recall(each, persona.language) for each in asked]
    answers += _pausing(persona.language) if persona.pauses else []
    habits = _habits(persona.language, persona.diligence, [*answers, *answered.answers])
    if persona.diligence == 0:
        # What comes within the first hour would get an answer all the same: people join in earnest.
        habits["leave"] = [*left_alone(), *announcements()]
    return {"name": persona.name, "language": persona.language, "zone": persona.zone, **habits}


def others(event: Event, count: int, answered: Mapping[Language, Invented], now: datetime) -> list[Json]:
    """The rest of the cohort: people at the place of the event, half of them in each language."""
    habits = {
        language: _habits(
            language,
            CROWD_DILIGENCE,
            [_agreeing(language), *_placing(event, event.timezone, language, now), *answered[language].answers],
        )
        for language in Language
    }
    languages = [tuple(Language)[index % len(Language)] for index in range(count)]
    return [{"language": language, **habits[language]} for language in languages]


def _habits(language: Language, diligence: float, answers: list[Json]) -> Json:
    texts = [sentence.in_language(language) for sentence in SENTENCES]
    return {"diligence": diligence, "ticks": _TICKS, "texts": texts, "answers": answers}


def _agreeing(language: Language) -> Json:
    return {"tap": say(short("button", "Yes to all, join"), language)}


def _placing(event: Event, zone: str, language: Language, now: datetime) -> list[Json]:
    """Their country where the event has it; else they set right the time that the bot supposes."""
    taps = [
        {"when": question.label.in_language(language), "tap": choice.label.in_language(language)}
        for question in event.profile
        for choice in question.choices
        if zone in choice.zones
    ]
    own = _clock(zone, now)
    wrong = sorted({_clock(each, now) for each in zones_of(event)} - {own})
    no = say(short("button", "No, another time"), language)
    asked = [say(phrase("Is it {time} where you are now?", time=time), language) for time in wrong]
    typed = {"when": say(phrase("What time is it where you are?"), language), "type": own}
    return [*taps, *({"when": question, "tap": no} for question in asked), typed]


def _recall(asked: RecallQuestion, language: Language) -> Json:
    right = next(choice.label for choice in asked.choices if choice.name == asked.right)
    return {"when": asked.question.in_language(language), "tap": right.in_language(language)}


def _pausing(language: Language) -> list[Json]:
    """The way through their calendar to a pause."""
    asked = phrase("Until which day should nothing be sent to you? From that day on, messages come again.")
    return [
        {"when": say(phrase("What is coming"), language), "tap": say(short("button", "Pause until a date"), language)},
        {"when": say(asked, language), "type": _PAUSE[language]},
    ]


def _clock(zone: str, now: datetime) -> str:
    return f"{now.astimezone(ZoneInfo(zone)):%H:%M}"


def chosen(keys: Sequence[str]) -> tuple[Persona, ...]:
    """The personas with these keys, in the order of `PERSONAS`; all of them when none is named."""
    return tuple(persona for persona in PERSONAS if not keys or persona.key in keys)
