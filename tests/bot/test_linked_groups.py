"""Groups that get digests: linked and arranged by those who may, there or in private; nobody else changes anything."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.planning import replan_people, to_replan
from conversations.buttons import Button, Manage, decode
from conversations.cues import Added, GroupTapped, LinkAsked, Removed, Started, UnlinkAsked
from conversations.linking import SLOTS
from conversations.model import EventState, Language
from conversations.roles import Act
from conversations.timing import ASKED_DIGEST, TouchpointKind
from storage import events, tables
from tests.bot.outgoing import texts
from tests.bot.teams import (
    COORDINATOR,
    EVERYBODY,
    GROUP,
    HERE,
    NOBODY,
    OTHER_COORDINATOR,
    SECOND,
    SECOND_GROUP,
    THERE,
    Answer,
    Teams,
)
from tests.conversations.samples import touchpoint
from tests.rig import Rig

WEEKLY = touchpoint(
    TouchpointKind.DIGEST,
    "news",
    "1 week",
    every=touchpoint(offset="1 week").offset,
    until=touchpoint(offset="4 weeks").offset,
)


@pytest.fixture
async def teams(rig: Rig) -> Teams:
    return await Teams(rig).gather()


def first_line(answer: Answer) -> str:
    return answer.said[0].paragraphs[0].text


def buttons(answer: Answer) -> list[Button]:
    found = [decode(key.data) for said in answer.said for row in said.keyboard for key in row]
    assert all(found)
    return [each for each in found if each is not None]


def labels(answer: Answer) -> list[str]:
    return [key.label for said in answer.said for row in said.keyboard for key in row]


async def press(teams: Teams, button: Button | None, who: str, group: str = GROUP) -> Answer:
    return await teams.in_group(GroupTapped(button), who, group)


def coming(teams: Teams, group: str = GROUP) -> list[tuple[int, str]]:
    """The weekday and time, where the event is, of each digest that is still planned."""
    number, rows = teams.chat_id(group), tables.plans
    planned = select(rows.c.due_at).where(rows.c.chat_id == number, rows.c.state == "planned").order_by(rows.c.due_at)
    with teams.rig.engine.connect() as connection:
        dues = [each.astimezone(ZoneInfo(HERE.timezone)) for each in connection.scalars(planned)]
    return [(each.weekday(), f"{each:%H:%M}") for each in dues]


async def test_the_bot_greets_in_the_language_of_whoever_added_it(teams: Teams) -> None:
    french = await teams.in_group(Added(Language.FR), "77")
    english = await teams.in_group(Added(Language.FR), COORDINATOR, SECOND_GROUP)
    assert first_line(english) == "Hello! A coordinator links this group with /link."
    assert [len(each.said[0].paragraphs) for each in (french, english)] == [1, 1]
    assert labels(english) == []


async def test_a_link_without_a_code_is_to_the_only_event_that_somebody_looks_after(teams: Teams) -> None:
    assert "The event here" in first_line(await teams.in_group(LinkAsked(), COORDINATOR))
    link = teams.link()
    assert link is not None
    assert (link.event, link.language, link.slot, link.topic) == (HERE.code, Language.EN, None, None)


async def test_of_several_events_the_group_learns_nothing(teams: Teams) -> None:
    code = teams.rig.invite(THERE, role=teams.roles(THERE)[OTHER_COORDINATOR])
    await teams.rig.person(COORDINATOR, Started(code))
    teams.rig.channel.heard.clear()
    await teams.in_group(LinkAsked(), COORDINATOR)
    assert texts(teams.rig.channel.heard, GROUP) == ["I have written to you in private how to go on."]
    [private] = [each for each in teams.rig.channel.heard if each.address == COORDINATOR]
    assert [each.text for each in private.message.paragraphs][1:] == ["/link here", "/link there"]
    assert teams.link() is None
    assert "The event there" in first_line(await teams.in_group(LinkAsked("there"), COORDINATOR))


async def test_whoever_is_no_coordinator_of_it_links_and_unlinks_nothing(teams: Teams) -> None:
    await teams.linked()
    before, record = teams.link(), len(teams.record())
    for who in (*EVERYBODY, "77", None):
        if who == COORDINATOR:
            continue
        neutral = await teams.in_group(LinkAsked("nowhere"), who)
        assert first_line(neutral).startswith("This can't be done here.")
        assert await teams.in_group(LinkAsked(HERE.code), who) == neutral
        assert await teams.in_group(UnlinkAsked(), who) == neutral
        if who != OTHER_COORDINATOR:
            assert await teams.in_group(LinkAsked(), who) == neutral
    assert teams.link() == before
    assert len(teams.record()) == record


async def test_an_event_that_is_over_is_not_linked(teams: Teams) -> None:
    teams.state(HERE, EventState.CLOSED)
    assert first_line(await teams.in_group(LinkAsked(HERE.code), COORDINATOR)).startswith("Not linked")
    assert first_line(await teams.in_group(LinkAsked(), COORDINATOR)).startswith("This can't be done here.")
    assert teams.link() is None


async def test_a_command_for_another_bot_is_not_answered(teams: Teams) -> None:
    for cue in (LinkAsked(HERE.code, to="weather_bot"), UnlinkAsked(to="weather_bot")):
        assert await teams.in_group(cue, COORDINATOR) == Answer((), None)
    assert (await teams.in_group(LinkAsked(HERE.code, to="Suivi_Bot"), COORDINATOR)).said


async def test_language_and_time_are_chosen_by_a_coordinators_taps(teams: Teams) -> None:
    asked = await teams.in_group(LinkAsked(HERE.code), COORDINATOR)
    assert labels(asked)[:4] == ["☑ English", "☐ Français", "☐ Both", "☑ As planned"]
    _, french, both, _, monday, *_ = buttons(asked)
    assert labels(await press(teams, both, SECOND))[:3] == ["☐ English", "☐ Français", "☑ Both"]
    await press(teams, french, SECOND)
    after = await press(teams, monday, SECOND)
    assert [each[0] for each in labels(after)] == ["☐", "☑", "☐", "☐", "☑", "☐", "☐", "☐"]
    link = teams.link()
    assert link is not None
    assert (link.language, link.both, link.slot) == (Language.FR, False, SLOTS[0])
    acts = [(line.act, line.actor, line.details) for line in teams.record()]
    assert acts == [
        (Act.LINK, teams.pseudonym(COORDINATOR), ("LinkGroup",)),
        *[(Act.GROUP_LANGUAGE, teams.pseudonym(SECOND), ("ArrangeGroup",))] * 2,
        (Act.GROUP_TIME, teams.pseudonym(SECOND), ("ArrangeGroup",)),
    ]


async def test_taps_of_everybody_else_in_the_group_are_taps_on_an_old_button(teams: Teams) -> None:
    asked = await teams.in_group(LinkAsked(HERE.code), COORDINATOR)
    before, record = teams.link(), teams.record()
    old = await press(teams, None, NOBODY)
    assert old == Answer((), "This button is not in use any more.")
    for who in (*EVERYBODY, "77"):
        if who == COORDINATOR:
            continue
        for button in buttons(asked):
            assert await press(teams, button, who) == old, (who, button)
    for act in Act:
        for item in (0, teams.chat_id(GROUP), teams.chat_id(SECOND), 10**15 - 1):
            for forged in (Manage(act, teams.number(THERE), item, 1), Manage(act, 10**15 - 1, item, 10**15 - 1)):
                assert await press(teams, forged, OTHER_COORDINATOR) == old, forged
    assert (teams.link(), teams.record()) == (before, record)


async def test_a_keyboard_of_a_link_that_has_ended_does_nothing(teams: Teams) -> None:
    asked = await teams.in_group(LinkAsked(HERE.code), COORDINATOR)
    await teams.in_group(UnlinkAsked(), COORDINATOR)
    old = await press(teams, None, COORDINATOR)
    assert {await press(teams, button, COORDINATOR) for button in buttons(asked)} == {old}
    assert teams.link() is None


async def test_a_keyboard_in_another_group_does_nothing(teams: Teams) -> None:
    asked = await teams.in_group(LinkAsked(HERE.code), COORDINATOR)
    await teams.linked(SECOND_GROUP)
    before = teams.link(SECOND_GROUP)
    for button in buttons(asked):
        await press(teams, button, COORDINATOR, SECOND_GROUP)
    assert teams.link(SECOND_GROUP) == before


async def test_the_times_chosen_are_planned_and_outlast_a_new_revision(teams: Teams) -> None:
    weekly = replace(HERE, schedule=(WEEKLY,))
    teams.rig.take_in(weekly)
    asked = await teams.in_group(LinkAsked(HERE.code), COORDINATOR)
    planned = coming(teams)
    assert len(planned) == 4
    await press(teams, buttons(asked)[5], COORDINATOR)
    assert coming(teams) == [(2, "12:00")] * 4
    longer = replace(weekly, schedule=(replace(WEEKLY, until=touchpoint(offset="5 weeks").offset),))
    with teams.rig.engine.begin() as connection:
        newest = events.import_event(connection, longer, teams.rig.clock.now()).revision
        chats = to_replan(connection, HERE.code)
        assert replan_people(connection, longer, teams.rig.clock.now(), chats, newest)
    assert coming(teams) == [(2, "12:00")] * 5
    await press(teams, buttons(asked)[3], COORDINATOR)
    assert coming(teams)[:4] == planned


async def test_a_group_that_the_bot_is_taken_out_of_and_put_back_has_to_be_linked_anew(teams: Teams) -> None:
    await teams.linked()
    teams.rig.channel.heard.clear()
    await teams.in_group(Removed(), NOBODY)
    assert teams.link() is None
    assert sorted(each.address for each in teams.rig.channel.heard) == sorted([COORDINATOR, SECOND])
    assert texts(teams.rig.channel.heard)[0].startswith("I was taken out of a group that got the digests of")
    greeted = await teams.in_group(Added(), COORDINATOR)
    assert "/link" in first_line(greeted)
    assert teams.link() is None


async def test_a_group_that_was_never_linked_may_be_left_without_a_word(teams: Teams) -> None:
    await teams.in_group(Added(), COORDINATOR)
    assert await teams.in_group(Removed(), COORDINATOR) == Answer((), None)


async def test_it_is_answered_in_the_topic_and_digests_go_to_that_of_the_link(teams: Teams) -> None:
    teams.rig.take_in(replace(HERE, schedule=(WEEKLY,)))
    linked = await teams.in_group(LinkAsked(HERE.code, topic=4), COORDINATOR)
    assert [each.topic for each in linked.said] == [4]
    again = await teams.in_group(LinkAsked(HERE.code, topic=9), COORDINATOR)
    assert [each.topic for each in again.said] == [9]
    link = teams.link()
    assert link is not None
    assert link.topic == 9
    tapped = await press(teams, buttons(again)[1], COORDINATOR)
    assert [each.topic for each in tapped.said] == [None], "what is changed in place is where it is"
    assert (await teams.in_group(UnlinkAsked(topic=2), COORDINATOR)).said[0].topic == 2


# In the coordinators' own chats


async def test_groups_are_listed_by_number_and_arranged_in_private(teams: Teams) -> None:
    await teams.linked()
    teams.rig.clock.time += timedelta(days=1)
    await teams.linked(SECOND_GROUP)
    listed = await teams.says(COORDINATOR, "/groups")
    assert [each.text for each in listed.said[0].paragraphs][1:] == [
        "Group 1: linked since Monday, 16 November 2026, in English",
        "Group 2: linked since Tuesday, 17 November 2026, in English",
    ]
    assert labels(listed) == ["Group 1", "Group 2"]
    one = await teams.taps(COORDINATOR, buttons(listed)[1])
    assert "Group 2" in first_line(one)
    after = await teams.taps(COORDINATOR, buttons(one)[1])
    assert first_line(after) == "Group 2: linked since Tuesday, 17 November 2026, in French"
    second = teams.link(SECOND_GROUP)
    assert second is not None
    assert second.language is Language.FR
    assert teams.link() is not None
    assert texts(teams.rig.channel.heard, SECOND_GROUP) == ["This group now gets the digests of The event here."]


async def test_a_group_reads_both_languages_and_linking_it_once_more_keeps_that(teams: Teams) -> None:
    asked = await teams.in_group(LinkAsked(HERE.code), COORDINATOR)
    await press(teams, buttons(asked)[2], COORDINATOR)
    await teams.in_group(LinkAsked(HERE.code, topic=4), COORDINATOR)
    link = teams.link()
    assert link is not None
    assert (link.both, link.language, link.topic) == (True, Language.EN, 4)
    listed = await teams.says(COORDINATOR, "/groups")
    assert listed.said[0].paragraphs[1].text.endswith("in both languages")
    await teams.in_group(LinkAsked(HERE.code, Language.FR), COORDINATOR)
    link = teams.link()
    assert link is not None
    assert (link.both, link.language) == (False, Language.FR), "who names a language wants that one"


def wishes(teams: Teams) -> list[tuple[int, str]]:
    """The digests that were asked for, by their number, and what became of each."""
    rows = tables.plans
    asked = select(rows.c.occurrence, rows.c.state).where(rows.c.name == ASKED_DIGEST).order_by(rows.c.occurrence)
    with teams.rig.engine.connect() as connection:
        return [(number, str(state)) for number, state in connection.execute(asked)]


async def test_a_digest_is_asked_for_in_private_after_a_second_look_and_once(teams: Teams) -> None:
    await teams.linked()
    one = await teams.taps(COORDINATOR, Manage(Act.GROUPS, teams.number(HERE), teams.chat_id(GROUP)))
    really = await teams.taps(COORDINATOR, buttons(one)[-3])
    assert first_line(really) == "Send a digest to group 1 now?"
    assert wishes(teams) == []
    yes = buttons(really)[0]
    await teams.taps(COORDINATOR, yes)
    assert "changed meanwhile" in str((await teams.taps(SECOND, yes)).toast)
    assert "already" in first_line(await teams.taps(SECOND, buttons(one)[-3]))
    assert wishes(teams) == [(0, "planned")], "two who ask while one waits get that one"
    assert [line.details for line in teams.record() if line.act == Act.DIGEST_NOW_FOR_SURE] == [("AskDigest",)]


async def test_whoever_asked_for_a_digest_that_has_nothing_to_tell_learns_why_none_came(teams: Teams) -> None:
    await teams.linked()
    yes = Manage(Act.DIGEST_NOW_FOR_SURE, teams.number(HERE), teams.chat_id(GROUP), 0)
    await teams.taps(COORDINATOR, yes)
    teams.rig.channel.heard.clear()
    await teams.rig.pass_time(timedelta(minutes=1))
    assert wishes(teams) == [(0, "held")]
    assert texts(teams.rig.channel.heard, GROUP) == []
    assert texts(teams.rig.channel.heard, COORDINATOR)[0].startswith("No digest went to the group")
    assert "changed meanwhile" in str((await teams.taps(COORDINATOR, yes)).toast), "an old button asks for nothing new"
    assert wishes(teams) == [(0, "held")]


async def test_a_link_is_ended_in_private_once_and_the_group_is_not_told(teams: Teams) -> None:
    await teams.linked()
    one = await teams.taps(COORDINATOR, Manage(Act.GROUPS, teams.number(HERE), teams.chat_id(GROUP)))
    really = await teams.taps(COORDINATOR, buttons(one)[-2])
    yes = buttons(really)[0]
    teams.rig.channel.heard.clear()
    assert first_line(await teams.taps(COORDINATOR, yes)).startswith("The link has ended.")
    assert teams.link() is None
    for who in (COORDINATOR, SECOND):
        assert "changed meanwhile" in str((await teams.taps(who, yes)).toast)
    assert [line.details for line in teams.record() if line.act == Act.UNLINK_FOR_GOOD] == [("EndLink",)]
    assert texts(teams.rig.channel.heard, GROUP) == []
    assert "There is none yet" in (await teams.says(COORDINATOR, "/groupes")).said[0].paragraphs[1].text


async def test_a_button_of_an_earlier_link_does_not_end_a_later_one(teams: Teams) -> None:
    earlier = await teams.linked()
    await teams.in_group(UnlinkAsked(), COORDINATOR)
    teams.rig.clock.time += timedelta(minutes=1)
    await teams.linked()
    old = Manage(Act.UNLINK_FOR_GOOD, teams.number(HERE), earlier.chat, earlier.version)
    assert "changed meanwhile" in str((await teams.taps(COORDINATOR, old)).toast)
    assert teams.link() is not None


@pytest.mark.parametrize(
    "act",
    [
        Act.GROUPS,
        Act.GROUP_LANGUAGE,
        Act.GROUP_TIME,
        Act.DIGEST_NOW,
        Act.DIGEST_NOW_FOR_SURE,
        Act.UNLINK,
        Act.UNLINK_FOR_GOOD,
    ],
)
async def test_a_group_of_another_event_is_none_of_theirs(teams: Teams, act: Act) -> None:
    link = await teams.linked()
    for version in (0, 1, link.version):
        answer = await teams.taps(OTHER_COORDINATOR, Manage(act, teams.number(THERE), link.chat, version))
        assert "changed meanwhile" in str(answer.toast)
    assert teams.link() == link


async def test_two_links_in_two_groups_are_of_two_events(teams: Teams) -> None:
    await teams.linked()
    await teams.linked(SECOND_GROUP, THERE, OTHER_COORDINATOR)
    assert labels(await teams.says(COORDINATOR, "/groups")) == ["Group 1"]
    assert labels(await teams.says(OTHER_COORDINATOR, "/groups")) == ["Group 1"]
