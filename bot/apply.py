"""Effects become rows. Everything here runs in the storage thread, inside one turn's savepoint."""

from dataclasses import replace
from typing import assert_never

from bot import planning
from bot.apply_aid import apply_aid
from bot.apply_stories import apply_group_stories, apply_stories, forget_stories
from bot.apply_team import apply_team
from bot.doing import Doing, Done, put
from bot.rendering import dumps, frozen, render
from conversations.aid_effects import AskForContact, DropLetters, ExpectAnswer, KeepLetter, NoteReferral, SettleRequest
from conversations.conversation import Conversation
from conversations.effects import (
    AskRecall,
    CompleteResponse,
    Decline,
    DropAnswers,
    Enrol,
    GroupEffect,
    Leave,
    LinkGroup,
    MarkPosted,
    MoveGroup,
    MoveNudge,
    OpenResponse,
    PersonalEffect,
    RecordRecall,
    Release,
    Remind,
    Replan,
    Revise,
    SaveAnswer,
    Say,
    SayKind,
    SetPurpose,
    SetReachable,
    SettleNudge,
    SetWishes,
    Toast,
)
from conversations.model import Language
from conversations.policy import Reason
from conversations.story_effects import (
    AnswerTranslation,
    KeepStory,
    OfferTranslation,
    PostStories,
    ReleaseStories,
    SettleStory,
    TellNews,
)
from conversations.team_effects import ArrangeGroup
from locales.phrases import say
from storage import admission, chats, enrolments, groups, outbox, plans, recalls, responses
from storage.outbox import Operation, Outgoing


def apply_personal(effects: tuple[PersonalEffect, ...], after: Conversation, doing: Doing) -> Done:
    """Carry out a person's turn; `after` is the conversation it leads to, whose language is spoken."""
    done = Done()
    for effect in effects:
        _personal(effect, after, doing, done)
    return done


def apply_in_group(effects: tuple[GroupEffect, ...], language: Language, doing: Doing) -> Done:
    """Carry out a group's turn, in the group's language (a link may change it for what follows)."""
    done = Done()
    for effect in effects:
        if isinstance(effect, LinkGroup | ArrangeGroup):
            language = effect.language
        _in_group(effect, language, doing, done)
    return done


def _personal(effect: PersonalEffect, after: Conversation, doing: Doing, done: Done) -> None:
    match effect:
        case Say():
            done.outgoing.append(_say(effect, effect.language or after.language, doing))
        case Revise():
            done.outgoing.append(_revise(effect, effect.language or after.language, doing))
        case Toast(words):
            done.toast = say(words, after.language) if words is not None else None
        case Enrol() | Leave() | SetReachable():
            _come_or_go(effect, after, doing)
        case SettleNudge(nudge, reason, again):
            plans.settle(doing.connection, nudge, reason, again, doing.now)
        case OpenResponse() | SaveAnswer() | DropAnswers() | CompleteResponse() | Decline():
            _respond(effect, doing)
        case AskRecall() | RecordRecall():
            _recall(effect, after, doing)
        case Remind() | Replan() | MoveNudge() | SetWishes() | SetPurpose():
            _rearrange(effect, after, doing)
        case NoteReferral() | AskForContact() | SettleRequest() | ExpectAnswer() | KeepLetter() | DropLetters():
            apply_aid(effect, doing)
        case KeepStory() | SettleStory() | OfferTranslation() | AnswerTranslation() | TellNews():
            apply_stories(effect, doing)
        case _:
            apply_team(effect, doing, done)


def _come_or_go(effect: Enrol | Leave | SetReachable, after: Conversation, doing: Doing) -> None:
    connection, chat, now = doing.connection, doing.chat, doing.now
    match effect:
        case Enrol():
            _enrol(effect, after, doing)
        case Leave():
            forget_stories(doing)
            enrolments.leave_all(connection, chat.id, now)
        case SetReachable(reachable):
            chats.set_reachable(connection, chat.id, reachable)
            if reachable:
                planning.replan_everywhere(connection, doing.contents, chat.id, after, now)
        case _:
            assert_never(effect)


def _recall(effect: AskRecall | RecordRecall, after: Conversation, doing: Doing) -> None:
    match effect:
        case AskRecall(nudge, items, memories):
            recalls.ask(doing.connection, nudge, items, memories, doing.now)
        case RecordRecall(nudge, message, choice, right, sure, memory):
            language = after.language
            recalls.answer(doing.connection, nudge, message, choice, right, sure, language, memory, doing.now)
        case _:
            assert_never(effect)


def _rearrange(effect: Remind | Replan | MoveNudge | SetWishes | SetPurpose, after: Conversation, doing: Doing) -> None:
    """What is to come changes."""
    connection, chat = doing.connection, doing.chat
    match effect:
        case Remind(nudge, planned):
            plans.add(connection, nudge, planned)
        case Replan(event):
            planning.replan_person(connection, doing.contents, chat.id, event, after, doing.now)
        case MoveNudge(nudge, due, expires):
            plans.move(connection, nudge, due, expires)
        case SetWishes(wishes):
            chats.set_wishes(connection, chat.id, wishes)
        case SetPurpose(event, purpose, given):
            enrolments.set_purpose(connection, chat.id, event, purpose, given, doing.now)
        case _:
            assert_never(effect)


def _respond(effect: OpenResponse | SaveAnswer | DropAnswers | CompleteResponse | Decline, doing: Doing) -> None:
    connection, now = doing.connection, doing.now
    match effect:
        case OpenResponse(nudge):
            responses.begin(connection, nudge, now)
        case SaveAnswer(nudge, question, value, sealed, amends):
            responses.save_answer(
                connection, doing.vault, doing.chat, nudge, question, value, sealed, now, amends=amends
            )
        case DropAnswers(nudge, questions, amends):
            responses.drop_answers(connection, nudge, questions, now, amends=amends)
        case Decline(nudge):
            plans.decline(connection, nudge, now)
        case CompleteResponse(nudge):
            responses.complete(connection, nudge, now)
            plans.end_reminders(connection, nudge, Reason.ANSWERED, now)
        case _:
            assert_never(effect)


def _in_group(effect: GroupEffect, language: Language, doing: Doing, done: Done) -> None:
    connection, chat, now = doing.connection, doing.chat, doing.now
    match effect:
        case Say():
            done.outgoing.append(_say(effect, language, doing))
        case Revise():
            done.outgoing.append(_revise(effect, language, doing))
        case Toast(words):
            done.toast = say(words, language) if words is not None else None
        case LinkGroup(event, _, topic):
            _link(event, language, topic, doing)
        case MoveGroup(address):
            chats.move(connection, doing.vault, chat, address)
        case Release(survey, question, people, finding, bars):
            linked = groups.linked_event(connection, chat.id)
            assert linked is not None  # noqa: S101 # the core releases for a linked group only
            groups.release(connection, linked, survey, question, people, frozen(finding), chat.id, now, bars)
        case MarkPosted(releases):
            groups.mark_posted(connection, chat.id, releases, now)
        case ReleaseStories() | PostStories():
            apply_group_stories(effect, doing)
        case SettleNudge(nudge, reason, again):
            plans.settle(connection, nudge, reason, again, now)
        case _:
            apply_team(effect, doing, done)


def _say(effect: Say, language: Language, doing: Doing) -> Outgoing:
    return put(effect.message, doing.chat, language, effect.kind, doing, serial=effect.serial, plan_id=effect.nudge)


def _revise(effect: Revise, language: Language, doing: Doing) -> Outgoing:
    body = dumps(render(effect.message, language))
    target = doing.tap.message if effect.carrying is None and doing.tap is not None else None
    return outbox.add(
        doing.connection,
        doing.vault,
        doing.chat,
        Operation.EDIT,
        SayKind.REPLY,
        body,
        doing.now,
        serial=effect.serial,
        carrying=effect.carrying,
        target=target,
    )


def _enrol(effect: Enrol, after: Conversation, doing: Doing) -> None:
    connection, chat = doing.connection, doing.chat
    part = admission.take(connection, chat.id, effect.event, effect.invitation)
    # The enrolment keeps the revision whose consent they read: that is what they agreed to, whatever came since. What
    # they get is planned from the newest one, as for everybody else.
    enrolments.enrol(
        connection, chat.id, effect.event, effect.revision, effect.purposes, effect.profile, doing.now, part
    )
    planning.replan_person(connection, doing.contents, chat.id, effect.event, after, doing.now)


def _link(code: str, language: Language, topic: int | None, doing: Doing) -> None:
    connection, chat = doing.connection, doing.chat
    groups.link(connection, chat.id, code, doing.now, topic)
    chats.save(connection, doing.vault, chat, replace(chat.conversation, language=language), None)
    planning.plan_group(connection, doing.contents, chat.id, doing.now)
