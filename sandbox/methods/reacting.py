"""Polls and reactions: sendPoll, stopPoll, setMessageReaction."""

from dataclasses import replace

from sandbox.calls import Call
from sandbox.chats import Json, JsonValue
from sandbox.entities import utf16_length
from sandbox.errors import bad_request
from sandbox.keyboards import checked_markup
from sandbox.methods.registry import method
from sandbox.methods.sending import send
from sandbox.methods.targets import message_in, writable_chat
from sandbox.polls import Poll
from sandbox.responses import REACTIONS, with_reaction

LONGEST_QUESTION = 300
LONGEST_OPTION = 100
MOST_OPTIONS = 12


@method("sendPoll")
async def send_poll(call: Call) -> Json:
    """https://core.telegram.org/bots/api#sendpoll; there are no quizzes here, and no polls that end by themselves."""
    chat = writable_chat(call)
    question = call.text("question").strip()
    if not question:
        raise bad_request("poll question must be non-empty")
    if utf16_length(question) > LONGEST_QUESTION:
        raise bad_request(f"poll question length must not exceed {LONGEST_QUESTION}")
    if call.text("type") not in ("", "regular") or call.has("open_period") or call.has("close_date"):
        raise bad_request("the sandbox knows regular polls only, which stay open until they are stopped")
    options = _options(call)
    poll = Poll(
        str(call.sandbox.counters.poll),
        question,
        options,
        anonymous=call.boolean("is_anonymous") or not call.has("is_anonymous"),
        multiple=call.boolean("allows_multiple_answers"),
        revoting=call.boolean("allows_revoting") or not call.has("allows_revoting"),
    )
    call.sandbox.counters.poll += 1
    return send(call, chat, {}, poll=poll)


def _options(call: Call) -> tuple[str, ...]:
    raw = call.structure("options")
    if not isinstance(raw, list):
        raise bad_request("expected an Array of InputPollOption")
    if not raw:
        raise bad_request("poll must have at least 1 option")
    if len(raw) > MOST_OPTIONS:
        raise bad_request(f"poll can't have more than {MOST_OPTIONS} options")
    return tuple(_option(each) for each in raw)


def _option(raw: JsonValue) -> str:
    """An InputPollOption, or the plain text that it was in earlier versions of the Bot API."""
    text = raw.get("text") if isinstance(raw, dict) else raw
    if not isinstance(text, str):
        raise bad_request('can\'t parse options: Field "text" must be of type String')
    if not text.strip():
        raise bad_request("poll options must be non-empty")
    if utf16_length(text.strip()) > LONGEST_OPTION:
        raise bad_request(f"poll options length must not exceed {LONGEST_OPTION}")
    return text.strip()


@method("stopPoll")
async def stop_poll(call: Call) -> Json:
    """https://core.telegram.org/bots/api#stoppoll."""
    chat = writable_chat(call)
    message = message_in(chat, call, "message with poll to stop")
    if message.poll is None:
        raise bad_request("message is not a poll")
    if message.sender["id"] != call.bot.id:
        raise bad_request("poll can't be stopped")
    if message.poll.closed:
        raise bad_request("poll has already been closed")
    markup = checked_markup(call.structure("reply_markup"), inline_only=True)
    poll = replace(message.poll, closed=True)
    call.sandbox.redraw(chat, replace(message, poll=poll, markup=markup))
    call.sandbox.deliver(call.bot, "poll", poll.content())
    return poll.content()


@method("setMessageReaction")
async def set_message_reaction(call: Call) -> bool:
    """https://core.telegram.org/bots/api#setmessagereaction; no bot hears of reactions by bots."""
    emojis = _emojis(call)
    chat = writable_chat(call)
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    if len(emojis) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if message.is_service or not REACTIONS.issuperset(emojis):
        raise bad_request("REACTION_INVALID")
    call.sandbox.redraw(chat, with_reaction(message, call.bot.id, emojis[0] if emojis else ""))
    return True


def _emojis(call: Call) -> list[str]:
    raw = call.structure("reaction") or []
    if not isinstance(raw, list):
        raise bad_request("expected an Array of ReactionType")
    for each in raw:
        if not isinstance(each, dict):
            raise bad_request("can't parse ReactionType: expected an Object")
        if each.get("type") != "emoji":
            raise bad_request("can't parse ReactionType: invalid reaction type specified")
    return [str(each.get("emoji", "")) for each in raw]
