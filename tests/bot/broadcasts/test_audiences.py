"""Whom a broadcast is for, through the whole bot: counts, and small numbers that are not told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from conversations.model import Language
from storage import tables
from storage.states import PlanState
from tests.audience import ANNOUNCEMENT, Coordinator, event, labels, people, received, sent_off, text
from tests.bot.broadcasts.looking import planned
from tests.conversations.samples import choices
from tests.rig import MONDAY, Rig


async def test_who_is_left_out_gets_nothing_and_is_not_told_in_numbers(rig: Rig, grace: Coordinator) -> None:
    people(rig, 8)
    people(rig, 6, left=True)
    people(rig, 5, consented=False)
    people(rig, 2, reachable=False)
    people(rig, 7, paused_until=MONDAY + timedelta(days=20))
    people(rig, 1, paused_until=MONDAY - timedelta(days=1))
    await grace.write()
    shown = grace.last
    assert "Meant: 25 or more" in shown
    assert "left out:" not in shown, "not even that there are a few"
    assert "cannot be written to" in shown
    await grace.confirm()
    assert planned(rig) == {PlanState.PLANNED: 9}


async def test_an_audience_is_chosen_by_taps_that_all_have_to_fit(rig: Rig, grace: Coordinator) -> None:
    chosen = people(rig, 6, profile={"country": "ke", "kind": "cbo"}, language=Language.FR)
    people(rig, 7, profile={"country": "ke", "kind": "ngo"}, language=Language.FR)
    people(rig, 5, profile={"country": "tg", "kind": "cbo"}, language=Language.FR)
    people(rig, 5, profile={"country": "ke", "kind": "cbo"})
    people(rig, 5, profile={"country": "ke", "kind": "cbo"}, language=Language.FR, joined=MONDAY)
    await grace.write()
    await grace.tap("To whom", "Country?", "Kenya")
    assert "Meant: 20 or more" in grace.last
    await grace.tap("All criteria", "Organisation?", "Community-based")
    assert "Meant: 15 or more" in grace.last
    await grace.tap("All criteria", "Language", "Reads French")
    assert "Meant: 10 or more" in grace.last
    await grace.tap("All criteria", "Joined before")
    await grace.say("12 November")
    assert "Meant: 5 or more" in grace.last
    assert "Country? Kenya" in grace.last
    await grace.tap("Back to the draft")
    await grace.confirm()
    await sent_off(rig)
    assert {each.address for each in rig.channel.heard} - {"77"} == set(chosen)


async def test_everybody_again_after_choices(rig: Rig, grace: Coordinator) -> None:
    people(rig, 6, profile={"country": "ke"})
    people(rig, 6, profile={"country": "tg"})
    await grace.write()
    await grace.tap("To whom", "Country?", "Kenya", "Togo")
    assert "Country? Kenya, Togo" in grace.last
    await grace.tap("Togo", "All criteria", "Everybody")
    assert "Meant: 10 or more" in grace.last


async def test_a_few_people_of_one_country_are_written_to_without_telling_how_many(
    rig: Rig, grace: Coordinator
) -> None:
    people(rig, 3, profile={"country": "ke"})
    people(rig, 9, profile={"country": "tg"})
    await grace.write()
    await grace.tap("To whom", "Country?", "Kenya")
    assert "Meant: fewer than 5" in grace.last
    await grace.tap("All criteria", "Back to the draft")
    await grace.tap("Preview and send", "Send it…")
    assert grace.last.startswith("Send it?")
    await grace.tap("Yes, send it")
    await sent_off(rig)
    assert "Sent: fewer than 5" in grace.last


@pytest.mark.parametrize(("answered", "silent", "possible"), [(5, 5, True), (4, 9, False), (9, 4, False)])
async def test_nobody_is_chosen_by_their_answers_among_few(
    rig: Rig, grace: Coordinator, answered: int, silent: int, possible: bool
) -> None:
    people(rig, answered, answered=True)
    people(rig, silent)
    await grace.write()
    await grace.tap("To whom", "Answered or not", "Answered: After the event")
    assert ("is told by /status alone" in grace.last) is possible
    assert ("Not possible: fewer than 5" in grace.last) is not possible
    await grace.tap("All criteria", "Back to the draft", "Preview and send", "Send it…")
    assert grace.last.startswith("Send it?") is possible
    assert ("Yes, send it" in labels(grace.heard[-1])) is possible


async def test_no_number_by_answers_is_told(rig: Rig, grace: Coordinator) -> None:
    for country in ("ke", "tg"):
        people(rig, 7, profile={"country": country}, answered=True)
        people(rig, 6, profile={"country": country})
    await grace.write()
    await grace.tap("To whom", "Answered or not", "Answered: After the event", "All criteria", "Country?", "Kenya")
    assert "Recipients" not in grace.last
    await grace.tap("All criteria", "Back to the draft", "Preview and send", "Send it…")
    assert grace.last.startswith("Send it?")
    await grace.tap("Yes, send it")
    await sent_off(rig)
    assert "is done" in grace.last
    assert not any(number in text(each) for each in grace.heard for number in ("Recipients: 7", "7 people", "Sent:"))


async def test_people_are_chosen_by_what_they_were_invited_as(rig: Rig, grace: Coordinator) -> None:
    hosts, others = people(rig, 6), people(rig, 6)
    rig.take_in(replace(event(), parts=choices(host=("Hosts", "Hôtes"), visitor=("Visitors", "En visite"))))
    with rig.engine.begin() as connection:
        lookups = [rig.vault.lookup("telegram", each) for each in hosts]
        theirs = select(tables.chats.c.id).where(tables.chats.c.lookup.in_(lookups))
        connection.execute(update(tables.enrolments).where(tables.enrolments.c.chat_id.in_(theirs)).values(part="host"))
    await grace.write()
    await grace.tap("To whom", "Invited as:", "Hosts")
    assert "Invited as: Hosts" in grace.last
    await grace.tap("All criteria", "Back to the draft")
    await grace.confirm()
    await sent_off(rig)
    assert all(received(rig, each) == [ANNOUNCEMENT] for each in hosts)
    assert not any(received(rig, each) for each in others)
