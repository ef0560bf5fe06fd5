"""A group: it is linked to an event by a coordinator, and reads digests. Nothing personal is ever said there."""

from zoneinfo import ZoneInfo

from conversations.digests import LONGEST_DIGEST, Finding, findings, retold, tell
from conversations.effects import (
    GroupEffect,
    GroupTurn,
    LinkGroup,
    MarkPosted,
    Release,
    Say,
    SayKind,
    SettleNudge,
    Toast,
)
from conversations.messages import Message, length, message, phrase, strong
from conversations.model import Event, Language
from conversations.policy import Circumstances, Reason, decide
from conversations.scene import Frozen, GroupScene, Nudge
from conversations.schedule import weekdays_of


def link_asked(language: Language | None, scene: GroupScene) -> GroupTurn:
    """`/link CODE`: only a coordinator of that event may, and nobody else learns whether the code exists."""
    if scene.event is None or not scene.by_coordinator:
        neutral = phrase("This can't be done here. Write to me in a private chat: /help")
        return GroupTurn((Say(message(neutral)),))
    spoken = language or scene.sender_language or scene.language
    return GroupTurn(
        (
            LinkGroup(scene.event.code, spoken),
            Say(
                message(
                    phrase("This group now gets the digests of {event}.", event=scene.event.title),
                    phrase("They say in words what many people answered. Nobody’s own answer is ever shown."),
                )
            ),
        )
    )


def tapped() -> GroupTurn:
    """Suivi puts no buttons in groups: this one is old or forged."""
    return GroupTurn((Toast(phrase("This button is not in use any more.")),))


def digest_due(scene: GroupScene) -> GroupTurn:
    """Tell what can be told by now, or hold the digest back with the reason."""
    assert scene.nudge is not None  # noqa: S101 # a digest that is due is always loaded
    if not scene.nudge.pending or scene.stopped:
        return GroupTurn()
    nudge = scene.nudge.id
    if not scene.linked or scene.event is None:
        return GroupTurn((SettleNudge(nudge, Reason.NOT_LINKED),))
    if scene.nudge.closed:
        return GroupTurn((SettleNudge(nudge, Reason.CLOSED),))
    decision = decide(_circumstances(scene.event, scene.nudge, scene))
    if decision.reason is not Reason.SENT:
        return GroupTurn((SettleNudge(nudge, decision.reason, decision.again),))
    earlier, found = _fitting(scene.event, scene.unposted, findings(scene.event, scene.cohorts))
    if not found and not earlier:
        return GroupTurn((SettleNudge(nudge, Reason.NOT_ENOUGH_ANSWERS),))
    effects: list[GroupEffect] = [_release(finding) for finding in found]
    if earlier:
        effects.append(MarkPosted(tuple(each.id for each in earlier)))
    told = _digest(scene.event, earlier, found)
    effects += [Say(told, SayKind.DIGEST, nudge=nudge), SettleNudge(nudge, Reason.SENT)]
    return GroupTurn(tuple(effects))


def _circumstances(event: Event, nudge: Nudge, scene: GroupScene) -> Circumstances:
    """What decides over a group's digest: the event's own days and hours, and one message a week."""
    return Circumstances(
        now=scene.now,
        zone=event.timezone,
        policy=event.policy,
        expires=nudge.expires,
        at=(nudge.planned or nudge.due).astimezone(ZoneInfo(event.timezone)).time(),
        weekdays=weekdays_of(event, nudge.kind, nudge.name),
        sent=scene.sent,
        cap=1,
    )


def _fitting(
    event: Event, unposted: tuple[Frozen, ...], found: tuple[Finding, ...]
) -> tuple[tuple[Frozen, ...], tuple[Finding, ...]]:
    """What one message holds, what was told elsewhere first; the rest waits for the next digest.

    What alone is too long for a message is passed over: it must not keep all that is behind it from being told.
    """

    def fits(earlier: tuple[Frozen, ...], fresh: tuple[Finding, ...]) -> bool:
        return length(_digest(event, earlier, fresh)) <= LONGEST_DIGEST

    earlier: tuple[Frozen, ...] = ()
    for frozen in unposted:
        if fits((*earlier, frozen), ()):
            earlier = (*earlier, frozen)
        elif fits((frozen,), ()):
            return earlier, ()
    fresh: tuple[Finding, ...] = ()
    for finding in found:
        if fits(earlier, (*fresh, finding)):
            fresh = (*fresh, finding)
        elif fits((), (finding,)):
            break
    return earlier, fresh


def _release(finding: Finding) -> Release:
    return Release(finding.survey, finding.question.name, finding.people, tell(finding))


def _digest(event: Event, earlier: tuple[Frozen, ...], found: tuple[Finding, ...]) -> Message:
    paragraphs = [paragraph for frozen in earlier for paragraph in retold(frozen.words)]
    for finding in found:
        paragraphs += tell(finding).paragraphs
    return message(
        strong(phrase("News from {event}", event=event.title)),
        phrase("What people answered, in words:"),
        *paragraphs,
        phrase("These words stand for at least ten people. Thank you to everybody who answers."),
    )
