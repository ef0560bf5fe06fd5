"""People who answer whatever they are asked, at their own pace and once; and a note of all that they did."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from conversations.model import Event, Question
from tests.journeys.phones import Json, Phone, asked_by, buttons_of, text_of
from tests.journeys.stories import CHANGE, HELP, JOINING, SEND, TELL

Kept = dict[tuple[str, str], object]
"""What somebody answered, by survey and question; a recall question under "recall" and its key message."""

SLOWEST, FASTEST = 0.1, 0.01
_LEFT_ALONE = {"I don’t remember", "☐ I am not sure", "Pass it on", HELP["en"]}
_WISHED = {*JOINING["en"], "Kenya", "Open"}


@dataclass(frozen=True)
class Deed:
    """An answer that must be found in the store once its update is acknowledged."""

    person: int
    place: tuple[str, str]
    value: object


@dataclass
class Life:
    """Somebody with the invitation, who speaks English. `deeds` are by the number of their update."""

    phone: Phone
    event: Event
    chance: random.Random
    deeds: dict[int, Deed]
    done: set[str] = field(default_factory=set)
    """The buttons of every keyboard that was answered."""

    async def live(self) -> None:
        """React to what the bot says until cancelled."""
        while True:
            await asyncio.sleep(self.chance.uniform(FASTEST, SLOWEST))
            for message in await self.phone.received():
                keyboard = asked_by(message)
                # A keyboard that came twice, after a crash, is still one question.
                if keyboard and keyboard.isdisjoint(self.done):
                    self.done |= keyboard
                    self._react(message)
                    break

    def _react(self, message: Json) -> None:
        text = text_of(message)
        shown = {button["text"]: button for button in buttons_of(message)}
        if SEND["en"] in shown:
            self.phone.press(message["id"], shown[SEND["en"]])
            return
        if shown.keys() - {TELL["en"]} == {CHANGE["en"], HELP["en"]}:
            return  # what is sent is sent
        for survey in self.event.surveys:
            for question in survey.questions:
                if question.label.en in text:
                    self._answer(message, (survey.name, question.name), question)
                    return
        buttons = [button for button in buttons_of(message) if button["text"] not in _LEFT_ALONE]
        if not buttons:
            return
        wished = next((button for button in buttons if button["text"] in _WISHED), self.chance.choice(buttons))
        self._note(self._recall(text, wished["text"]))
        self.phone.press(message["id"], wished)

    def _answer(self, message: Json, place: tuple[str, str], question: Question) -> None:
        labels = {choice.label.en: choice.name for choice in question.choices}
        singles = [button for button in buttons_of(message) if button["text"] in labels]
        if singles:
            button = self.chance.choice(singles)
            self._note(Deed(self.phone.person, place, labels[button["text"]]))
            self.phone.press(message["id"], button)
        elif question.choices:
            # The last option is "none of these", which goes with no other.
            picked = sorted(self.chance.sample(range(len(question.choices) - 1), 2))
            self._note(Deed(self.phone.person, place, tuple(question.choices[index].name for index in picked)))
            self.phone.write(", ".join(str(index + 1) for index in picked))
        else:
            words = f"Partnership, says {self.phone.person}."
            self._note(Deed(self.phone.person, place, words))
            self.phone.write(words)

    def _recall(self, text: str, label: str) -> Deed | None:
        for message in self.event.messages:
            for question in message.questions:
                if question.question.en in text and label in {each.label.en for each in question.choices}:
                    choice = next(each.name for each in question.choices if each.label.en == label)
                    return Deed(self.phone.person, ("recall", message.name), choice)
        return None

    def _note(self, deed: Deed | None) -> None:
        if deed is not None:
            self.deeds[self.phone.phones.sandbox.main_bot().updates.next_id] = deed


@asynccontextmanager
async def living(lives: list[Life]) -> AsyncIterator[None]:
    """These people live while the block runs. Nothing that goes wrong in a life is passed over."""
    tasks = [asyncio.create_task(life.live()) for life in lives]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        faults = [end for end in ends if isinstance(end, Exception)]
    assert faults == []
