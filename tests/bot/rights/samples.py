"""How each act is done properly: the ways that lead to it over real keyboards, and what comes of its last step."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from conversations.cues import LinkAsked, Started
from conversations.model import Language
from conversations.roles import Act
from conversations.rosters import Person, Roster
from storage.codec import roster_to_json
from tests.bot.rights.steps import (
    LIST,
    PICTURE,
    WORKBOOK,
    Reads,
    Says,
    Sends,
    Step,
    asks_for_contact,
    first,
    tells_a_story,
    upload,
)
from tests.bot.rights.world import FULL
from tests.bot.teams import HERE, PARTICIPANT, SECOND, TEAM_HERE, THERE, Answer, Teams
from tests.conversations.samples import both


@dataclass(frozen=True)
class Sample:
    """One way to an act; `did` are the effects that its last step leaves in the record, of the event with that code."""

    way: tuple[Step, ...]
    did: tuple[str, ...] = ()
    event: str = HERE.code


def by(*way: Step, did: str = "", event: str = HERE.code) -> tuple[Sample, ...]:
    return (Sample(way, tuple(did.split()), event),)


async def comes_to_both_teams(teams: Teams, who: str) -> None:
    await teams.rig.person(who, Started(teams.rig.invite(THERE, TEAM_HERE[who]), Language.EN))


async def candidate(teams: Teams, _who: str) -> None:
    """Nobody else waits to be confirmed: those who do are in the way of the one that is meant."""
    await teams.candidate("44")


async def in_a_group(teams: Teams, _who: str) -> None:
    await teams.linked()


async def link_asked(teams: Teams, who: str) -> Answer:
    return await teams.in_group(LinkAsked(HERE.code), who)


async def a_minute_goes_by(teams: Teams, _who: str) -> None:
    teams.rig.clock.time += timedelta(seconds=61)


async def help_is_wanted(teams: Teams, _who: str) -> None:
    await asks_for_contact(teams, PARTICIPANT)


async def a_story_waits(teams: Teams, _who: str) -> None:
    await tells_a_story(teams, PARTICIPANT)


TEAM_AND_GROUPS: Mapping[Act, tuple[Sample, ...]] = {
    Act.TEAM: by("/team"),
    Act.APPOINT: by("/team", "Invite a moderator", did="OfferRole"),
    Act.CONFIRM: by(candidate, "/team", "Confirm ", did="Appoint TellPerson"),
    Act.REFUSE: by(candidate, "/team", "Turn down ", did="TurnDown TellPerson"),
    Act.REMOVE: by("/team", "Remove "),
    Act.REMOVE_FOR_GOOD: by("/team", "Remove ", "Yes, remove", did="Dismiss TellPerson"),
    Act.LINK: by(link_asked, did="LinkGroup"),
    Act.GROUPS: by("/groups"),
    Act.GROUP_LANGUAGE: by(in_a_group, "/groups", "Group 1", "Français", did="ArrangeGroup"),
    Act.GROUP_TIME: by(in_a_group, "/groups", "Group 1", "Mondays", did="ArrangeGroup"),
    Act.DIGEST_NOW: by(in_a_group, "/groups", "Group 1", "Send a digest now"),
    Act.DIGEST_NOW_FOR_SURE: by(in_a_group, "/groups", "Group 1", "Send a digest now", "Yes, send it", did="AskDigest"),
    Act.UNLINK: by(in_a_group, "/groups", "Group 1", "End the link"),
    Act.UNLINK_FOR_GOOD: by(in_a_group, "/groups", "Group 1", "End the link", "Yes, end the link", did="EndLink"),
}

_NEW = ("/template", "For a new event", Says("Keeping it alive"))
_TITLED = (*_NEW, Says("Garder vivant"))
_BEGUN = (*_TITLED, Says("9 March 2027"))
_TRYING = ("/show", "After the event")
TRYING: Mapping[Act, tuple[Sample, ...]] = {
    Act.TEMPLATE: by("/template"),
    Act.TEMPLATE_SAME: by("/template", "The event here"),
    Act.TEMPLATE_NEW: by("/template", "For a new event"),
    Act.TEMPLATE_ENGLISH: by(*_NEW),
    Act.TEMPLATE_FRENCH: by(*_TITLED),
    Act.TEMPLATE_START: by(*_BEGUN),
    Act.TEMPLATE_END: by(*_BEGUN, Says("11 March 2027")),
    Act.SHOW: by("/show"),
    Act.SHOW_THIS: by(*_TRYING),
    Act.SHOW_OTHER: by(*_TRYING, "The same in French"),
    Act.SHOW_END: by(*_TRYING, "End the trial"),
}

_REVISED = upload(replace(FULL, title=both("The event here, revised", "La rencontre ici, revue")))
_SENT = ("/workbook", Sends(WORKBOOK))
_DRAFTED = (*_SENT, Reads(_REVISED))
_CLOSED = ("/close", "Yes, close it")
_THIS = ("/events", "The event here")
SETTING_UP: Mapping[Act, tuple[Sample, ...]] = {
    Act.EVENTS: by("/events", event=""),
    Act.EVENT: by(*_THIS),
    Act.WORKBOOK: (
        *by("/workbook", event=""),
        *by(*_SENT, did="ReadFile", event=""),
        *by(*_DRAFTED, did="KeepDraft"),
        *by(Sends(WORKBOOK), did="ReadFile", event=""),
    ),
    Act.REPORT: by(*_DRAFTED, *_THIS, "What was found in it"),
    Act.REPORT_FILE: by(*_DRAFTED, "All of it as a file"),
    Act.DISCARD: by(*_DRAFTED, *_THIS, "Discard the workbook", did="Discard"),
    Act.PUBLISH: (*by("/publish"), *by(*_DRAFTED, "Publish")),
    Act.PUBLISH_NOW: by(*_DRAFTED, "Publish", "Yes, change it", did="Publish TellTeam"),
    Act.CLOSE: by("/close"),
    Act.CLOSE_NOW: by(*_CLOSED, did="ChangeState TellTeam"),
    Act.REOPEN: by(*_CLOSED, "/reopen"),
    Act.REOPEN_NOW: by(*_CLOSED, "/reopen", "Yes, open it", did="ChangeState TellTeam"),
    Act.ARCHIVE: by(*_CLOSED, "/archive"),
    Act.ARCHIVE_NOW: by(*_CLOSED, "/archive", "Yes, archive it", did="ChangeState TellTeam"),
}

_FOR_HOSTS = ("/invite", "New invitation", "Hosts")
_MADE = (*_FOR_HOSTS, "30", "No end")
_ROSTER = ("/roster", Sends(LIST))
PEOPLE = roster_to_json(Roster((Person(2, "Awa"), Person(3, "Ken"))))
_EXPECTED = (*_ROSTER, Reads(PEOPLE))
INVITING: Mapping[Act, tuple[Sample, ...]] = {
    Act.INVITE: by("/invite"),
    Act.INVITE_NEW: by("/invite", "New invitation"),
    Act.INVITE_PART: by(*_FOR_HOSTS),
    Act.INVITE_PLACES: by(*_FOR_HOSTS, "30"),
    Act.INVITE_TYPE_PLACES: (
        *by(*_FOR_HOSTS, "Another number"),
        *by(*_FOR_HOSTS, "Another number", Says("45")),
    ),
    Act.INVITE_TYPE_DAY: (
        *by(*_FOR_HOSTS, "30", "Until another day"),
        *by(*_FOR_HOSTS, "30", "Until another day", Says("12 March 2027"), did="OfferPlaces"),
    ),
    Act.INVITE_MAKE: by(*_MADE, did="OfferPlaces"),
    Act.INVITE_THIS: by(*_MADE, "/invite", "1"),
    Act.INVITE_LETTER: by(*_MADE, "Text to forward"),
    Act.INVITE_QR: by(*_MADE, "QR picture"),
    Act.INVITE_POSTER: by(*_MADE, "Poster"),
    Act.WITHDRAW: by(*_MADE, "Revoke"),
    Act.WITHDRAW_FOR_GOOD: by(*_MADE, "Revoke", "Yes, revoke", did="WithdrawInvitation"),
    Act.REPLACE: by(*_MADE, "Revoke", "Revoke and replace", did="ReplaceInvitation"),
    Act.ROSTER: (*by("/roster"), *by(*_ROSTER, did="ReadFile"), *by(*_EXPECTED, did="Expect")),
    Act.ROSTER_ANEW: by(*_EXPECTED, "/invite", "Start the list anew"),
    Act.ROSTER_ANEW_FOR_GOOD: by(*_EXPECTED, "/invite", "Start the list anew", "Yes, start anew", did="ExpectNobody"),
}

_BEGINS = ("/broadcast", "New broadcast")
_DRAFT = (*_BEGINS, Says("Hello"), Says("Bonjour"))
_SEEN = (*_DRAFT, "Preview and send")
_GOES = (*_SEEN, "Send it…", "Yes, send it")
_LEAVES = (*_GOES, a_minute_goes_by, "How far is it?")
_URGENT = (first(SECOND, *_DRAFT, "Urgent", "Preview and send", "Send it…", "Ask for consent"),)
_KEPT = "KeepBroadcast"
BROADCASTS: Mapping[Act, tuple[Sample, ...]] = {
    Act.BROADCAST: by("/broadcast"),
    Act.BROADCAST_NEW: by(*_BEGINS, did=_KEPT),
    Act.BROADCAST_SHOW: by(*_DRAFT, "/broadcast", "draft"),
    Act.BROADCAST_EN: (*by(*_DRAFT, "English text"), *by(*_BEGINS, Says("Hello"), did=_KEPT)),
    Act.BROADCAST_FR: (*by(*_DRAFT, "French text"), *by(*_DRAFT, did=_KEPT)),
    Act.BROADCAST_AS_IT_IS: by(*_BEGINS, Says("Hello"), "Send it as it is", did=_KEPT),
    Act.BROADCAST_FILE: (*by(*_DRAFT, "Add a photo"), *by(*_DRAFT, "Add a photo", Sends(PICTURE), did=_KEPT)),
    Act.BROADCAST_NO_FILE: by(*_DRAFT, "Add a photo", Sends(PICTURE), "Take the file out", did=_KEPT),
    Act.BROADCAST_WHO: by(*_DRAFT, "To whom"),
    Act.BROADCAST_BY: by(*_DRAFT, "To whom", "Country?"),
    Act.BROADCAST_PICK: by(*_DRAFT, "To whom", "Country?", "Kenya", did=_KEPT),
    Act.BROADCAST_BEFORE: by(*_DRAFT, "To whom", "Joined before", Says("yesterday"), did=_KEPT),
    Act.BROADCAST_WHEN: (*by(*_DRAFT, "Later"), *by(*_DRAFT, "Later", Says("tomorrow 10:00"), did=_KEPT)),
    Act.BROADCAST_NOW: by(*_DRAFT, "Later", Says("tomorrow 10:00"), "At once", did=_KEPT),
    Act.BROADCAST_DAYS: by(*_DRAFT, "Worth sending for", did=_KEPT),
    Act.BROADCAST_LOCK: by(*_DRAFT, "Show the words at once", did=_KEPT),
    Act.BROADCAST_URGENT: by(*_DRAFT, "Urgent", did=_KEPT),
    Act.BROADCAST_SEE: by(*_SEEN),
    Act.BROADCAST_TO_ME: by(*_SEEN, "Send it to me first"),
    Act.BROADCAST_OPEN: by(*_SEEN, "Send it to me first", "Open"),
    Act.BROADCAST_SEND: by(*_SEEN, "Send it…"),
    Act.BROADCAST_CONFIRM: by(*_GOES, did="SendBroadcast"),
    Act.BROADCAST_AGREE: by(*_URGENT, "I agree", did="SendBroadcast"),
    Act.BROADCAST_REFUSE: by(*_URGENT, "No, do not send it", did="BackToDraft TellTeam"),
    Act.BROADCAST_UNDO: by(*_GOES, "Undo", did="CancelBroadcast"),
    Act.BROADCAST_PAUSE: by(*_LEAVES, "Pause it", did="PauseBroadcast FollowBroadcast"),
    Act.BROADCAST_RESUME: by(*_LEAVES, "Pause it", "Go on sending", did="ResumeBroadcast FollowBroadcast"),
    Act.BROADCAST_CANCEL: by(*_LEAVES, "Cancel it"),
    Act.BROADCAST_CANCEL_YES: by(*_LEAVES, "Cancel it", "Yes, cancel it", did="CancelBroadcast FollowBroadcast"),
    Act.BROADCAST_DROP: by(*_DRAFT, "Delete the draft", did="DropBroadcast"),
    Act.BROADCAST_AGAIN: by(*_GOES, "Undo", "Write it anew", did=_KEPT),
}

_WAVE = ("/status", "1")
FOLLOWING: Mapping[Act, tuple[Sample, ...]] = {
    Act.STATUS: by("/status"),
    Act.WAVE: by(*_WAVE),
    Act.TREND: by(*_WAVE, "Show as a picture"),
    Act.REMIND: by(*_WAVE, "Remind them"),
    Act.REMIND_NOW: by(*_WAVE, "Remind them", "Yes, remind them", did="RemindWave"),
    Act.SUMMARY: by("/status", "Summary"),
    Act.SUMMARIZE: by("/status", "Summary", "Every day", did="Summarize"),
    Act.RESULTS: (*by("/report"), *by("/rapport", "In French")),
    Act.RESULTS_FILE: by("/report", "Slides"),
}

_STOPPED = ("/pauseall", "Stop everything now")
_WAITING = (*_GOES, *_STOPPED, a_minute_goes_by)
EMERGENCY: Mapping[Act, tuple[Sample, ...]] = {
    Act.PAUSE_ALL: by("/pauseall"),
    Act.STOP: by(*_STOPPED, did="StopEvent TellTeam"),
    Act.STOP_MINE: by(comes_to_both_teams, "/pauseall", "Stop all of them", did="StopEvent"),
    Act.LEAVE_BE: by("/pauseall", "No, go on"),
    Act.RESUME: by(*_STOPPED, "/resume"),
    Act.RESUME_SENDING: by(*_STOPPED, "/resume", "Go on", did="ResumeEvent TellTeam"),
    Act.RESUME_LETTING_GO: by(*_WAITING, "/resume", "Go on without it", did="ResumeEvent TellTeam"),
}

_MINE = (help_is_wanted, "I take it")
HELP: Mapping[Act, tuple[Sample, ...]] = {
    Act.HELP: by(help_is_wanted, "/requests"),
    Act.HELP_TAKE: by(*_MINE, did="SettleRequest TellTeam"),
    Act.HELP_READ: by(*_MINE, "/requests", ": open"),
    Act.HELP_WRITE: (
        *by(*_MINE, "Write"),
        *by(*_MINE, "Write", Says("Hello"), did="SettleRequest KeepLetter TellPerson"),
    ),
    Act.HELP_RELEASE: by(*_MINE, "Give it back", did="SettleRequest TellTeam"),
    Act.HELP_END: by(*_MINE, "End this contact"),
    Act.HELP_END_FOR_GOOD: by(*_MINE, "End this contact", "Yes, end it", did="SettleRequest TellPerson"),
}

_READ = (a_story_waits, "/stories", "Story ")
STORIES: Mapping[Act, tuple[Sample, ...]] = {
    Act.STORIES: by(a_story_waits, "/stories"),
    Act.STORY_READ: by(*_READ),
    Act.STORY_APPROVE: by(*_READ, "Approve it", did="SettleStory"),
    Act.STORY_REWORD: by(*_READ, "Ask for another wording"),
    Act.STORY_REWORD_FOR: by(*_READ, "Ask for another wording", "it names a person", did="SettleStory"),
    Act.STORY_REFUSE: by(*_READ, "Refuse it"),
    Act.STORY_REFUSE_FOR: by(*_READ, "Refuse it", "Without a reason", did="SettleStory"),
    Act.STORY_TRANSLATE: (
        *by(*_READ, "Offer a translation"),
        *by(*_READ, "Offer a translation", Says("Nous nous voyons chaque mois."), did="OfferTranslation"),
    ),
}

SAMPLES: Mapping[Act, tuple[Sample, ...]] = {
    **TEAM_AND_GROUPS,
    **TRYING,
    **SETTING_UP,
    **INVITING,
    **BROADCASTS,
    **FOLLOWING,
    **EMERGENCY,
    **HELP,
    **STORIES,
}
