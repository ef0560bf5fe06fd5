"""Who may do what for an event: one table, and the right to do a thing is asked for nowhere else.

The operator is whoever has the machine: they work on the command line, which asks for no role.
"""

from collections.abc import Mapping
from enum import StrEnum

from conversations.model import TEAM, Role
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


_COORDINATORS = frozenset({Role.COORDINATOR})

MAY: Mapping[Act, frozenset[Role]] = {
    Act.TEAM: TEAM,
    Act.APPOINT: _COORDINATORS,
    Act.CONFIRM: _COORDINATORS,
    Act.REFUSE: _COORDINATORS,
    Act.REMOVE: _COORDINATORS,
    Act.REMOVE_FOR_GOOD: _COORDINATORS,
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
}
"""The roles that may do each of them."""

_COMMANDS: Mapping[Act, tuple[str, ...]] = {
    Act.TEAM: ("team", "equipe"),
    Act.TEMPLATE: ("template", "modele"),
    Act.INVITE: ("invite", "inviter"),
    Act.ROSTER: ("roster", "liste"),
    Act.SHOW: ("show", "montrer"),
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


def command_of(act: Act, *, french: bool) -> str:
    """How the act is typed: "/team"; the first word of each language."""
    return f"/{_COMMANDS[act][-1 if french else 0]}"
