"""The words around a rehearsal: what stands on its page and in the terminal beside what people were told."""

from bot.reasons import reason_words
from bot.rehearsal.outcomes import Fate, Figures, Outcome, PutOff, Rehearsal
from conversations.messages import counted, phrase, short
from conversations.model import Event, Phrase, Words
from conversations.policy import Reason
from conversations.timing import Anchor, TouchpointKind

REHEARSAL = short("title", "Rehearsal")
OF_THIS_EVENT = phrase("What everybody will get in the time to come, played in advance with invented people.")
HOW_IT_WAS_MADE = phrase(
    "A rehearsal runs the real bot on a local Telegram, with a clock that is moved on. Nobody was written to, and "
    "everybody here is invented."
)
LANGUAGE = phrase("Language of this page:")
CONTENTS = short("title", "Contents")
AT_A_GLANCE = short("title", "At a glance")
CALENDAR = short("title", "The calendar")
CALENDAR_IN_WORDS = phrase("The lists below say the same in words, for each person.")
WHAT_WAS_PLANNED = phrase("What was planned, and what became of it")
WHAT_THEY_SAW = phrase("What the phone showed")
WHAT_THE_GROUP_READ = phrase("What the group read")
THE_GROUP = short("title", "The group")
NOTHING_PLANNED = phrase("Nothing was planned.")
WHEN = short("column", "When")
WHAT = short("column", "What")
BECAME = short("column", "What became of it")
RECEIVED = phrase("Messages received")
ANSWERED = phrase("Answered to the end")
MOST_A_WEEK = phrase("Most in one week")
MEAN_A_WEEK = phrase("Each week, on average")
BETWEEN = phrase("Local time of day")
JOINED = phrase("Joined:")
BLOCKED = phrase("Blocked the bot:")
TAPPED = short("button", "tapped")
AFTER_THE_TAP = phrase("after the tap")
THE_BOT = short("who", "The bot")
LEGEND_REFRESHER = short("legend", "Refresher")
LEGEND_SURVEY = short("legend", "Survey")
LEGEND_REMINDER = short("legend", "Reminder")
LEGEND_DIGEST = short("legend", "Digest")
LEGEND_ANSWERED = short("legend", "Answered, or posted")
LEGEND_NOT_SENT = short("legend", "Not sent")
OUTCOMES = {
    Outcome.ANSWERED: short("outcome", "Answered"),
    Outcome.OPENED: short("outcome", "Opened, not finished"),
    Outcome.UNOPENED: short("outcome", "Received, not opened"),
}
_YET_TO_COME = short("outcome", "Yet to come")


def writes(who: Words) -> Phrase:
    """Whose words follow."""
    return phrase("{name} writes:", name=who)


def cast(rehearsal: Rehearsal) -> Phrase:
    """Who took part."""
    return phrase(
        "{people}, {others}",
        people=counted("{count} person to watch", "{count} people to watch", len(rehearsal.lives)),
        others=counted("{count} other", "{count} others", rehearsal.crowd),
    )


def made_by(rehearsal: Rehearsal) -> Phrase:
    """The command, and the seed that gives the same rehearsal again."""
    return phrase("Made by {command}, seed {seed}.", command="suivi rehearse", seed=rehearsal.seed)


def no_answer(question: str) -> Phrase:
    """Why people went no further there, which says nothing of the people who will be asked; by its name in the form."""
    return phrase("No invented answer passes {question}.", question=question)


def dates_count(event: Event) -> Phrase:
    """What the dates of the calendar count from; digests are the group's, and count for nobody."""
    own = {each.anchor is Anchor.ENROLMENT for each in event.schedule if each.kind is not TouchpointKind.DIGEST}
    if own == {True, False}:
        return phrase("Dates count from when each person signs up, some of them from the event.")
    if own == {True}:
        return phrase("Dates count from when each person signs up.")
    return phrase("Dates are the same for everybody, whenever they sign up.")


def became(fate: Fate) -> Phrase:
    """What became of a planned thing, in a few words."""
    if fate.outcome is not None:
        return OUTCOMES[fate.outcome]
    if fate.sent:
        return reason_words(Reason.SENT)
    return reason_words(fate.reason) if fate.settled is not None and fate.reason is not None else _YET_TO_COME


def put_off(delay: PutOff) -> Phrase:
    """Why something did not come when it was due."""
    return reason_words(delay.reason, waits=True)


def quiet_hours(figures: Figures) -> Phrase:
    """Whether the quiet hours were kept."""
    evening, morning = f"{figures.policy.day_ends:%H:%M}", f"{figures.policy.day_begins:%H:%M}"
    if figures.by_day:
        return phrase("Nothing came in the quiet hours, from {evening} to {morning}.", evening=evening, morning=morning)
    return phrase("Something came in the quiet hours, from {evening} to {morning}.", evening=evening, morning=morning)
