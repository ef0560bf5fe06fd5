"""Where a scene plays: it finds or brings in the people and groups that a step names, and does what the step says."""

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, assert_never

from sandbox import membership, people, sending
from sandbox.chats import Chat, Group, Json, Message, Person, PrivateChat
from sandbox.control_crowd import gathered
from sandbox.crowd import invitation
from sandbox.demo import add_phone
from sandbox.moving import Move
from sandbox.scene_steps import Do, Part, Scene, Step
from sandbox.signals import Signal

if TYPE_CHECKING:
    from sandbox.state import Sandbox

Seen = dict[tuple[int, int], Message]
"""Messages by chat and id, in the form they had at some time."""


class Halt(Exception):
    """A scene cannot go on; `words` say why, in each language."""

    def __init__(self, en: str, fr: str) -> None:
        super().__init__(en)
        self.words = {"en": f"The scene stopped here: {en}", "fr": f"La scène s’arrête ici\u00a0: {fr}"}


class ClockStopped(Exception):
    """Somebody stopped the move that a step was making."""


class Stage:
    """One play of one scene. `changed` is notified whenever a message came or changed, in any chat."""

    def __init__(self, sandbox: "Sandbox", scene: Scene, changed: Signal) -> None:
        self._sandbox = sandbox
        self._changed = changed
        self._bot = sandbox.main_bot()
        self._before = self._seen()
        self._tapped: Seen = {}
        self._cast = {part.name: self._bring_in(part) for part in scene.cast}

    async def perform(self, step: Step) -> None:
        """Do what the step says, and wait for what it waits for.

        Raises:
            Halt: what it waits for did not come, or there is no invitation.
            ClockStopped: its move was stopped.
            ControlError: it cannot be done.
        """
        sandbox = self._sandbox
        match step.do:
            case Do.ADVANCE | Do.NEXT | Do.UNTIL:
                await self._move(step)
            case Do.WAIT:
                await self._wait(step)
            case Do.TAP:
                await self._tap(step)
            case Do.CROWD:
                # Another seed each time, so that the crowds of several plays are not of one mind.
                gathered(sandbox, {"people": step.people, "seed": len(sandbox.people)})
                await sandbox.crowd.settle(sandbox.pace.scene_patience)
            case Do.GROUP:
                self._gather_group(step)
            case Do.START:
                self._start(step)
            case Do.SAY:
                people.say(sandbox, self._person(step.who), self._chat(step), step.text)
            case Do.SEND:
                # Where it is does not matter here, only that there is a place: the same one each time.
                await sending.send(sandbox, self._person(step.who), self._chat(step), step.kind, Random(0))  # noqa: S311
            case Do.BLOCK | Do.UNBLOCK:
                blocked = step.do is Do.BLOCK
                membership.set_blocked(sandbox, self._person(step.who), self._private(step), blocked=blocked)
            case Do.LANGUAGE:
                sandbox.change_language(self._person(step.who).id, step.language)
            case Do.LOCK | Do.UNLOCK:
                sandbox.show(self._private(step), {"type": "lock", "locked": step.do is Do.LOCK})
            case _:
                assert_never(step.do)

    # People and places

    def where(self, step: Step) -> int | None:
        """The chat that a step is about, if it names one that is there already."""
        if step.chat:
            group = self._group(step.chat)
            return group.id if group else None
        named = [person.id for person in self._known(step.who)]
        return named[0] if named else None

    def _bring_in(self, part: Part) -> Person:
        """Somebody new: a phone of that name which has not spoken to the bot yet, else one more phone."""
        for person in self._people():
            chat = self._sandbox.private_chats.get((self._bot.id, person.id))
            fits = person.name == part.name and self._sandbox.invitations.role_of(person.id) is part.role
            if fits and person.phone and not (chat and chat.started):
                return person
        return add_phone(self._sandbox, self._new_name(part.name), part.language, part.zone, part.role)

    def _new_name(self, name: str) -> str:
        taken = {person.name for person in self._people() if person.phone}
        numbered = (f"{name} {number}" for number in range(2, len(taken) + 3))
        return next(each for each in (name, *numbered) if each not in taken)

    def _people(self) -> list[Person]:
        return [person for person in self._sandbox.people.values() if not person.simulated]

    def _person(self, name: str) -> Person:
        """The person of that name: of the cast, else with a phone, else anybody; a new phone if there is nobody."""
        known = self._known(name)
        return known[0] if known else self._sandbox.add_person(name, "en", phone=True)

    def _known(self, name: str) -> list[Person]:
        if name in self._cast:
            return [self._sandbox.person(self._cast[name].id)]
        return sorted((each for each in self._people() if each.name == name), key=lambda each: not each.phone)

    def _private(self, step: Step) -> PrivateChat:
        return self._sandbox.private_chat(self._bot.id, self._person(step.who).id)

    def _chat(self, step: Step) -> Chat:
        """The group that the step names, else the private chat of who acts."""
        if not step.chat:
            return self._private(step)
        group = self._group(step.chat)
        if group is None:
            raise Halt(f"there is no group “{step.chat}”.", f"il n’y a pas de groupe «\u00a0{step.chat}\u00a0».")
        return group

    def _group(self, title: str) -> Group | None:
        present = [group for group in self._sandbox.groups.values() if group.upgraded_to is None]
        return next((group for group in present if group.title == title), None)

    def _gather_group(self, step: Step) -> None:
        """A group of that title with these people and the bot."""
        members = [self._person(name) for name in step.members]
        group = self._group(step.chat)
        if group is None:
            group = self._sandbox.add_group(step.chat, [person.id for person in members], phone=True)
        for person in members:
            membership.join(self._sandbox, person, group)
        if not group.has_bot(self._bot.id):
            membership.add_bot(self._sandbox, members[0], group, self._bot, administrator=False)

    # Deeds

    def _start(self, step: Step) -> None:
        person, code, bot_id = self._person(step.who), step.code, self._bot.id
        if not code:
            link = self._sandbox.invitations.of(person.id)
            if link is None:
                raise Halt(f"{person.name} has no invitation.", f"{person.name} n’a pas d’invitation.")
            bot_id, code = invitation(self._sandbox, link)
        people.start(self._sandbox, person, self._sandbox.private_chat(bot_id, person.id), code)

    async def _tap(self, step: Step) -> None:
        person, chat = self._person(step.who), self._chat(step)
        label = step.text or step.data or f"№ {step.place}"
        if not await self._within_patience(lambda: self._button(step, chat) is not None):
            raise Halt(
                f"{person.name} sees no button “{label}”.",
                f"{person.name} ne voit pas de bouton «\u00a0{label}\u00a0».",
            )
        found = self._button(step, chat)
        assert found is not None  # noqa: S101 - nothing has run since it was there
        message, button = found
        self._tapped[chat.id, message.id] = message
        people.press(self._sandbox, person, chat, message, button)

    def _button(self, step: Step, chat: Chat) -> tuple[Message, Json] | None:
        """The newest button that fits, but none under a message that is as it was when it was tapped in this scene.

        The bot has not reacted to that tap yet: its answer may bring a button that fits better.
        """
        for message in reversed(chat.messages.values()):
            if self._tapped.get((chat.id, message.id)) is message:
                continue
            buttons = people.buttons(message)
            if step.place:
                buttons = buttons[step.place - 1 : step.place]
            for button in buttons:
                if _fits(button, step):
                    return message, button
        return None

    async def _wait(self, step: Step) -> None:
        if not step.text:
            return
        chat = self._chat(step)
        if not await self._within_patience(lambda: self._came(chat, step.text, self._before) is not None):
            raise _missing(step)
        # What was waited for once does not count again.
        if message := self._came(chat, step.text, self._before):
            self._before[chat.id, message.id] = message

    async def _move(self, step: Step) -> None:
        mover, clock = self._sandbox.mover, self._sandbox.clock
        if step.do is Do.ADVANCE:
            self._moved(await mover.advance(step.by))
            return
        if step.do is Do.NEXT:
            self._moved(await mover.to_next())
            return
        chat, before, end = self._chat(step), self._seen(), clock.after(step.by)
        while self._came(chat, step.text, before) is None:
            move = await mover.to_next()
            self._moved(move)
            if not move.steps or clock.now() > end:
                raise _missing(step)

    def _moved(self, move: Move) -> None:
        if move.stopped:
            raise ClockStopped

    # Messages

    def _seen(self) -> Seen:
        chats: list[Chat] = [*self._sandbox.private_chats.values(), *self._sandbox.groups.values()]
        return {(chat.id, id_): message for chat in chats for id_, message in chat.messages.items()}

    def _came(self, chat: Chat, text: str, before: Seen) -> Message | None:
        """A message with that text which the bot has sent since, or changed to have it."""
        for message in chat.messages.values():
            is_new = before.get((chat.id, message.id)) is not message
            if is_new and text in message.text and message.sender["is_bot"]:
                return message
        return None

    async def _within_patience(self, condition: Callable[[], bool]) -> bool:
        return await self._changed.until(condition, self._sandbox.pace.scene_patience)


def _fits(button: Json, step: Step) -> bool:
    if step.data:
        return bool(button.get("callback_data") == step.data)
    return not step.text or bool(button["text"] == step.text)


def _missing(step: Step) -> Halt:
    where = step.chat or step.who
    return Halt(
        f"no message “{step.text}” came to {where}.",
        f"aucun message «\u00a0{step.text}\u00a0» n’est arrivé chez {where}.",
    )
