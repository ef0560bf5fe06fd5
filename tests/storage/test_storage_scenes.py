from dataclasses import replace

import pytest
from sqlalchemy import Connection
from storage_samples import (
    ALL,
    DAY,
    EVENT,
    NOW,
    a_refresher,
    a_survey,
    answered,
    both,
    imported,
    joined,
    person,
    plan_of,
)

from conversations.buttons import Choose, Doubt, Go, Move, Open, Speak
from conversations.conversation import Asking, Consenting, Conversation, Leaving, Step
from conversations.cues import (
    Blocked,
    Cue,
    DigestDue,
    GroupCue,
    GroupTapped,
    LinkAsked,
    Moved,
    NudgeDue,
    Removed,
    Returned,
    Said,
    Sent,
    Started,
    Tapped,
)
from conversations.model import Language, Role
from conversations.policy import Reason
from conversations.respond import respond
from conversations.scene import Admission, Enrolment, GroupScene, ResponseState, Scene
from conversations.schedule import Planned
from conversations.timing import TouchpointKind
from storage import chats, events, groups, plans, scenes, team
from storage.chats import Chat, ChatKind
from storage.events import Contents
from storage.vault import Vault

ANSWERS = {"applied": "yes", "ways": ("reflect", "engage"), "people": 12, "story": "partnership"}


class Survey:
    """Somebody in the middle of a survey, with a refresher waiting beside it."""

    def __init__(self, conn: Connection, vault: Vault) -> None:
        self.conn, self.vault = conn, vault
        self.revision = imported(conn)
        chat = joined(conn, vault)
        self.survey, self.refresher = plan_of(conn, chat, a_survey(), a_refresher())
        answered(conn, vault, chat, self.survey, complete=False)
        self.asking = Asking(self.survey, EVENT.code, self.revision, "after", "story")
        self.chat = self.at(self.asking)
        self.enrolled = (Enrolment(EVENT.code, self.revision, ALL, NOW, self.revision),)

    def at(self, step: Step) -> Chat:
        chat = person(self.conn, self.vault)
        chats.save(self.conn, self.vault, chat, Conversation(Language.FR, step, 5, "Africa/Kinshasa"), NOW)
        return person(self.conn, self.vault)

    def scene(self, cue: Cue, chat: Chat | None = None) -> Scene:
        chat = chat or self.chat
        scene = scenes.person(self.conn, self.vault, chat, cue, NOW + DAY, Contents())
        respond(chat.conversation, cue, scene)  # what it looks at is there
        return scene


@pytest.fixture
def here(conn: Connection, vault: Vault) -> Survey:
    return Survey(conn, vault)


@pytest.mark.parametrize("cue", [Tapped(Choose(5, 0)), Tapped(Go(5, Move.BACK)), Said("Bonjour"), Sent()])
def test_an_answer_sees_the_question_and_the_answers_before_it(here: Survey, cue: Cue) -> None:
    expected = Scene(NOW + DAY, {here.revision: EVENT}, answers=ANSWERS, heard=NOW)
    assert here.scene(cue) == expected
    leaving = here.scene(cue, here.at(Leaving(here.asking)))
    assert replace(leaving, enrolments=(), aid=None) == expected, "and what ends when they leave"


@pytest.mark.parametrize("cue", [Tapped(None), Tapped(Choose(4, 0)), Blocked(), Returned()])
def test_what_needs_nothing_loads_nothing(here: Survey, cue: Cue) -> None:
    assert here.scene(cue) == Scene(NOW + DAY, heard=NOW)


def test_a_change_of_language_can_say_the_question_again(here: Survey) -> None:
    assert here.scene(Tapped(Speak(Language.EN))).answers == ANSWERS


def test_a_command_sees_the_enrolments(here: Survey) -> None:
    scene = here.scene(Said("/stop"))
    assert (scene.enrolments, scene.answers, scene.nudge) == (here.enrolled, ANSWERS, None)


def test_continue_while_idle_sees_what_was_put_aside(here: Survey) -> None:
    chat = here.at(Conversation(Language.FR).step)
    waiting = here.scene(Said("/continue"), chat)
    assert waiting.nudge is not None
    assert (waiting.nudge.id, waiting.answers) == (here.survey, ANSWERS)
    assert here.scene(Said("hello"), chat).nudge is None


@pytest.mark.parametrize("opened", [Tapped, NudgeDue])
def test_a_nudge_sees_itself_its_answers_and_the_enrolments(here: Survey, opened: type[Tapped | NudgeDue]) -> None:
    cue = Tapped(Open(here.survey)) if opened is Tapped else NudgeDue(here.survey)
    scene = here.scene(cue)
    assert scene.nudge is not None
    assert (scene.nudge.id, scene.nudge.response) == (here.survey, ResponseState.STARTED)
    assert (scene.enrolments, scene.answers, scene.events) == (here.enrolled, ANSWERS, {here.revision: EVENT})


def test_a_refresher_beside_a_survey_has_no_answers(here: Survey) -> None:
    scene = here.scene(Tapped(Doubt(here.refresher, 0, sure=True)))
    assert scene.nudge is not None
    assert (scene.nudge.id, dict(scene.answers)) == (here.refresher, {})


def test_another_person_s_nudge_is_not_there(here: Survey) -> None:
    other = person(here.conn, here.vault, "1")
    scene = here.scene(Tapped(Open(here.survey)), other)
    assert (scene.nudge, scene.enrolments, dict(scene.answers)) == (None, (), {})
    assert here.scene(Tapped(Open(999_999_999_999_999))).nudge is None


def test_a_deep_link_sees_its_invitation(here: Survey) -> None:
    code = events.invite(here.conn, EVENT.code, Role.PARTICIPANT, NOW, DAY / 2, None)
    lasting = events.invite(here.conn, EVENT.code, Role.PARTICIPANT, NOW, None, None)
    newcomer = person(here.conn, here.vault, "1")
    over = here.scene(Started(code), newcomer).invitation
    assert over is not None
    assert over.admission is Admission.EXPIRED
    for useless in ("unknown", "\0", f"{lasting}\0", "' OR 1=1 --"):
        assert here.scene(Started(useless), newcomer).invitation is None
    scene = here.scene(Started(lasting), newcomer)
    assert scene.invitation is not None
    assert scene.invitation.code == lasting
    assert scene.events == {here.revision: EVENT}
    assert here.scene(Started(), newcomer) == Scene(NOW + DAY)
    assert here.scene(Started()).enrolments == here.enrolled


def test_joining_sees_the_event_that_is_being_joined(here: Survey) -> None:
    chat = here.at(Consenting(EVENT.code, here.revision, frozenset()))
    assert here.scene(Tapped(Choose(5, 0)), chat) == Scene(NOW + DAY, {here.revision: EVENT}, heard=NOW)


def test_somebody_who_can_t_be_reached(here: Survey) -> None:
    chats.set_reachable(here.conn, here.chat.id, False)
    assert not here.scene(NudgeDue(here.refresher), person(here.conn, here.vault)).reachable


def group_scene(conn: Connection, vault: Vault, cue: GroupCue, sender: Chat | None = None) -> GroupScene:
    chat = chats.arrive(conn, vault, "telegram", "-100", ChatKind.GROUP, Language.EN, NOW)
    return scenes.group(conn, vault, chat, cue, NOW, Contents(), sender)


@pytest.mark.parametrize("cue", [GroupTapped(), Removed(), Moved("-200"), DigestDue(999)])
def test_most_cues_in_a_group_need_nothing(conn: Connection, vault: Vault, cue: GroupCue) -> None:
    scene = group_scene(conn, vault, cue)
    assert scene == GroupScene(NOW, Language.EN, scene.chat)


def test_a_link_sees_the_event_and_whether_a_coordinator_asks(conn: Connection, vault: Vault) -> None:
    imported(conn)
    coordinator, other = person(conn, vault), person(conn, vault, "1")
    team.appoint(conn, coordinator.id, events.number_of(conn, EVENT.code), Role.COORDINATOR, NOW)
    cue = LinkAsked(EVENT.code)
    scene = group_scene(conn, vault, cue, coordinator)
    assert (scene.event, scene.by_coordinator, scene.sender_language) == (EVENT, True, Language.FR)
    assert (scene.event_id, scene.sender) == (events.number_of(conn, EVENT.code), coordinator.id)
    assert group_scene(conn, vault, LinkAsked(), coordinator) == scene, "their only event needs no code"
    nothing = GroupScene(NOW, Language.EN, scene.chat, sender_language=Language.FR, sender=other.id)
    assert group_scene(conn, vault, cue, other) == group_scene(conn, vault, LinkAsked(), other) == nothing
    assert not group_scene(conn, vault, cue, other).by_coordinator
    assert not group_scene(conn, vault, cue).by_coordinator
    for unknown in ("nowhere", "\0", "LSE1\0", "' OR 1=1 --"):
        assert group_scene(conn, vault, LinkAsked(unknown), coordinator).event is None


def test_a_digest_sees_what_may_be_told(conn: Connection, vault: Vault) -> None:
    imported(conn)
    here, there = (person(conn, vault, address, ChatKind.GROUP) for address in ("-100", "-200"))
    chat = joined(conn, vault)
    (plan,) = plan_of(conn, chat, a_survey())
    answered(conn, vault, chat, plan)
    plans.settle(conn, plan, Reason.SENT, None, NOW)
    plans.replan(conn, here.id, EVENT.code, (Planned(TouchpointKind.DIGEST, "news", 0, NOW, None),))
    digest = plans.due(conn, NOW, 10, None)[0].id
    unlinked = group_scene(conn, vault, DigestDue(digest))
    assert (unlinked.linked, unlinked.cohorts) == (False, ())
    groups.link(conn, here.id, EVENT.code, NOW)
    (applied, ways) = group_scene(conn, vault, DigestDue(digest)).cohorts
    people = [each for each, _ in applied.picks]
    groups.release(conn, EVENT.code, "after", "applied", people, both("Some"), there.id, NOW)
    scene = group_scene(conn, vault, DigestDue(digest))
    assert (scene.linked, scene.event, scene.cohorts) == (True, EVENT, (ways,))
    assert [each.words for each in scene.unposted] == [both("Some")]
    plans.settle(conn, digest, Reason.SENT, None, NOW)
    settled = group_scene(conn, vault, DigestDue(digest))
    assert settled.nudge is not None
    assert (settled.nudge.pending, settled.cohorts) == (False, ())
