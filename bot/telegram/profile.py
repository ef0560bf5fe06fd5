"""How the bot presents itself on Telegram: commands and descriptions, in both languages, and discreet.

Whoever looks over a shoulder may see these: they name no topic.
"""

import logging

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from conversations.messages import phrase
from conversations.model import Language
from conversations.words import Command
from locales.phrases import say

log = logging.getLogger(__name__)

COMMANDS = {
    Command.HELP: phrase("What you can do here"),
    Command.CONTINUE: phrase("Go on with questions you put aside"),
    Command.CALENDAR: phrase("What is coming, and when you want it"),
    Command.STORY: phrase("Tell others something, and see what became of it"),
    Command.PASS_ON: phrase("What you learnt, for your colleagues"),
    Command.LANGUAGE: phrase("English or French"),
    Command.STOP: phrase("Leave: nothing more is sent"),
}
SHORT_DESCRIPTION = phrase("Short messages after a learning event.")
DESCRIPTION = phrase(
    "Short questions and reminders in the year after a learning event. Open your invitation link to begin."
)


async def present(bot: Bot) -> None:
    """Set commands and descriptions where they differ. A failure is logged: the bot works without them."""
    try:
        for language in Language:
            # English is also what everybody else's client is shown.
            for code in (None, language.value) if language is Language.EN else (language.value,):
                await _present_in(bot, language, code)
    except TelegramError as error:
        log.warning("commands and descriptions could not be set (%s)", type(error).__name__)


async def _present_in(bot: Bot, language: Language, code: str | None) -> None:
    scope = BotCommandScopeAllPrivateChats()
    commands = tuple(BotCommand(command, say(words, language)) for command, words in COMMANDS.items())
    if await bot.get_my_commands(scope=scope, language_code=code) != commands:
        await bot.set_my_commands(commands, scope=scope, language_code=code)
    description, short = say(DESCRIPTION, language), say(SHORT_DESCRIPTION, language)
    if (await bot.get_my_description(language_code=code)).description != description:
        await bot.set_my_description(description, language_code=code)
    if (await bot.get_my_short_description(language_code=code)).short_description != short:
        await bot.set_my_short_description(short, language_code=code)
