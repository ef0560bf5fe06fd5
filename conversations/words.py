"""Typed words: commands and answers, understood in both languages always, with or without accents and capitals."""

import unicodedata
from enum import StrEnum

from conversations.model import Bilingual, Language


class Command(StrEnum):
    """What a person can ask for at any time; the value is the command's name in the chat's menu."""

    HELP = "help"
    LANGUAGE = "language"
    CONTINUE = "continue"
    CALENDAR = "calendar"
    STORY = "story"
    PASS_ON = "pass_on"  # noqa: S105 # the name of a command
    STOP = "stop"


_WORDS: dict[Command, tuple[str, ...]] = {
    Command.HELP: ("help", "aide", "?"),
    Command.LANGUAGE: ("language", "langue", "lang"),
    Command.CONTINUE: ("continue", "continuer", "resume", "reprendre"),
    Command.CALENDAR: ("calendar", "calendrier", "agenda", "pause"),
    Command.STORY: ("story", "recit"),
    Command.PASS_ON: ("pass on", "transmettre"),
    Command.STOP: ("stop", "arret", "arreter", "quitter", "leave", "unsubscribe", "desabonner"),
}
_LANGUAGES: dict[str, Language] = {
    "english": Language.EN,
    "anglais": Language.EN,
    "francais": Language.FR,
    "french": Language.FR,
}
_YES = {"yes", "y", "oui", "o", "ok", "d accord"}
_NO = {"no", "n", "non"}


def plain(text: str) -> str:
    """The text without accents, capitals, invisible characters and punctuation, for comparison only."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    kept = (c if c.isalnum() or c in "?+-" else " " for c in decomposed if not _vanishes(c))
    return " ".join("".join(kept).split())


def command_in(text: str) -> Command | None:
    """The command that the whole text is, with or without its slash."""
    word = plain(text.split("@", 1)[0] if text.startswith("/") else text)
    return next((command for command, words in _WORDS.items() if word in words), None)


def language_in(text: str) -> Language | None:
    """The language that the whole text names, in either language."""
    return _LANGUAGES.get(plain(text))


def agrees(text: str) -> bool | None:
    """True for yes, False for no, None for anything else, in either language."""
    word = plain(text)
    if word in _YES:
        return True
    return False if word in _NO else None


def repeats(text: str, label: Bilingual) -> bool:
    """Whether the text is that label sign for sign, in either language; capitals and blanks around it do not count."""
    return text.strip().casefold() in {label.en.strip().casefold(), label.fr.strip().casefold()}


def matches(text: str, label: Bilingual) -> bool:
    """Whether the text is that label, in either language, as `plain` compares; signs alone are never a match."""
    word = plain(text)
    return word != "" and word in {plain(label.en), plain(label.fr)}


def is_seen(text: str) -> bool:
    """Whether any of it shows on a screen: a message of blanks alone is refused by a platform."""
    return any(unicodedata.category(sign)[0] not in "ZC" and sign not in _BLANK for sign in text)


_BLANK = "\u2800\u3164\u115f\u1160\uffa0\u034f\ufe0f"  # of other kinds by Unicode, and yet nothing to see


def _vanishes(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Cf", "Cc"} and not character.isspace()
