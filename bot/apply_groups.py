"""What a team's turns do to the groups that get digests. All of it runs inside the turn."""

from dataclasses import replace
from typing import assert_never

from bot import planning
from bot.doing import Doing
from conversations.team_effects import ArrangeGroup, AskDigest, EndLink
from storage import chats, groups


def apply_to_group(effect: ArrangeGroup | EndLink | AskDigest, doing: Doing) -> None:
    """Carry out one effect on a linked group."""
    match effect:
        case ArrangeGroup():
            _arrange(effect, doing)
        case EndLink(group):
            groups.unlink(doing.connection, group)
        case AskDigest(group, number):
            groups.ask(doing.connection, group, number, doing.now)
        case _:
            assert_never(effect)


def _arrange(effect: ArrangeGroup, doing: Doing) -> None:
    """Keep what was chosen, and plan the group's digests anew."""
    connection, now = doing.connection, doing.now
    try:
        group = chats.by_id(connection, doing.vault, effect.chat)
    except LookupError:
        return  # it is gone: there is nothing to arrange
    chats.save(connection, doing.vault, group, replace(group.conversation, language=effect.language), None)
    groups.arrange(connection, effect.chat, effect.slot, effect.topic, both=effect.both)
    planning.plan_group(connection, doing.contents, effect.chat, now)
