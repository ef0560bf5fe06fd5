"""A refresher: a neutral line, a tap that reveals a recall question, its explanation at once, and a way to pass it on.

It has no step in the conversation: its buttons say all that is needed, so it can wait beside anything else.
"""

from dataclasses import replace

from conversations.buttons import NOT_KNOWN, Another, Doubt, Open, PassOn, Recall
from conversations.circumstances import learnt_at
from conversations.conversation import Conversation
from conversations.effects import PersonalEffect, RecordRecall, Replan, Revise, Say, Toast, Turn
from conversations.messages import Card, Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import RecallQuestion, Words
from conversations.refreshers import Item, graded, ladder, options, recalled
from conversations.scene import Nudge, Scene


def announcement(nudge: Nudge) -> Message:
    """The neutral line that arrives unasked: it names no event and no topic."""
    return message(phrase("You have a new message."), keyboard=((Key(short("button", "Open"), Open(nudge.id)),),))


def opened(conversation: Conversation, nudge: Nudge, scene: Scene) -> Turn:
    """The nudge's button was tapped: the recall question takes the place of the neutral line."""
    item = _first_open(nudge)
    if item is None:
        return _answered_already(conversation)
    return Turn(conversation, (Toast(), Revise(_question(nudge, item, scene, sure=True))))


def another(conversation: Conversation, nudge: Nudge, scene: Scene) -> Turn:
    """The next recall question, below the explanation of the one before."""
    item = _first_open(nudge)
    if item is None:
        return _answered_already(conversation)
    return Turn(conversation, (Toast(), Say(_question(nudge, item, scene, sure=True))))


def doubted(conversation: Conversation, nudge: Nudge, button: Doubt, scene: Scene) -> Turn:
    """The box of those who are not sure was ticked, or unticked."""
    if not _is_open(nudge, button.item):
        return _answered_already(conversation)
    return Turn(conversation, (Toast(), Revise(_question(nudge, button.item, scene, sure=button.sure))))


def answered(conversation: Conversation, nudge: Nudge, button: Recall, scene: Scene) -> Turn:
    """An option was tapped, or that one does not know: say at once what is right, and why."""
    if not _is_open(nudge, button.item):
        return _answered_already(conversation)
    item = nudge.items[button.item]
    question = _asked(nudge, item, scene)
    shown = options(question, nudge.id)
    if button.index >= len(shown) and button.index != NOT_KNOWN:
        return _answered_already(conversation)
    choice = shown[button.index].name if button.index < len(shown) else None
    recorded = _recorded(conversation, nudge, item, choice, scene, sure=button.sure)
    done = replace(
        nudge, items=tuple(replace(each, choice=choice or "") if each == item else each for each in nudge.items)
    )
    explained = _explained(done, button.item, choice, scene)
    return Turn(conversation, (Toast(), *recorded, Revise(explained)))


def passed_on(conversation: Conversation, nudge: Nudge, button: PassOn, scene: Scene) -> Turn:
    """The key message in a form to forward: a picture, and its words in a message without anything of the bot's."""
    if button.item >= len(nudge.items):
        return _answered_already(conversation)
    key_message = scene.events[nudge.revision].message(nudge.items[button.item].message)
    if key_message.sensitive and not button.warned:
        warning = message(
            phrase("This message speaks of something that can put people at risk where it is seen."),
            phrase("Think of who could see it on your phone and on theirs before you pass it on."),
            keyboard=((Key(short("button", "Show it all the same"), replace(button, warned=True)),),),
        )
        return Turn(conversation, (Toast(), Say(warning)))
    source = phrase("Source: {source}", source=key_message.source) if key_message.source.en else None
    words: list[Words] = [key_message.text, *([source] if source else [])]
    return Turn(
        conversation,
        (
            Toast(phrase("Forward the picture or the text below to whomever you like.")),
            Say(replace(message(*words), cards=(Card(key_message.text, source),))),
        ),
    )


def _first_open(nudge: Nudge) -> int | None:
    return next((number for number, item in enumerate(nudge.items) if item.choice is None), None)


def _is_open(nudge: Nudge, item: int) -> bool:
    return item < len(nudge.items) and nudge.items[item].choice is None


def _answered_already(conversation: Conversation) -> Turn:
    return Turn(conversation, (Toast(phrase("You have answered this one already. Thank you!")),))


def _asked(nudge: Nudge, item: Item, scene: Scene) -> RecallQuestion:
    return scene.events[nudge.revision].message(item.message).questions[item.question]


def _question(nudge: Nudge, item: int, scene: Scene, *, sure: bool) -> Message:
    question = _asked(nudge, nudge.items[item], scene)
    keyboard = [
        (Key(choice.label, Recall(nudge.id, item, index, sure)),)
        for index, choice in enumerate(options(question, nudge.id))
    ]
    keyboard.append((Key(short("button", "I don’t remember"), Recall(nudge.id, item, NOT_KNOWN, sure)),))
    keyboard.append(
        (Key(short("button: box to tick", "I am not sure"), Doubt(nudge.id, item, not sure), ticked=not sure),)
    )
    return message(phrase("From memory, without looking it up:"), strong(question.question), keyboard=tuple(keyboard))


def _recorded(
    conversation: Conversation, nudge: Nudge, item: Item, choice: str | None, scene: Scene, *, sure: bool
) -> tuple[PersonalEffect, ...]:
    event = scene.events[nudge.revision]
    known = ladder(event, scene.who.memories, learnt_at(conversation, nudge, scene))
    memory = next(each for each in known if each.message == item.message)
    question = _asked(nudge, item, scene)
    grade, right = graded(question, choice, sure=sure), choice == question.right
    record = RecordRecall(nudge.id, item.message, choice, right, sure, recalled(event, memory, grade, scene.now))
    return (record, Replan(nudge.event))


def _explained(nudge: Nudge, item: int, choice: str | None, scene: Scene) -> Message:
    key_message = scene.events[nudge.revision].message(nudge.items[item].message)
    question = _asked(nudge, nudge.items[item], scene)
    parts: list[Words | Paragraph] = [
        strong(question.question),
        _verdict(question, choice),
        question.explanation,
        strong(key_message.text),
    ]
    if key_message.source.en:
        parts.append(phrase("Source: {source}", source=key_message.source))
    return message(*parts, keyboard=_ways_on(nudge, item))


def _verdict(question: RecallQuestion, choice: str | None) -> Words:
    labels = {each.name: each.label for each in question.choices}
    right = labels[question.right]
    if choice is None:
        return phrase("Here is the answer: {answer}", answer=right)
    if choice == question.right:
        return phrase("Yes: {answer}", answer=right)
    return phrase("You chose: {chosen}. The right answer: {answer}.", chosen=labels[choice], answer=right)


def _ways_on(nudge: Nudge, item: int) -> tuple[tuple[Key, ...], ...]:
    rows = [(Key(short("button", "Pass it on"), PassOn(nudge.id, item)),)]
    if _first_open(nudge) is not None:
        rows.insert(0, (Key(short("button", "One more question"), Another(nudge.id)),))
    return tuple(rows)
