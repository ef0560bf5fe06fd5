"""What simulated people are like: what they tap, what they never tap, what they type, and how much they react to."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sandbox.chats import Json, JsonValue, Message
from sandbox.errors import ControlError
from sandbox.people import buttons
from sandbox.sending import SENT

# A keyboard that stays as it is after a tap gets so many more; one that changes with each tap gets the larger number.
UNCHANGED_TAPS = 4
TAPS_ON_ONE_MESSAGE = 24
# After so many taps on one message a person takes its last button: below a list of boxes, that is the way on.
TAPS_BEFORE_THE_LAST = 12
# A box that is ticked already is left as it is.
_TICKED = ("☑", "✅", "✔")
_BOXES = ("☐", *_TICKED)


@dataclass(frozen=True, slots=True)
class Answer:
    """A reaction that is set: under a message that contains `when`, tap the button that reads `tap`, or type, or send.

    `send` is one of SENT.
    """

    when: str = ""
    tap: str = ""
    type: str = ""
    send: str = ""


@dataclass(frozen=True, slots=True)
class Habits:
    """How a person behaves.

    `avoid` holds the button texts they never tap unless an answer says so, `ignore` those among them beside which
    nothing is asked: where they alone remain, people do nothing. `leave` words of messages that they leave
    alone altogether, `texts` what they type when they have to write, `answers` the reactions that come before all
    chance. `diligence` is the share of unasked messages that they react to at all. `ticks` is the most boxes that they
    tick under one message, None for as many as chance has it.
    """

    avoid: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    leave: tuple[str, ...] = ()
    texts: tuple[str, ...] = ("Thank you",)
    answers: tuple[Answer, ...] = ()
    diligence: float = 1.0
    ticks: int | None = None

    def answer_to(self, message: Message) -> tuple[Answer, Json | None] | None:
        """The set reaction to this message, with the button it means; None for no reaction, or no button."""
        shown = {button["text"]: button for button in reversed(buttons(message)) if _can_be_tapped(button, message)}
        for answer in self.answers:
            if answer.when not in message.text:
                continue
            if answer.tap in shown:
                return answer, shown[answer.tap]
            if not answer.tap:
                return answer, None
        return None

    def leaves(self, message: Message) -> bool:
        """Whether they leave this message alone."""
        return any(words in message.text for words in self.leave)

    def sends_for(self, message: Message) -> bool:
        """Whether a set reaction names this message and sends something: then no button or demand has to ask for it."""
        found = self.answer_to(message)
        return found is not None and bool(found[0].send and found[0].when)

    def choice(self, message: Message, tapped: list[str], chance: random.Random) -> Json | None:
        """A button to tap, one not in `tapped` if possible; None when none may be tapped (any more)."""
        if len(tapped) >= TAPS_ON_ONE_MESSAGE:
            return None
        allowed = [
            button
            for button in buttons(message)
            if button["text"] not in self.avoid
            and not button["text"].startswith(_TICKED)
            and _can_be_tapped(button, message)
        ]
        if allowed and len(tapped) >= TAPS_BEFORE_THE_LAST:
            return allowed[-1]
        if self.ticks is not None:
            allowed = self._boxes_or_on(message, allowed, tapped, chance)
        fresh = [button for button in allowed if key(button) not in tapped]
        return chance.choice(fresh or allowed) if allowed else None

    def _boxes_or_on(
        self, message: Message, allowed: list[Json], tapped: list[str], chance: random.Random
    ) -> list[Json]:
        """Of a list of boxes the boxes alone until enough are ticked, then what is no box.

        Each number of boxes up to `ticks` is as likely.
        """
        boxes = [
            each for each in buttons(message) if each["text"].startswith(_BOXES) and each["text"] not in self.avoid
        ]
        if not boxes:
            return allowed
        ticked = sum(each["text"].startswith(_TICKED) or key(each) in tapped for each in boxes)
        most = min(self.ticks or 0, len(boxes))
        enough = ticked > 0 and chance.random() * (most - ticked + 1) < 1
        return [each for each in allowed if each["text"].startswith(_BOXES) is not enough] or allowed

    def has_to_write(self, message: Message, tapped: list[str]) -> bool:
        """Whether the bot asks for words, or all that remains to be tapped is avoided."""
        avoided = any(button["text"] in self.avoid - self.ignore for button in buttons(message))
        return asks_for_text(message) or (avoided and len(tapped) < TAPS_ON_ONE_MESSAGE)


def changed(habits: Habits, body: Mapping[str, JsonValue]) -> Habits:
    """The habits with what the control interface says anew, by the names of their fields.

    Raises:
        ControlError: one of them is not what it should be.
    """
    new: dict[str, JsonValue] = {}
    if body.get("avoid") is not None:
        new["avoid"] = _flat(body["avoid"])
    if body.get("ignore") is not None:
        new["ignore"] = _flat(body["ignore"])
    if body.get("leave") is not None:
        new["leave"] = tuple(_texts(body["leave"]))
    if body.get("texts"):
        new["texts"] = tuple(_texts(body["texts"]))
    if body.get("answers") is not None:
        new["answers"] = tuple(_answer(entry) for entry in _list(body["answers"]))
    if body.get("diligence") is not None:
        new["diligence"] = _share(body["diligence"])
    if body.get("ticks") is not None:
        new["ticks"] = _most(body["ticks"])
    return replace(habits, **new)


def key(button: Json) -> str:
    """What tells a button from the others of its message."""
    return str(button.get("callback_data") or button["text"])


def asks_for_text(message: Message) -> bool:
    """Whether the bot demands a reply in words."""
    return bool((message.markup or {}).get("force_reply"))


def _can_be_tapped(button: Json, message: Message) -> bool:
    """Links, and the like, are nothing for simulated people."""
    return not message.inline_keyboard or "callback_data" in button


def _flat(avoid: JsonValue) -> frozenset[str]:
    """Button texts never tapped, given as a list or as one list for each language."""
    if isinstance(avoid, dict):
        return frozenset(text for texts in avoid.values() for text in _texts(texts))
    return frozenset(_texts(avoid))


def _texts(raw: JsonValue) -> list[str]:
    return [str(text) for text in _list(raw)]


def _list(raw: JsonValue) -> list[JsonValue]:
    if not isinstance(raw, list):
        raise ControlError(f"'avoid', 'leave', 'texts' and 'answers' are lists, not {raw!r}")
    return raw


def _answer(entry: JsonValue) -> Answer:
    if not isinstance(entry, dict) or sum(bool(entry.get(name)) for name in ("tap", "type", "send")) != 1:
        raise ControlError('an answer is {"when": text, "tap": text}, or with "type" or "send" in the place of "tap"')
    if entry.get("send") and entry["send"] not in SENT:
        raise ControlError(f"people send {', '.join(SENT)}, not {entry['send']!r}")
    return Answer(**{name: str(entry.get(name) or "") for name in ("when", "tap", "type", "send")})


def _share(raw: JsonValue) -> float:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not 0 <= raw <= 1:
        raise ControlError(f"'diligence' is a share from 0 to 1, not {raw!r}")
    return float(raw)


def _most(raw: JsonValue) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 1:
        raise ControlError(f"'ticks' is a whole number from 1, not {raw!r}")
    return raw
