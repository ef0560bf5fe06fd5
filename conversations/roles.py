"""Who may do what for an event: one table, and the right to do a thing is asked for nowhere else.

The operator is whoever has the machine: they work on the command line, which asks for no role.
"""

from collections.abc import Mapping
from enum import StrEnum

from conversations.model import TEAM, Bilingual, Role
from conversations.words import plain


class Act(StrEnum):
    """What somebody of the team can ask for or do; the value is part of a button's data and stays as it is."""

    # The team
    TEAM = "team"
    APPOINT = "t-new"
    CONFIRM = "t-yes"
    REFUSE = "t-no"
    REMOVE = "t-out"
    REMOVE_FOR_GOOD = "t-out-yes"
    # The workbook to begin with
    TEMPLATE = "template"
    TEMPLATE_SAME = "w-same"
    TEMPLATE_NEW = "w-new"
    TEMPLATE_ENGLISH = "w-en"
    TEMPLATE_FRENCH = "w-fr"
    TEMPLATE_START = "w-start"
    TEMPLATE_END = "w-end"
    # Inviting
    INVITE = "invite"
    INVITE_NEW = "i-new"
    INVITE_PART = "i-part"
    INVITE_PLACES = "i-seats"
    INVITE_TYPE_PLACES = "i-seats-say"
    INVITE_TYPE_DAY = "i-day-say"
    INVITE_MAKE = "i-make"
    INVITE_THIS = "i-this"
    INVITE_LETTER = "i-letter"
    INVITE_QR = "i-qr"
    INVITE_POSTER = "i-poster"
    WITHDRAW = "i-end"
    WITHDRAW_FOR_GOOD = "i-end-yes"
    REPLACE = "i-swap"
    ROSTER = "roster"
    ROSTER_ANEW = "r-anew"
    ROSTER_ANEW_FOR_GOOD = "r-anew-yes"
    # Trying out
    SHOW = "show"
    SHOW_THIS = "s-this"
    SHOW_OTHER = "s-other"
    SHOW_END = "s-end"
    # Following
    STATUS = "status"
    WAVE = "f-wave"
    TREND = "f-trend"
    REMIND = "f-remind"
    REMIND_NOW = "f-remind-yes"
    SUMMARY = "f-summary"
    SUMMARIZE = "f-often"
    # The report
    RESULTS = "x-form"
    RESULTS_FILE = "x-file"
    # Setting up
    EVENTS = "events"
    EVENT = "p-event"
    WORKBOOK = "workbook"
    REPORT = "p-report"
    REPORT_FILE = "p-file"
    DISCARD = "p-drop"
    PUBLISH = "publish"
    PUBLISH_NOW = "p-yes"
    CLOSE = "close"
    CLOSE_NOW = "p-close-yes"
    REOPEN = "reopen"
    REOPEN_NOW = "p-open-yes"
    ARCHIVE = "archive"
    ARCHIVE_NOW = "p-arch-yes"

    # An emergency
    PAUSE_ALL = "e-ask"
    STOP = "e-stop"
    STOP_MINE = "e-mine"
    LEAVE_BE = "e-no"
    RESUME = "e-res"
    RESUME_SENDING = "e-send"
    RESUME_LETTING_GO = "e-drop"
    # Broadcasts
    BROADCAST = "b"
    BROADCAST_NEW = "b-new"
    BROADCAST_SHOW = "b-show"
    BROADCAST_EN = "b-en"
    BROADCAST_FR = "b-fr"
    BROADCAST_AS_IT_IS = "b-as"
    BROADCAST_FILE = "b-file"
    BROADCAST_NO_FILE = "b-file-no"
    BROADCAST_WHO = "b-who"
    BROADCAST_BY = "b-by"
    BROADCAST_PICK = "b-pick"
    BROADCAST_BEFORE = "b-before"
    BROADCAST_WHEN = "b-when"
    BROADCAST_NOW = "b-now"
    BROADCAST_DAYS = "b-days"
    BROADCAST_LOCK = "b-lock"
    BROADCAST_URGENT = "b-urgent"
    BROADCAST_SEE = "b-see"
    BROADCAST_TO_ME = "b-me"
    BROADCAST_OPEN = "b-open"
    BROADCAST_SEND = "b-send"
    BROADCAST_CONFIRM = "b-go"
    BROADCAST_AGREE = "b-yes"
    BROADCAST_REFUSE = "b-no"
    BROADCAST_UNDO = "b-undo"
    BROADCAST_PAUSE = "b-pause"
    BROADCAST_RESUME = "b-on"
    BROADCAST_CANCEL = "b-end"
    BROADCAST_CANCEL_YES = "b-end-yes"
    BROADCAST_DROP = "b-drop"
    BROADCAST_AGAIN = "b-again"

    # Those who ask for contact
    HELP = "h-all"
    HELP_TAKE = "h-take"
    HELP_READ = "h-read"
    HELP_WRITE = "h-say"
    HELP_RELEASE = "h-back"
    HELP_END = "h-end"
    HELP_END_FOR_GOOD = "h-end-yes"

    # Stories
    STORIES = "stories"
    STORY_READ = "y-read"
    STORY_APPROVE = "y-yes"
    STORY_REWORD = "y-word"
    STORY_REWORD_FOR = "y-word-for"
    STORY_REFUSE = "y-no"
    STORY_REFUSE_FOR = "y-no-for"
    STORY_TRANSLATE = "y-tr"

    # Groups; what links one has no button: it is written in the group itself
    LINK = "g-link"
    GROUPS = "groups"
    GROUP_LANGUAGE = "g-lang"
    GROUP_TIME = "g-time"
    DIGEST_NOW = "g-now"
    DIGEST_NOW_FOR_SURE = "g-now-yes"
    UNLINK = "g-out"
    UNLINK_FOR_GOOD = "g-out-yes"


_COORDINATORS = frozenset({Role.COORDINATOR})

MAY: Mapping[Act, frozenset[Role]] = {
    Act.TEAM: TEAM,
    Act.APPOINT: _COORDINATORS,
    Act.CONFIRM: _COORDINATORS,
    Act.REFUSE: _COORDINATORS,
    Act.REMOVE: _COORDINATORS,
    Act.REMOVE_FOR_GOOD: _COORDINATORS,
    Act.LINK: _COORDINATORS,
    Act.GROUPS: _COORDINATORS,
    Act.GROUP_LANGUAGE: _COORDINATORS,
    Act.GROUP_TIME: _COORDINATORS,
    Act.DIGEST_NOW: _COORDINATORS,
    Act.DIGEST_NOW_FOR_SURE: _COORDINATORS,
    Act.UNLINK: _COORDINATORS,
    Act.UNLINK_FOR_GOOD: _COORDINATORS,
    Act.TEMPLATE: _COORDINATORS,
    Act.TEMPLATE_SAME: _COORDINATORS,
    Act.TEMPLATE_NEW: _COORDINATORS,
    Act.TEMPLATE_ENGLISH: _COORDINATORS,
    Act.TEMPLATE_FRENCH: _COORDINATORS,
    Act.TEMPLATE_START: _COORDINATORS,
    Act.TEMPLATE_END: _COORDINATORS,
    Act.INVITE: _COORDINATORS,
    Act.INVITE_NEW: _COORDINATORS,
    Act.INVITE_PART: _COORDINATORS,
    Act.INVITE_PLACES: _COORDINATORS,
    Act.INVITE_TYPE_PLACES: _COORDINATORS,
    Act.INVITE_TYPE_DAY: _COORDINATORS,
    Act.INVITE_MAKE: _COORDINATORS,
    Act.INVITE_THIS: _COORDINATORS,
    Act.INVITE_LETTER: _COORDINATORS,
    Act.INVITE_QR: _COORDINATORS,
    Act.INVITE_POSTER: _COORDINATORS,
    Act.WITHDRAW: _COORDINATORS,
    Act.WITHDRAW_FOR_GOOD: _COORDINATORS,
    Act.REPLACE: _COORDINATORS,
    Act.ROSTER: _COORDINATORS,
    Act.ROSTER_ANEW: _COORDINATORS,
    Act.ROSTER_ANEW_FOR_GOOD: _COORDINATORS,
    Act.SHOW: TEAM,
    Act.SHOW_THIS: TEAM,
    Act.SHOW_OTHER: TEAM,
    Act.SHOW_END: TEAM,
    Act.STATUS: TEAM,
    Act.WAVE: TEAM,
    Act.TREND: TEAM,
    Act.REMIND: _COORDINATORS,
    Act.REMIND_NOW: _COORDINATORS,
    Act.SUMMARY: TEAM,
    Act.SUMMARIZE: TEAM,
    Act.RESULTS: _COORDINATORS,
    Act.RESULTS_FILE: _COORDINATORS,
    Act.EVENTS: TEAM,
    Act.EVENT: TEAM,
    Act.WORKBOOK: _COORDINATORS,
    Act.REPORT: _COORDINATORS,
    Act.REPORT_FILE: _COORDINATORS,
    Act.DISCARD: _COORDINATORS,
    Act.PUBLISH: _COORDINATORS,
    Act.PUBLISH_NOW: _COORDINATORS,
    Act.CLOSE: _COORDINATORS,
    Act.CLOSE_NOW: _COORDINATORS,
    Act.REOPEN: _COORDINATORS,
    Act.REOPEN_NOW: _COORDINATORS,
    Act.ARCHIVE: _COORDINATORS,
    Act.ARCHIVE_NOW: _COORDINATORS,
    # Whoever sees that something is wrong stops it; whoever answers for the event says when it goes on.
    Act.PAUSE_ALL: TEAM,
    Act.STOP: TEAM,
    Act.STOP_MINE: TEAM,
    Act.LEAVE_BE: TEAM,
    Act.RESUME: _COORDINATORS,
    Act.RESUME_SENDING: _COORDINATORS,
    Act.RESUME_LETTING_GO: _COORDINATORS,
    **dict.fromkeys((each for each in Act if each.name.startswith("BROADCAST")), _COORDINATORS),
    Act.HELP: TEAM,
    Act.HELP_TAKE: TEAM,
    Act.HELP_READ: TEAM,
    Act.HELP_WRITE: TEAM,
    Act.HELP_RELEASE: TEAM,
    Act.HELP_END: TEAM,
    Act.HELP_END_FOR_GOOD: TEAM,
    Act.STORIES: TEAM,
    Act.STORY_READ: TEAM,
    Act.STORY_APPROVE: TEAM,
    Act.STORY_REWORD: TEAM,
    Act.STORY_REWORD_FOR: TEAM,
    Act.STORY_REFUSE: TEAM,
    Act.STORY_REFUSE_FOR: TEAM,
    Act.STORY_TRANSLATE: _COORDINATORS,
}
"""The roles that may do each of them."""

OF_ANY_EVENT = frozenset({Act.EVENTS, Act.WORKBOOK, Act.REPORT, Act.REPORT_FILE})
"""What is not about one event from the outset: whoever may do it for any of theirs may."""

EVEN_ARCHIVED = OF_ANY_EVENT | {Act.EVENT, Act.STATUS, Act.WAVE, Act.TREND, Act.RESULTS, Act.RESULTS_FILE}
"""What a team may do when its event is archived; all else is over then."""

_COMMANDS: Mapping[Act, tuple[str, ...]] = {
    Act.TEAM: ("team", "equipe"),
    Act.GROUPS: ("groups", "groupes"),
    Act.TEMPLATE: ("template", "modele"),
    Act.INVITE: ("invite", "inviter"),
    Act.ROSTER: ("roster", "liste"),
    Act.SHOW: ("show", "montrer"),
    Act.STATUS: ("status", "etat", "statut"),
    Act.RESULTS: ("report", "rapport"),
    Act.EVENTS: ("events", "evenements"),
    Act.WORKBOOK: ("workbook", "classeur"),
    Act.PUBLISH: ("publish", "publier"),
    Act.CLOSE: ("close", "cloturer"),
    Act.REOPEN: ("reopen", "rouvrir"),
    Act.ARCHIVE: ("archive", "archiver"),
    Act.PAUSE_ALL: ("pauseall", "stopall", "toutsuspendre", "toutarreter"),
    Act.RESUME: ("resume", "reprendre"),
    Act.BROADCAST: ("broadcast", "annonce"),
    Act.HELP: ("requests", "demandes"),
    Act.STORIES: ("stories", "recits"),
}
"""What is typed for those that a command begins, in both languages, with or without accents."""


def may(role: Role, act: Act) -> bool:
    """Whether somebody with that role may do it."""
    return role in MAY[act]


def act_in(text: str) -> Act | None:
    """What the whole text asks for. Only with its slash: such words also answer questions."""
    if not text.startswith("/"):
        return None
    word = plain(text.split("@", 1)[0])
    return next((act for act, words in _COMMANDS.items() if word in words), None)


def typed() -> tuple[Act, ...]:
    """Those that a command begins."""
    return tuple(_COMMANDS)


def command_of(act: Act, *, french: bool) -> str:
    """How the act is typed: "/team"; the first of its words in English, the last in French."""
    return f"/{_COMMANDS[act][-1 if french else 0]}"


def command(act: Act) -> Bilingual:
    """How the act is typed, in each language its own word."""
    return Bilingual(command_of(act, french=False), command_of(act, french=True))
