"""What is said in a group: nothing to whoever lacks the right, nothing personal, and a reason for digests held back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rendering import frozen, plain_text, render
from conversations.cues import DigestDue, GroupTapped, LinkAsked, Moved, Removed
from conversations.digests import Cohort
from conversations.effects import (
    GroupEffect,
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
from conversations.model import Bilingual, Language
from conversations.policy import Reason
from conversations.respond import respond_in_group
from conversations.scene import Frozen, GroupScene, Nudge
from conversations.timing import TouchpointKind
from tests.conversations.samples import NOW, both, choices, event_with, question, survey

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


def test_a_second_group_reads_the_digest_as_the_first_one_did() -> None:
    label = both("Was it\nused?", "A-t-il\nservi ?")
    asked = replace(EVENT, surveys=(replace(EVENT.surveys[0], questions=(replace(FORM.questions[0], label=label),)),))
    release, first, _ = respond_in_group(DigestDue(5), replace(LINKED, event=asked)).effects
    assert isinstance(release, Release)
    earlier = Frozen(3, frozen(release.finding))
    again = replace(LINKED, event=asked, cohorts=(), unposted=(earlier,))
    second = respond_in_group(DigestDue(5), again).effects[1]
    assert isinstance(first, Say)
    assert isinstance(second, Say)
    assert frozen(second.message) == frozen(first.message)
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
    event = event_with(surveys=(form,), title=both("T" * 100))
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
    assert respond_in_group(Removed(), scene).effects == (UnlinkGroup(),)
    assert respond_in_group(Moved("-1002"), scene).effects == (MoveGroup("-1002"),)
    assert [type(each) for each in respond_in_group(GroupTapped(), scene).effects] == [Toast]
