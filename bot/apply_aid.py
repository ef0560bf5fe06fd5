"""What the turns of those who ask for help, and of those who help, ask for becomes rows, inside the turn."""

from typing import assert_never

from bot.doing import Doing
from conversations.aid_effects import (
    AidEffect,
    AskForContact,
    DropLetters,
    ExpectAnswer,
    KeepLetter,
    NoteReferral,
    SettleRequest,
)
from storage import help_requests


def apply_aid(effect: AidEffect, doing: Doing) -> None:
    """Carry out one effect of such a turn."""
    connection, chat, now = doing.connection, doing.chat, doing.now
    match effect:
        case NoteReferral():
            help_requests.note_referral(connection, chat.id, now)
        case AskForContact(request, event_id, word, due):
            help_requests.ask(connection, chat.id, request, event_id, word, due, now)
        case SettleRequest(request, state, due):
            help_requests.settle(connection, request, state, chat.id, due, now)
        case ExpectAnswer(request, due):
            help_requests.put_off(connection, request, due)
        case KeepLetter(request, letter, to_team):
            help_requests.keep(connection, doing.vault, request, letter, now, to_team=to_team)
        case DropLetters(request, to_team):
            help_requests.drop_letters(connection, request, to_team=to_team)
        case _:
            assert_never(effect)
