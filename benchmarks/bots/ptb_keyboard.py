"""The keyboard of a question for the two bots on python-telegram-bot."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from benchmarks.ten_questions import Question


def keyboard(question: Question) -> InlineKeyboardMarkup:
    """One option a row; a tap sends the option's name."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=name)] for name, label in question.options])
