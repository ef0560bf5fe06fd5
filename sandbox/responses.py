"""How people respond without words: reactions to messages, and votes in polls."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sandbox.chats import Chat, Group, Json, Message, Person
from sandbox.errors import ControlError
from sandbox.posting import bots_in, message_of, require_access

if TYPE_CHECKING:
    from sandbox.state import Sandbox

# https://core.telegram.org/bots/api#reactiontypeemoji
REACTIONS = frozenset(
    {
        *("❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉"),
        *("🤩", "🤮", "💩", "🙏", "👌", "🕊", "🤡", "🥱", "🥴", "😍", "🐳", "❤‍🔥", "🌚"),
        *("🌭", "💯", "🤣", "⚡", "🍌", "🏆", "💔", "🤨", "😐", "🍓", "🍾", "💋", "🖕"),
        *("😈", "😴", "😭", "🤓", "👻", "👨‍💻", "👀", "🎃", "🙈", "😇", "😨", "🤝", "✍"),
        *("🤗", "🫡", "🎅", "🎄", "☃", "💅", "🤪", "🗿", "🆒", "💘", "🙉", "🦄", "😘"),
        *("💊", "🙊", "😎", "👾", "🤷‍♂", "🤷", "🤷‍♀", "😡"),
    }
)


def reactions_json(emoji: str) -> list[Json]:
    """The list of ReactionType objects of one user, who has reacted with this emoji or (empty) not at all."""
    return [{"type": "emoji", "emoji": emoji}] if emoji else []


def with_reaction(message: Message, user_id: int, emoji: str) -> Message:
    """The message after a user reacted to it, or took the reaction back by an empty emoji."""
    others = {user: given for user, given in message.reactions.items() if user != user_id}
    return replace(message, reactions=others | ({user_id: emoji} if emoji else {}))


def react(sandbox: "Sandbox", person: Person, chat: Chat, message_id: int, emoji: str) -> None:
    """React to a message, or take the reaction back by an empty emoji.

    Bots that asked for it by name get a `message_reaction`, in groups only administrators
    (https://core.telegram.org/bots/api#update).

    Raises:
        ControlError: Telegram has no such reaction, or it is a service message.
    """
    require_access(sandbox, person, chat)
    message = message_of(chat, message_id)
    if emoji and emoji not in REACTIONS:
        raise ControlError(f"nobody can react with {emoji!r}")
    if message.is_service:
        raise ControlError("nobody can react to a notice", 409)
    before = message.reactions.get(person.id, "")
    if before == emoji:
        return
    sandbox.redraw(chat, with_reaction(message, person.id, emoji))
    update: Json = {
        "chat": sandbox.chat_json(chat),
        "message_id": message.id,
        "user": person.user(),
        "date": sandbox.clock.unix(),
        "old_reaction": reactions_json(before),
        "new_reaction": reactions_json(emoji),
    }
    for bot in bots_in(sandbox, chat):
        if not isinstance(chat, Group) or chat.bots[bot.id] == "administrator":
            sandbox.deliver(bot, "message_reaction", update)


def vote(sandbox: "Sandbox", person: Person, chat: Chat, message_id: int, options: list[int]) -> None:
    """Choose options of a poll by their position, or take the vote back by choosing none.

    The bot that asked gets a `poll_answer` with who chose what, or of an anonymous poll a `poll` with the figures.

    Raises:
        ControlError: the message is no poll, the poll is closed, or it does not allow this choice.
    """
    require_access(sandbox, person, chat)
    message = message_of(chat, message_id)
    poll, chosen = message.poll, tuple(sorted(set(options)))
    if poll is None:
        raise ControlError("this message is no poll", 409)
    if poll.closed or (person.id in poll.votes and not poll.revoting):
        raise ControlError("this poll is closed" if poll.closed else "this poll takes no second vote", 409)
    if any(place not in range(len(poll.options)) for place in chosen) or (len(chosen) > 1 and not poll.multiple):
        raise ControlError(f"this poll does not allow the choice {options}")
    if poll.votes.get(person.id, ()) == chosen:
        return
    poll = poll.voted(person.id, chosen)
    sandbox.redraw(chat, replace(message, poll=poll))
    bot = sandbox.bot(message.sender["id"])
    if poll.anonymous:
        sandbox.deliver(bot, "poll", poll.content())
        return
    answer: Json = {
        "poll_id": poll.id,
        "user": person.user(),
        "option_ids": list(chosen),
        "option_persistent_ids": [str(place) for place in chosen],
    }
    sandbox.deliver(bot, "poll_answer", answer)
