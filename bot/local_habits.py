"""What simulated people never tap, in a demonstration and in a rehearsal alike."""

from conversations.messages import phrase, short
from conversations.model import Event, Language, Phrase
from locales.phrases import say

# They answer; they never leave, go back, put off, pass on, arrange their calendar, or switch the language.
_NEVER_TAPPED: tuple[Phrase, ...] = (
    short("button", "Back"),
    short("button", "Skip"),
    short("button", "Later"),
    short("button", "Not this time"),
    short("button", "Not now"),
    short("button", "Not this one"),
    short("button", "Stop asking"),
    short("button", "Ask me again"),
    short("button", "I don’t remember"),
    short("button", "Pass it on"),
    short("button", "Show it all the same"),
    short("button: at once", "Now"),
    short("button", "3 days later"),
    short("button", "A week later"),
    short("button", "Two weeks later"),
    short("button", "Leave it out"),
    short("button", "Pause for a week"),
    short("button", "Pause until a date"),
    short("button: end the pause", "End the pause"),
    short("button", "Less often"),
    short("button", "More often"),
    short("button", "Change my answers"),
    short("button", "Tell others what worked"),
    short("button", "Go through them"),
    short("button", "All of it as a file"),
    short("button", "Publish …"),
    short("button", "Summary"),
    short("button", "Yes, publish it"),
    short("button", "Yes, change it"),
    short("button", "Show me first"),
    short("button", "Send a workbook"),
    short("button", "See the event"),
    short("button", "See all of it"),
    short("button", "What was found in it"),
    short("button", "Discard the workbook"),
    short("button", "Close …"),
    short("button", "Open again …"),
    short("button", "Archive …"),
    short("button", "Look again"),
    short("button", "Yes, close it"),
    short("button", "Yes, open it"),
    short("button", "Yes, archive it"),
    short("button", "No, thank you"),
    short("button", "No, another time"),
    short("button", "How it goes"),
    short("button", "Remind them"),
    short("button", "Yes, remind them"),
    short("button", "Show as a picture"),
    short("button", "Newer surveys"),
    short("button", "Older surveys"),
    short("button", "Summary: off"),
    short("button", "Summary: every day"),
    short("button", "Summary: weekly"),
    short("button: how often a summary comes", "Off"),
    short("button: how often a summary comes", "Every day"),
    short("button: how often a summary comes", "Weekly"),
    # A team's: nobody simulated is in one.
    short("button", "Stop everything now"),
    short("button", "Stop all of them"),
    short("button", "None of them"),
    short("button", "No, go on"),
    short("button", "Go on and send it"),
    short("button", "Go on without it"),
    short("button", "Not yet"),
    short("button", "I need help"),
    short("button", "Ask for contact"),
    short("button", "Yes, tell the team"),
    short("button", "Take it back"),
    short("button", "Answer"),
    short("button", "Share a way to reach me"),
    short("button", "End this contact"),
    short("button: switch to English", "English"),
    short("button: switch to French", "Français"),
)


_MOST_CHANGES = 50  # answers of one survey; the longest micro-survey has ten questions


def ignored() -> list[str]:
    """How the buttons read that ask for nothing: whoever does not tap them need not say anything instead."""
    optional = (short("button", "Pass it on"), short("button", "I need help"))
    return [say(words, language) for words in optional for language in Language]


def left_alone() -> list[str]:
    """Words of the messages that they do nothing about: their answers are in, and they do not change them."""
    return [say(phrase("Thank you! Your answers are saved."), language) for language in Language]


def announcements() -> list[str]:
    """Words of the messages that come unasked: whoever never answers leaves those alone as well."""
    lines = (phrase("You have a new message."), phrase("A few short questions are ready for you."))
    reminder = phrase("A few short questions are still waiting for you: {minutes}.", minutes="")
    reminders = [say(reminder, language).rstrip(".").rstrip() for language in Language]
    return [say(line, language) for line in lines for language in Language] + reminders


def never_tapped(event: Event) -> list[str]:
    """How the buttons read that they leave alone, in both languages: the ways out, boxes of consent and of doubt."""
    ways = [say(words, language) for words in _NEVER_TAPPED for language in Language]
    changes = [say(phrase("✎\u00a0{number}", number=number), Language.EN) for number in range(1, _MOST_CHANGES + 1)]
    lines = [line.in_language(language) for line in event.consent_lines.values() for language in Language]
    lines += [say(short("button: box to tick", "I am not sure"), language) for language in Language]
    return ways + changes + [f"{box} {line}" for line in lines for box in "☐☑"]
