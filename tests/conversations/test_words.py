"""Commands, languages, yes and no: as people type them, in both languages always."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.model import Language
from conversations.words import Command, agrees, command_in, language_in, matches, plain, repeats
from tests.conversations.samples import both


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("/stop", Command.STOP),
        ("/stop@suivi_bot", Command.STOP),
        ("STOP!", Command.STOP),
        ("Arrêt", Command.STOP),
        ("ARRÊTER.", Command.STOP),
        ("arre\u0302ter", Command.STOP),
        ("désabonner", Command.STOP),
        ("st\u200bop", Command.STOP),
        ("/help", Command.HELP),
        ("Aide ?", None),
        ("aide", Command.HELP),
        ("?", Command.HELP),
        ("langue", Command.LANGUAGE),
        ("/language", Command.LANGUAGE),
        ("continuer", Command.CONTINUE),
        ("Resume", Command.CONTINUE),
        ("/calendar", Command.CALENDAR),
        ("Calendrier", Command.CALENDAR),
        ("agenda", Command.CALENDAR),
        ("/story", Command.STORY),
        ("R\u00e9cit", Command.STORY),
        ("Pause", Command.CALENDAR),
        ("coffee pause", None),
        ("please stop", None),
        ("stop it", None),
        ("/stop now", None),
        ("nonstop", None),
        ("me@stop", None),
        ("", None),
    ],
)
def test_commands(typed: str, command: Command | None) -> None:
    assert command_in(typed) is command


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("English", Language.EN),
        ("anglais", Language.EN),
        ("FRANÇAIS", Language.FR),
        ("francais", Language.FR),
        ("French!", Language.FR),
        ("français facile", None),
        ("fr", None),
    ],
)
def test_languages(typed: str, language: Language | None) -> None:
    assert language_in(typed) is language


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        *((word, True) for word in ("yes", "Y", "Oui !", "o", "OK", "d’accord", "D'ACCORD")),
        *((word, False) for word in ("no", "N.", "non", "NON…")),
        *((word, None) for word in ("", "yes and no", "oui mais", "nono", "yess", "👍")),
    ],
)
def test_yes_and_no(typed: str, answer: bool | None) -> None:
    assert agrees(typed) is answer


def test_every_command_is_understood_by_the_name_that_the_menu_shows() -> None:
    assert all(command_in(f"/{command}") is command for command in Command)


def test_a_label_is_known_in_either_language_and_signs_alone_are_no_match() -> None:
    label = both("Côte d’Ivoire", "La Côte d’Ivoire")
    assert matches("cote d'ivoire", label)
    assert matches("LA COTE D IVOIRE", label)
    assert not matches("ivoire", label)
    assert not matches("!!", both("👍"))
    assert repeats(" 👍 ", both("👍"))
    assert not repeats("👎", both("👍"))


@given(st.text(max_size=100))
def test_plain_is_plain_already(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert once == once.strip()
