"""What setting an event up asks for becomes rows. All of it runs inside the turn; planning anew goes on beside it."""

from typing import assert_never

from bot.doing import Doing
from conversations.model import EventState, Role
from conversations.setting_up_effects import ChangeState, Discard, KeepDraft, Publish, SettingUpEffect
from storage import drafts, events, lives, replannings, team
from storage.states import DraftState


def apply_setting_up(effect: SettingUpEffect, doing: Doing) -> None:
    """Carry out one of them. Raises CodeTaken when somebody else began an event with that code at the same moment."""
    connection, chat, now = doing.connection, doing.chat, doing.now
    match effect:
        case KeepDraft(draft, event_id, upload, begins):
            if begins:
                event_id = lives.begin(connection, upload.code)
                team.appoint(connection, chat.id, event_id, Role.COORDINATOR, now)
            drafts.keep(connection, draft, chat.id, event_id, upload, now)
        case Discard(draft):
            drafts.settle(connection, draft, DraftState.DISCARDED)
        case Publish(event_id, draft, event):
            drafts.settle(connection, draft, DraftState.PUBLISHED)
            events.import_event(connection, event, now)
            replannings.begin(connection, event_id, chat.id, now)
        case ChangeState(event_id, state):
            lives.change(connection, event_id, state)
            if state is not EventState.ARCHIVED:
                replannings.begin(connection, event_id, chat.id, now)
        case _:
            assert_never(effect)
