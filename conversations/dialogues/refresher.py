"""A refresher: a neutral line, a tap that reveals a recall question, and its explanation at once.

It has no step in the conversation: its buttons say all that is needed, so it can wait beside anything else.
"""

from conversations.buttons import Open, Recall
from conversations.conversation import Conversation
from conversations.effects import RecordRecall, Revise, Toast, Turn
from conversations.messages import Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import KeyMessage, Words
from conversations.refreshers import options
from conversations.scene import Nudge, Scene


def announcement(nudge: Nudge) -> Message:
    """The neutral line that arrives unasked: it names no event and no topic."""
    return message(phrase("You have a new message."), keyboard=((Key(short("button", "Open"), Open(nudge.id)),),))


def opened(conversation: Conversation, nudge: Nudge, scene: Scene) -> Turn:
    """The nudge's button was tapped: the recall question takes the place of the neutral line."""
    if nudge.recalled:
        return Turn(conversation, (Toast(phrase("You have answered this one already. Thank you!")),))
    key_message = scene.events[nudge.revision].message(nudge.name)
    keyboard = tuple(
        (Key(choice.label, Recall(nudge.id, index)),) for index, choice in enumerate(options(key_message, nudge.id))
    )
    question = message(phrase("From memory, without looking it up:"), strong(key_message.question), keyboard=keyboard)
    return Turn(conversation, (Toast(), Revise(question)))


def recalled(conversation: Conversation, nudge: Nudge, index: int, scene: Scene) -> Turn:
    """An option was tapped: say at once whether it is right, and why."""
    key_message = scene.events[nudge.revision].message(nudge.name)
    shown = options(key_message, nudge.id)
    if nudge.recalled or index >= len(shown):
        return Turn(conversation, (Toast(phrase("You have answered this one already. Thank you!")),))
    choice = shown[index].name
    right = choice == key_message.right
    return Turn(
        conversation,
        (Toast(), RecordRecall(nudge.id, choice, right), Revise(_explained(key_message, choice))),
    )


def _explained(key_message: KeyMessage, choice: str) -> Message:
    labels = {each.name: each.label for each in key_message.choices}
    right = labels[key_message.right]
    verdict = (
        phrase("Yes: {answer}", answer=right)
        if choice == key_message.right
        else phrase("You chose: {chosen}. The right answer: {answer}.", chosen=labels[choice], answer=right)
    )
    parts: list[Words | Paragraph] = [
        strong(key_message.question),
        verdict,
        key_message.explanation,
        strong(key_message.text),
    ]
    if key_message.source:
        parts.append(phrase("Source: {source}", source=key_message.source))
    return message(*parts)
