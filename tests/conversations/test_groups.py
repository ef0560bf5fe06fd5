"""What is said in a group: nothing to whoever lacks the right, nothing personal, and a reason for digests held back."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rendering import frozen, plain_text, render
from conversations.buttons import Button, Choose, Manage
from conversations.cues import Added, DigestDue, GroupCue, GroupTapped, LinkAsked, Moved, Removed, UnlinkAsked
from conversations.desk import Duty
from conversations.digest_text import WEEKLY as BROUGHT
from conversations.digests import Cohort
from conversations.effects import (
    GroupEffect,
    GroupTurn,
    LinkGroup,
    MarkPosted,
    MoveGroup,
    Release,
    Revise,
    Say,
    SayKind,
    SettleNudge,
    Toast,
)
from conversations.linking import SLOTS, GroupLink, Slot, as_wanted, offered
from conversations.messages import Message
from conversations.model import Bilingual, EventState, Language, Role
from conversations.policy import Reason
from conversations.respond_in_group import respond_in_group
from conversations.roles import Act
from conversations.scene import Frozen, GroupScene, Nudge
from conversations.schedule import plan
from conversations.team_effects import ArrangeGroup, EndLink, Record, TellPerson, TellTeam
from conversations.timing import Policy, TouchpointKind
from tests.conversations.samples import NOW, both, choices, event_with, question, survey, touchpoint

FORM = survey(question("used", group_ok=True), question("private", group_ok=True, sensitive=True))
EVENT = event_with(surveys=(FORM,))
UNTOLD = replace(EVENT, messages=())
"""The same without key messages."""
DIGEST = Nudge(
    id=5,
    event="small",
    revision=2,
    kind=TouchpointKind.DIGEST,
    name="",
    occurrence=0,
    due=NOW,
    expires=NOW + timedelta(days=3),
    pending=True,
)
TEN = tuple((person, ("yes",) if person < 8 else ("no",)) for person in range(10))
COHORTS = (Cohort("after", "used", TEN), Cohort("after", "private", TEN))
LINK = GroupLink(7, 3, "small", Language.EN, NOW)
MINE = GroupScene(NOW, Language.EN, 7, EVENT, 3, LINK, by_coordinator=True, sender=1)
LINKED = GroupScene(NOW, Language.EN, event=EVENT, linked=True, nudge=DIGEST, cohorts=COHORTS)


def test_whoever_may_not_link_learns_not_even_whether_there_is_such_an_event() -> None:
    scene = GroupScene(NOW, Language.EN)
    asked: list[GroupCue] = [LinkAsked("small"), LinkAsked("nothing"), LinkAsked(), UnlinkAsked()]
    told = {respond_in_group(each, scene) for each in asked}
    told |= {respond_in_group(each, replace(scene, link=LINK, event=EVENT)) for each in asked}
    (turn,) = told
    assert [type(each) for each in turn.effects] == [Say]


@pytest.mark.parametrize(
    ("asked", "senders", "spoken"),
    [(Language.FR, Language.EN, Language.FR), (None, Language.FR, Language.FR), (None, None, Language.EN)],
)
def test_a_coordinator_links_the_group(asked: Language | None, senders: Language | None, spoken: Language) -> None:
    scene = GroupScene(NOW, Language.EN, 7, EVENT, by_coordinator=True, sender_language=senders)
    record, link, said = respond_in_group(LinkAsked("small", asked, topic=4), scene).effects
    assert record == Record(Act.LINK, "small", 7, ("LinkGroup",))
    assert link == LinkGroup("small", spoken, 4)
    assert isinstance(said, Say)
    assert ticked(said.message) == [spoken.value, "As planned"]


def test_a_digest_tells_the_group_and_freezes_its_words() -> None:
    release, weekly, said, settled = respond_in_group(DigestDue(5), LINKED).effects
    assert isinstance(release, Release)
    assert isinstance(weekly, Release)
    assert (weekly.survey, weekly.question, weekly.people) == (BROUGHT, "rights", ())
    assert (release.survey, release.question, release.people) == ("after", "used", tuple(range(10)))
    assert isinstance(said, Say)
    assert (said.kind, said.nudge) == (SayKind.DIGEST, 5)
    assert frozen(release.finding).en in frozen(said.message).en
    assert settled == SettleNudge(5, Reason.SENT)


def test_findings_that_were_frozen_elsewhere_are_posted_as_they_are() -> None:
    earlier = Frozen(3, both("used\nYes: most", "used\nOui\u00a0: la plupart"))
    scene = replace(LINKED, event=UNTOLD, cohorts=(), unposted=(earlier,))
    effects = respond_in_group(DigestDue(5), scene).effects
    assert effects[0] == MarkPosted((3,))
    assert isinstance(effects[1], Say)
    assert "used\nOui\u00a0: la plupart" in frozen(effects[1].message).fr


def test_a_second_group_reads_the_digest_as_the_first_one_did() -> None:
    label = both("Was it\nused?", "A-t-il\nservi ?")
    asked = replace(UNTOLD, surveys=(replace(EVENT.surveys[0], questions=(replace(FORM.questions[0], label=label),)),))
    release, first, _ = respond_in_group(DigestDue(5), replace(LINKED, event=asked)).effects
    assert isinstance(release, Release)
    earlier = Frozen(3, frozen(release.finding), release.survey, release.question, release.bars)
    again = replace(LINKED, event=asked, cohorts=(), unposted=(earlier,))
    second = respond_in_group(DigestDue(5), again).effects[1]
    assert isinstance(first, Say)
    assert isinstance(second, Say)
    assert frozen(second.message) == frozen(first.message)
    assert second.message.files == first.message.files != ()
    set_off = [plain_text((each,)) for each in render(second.message, Language.FR).paragraphs if each.strong]
    assert set_off == ["Des nouvelles de « Petite rencontre »", "A-t-il servi ?"]


@pytest.mark.parametrize(
    ("scene", "reason"),
    [
        (replace(LINKED, cohorts=(Cohort("after", "used", TEN[:9]),)), Reason.NOT_ENOUGH_ANSWERS),
        (replace(LINKED, cohorts=COHORTS[1:]), Reason.NOT_ENOUGH_ANSWERS),
        (replace(LINKED, linked=False), Reason.NOT_LINKED),
        (replace(LINKED, now=NOW + timedelta(days=3)), Reason.TOO_LATE),
    ],
)
def test_a_digest_that_is_held_back_has_its_reason_and_says_nothing(scene: GroupScene, reason: Reason) -> None:
    assert respond_in_group(DigestDue(5), scene).effects == (SettleNudge(5, reason),)


def a_digest_about(*labels: Bilingual, unposted: tuple[Frozen, ...] = ()) -> tuple[GroupEffect, ...]:
    """What a digest does when ten people answered each of these questions."""
    six = choices(**{f"option_{number}": f"{number}" * 60 for number in range(6)})
    asked = [question(f"q{number}", options=six, group_ok=True) for number in range(len(labels))]
    form = survey(*(replace(each, label=label) for each, label in zip(asked, labels, strict=True)))
    cohorts = tuple(
        Cohort("after", each.name, tuple((person, ("option_0",)) for person in range(10))) for each in asked
    )
    event = event_with(surveys=(form,), title=both("T" * 100), messages=())
    scene = replace(LINKED, event=event, cohorts=cohorts, unposted=unposted)
    return respond_in_group(DigestDue(5), scene).effects


def released(effects: tuple[GroupEffect, ...]) -> list[str]:
    return [each.question for each in effects if isinstance(each, Release)]


def longest(effects: tuple[GroupEffect, ...]) -> int:
    """Of what is said, in UTF-16 units and the language that takes more of them."""
    (said,) = (each for each in effects if isinstance(each, Say))
    words = frozen(said.message)
    return max(len(each.encode("utf-16-le")) // 2 for each in (words.en, words.fr))


@pytest.mark.parametrize(
    "label", [both("L" * 300), both("short", "L" * 300), both("L" * 300, "court"), both("🤝" * 150)]
)
def test_what_does_not_fit_into_one_message_waits_for_the_next_digest(label: Bilingual) -> None:
    effects = a_digest_about(*[label] * 12)
    assert released(effects) == [f"q{number}" for number in range(len(released(effects)))]
    assert 3 <= len(released(effects)) < 12
    assert 2_500 < longest(effects) <= 3_500


def test_what_was_frozen_elsewhere_and_does_not_fit_waits_as_well() -> None:
    earlier = tuple(Frozen(number, both("F" * 1000)) for number in range(1, 6))
    effects = a_digest_about(both("one"), unposted=earlier)
    assert [each for each in effects if isinstance(each, MarkPosted)] == [MarkPosted((1, 2, 3))]
    assert released(effects) == []


def test_what_fits_into_no_message_is_passed_over() -> None:
    endless = both("short", "L" * 4_000)
    effects = a_digest_about(endless, both("one"), unposted=(Frozen(1, endless), Frozen(2, both("two"))))
    assert [each for each in effects if isinstance(each, MarkPosted)] == [MarkPosted((2,))]
    assert released(effects) == ["q1"]
    assert a_digest_about(endless) == (SettleNudge(5, Reason.NOT_ENOUGH_ANSWERS),)


def test_a_digest_that_was_settled_stays_so() -> None:
    assert respond_in_group(DigestDue(5), replace(LINKED, nudge=replace(DIGEST, pending=False))).effects == ()


def test_the_rest() -> None:
    scene = GroupScene(NOW, Language.EN)
    assert respond_in_group(Removed(), scene).effects == ()
    assert respond_in_group(Moved("-1002"), scene).effects == (MoveGroup("-1002"),)
    assert [type(each) for each in respond_in_group(GroupTapped(), scene).effects] == [Toast]


def ticked(told: Message) -> list[str]:
    """What is chosen: the language by its code, the time by its words."""
    own = {"English": "en", "Français": "fr"}
    keys = [key for row in told.keyboard for key in row if key.ticked]
    return [own.get(words, words) for key in keys for words in [key.words.msgid]]  # type: ignore[union-attr]


def words_of(turn: GroupTurn) -> list[str]:
    """The phrases that are said in the group."""
    said = [each for each in turn.effects if isinstance(each, Say)]
    return [paragraph.words.msgid for each in said for paragraph in each.message.paragraphs]  # type: ignore[union-attr]


def test_whoever_adds_the_bot_reads_one_line_that_tells_of_no_event() -> None:
    turn = respond_in_group(Added(Language.FR), GroupScene(NOW, Language.EN))
    assert words_of(turn) == ["Hello! A coordinator links this group with /link."]
    assert [type(each) for each in turn.effects] == [Say]


def test_a_group_that_is_linked_still_is_not_greeted_once_more() -> None:
    """As one that became a supergroup, where the platform may say that the bot is new."""
    assert respond_in_group(Added(), replace(MINE, by_coordinator=False)).effects == ()


def test_an_anonymous_administrator_is_told_why_not_whatever_they_ask() -> None:
    told = [
        words_of(respond_in_group(cue, MINE))
        for cue in (LinkAsked("small", anonymous=True), UnlinkAsked(anonymous=True))
    ]
    assert told[0] == told[1]
    assert "I do not see who it is" in told[0][0]


def test_of_several_events_the_group_reads_nothing_and_the_coordinator_their_codes_in_private() -> None:
    duties = tuple(
        Duty(number, code, Role.COORDINATOR, EventState.LIVE, both(f"Secret {code}"), 1)
        for number, code in enumerate(("first", "second"), start=1)
    )
    told, said = respond_in_group(LinkAsked(), replace(MINE, event=None, link=None, several=duties)).effects
    assert isinstance(told, TellPerson)
    assert told.chat == 1
    assert [each.words for each in told.message.paragraphs][1:] == ["/link first", "/link second"]
    assert isinstance(said, Say)
    assert "first" not in str(said)


def test_an_event_that_is_not_live_is_not_linked_and_its_coordinator_told_why() -> None:
    turn = respond_in_group(LinkAsked("small"), replace(MINE, event=None, link=None))
    assert words_of(turn) == ["Not linked: the event has not been published yet, or is over."]
    assert [type(each) for each in turn.effects] == [Say]


def test_linking_once_more_keeps_the_time_and_takes_the_language_and_topic() -> None:
    scene = replace(MINE, link=replace(LINK, slot=SLOTS[1], topic=4))
    record, arranged, said = respond_in_group(LinkAsked("small", Language.FR, topic=9), scene).effects
    assert record == Record(Act.LINK, "small", 7, ("ArrangeGroup",))
    assert arranged == ArrangeGroup(7, Language.FR, SLOTS[1], 9)
    assert isinstance(said, Say)
    assert ticked(said.message) == ["fr", "Wednesdays, {time}"]


def test_a_group_of_another_event_is_linked_to_this_one_from_scratch() -> None:
    scene = replace(MINE, link=replace(LINK, event="other", slot=SLOTS[1], topic=4))
    assert LinkGroup("small", Language.EN, None) in respond_in_group(LinkAsked("small"), scene).effects


@pytest.mark.parametrize(
    ("button", "arranged", "shown"),
    [
        (Manage(Act.GROUP_LANGUAGE, 3, 7, 1), ArrangeGroup(7, Language.FR, None, None), ["fr", "As planned"]),
        (
            Manage(Act.GROUP_LANGUAGE, 3, 7, 2),
            ArrangeGroup(7, Language.EN, None, None, both=True),
            ["Both", "As planned"],
        ),
        (Manage(Act.GROUP_TIME, 3, 7, 2), ArrangeGroup(7, Language.EN, SLOTS[1], None), ["en", "Wednesdays, {time}"]),
    ],
)
def test_a_coordinator_chooses_by_tapping(button: Manage, arranged: ArrangeGroup, shown: list[str]) -> None:
    record, effect, toast, revised = respond_in_group(GroupTapped(button), MINE).effects
    assert record == Record(button.act, "small", 7, ("ArrangeGroup",))
    assert effect == arranged
    assert toast == Toast()
    assert isinstance(revised, Revise)
    assert ticked(revised.message) == shown


def test_the_choice_that_is_made_already_changes_nothing() -> None:
    for button in (Manage(Act.GROUP_LANGUAGE, 3, 7, 0), Manage(Act.GROUP_TIME, 3, 7, 0)):
        assert respond_in_group(GroupTapped(button), MINE).effects == (Toast(),)


OLD = respond_in_group(GroupTapped(None), GroupScene(NOW, Language.EN))
GOOD = Manage(Act.GROUP_LANGUAGE, 3, 7, 1)


@pytest.mark.parametrize(
    ("button", "scene"),
    [
        (GOOD, replace(MINE, by_coordinator=False)),
        (GOOD, replace(MINE, link=None)),
        (GOOD, replace(MINE, chat=8)),
        (Choose(1, 1), MINE),
        (Manage(Act.GROUP_LANGUAGE, 3, 7, 3), MINE),
        (Manage(Act.DIGEST_NOW_FOR_SURE, 3, 7, 0), MINE),
        (Manage(Act.GROUP_TIME, 3, 7, 99), MINE),
        (Manage(Act.UNLINK_FOR_GOOD, 3, 7, 0), MINE),
        (Manage(Act.REMOVE_FOR_GOOD, 3, 7, 0), MINE),
        (Manage(Act.LINK, 3, 7, 0), MINE),
    ],
)
def test_what_is_forged_old_or_not_theirs_is_an_old_button(button: Button, scene: GroupScene) -> None:
    assert respond_in_group(GroupTapped(button), scene) == OLD


def test_a_coordinator_ends_the_link() -> None:
    record, ended, said = respond_in_group(UnlinkAsked(), MINE).effects
    assert record == Record(Act.UNLINK_FOR_GOOD, "small", 7, ("EndLink",))
    assert ended == EndLink(7)
    assert isinstance(said, Say)


def test_who_can_link_it_anew_is_told_when_the_bot_was_taken_out() -> None:
    ended, told = respond_in_group(Removed(), replace(MINE, by_coordinator=False)).effects
    assert ended == EndLink(7)
    assert isinstance(told, TellTeam)
    assert (told.event_id, told.may) == (3, Act.GROUPS)


# When digests come

WEEKLY = touchpoint(
    TouchpointKind.DIGEST,
    "news",
    "1 week",
    every=touchpoint(offset="1 week").offset,
    until=touchpoint(offset="6 weeks").offset,
)
DIGESTS = frozenset({TouchpointKind.DIGEST})


@pytest.mark.parametrize("slot", SLOTS)
def test_digests_come_at_the_time_chosen_on_the_first_such_day_and_are_as_many(slot: Slot) -> None:
    event = event_with(WEEKLY, touchpoint(TouchpointKind.REFRESHER, offset="2 days"))
    planned = plan(event, DIGESTS, NOW, event.timezone)
    wanted = plan(as_wanted(event, slot), DIGESTS, NOW, event.timezone)
    assert [each.occurrence for each in wanted] == [each.occurrence for each in planned] != []
    for before, after in zip(planned, wanted, strict=True):
        local = after.due.astimezone(ZoneInfo(event.timezone))
        assert (local.weekday(), local.time()) == (slot.weekday, slot.time)
        assert 0 <= (local.date() - before.due.astimezone(ZoneInfo(event.timezone)).date()).days < 7
    assert as_wanted(event, slot).schedule[1] == event.schedule[1], "the rest of the schedule stays"
    assert as_wanted(event, None) is event


def test_nothing_is_offered_that_the_policy_would_always_put_off() -> None:
    assert offered(event_with()) == (0, 1, 2, 3, 4)
    assert offered(event_with(policy=Policy(weekdays=(0, 1, 2, 3, 4)))) == (0, 1, 2, 3)
    assert offered(event_with(policy=Policy(day_begins=time(10), day_ends=time(15)))) == (0, 2)


def test_a_digest_that_comes_too_soon_waits_for_the_next_such_day_at_its_time() -> None:
    event = event_with(WEEKLY, surveys=(FORM,))
    now = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)  # a Sunday, five in the afternoon in Nairobi
    nudge = replace(DIGEST, name="news", due=now, planned=now, expires=now + timedelta(days=30))
    link = replace(LINK, slot=Slot(6, time(17)))
    scene = replace(LINKED, now=now, event=event, nudge=nudge, sent=(now - timedelta(days=2),), link=link)
    (settled,) = respond_in_group(DigestDue(5), scene).effects
    assert settled == SettleNudge(5, Reason.WEEKLY_CAP, now + timedelta(days=7))
