"""What a digest says beside its findings: what stays, a key message in turn, and what comes next; in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.rendering import frozen, plain_text, render
from conversations.cues import DigestDue
from conversations.digest_json import picture_from_json
from conversations.digest_text import WEEKLY, next_message, weekly_words
from conversations.digests import Cohort, Share
from conversations.effects import MarkPosted, Release, Say, SettleNudge
from conversations.linking import GroupLink
from conversations.messages import FileKind, Message
from conversations.model import Event, KeyMessage, Language
from conversations.policy import Reason
from conversations.respond_in_group import respond_in_group
from conversations.retained import NOT_RIGHT, RETAINED, RIGHT
from conversations.scene import Frozen, GroupScene, Nudge
from conversations.team_effects import TellTeam
from conversations.timing import ASKED_DIGEST, Anchor, TouchpointKind
from tests.conversations.samples import NOW, RIGHTS, both, event_with, question, survey, touchpoint

FORM = survey(question("used", group_ok=True))
SAFETY = replace(
    RIGHTS, name="safety", text=both("Safety first.", "La sécurité d’abord."), source=both("A guide, p. 7")
)
SECRET = replace(RIGHTS, name="secret", text=both("A delicate one.", "Un sujet délicat."), sensitive=True)
EVENT = event_with(surveys=(FORM,), messages=(RIGHTS, SAFETY, SECRET))
DIGEST = Nudge(5, "small", 2, TouchpointKind.DIGEST, "", 0, NOW, None, pending=True)
LINK = GroupLink(7, 3, "small", Language.EN, NOW)
ANSWERED = Cohort("after", "used", tuple((person, ("yes",) if person < 8 else ("no",)) for person in range(10)))


def recalls(name: str, right: int, people: int = 10) -> Cohort:
    picks = [(RIGHT,)] * right + [(NOT_RIGHT,)] * (people - right)
    return Cohort(RETAINED, name, tuple(enumerate(picks)))


def due(**more: object) -> GroupScene:
    fields = {"event": EVENT, "linked": True, "link": LINK, "nudge": DIGEST, "cohorts": (ANSWERED,), **more}
    return GroupScene(NOW, Language.EN, 7, **fields)  # type: ignore[arg-type]


def said(scene: GroupScene) -> Message:
    (told,) = (each for each in respond_in_group(DigestDue(5), scene).effects if isinstance(each, Say))
    return told.message


def lines(scene: GroupScene, language: Language = Language.EN) -> list[str]:
    return [line for line in plain_text(render(said(scene), language).paragraphs).splitlines() if line]


def released(scene: GroupScene) -> list[tuple[str, str]]:
    effects = respond_in_group(DigestDue(5), scene).effects
    return [(each.survey, each.question) for each in effects if isinstance(each, Release)]


# What people retain


def test_what_people_remember_is_told_in_the_words_of_the_rule_after_what_they_answered() -> None:
    told = lines(due(cohorts=(recalls("safety", 8), ANSWERED)))
    at = told.index("What people remember of the key messages:")
    assert told[at + 1 : at + 4] == ["Safety first.", "Almost everyone: remember it", "A few or none: not yet"]
    assert told.index("What people answered, in words:") < at
    french = lines(due(cohorts=(recalls("safety", 5),)), Language.FR)
    assert "Environ la moitié\u00a0: s’en souviennent · pas encore" in french
    assert not any(line.startswith("Vos réponses") for line in french), "no heading over nothing"


@pytest.mark.parametrize("cohort", [recalls("secret", 10, 20), recalls("unknown", 10), recalls("safety", 9, 9)])
def test_nothing_is_told_of_a_sensitive_message_an_unknown_one_or_fewer_than_ten(cohort: Cohort) -> None:
    assert respond_in_group(DigestDue(5), due(cohorts=(cohort,))).effects == (
        SettleNudge(5, Reason.NOT_ENOUGH_ANSWERS),
    )


def test_each_of_the_ten_is_in_the_release_and_its_bars_are_frozen() -> None:
    effects = respond_in_group(DigestDue(5), due(cohorts=(recalls("safety", 8),))).effects
    release = effects[0]
    assert isinstance(release, Release)
    assert (release.survey, release.question, release.people) == (RETAINED, "safety", tuple(range(10)))
    assert [bar.share for bar in release.bars] == [Share.ALMOST_ALL, Share.FEW]


# A message of the week


def test_a_digest_brings_a_key_message_with_its_source_frozen_as_told() -> None:
    scene = due(weekly=("rights",))
    told = lines(scene)
    assert told[told.index("Message of the week") + 1 :][:2] == ["Safety first.", "Source: A guide, p. 7"]
    assert released(scene) == [("after", "used"), (WEEKLY, "safety")]


def turns(event: Event, told: tuple[str, ...], count: int) -> list[str]:
    for _ in range(count):
        chosen = next_message(event, (), told)
        assert isinstance(chosen, KeyMessage)
        told = (*told, chosen.name)
    return list(told)


def test_none_comes_again_before_all_have_come_and_a_sensitive_one_never() -> None:
    names = [f"m{number}" for number in range(5)]
    event = replace(EVENT, messages=(SECRET, *(replace(RIGHTS, name=name) for name in names)))
    told = turns(event, (), 20)
    assert all(sorted(told[at : at + 5]) == names for at in range(16)), told
    # A new one has its turn first, and then waits like the others.
    more = replace(event, messages=(*event.messages, replace(RIGHTS, name="new")))
    after = turns(more, tuple(told), 12)[20:]
    assert after[0] == "new"
    assert all(len(set(after[at : at + 6])) == 6 for at in range(6)), after


def test_without_messages_that_may_be_told_none_comes() -> None:
    assert next_message(replace(EVENT, messages=(SECRET,)), (), ()) is None
    assert "Message of the week" not in lines(due(event=replace(EVENT, messages=(SECRET,))))


def brought(told: KeyMessage, number: int) -> Frozen:
    return Frozen(number, frozen(weekly_words(told)), WEEKLY, told.name)


def test_a_second_group_reads_the_messages_of_the_first_one_by_one_in_their_frozen_words() -> None:
    waiting = (brought(SAFETY, 3), brought(RIGHTS, 4))
    scene = due(unposted=waiting, weekly=("safety", "rights"))
    assert "Safety first." in lines(scene)
    assert "Rights come first." not in lines(scene)
    assert released(scene) == [("after", "used")]
    assert MarkPosted((3,)) in respond_in_group(DigestDue(5), scene).effects
    first, second = lines(due(weekly=("rights",))), lines(scene)
    assert first == second, "word for word"


def test_what_was_corrected_or_became_sensitive_is_not_spread_once_more() -> None:
    waiting = (brought(SAFETY, 3),)
    for changed in (replace(SAFETY, text=both("Safety always first.")), replace(SAFETY, sensitive=True)):
        event = replace(EVENT, messages=(RIGHTS, changed))
        chosen = next_message(event, waiting, ("safety",))
        assert isinstance(chosen, KeyMessage)
        assert chosen.name == "rights"


def test_a_message_alone_is_no_digest() -> None:
    scene = due(cohorts=(), unposted=(brought(SAFETY, 3),))
    assert respond_in_group(DigestDue(5), scene).effects == (SettleNudge(5, Reason.NOT_ENOUGH_ANSWERS),)


# What comes next


def coming(**more: object) -> list[str]:
    row = touchpoint(TouchpointKind.SURVEY, "after", "3 weeks", **{"anchor": Anchor.EVENT_END, **more})
    return [line for line in lines(due(event=replace(EVENT, schedule=(row,)))) if line.startswith("Coming in")]


def test_the_next_survey_that_all_get_is_announced_by_its_title_and_month() -> None:
    assert coming() == ["Coming in December 2026: After the event"]
    french = touchpoint(TouchpointKind.SURVEY, "after", "3 weeks", anchor=Anchor.EVENT_END)
    told = lines(due(event=replace(EVENT, schedule=(french,))), Language.FR)
    assert "À venir en décembre 2026\u00a0: Après la rencontre" in told


def test_what_is_personal_over_or_far_away_is_not() -> None:
    assert coming(anchor=Anchor.ENROLMENT) == []
    assert coming(anchor=Anchor.COMPLETION, after="rights") == []
    assert coming(audience="${language} = 'fr'") == []
    assert coming(anchor=Anchor.DATE, on=date(2026, 10, 1)) == []
    assert coming(anchor=Anchor.DATE, on=date(2027, 3, 1)) == []


# In both languages


@pytest.mark.parametrize("first", Language)
def test_one_message_holds_both_languages_one_after_the_other_with_a_picture_each(first: Language) -> None:
    scene = replace(due(link=replace(LINK, both=True, language=first)), language=first)
    whole = lines(scene)
    own, other = lines(due(), first), lines(due(), first.other)
    assert whole == own + other
    assert lines(scene, first.other) == whole
    files = said(scene).files
    assert [(each.kind, each.language) for each in files] == [(FileKind.DIGEST, first), (FileKind.DIGEST, first.other)]


def test_both_languages_together_keep_to_what_one_message_holds() -> None:
    asked = [replace(question(f"q{number}", group_ok=True), label=both("L" * 300)) for number in range(12)]
    event = replace(EVENT, surveys=(survey(*asked),))
    cohorts = tuple(replace(ANSWERED, question=each.name) for each in asked)
    scene = due(event=event, cohorts=cohorts, link=replace(LINK, both=True))
    alone = released(replace(scene, link=LINK))
    assert 0 < len(released(scene)) < len(alone) < 12
    assert len(plain_text(render(said(scene), Language.EN).paragraphs)) <= 4_096


# The picture


def test_the_picture_shows_the_shares_and_names_neither_event_nor_group() -> None:
    (file,) = said(due(cohorts=(ANSWERED, recalls("safety", 8)))).files
    ((name, facts),) = file.facts
    assert name == "findings"
    assert EVENT.title.en not in facts
    first, second = picture_from_json(facts)
    assert (first.title.en, [bar.share for bar in first.bars]) == ("used", [Share.ALMOST_ALL, Share.FEW])
    assert (second.title, second.retained) == (SAFETY.text, True)


def test_what_was_released_before_there_were_pictures_has_none() -> None:
    old = Frozen(3, both("used\nYes: most"), "after", "used")
    assert said(due(cohorts=(), unposted=(old,))).files == ()


# When a coordinator asks for one

ASKED = replace(DIGEST, name=ASKED_DIGEST, planned=NOW)


def test_what_was_asked_for_comes_in_the_same_week_but_not_at_night() -> None:
    lately = (NOW - timedelta(hours=3),)
    assert any(isinstance(each, Say) for each in respond_in_group(DigestDue(5), due(nudge=ASKED, sent=lately)).effects)
    (waits,) = respond_in_group(DigestDue(5), due(sent=lately)).effects
    assert waits == SettleNudge(5, Reason.WEEKLY_CAP, NOW + timedelta(days=7)), "the first time of day that is its own"
    midnight = datetime(2026, 11, 16, 21, 0, tzinfo=UTC)
    (quiet,) = respond_in_group(DigestDue(5), replace(due(nudge=ASKED), now=midnight)).effects
    assert quiet == SettleNudge(5, Reason.QUIET_HOURS, datetime(2026, 11, 17, 5, 0, tzinfo=UTC))


def test_those_who_may_ask_learn_why_none_came() -> None:
    settled, told = respond_in_group(DigestDue(5), due(nudge=ASKED, cohorts=())).effects
    assert settled == SettleNudge(5, Reason.NOT_ENOUGH_ANSWERS)
    assert isinstance(told, TellTeam)
