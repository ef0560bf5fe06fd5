"""A group: it is linked to an event by a coordinator, and reads digests. Nothing personal is ever said there."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from conversations.buttons import Button, Manage
from conversations.cues import LinkAsked, UnlinkAsked
from conversations.digest_text import (
    WEEKLY,
    Spoken,
    Told,
    again,
    digest,
    fits,
    fresh,
    next_message,
    weekly_paragraphs,
    weekly_words,
)
from conversations.digests import Finding, findings, tell
from conversations.effects import (
    GroupEffect,
    GroupTurn,
    LinkGroup,
    MarkPosted,
    Release,
    Revise,
    Say,
    SayKind,
    SettleNudge,
    Toast,
)
from conversations.linking import GroupLink, as_wanted, choices, chosen
from conversations.messages import Message, message, phrase
from conversations.model import Event, KeyMessage, Words
from conversations.policy import Circumstances, Reason, decide
from conversations.roles import Act
from conversations.scene import Frozen, GroupScene, Nudge
from conversations.schedule import weekdays_of
from conversations.team_effects import ArrangeGroup, EndLink, Record, TellPerson, TellTeam
from conversations.timing import ASKED_DIGEST


def added(scene: GroupScene) -> GroupTurn:
    """The bot is new here: one line, which tells nothing of any event."""
    if scene.link is not None:
        return GroupTurn()
    return GroupTurn((Say(message(phrase("Hello! A coordinator links this group with /link."))),))


def removed(scene: GroupScene) -> GroupTurn:
    """The bot was taken out: the link ends, and those who can make it anew are told."""
    if scene.link is None:
        return GroupTurn()
    told = message(
        phrase("I was taken out of a group that got the digests of {event}. Its link has ended.", event=_title(scene)),
        phrase("To go on there, add me again and write /link in the group."),
    )
    return GroupTurn((EndLink(scene.link.chat), TellTeam(scene.link.event_id, Act.GROUPS, told)))


def link_asked(asked: LinkAsked, scene: GroupScene) -> GroupTurn:
    """`/link`, `/link CODE`: only a coordinator may, and nobody else learns whether there is such an event."""
    if asked.anonymous:
        return _anonymous()
    if scene.taken:
        other = phrase("This group gets the digests of another event. A coordinator of that one writes /unlink first.")
        return GroupTurn((Say(message(other)),))
    if not scene.by_coordinator:
        return _neutral()
    if scene.several and scene.sender is not None:
        # In the private chat: which other events somebody looks after is nothing for the group.
        which: list[Words] = [
            phrase("Write one of these in the group:"),
            *(f"/link {each.event}" for each in scene.several),
        ]
        said = phrase("I have written to you in private how to go on.")
        return GroupTurn((TellPerson(scene.sender, message(*which)), Say(message(said))))
    if scene.event is None:
        return GroupTurn((Say(message(phrase("Not linked: the event has not been published yet, or is over."))),))
    link = scene.link
    if link is not None and link.event == scene.event.code:
        language = asked.language or link.language
        link = replace(link, both=link.both and asked.language is None)
        effect: GroupEffect = ArrangeGroup(scene.chat, language, link.slot, asked.topic, link.both)
    else:
        language = asked.language or scene.sender_language or scene.language
        effect = LinkGroup(scene.event.code, language, asked.topic)
        link = GroupLink(scene.chat, scene.event_id, scene.event.code, language, scene.now)
    record = Record(Act.LINK, scene.event.code, scene.chat, (type(effect).__name__,))
    return GroupTurn((record, effect, Say(_linked(scene.event, replace(link, language=language)))))


def unlink_asked(asked: UnlinkAsked, scene: GroupScene) -> GroupTurn:
    """`/unlink`, by a coordinator of the event that the group is linked to."""
    if asked.anonymous:
        return _anonymous()
    if not scene.by_coordinator or scene.link is None:
        return _neutral()
    record = Record(Act.UNLINK_FOR_GOOD, scene.link.event, scene.chat, (EndLink.__name__,))
    done = Say(message(phrase("This group gets no digests any more.")))
    return GroupTurn((record, EndLink(scene.chat), done))


def tapped(button: Button | None, scene: GroupScene) -> GroupTurn:
    """A choice for the group. From whoever may not choose, it is an old button."""
    link, event = scene.link, scene.event
    if not isinstance(button, Manage) or not scene.by_coordinator or link is None or event is None:
        return _stale()
    after = chosen(event, link, button)
    if after is None or button.item != scene.chat:
        return _stale()
    if after == link:
        return GroupTurn((Toast(),))
    record = Record(button.act, link.event, scene.chat, (ArrangeGroup.__name__,))
    arranging = ArrangeGroup(scene.chat, after.language, after.slot, after.topic, after.both)
    return GroupTurn((record, arranging, Toast(), Revise(_linked(event, after))))


def _linked(event: Event, link: GroupLink) -> Message:
    return message(
        phrase("This group now gets the digests of {event}.", event=event.title),
        phrase("They say in words what many people answered. Nobody’s own answer is ever shown."),
        phrase("A coordinator can choose here the language, and the time in the zone {zone}.", zone=event.timezone),
        keyboard=choices(event, link),
    )


def _title(scene: GroupScene) -> Words:
    if scene.event is not None:
        return scene.event.title
    return scene.link.event if scene.link is not None else ""


def _anonymous() -> GroupTurn:
    who = phrase("Whoever writes as the group can't do this: I do not see who it is. Write it under your own name.")
    return GroupTurn((Say(message(who)),))


def _neutral() -> GroupTurn:
    neutral = phrase("This can't be done here. Write to me in a private chat: /help")
    return GroupTurn((Say(message(neutral)),))


def _stale() -> GroupTurn:
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
    slot = scene.link.slot if scene.link is not None else None
    decision = decide(_circumstances(as_wanted(scene.event, slot), scene.nudge, scene))
    if decision.reason is not Reason.SENT:
        return GroupTurn((SettleNudge(nudge, decision.reason, decision.again),))
    spoken = Spoken(scene.language, scene.link is not None and scene.link.both)
    earlier, found = _fitting(scene.event, scene.unposted, findings(scene.event, scene.cohorts), spoken)
    if not found and not earlier:
        return GroupTurn((SettleNudge(nudge, Reason.NOT_ENOUGH_ANSWERS), *_told_why_not(scene)))
    weekly = next_message(scene.event, scene.unposted, scene.weekly)
    told = (*map(again, earlier), *map(fresh, found))
    said = digest(scene.event, told, weekly_paragraphs(weekly), scene.now, spoken)
    effects: list[GroupEffect] = [_release(finding) for finding in found]
    if isinstance(weekly, KeyMessage):
        effects.append(Release(WEEKLY, weekly.name, (), weekly_words(weekly)))
    posted = (*earlier, weekly) if isinstance(weekly, Frozen) else earlier
    if posted:
        effects.append(MarkPosted(tuple(each.id for each in posted)))
    effects += [Say(said, SayKind.DIGEST, nudge=nudge), SettleNudge(nudge, Reason.SENT)]
    return GroupTurn(tuple(effects))


def _told_why_not(scene: GroupScene) -> tuple[TellTeam, ...]:
    """Whoever asked for a digest learns why none came; nobody waits for those of the schedule."""
    if scene.nudge is None or scene.nudge.name != ASKED_DIGEST or scene.link is None:
        return ()
    why = phrase(
        "No digest went to the group that you asked it for: of no question have ten people answered who were in no "
        "digest of it yet."
    )
    return (TellTeam(scene.link.event_id, Act.GROUPS, message(why)),)


def _circumstances(event: Event, nudge: Nudge, scene: GroupScene) -> Circumstances:
    """What decides over a group's digest: its days and hours, or the event's own, and one message a week.

    What a coordinator asked for keeps the event's days and hours alone.
    """
    asked = nudge.name == ASKED_DIGEST
    return Circumstances(
        now=scene.now,
        zone=event.timezone,
        policy=event.policy,
        expires=nudge.expires,
        at=None if asked else (nudge.planned or nudge.due).astimezone(ZoneInfo(event.timezone)).time(),
        weekdays=() if asked else weekdays_of(event, nudge.kind, nudge.name),
        sent=() if asked else scene.sent,
        cap=1,
    )


def _fitting(
    event: Event, unposted: tuple[Frozen, ...], found: tuple[Finding, ...], spoken: Spoken
) -> tuple[tuple[Frozen, ...], tuple[Finding, ...]]:
    """What one message holds, what was told elsewhere first; the rest waits for the next digest.

    What alone is too long for a message is passed over: it must not keep all that is behind it from being told.
    """

    def hold(*told: Told) -> bool:
        return fits(event, told, spoken)

    earlier: tuple[Frozen, ...] = ()
    for frozen in (each for each in unposted if each.survey != WEEKLY):
        if hold(*map(again, earlier), again(frozen)):
            earlier = (*earlier, frozen)
        elif hold(again(frozen)):
            return earlier, ()
    fitting: tuple[Finding, ...] = ()
    for finding in found:
        if hold(*map(again, earlier), *map(fresh, fitting), fresh(finding)):
            fitting = (*fitting, finding)
        elif hold(fresh(finding)):
            break
    return earlier, fitting


def _release(finding: Finding) -> Release:
    return Release(finding.survey, finding.question.name, finding.people, tell(finding), finding.bars)
