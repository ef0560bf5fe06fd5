"""What simulated people never tap, in a demonstration and in a rehearsal alike."""

from conversations.messages import short
from conversations.model import Event, Language, Phrase
from locales.phrases import say

# They answer; they never leave, go back, put off, or switch the language.
_NEVER_TAPPED: tuple[Phrase, ...] = (
    short("button", "Back"),
    short("button", "Skip"),
    short("button", "Later"),
    short("button", "No, thank you"),
    short("button", "No, another time"),
    short("button: switch to English", "English"),
    short("button: switch to French", "Français"),
)


def never_tapped(event: Event) -> list[str]:
    """How the buttons read that they leave alone, in both languages: the ways out, and the boxes of the consent."""
    ways = [say(words, language) for words in _NEVER_TAPPED for language in Language]
    lines = [line.in_language(language) for line in event.consent_lines.values() for language in Language]
    return ways + [f"{box} {line}" for line in lines for box in "☐☑"]
