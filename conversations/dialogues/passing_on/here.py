"""What somebody can pass on, and how far they have chosen."""

from dataclasses import dataclass, replace

from conversations.conversation import Choosing, Conversation, PassingOn
from conversations.desk import able
from conversations.handout import Handout, handout
from conversations.model import Event, KeyMessage
from conversations.questions import PAGE
from conversations.reading import LONG_LIST
from conversations.roles import Act
from conversations.scene import Scene


@dataclass(frozen=True, slots=True)
class Here:
    """Where the person is: what they have chosen so far, and the event in its newest revision."""

    conversation: Conversation
    step: PassingOn
    event: Event

    @property
    def listed(self) -> tuple[KeyMessage, ...]:
        """The key messages that they can choose from."""
        return tuple(each for each in self.event.messages if self.step.warned or not each.sensitive)

    @property
    def hidden(self) -> int:
        """How many more there are, of which they have not been warned."""
        return len(self.event.messages) - len(self.listed)

    @property
    def pages(self) -> int:
        """Of the list."""
        return 1 if len(self.listed) <= LONG_LIST else -(-len(self.listed) // PAGE)

    @property
    def handout(self) -> Handout:
        """What is chosen, in the language that is chosen."""
        return handout(self.event, self.step.chosen, self.step.language)

    def going_on(self, **changes: object) -> "Here":
        """The same with that changed."""
        return replace(self, step=replace(self.step, **changes))  # type: ignore[arg-type] # fields of the step, by name


def theirs(scene: Scene) -> dict[str, int]:
    """The events that the person takes part in or looks after, by code, with the newest revision of each."""
    duties = able(scene.desk.duties, Act.SHOW) if scene.desk is not None else ()
    looked_after = {each.event: each.revision for each in duties if each.revision}
    return {each.event: each.newest or each.revision for each in scene.enrolments} | looked_after


def offers(scene: Scene) -> dict[str, int]:
    """Those of them that have something to pass on, and are not stopped."""
    return {
        code: revision
        for code, revision in theirs(scene).items()
        if not scene.stopped.covers(code) and scene.events[revision].messages
    }


def begun(conversation: Conversation, step: PassingOn, code: str, scene: Scene) -> Here:
    """The event is chosen: all its messages are ticked at first, but for those that need care."""
    revision = offers(scene)[code]
    at = Here(conversation, replace(step, event=code, revision=revision), scene.events[revision])
    chosen = tuple(each.name for each in at.listed)
    return at.going_on(asked=Choosing.MESSAGES if chosen else Choosing.CARE, chosen=chosen)


def here(conversation: Conversation, step: PassingOn, scene: Scene) -> Here | None:
    """Where they are now; None when that event is stopped, or theirs no more.

    Where its pack has changed since they saw the messages, they look through those once more.
    """
    revision = offers(scene).get(step.event)
    if revision is None:
        return None
    at = Here(conversation, step, scene.events[revision])
    if revision == step.revision:
        return at
    chosen = tuple(each.name for each in at.listed if each.name in step.chosen)
    return at.going_on(asked=Choosing.MESSAGES, revision=revision, chosen=chosen, page=0)
