"""The bots that are measured. Each is a file here, run as ``python -m benchmarks.bots.NAME`` with its options."""

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import stored
from benchmarks.ten_questions import THANKS

Keyboard = list[list[dict[str, Any]]]
"""The rows of an inline keyboard, as the Bot API writes them."""

INVITATION_FILE = "invitation"
"""Where in its data folder a bot that people join by invitation leaves the code of the link."""


def first_button(keyboard: Keyboard) -> dict[str, Any]:
    """The first button of the first row."""
    return keyboard[0][0]


def willing_button(keyboard: Keyboard) -> dict[str, Any]:
    """The button that says yes, otherwise the first."""
    return next((button for row in keyboard for button in row if button["text"].startswith("Yes")), keyboard[0][0])


@dataclass(frozen=True, slots=True)
class BotUnderTest:
    """What the driver must know of a bot.

    Args:
        name: name of the module in this package.
        keeps: where answers go, in a word, for the table.
        asks: False for a bot that only replies; True for one that asks the ten questions.
        end_marker: part of the message that comes after the last answer.
        joining_button: which button of a keyboard to tap before the first question comes.
        count_stored: how many answers its data folder holds; None for a bot that means to store nothing.
        loses_nothing: whether it promises to have stored what it acknowledged; a round that shows otherwise fails.
    """

    name: str
    keeps: str
    asks: bool = True
    end_marker: str = THANKS
    joining_button: Callable[[Keyboard], dict[str, Any]] = first_button
    count_stored: Callable[[Path], int] | None = None
    loses_nothing: bool = False

    @property
    def module(self) -> str:
        """The module to run."""
        return f"{__name__}.{self.name}"


BOTS = {
    bot.name: bot
    for bot in (
        BotUnderTest("echo", "nothing", asks=False),
        BotUnderTest("ptb_conversation", "pickle file", count_stored=stored.in_pickle),
        BotUnderTest("aiogram_fsm", "memory"),
        BotUnderTest("naive_sqlalchemy", "SQLite", count_stored=stored.in_sqlite),
        BotUnderTest(
            "suivi",
            "SQLite",
            end_marker="Your answers",  # all ten, to be looked through
            joining_button=willing_button,
            count_stored=stored.in_suivi,
            loses_nothing=True,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Options:
    """The options of every bot, as the driver gives them."""

    port: int
    api_url: str
    token: str
    secret: str
    data_dir: Path

    @property
    def webhook_url(self) -> str:
        """Where the driver posts updates."""
        return f"http://127.0.0.1:{self.port}/webhook"


def options() -> Options:
    """The options of this process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--api-url", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--secret", required=True)
    parser.add_argument("--data-dir", type=Path, default=Path(os.curdir))
    return Options(**vars(parser.parse_args()))
