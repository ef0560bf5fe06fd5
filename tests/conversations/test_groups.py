"""What is said in a group: nothing to whoever lacks the right, nothing personal, and a reason for digests held back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rendering import frozen
from conversations.cues import DigestDue, GroupTapped, LinkAsked, Moved, Removed
from conversations.digests import Cohort
from conversations.effects import (
    LinkGroup,
    MarkPosted,
    MoveGroup,
    Release,
    Say,
    SayKind,
    SettleNudge,
    Toast,
    UnlinkGroup,
)
from conversations.model import Language, TouchpointKind
from conversations.respond import respond_in_group
from conversations.scene import Frozen, GroupScene, Nudge
from conversations.schedule import Reason
from tests.conversations.samples import NOW, both, event_with, question, survey

FORM = survey(question("used", group_ok=True), question("private", group_ok=True, sensitive=True))
EVENT = event_with(surveys=(FORM,))
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
LINKED = GroupScene(NOW, Language.EN, event=EVENT, linked=True, nudge=DIGEST, cohorts=COHORTS)


def test_whoever_may_not_link_learns_not_even_whether_there_is_such_an_event() -> None:
    there = respond_in_group(LinkAsked("small"), GroupScene(NOW, Language.EN, event=EVENT))
    nowhere = respond_in_group(LinkAsked("nothing"), GroupScene(NOW, Language.EN, by_coordinator=True))
    assert there == nowhere
    assert [type(each) for each in there.effects] == [Say]


@pytest.mark.parametrize(
    ("asked", "senders", "spoken"),
    [(Language.FR, Language.EN, Language.FR), (None, Language.FR, Language.FR), (None, None, Language.EN)],
)
def test_a_coordinator_links_the_group(asked: Language | None, senders: Language | None, spoken: Language) -> None:
    scene = GroupScene(NOW, Language.EN, event=EVENT, by_coordinator=True, sender_language=senders)
    assert respond_in_group(LinkAsked("small", asked), scene).effects[0] == LinkGroup("small", spoken)


def test_a_digest_tells_the_group_and_freezes_its_words() -> None:
    release, said, settled = respond_in_group(DigestDue(5), LINKED).effects
    assert isinstance(release, Release)
    assert (release.survey, release.question, release.people) == ("after", "used", tuple(range(10)))
    assert isinstance(said, Say)
    assert (said.kind, said.nudge) == (SayKind.DIGEST, 5)
    assert frozen(release.finding).en in frozen(said.message).en
    assert settled == SettleNudge(5, Reason.SENT)


def test_findings_that_were_frozen_elsewhere_are_posted_as_they_are() -> None:
    earlier = Frozen(3, both("used\nYes: most", "used\nOui\u00a0: la plupart"))
    effects = respond_in_group(DigestDue(5), replace(LINKED, cohorts=(), unposted=(earlier,))).effects
    assert effects[0] == MarkPosted((3,))
    assert isinstance(effects[1], Say)
    assert "used\nOui\u00a0: la plupart" in frozen(effects[1].message).fr


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


def test_a_digest_that_was_settled_stays_so() -> None:
    assert respond_in_group(DigestDue(5), replace(LINKED, nudge=replace(DIGEST, pending=False))).effects == ()


def test_the_rest() -> None:
    scene = GroupScene(NOW, Language.EN)
    assert respond_in_group(Removed(), scene).effects == (UnlinkGroup(),)
    assert respond_in_group(Moved("-1002"), scene).effects == (MoveGroup("-1002"),)
    assert [type(each) for each in respond_in_group(GroupTapped(), scene).effects] == [Toast]
