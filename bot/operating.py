"""What the operator does with the teams of events, on the command line: at once, and with a line in the audit log.

Whoever it concerns gets the same message as from the chat. It waits in the outbox, where a running bot finds it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from bot.app import Store
from bot.clock import Clock
from bot.doing import tell
from bot.settings import ConfigError
from conversations.desk import Member, Team
from conversations.dialogues.team import MINUTES, dismissed, not_confirmed, welcome
from conversations.messages import Message
from conversations.model import Role, Words
from conversations.roles import Act
from storage import audit, events, team
from storage.audit import OPERATOR, Entry
from storage.events import Imported

_IMPORT: Final = "import"
"""The word in the audit log for a pack that was taken in."""

_INVITED: Final = (Role.COORDINATOR, Role.MODERATOR)
_DID: Final = {Act.CONFIRM: "Appoint", Act.REFUSE: "TurnDown", Act.REMOVE_FOR_GOOD: "Dismiss"}


@dataclass(frozen=True, slots=True)
class Operator:
    """Whoever has the machine, at work on a store. Every method raises ConfigError when there is no such event."""

    store: Store
    clock: Clock

    def expect(self, event: str, *, new: bool) -> None:
        """Make sure that there is such an event; with `new`, that there is none, and that this can be its code."""
        with self.store.engine.begin() as connection:
            _expect(connection, event, new=new)

    def invite(self, event: str, role: Role, *, new: bool = False) -> str:
        """The code of an invitation to the team of that event; whoever opens it has to be confirmed.

        With `new` the event is begun, as an empty draft. ConfigError when there is one already.
        """
        with self.store.engine.begin() as connection:
            _expect(connection, event, new=new)
            if new:
                events.open_event(connection, event)
            code = events.invite(connection, event, role, self.clock.now(), timedelta(minutes=MINUTES), 1)
            did = (*(("OpenEvent",) if new else ()), "OfferRole")
            self._record(connection, event, Act.APPOINT, _INVITED.index(role), did)
        return code

    def team(self, event: str) -> Team:
        """The team, and who waits to be confirmed."""
        with self.store.engine.begin() as connection:
            return self._team(connection, event)

    def confirm(self, event: str, sign: str) -> Member:
        """Whoever goes by these letters and waits is in the team from here on. ConfigError when nobody does."""

        def appoint(connection: Connection, number: int, who: Member) -> None:
            team.appoint(connection, who.chat, number, who.role, self.clock.now())

        return self._settle(event, sign, Act.CONFIRM, appoint)

    def refuse(self, event: str, sign: str) -> Member:
        """Whoever goes by these letters waits no more. ConfigError when nobody does."""

        def turn_down(connection: Connection, number: int, who: Member) -> None:
            team.turn_down(connection, who.chat, number)

        return self._settle(event, sign, Act.REFUSE, turn_down)

    def remove(self, event: str, sign: str) -> Member:
        """Whoever goes by these letters has no role any more. ConfigError when nobody of the team does.

        Even the only coordinator: a telephone that was lost or seized must not keep the event.
        """

        def dismiss(connection: Connection, number: int, who: Member) -> None:
            team.dismiss(connection, who.chat, number)

        return self._settle(event, sign, Act.REMOVE_FOR_GOOD, dismiss)

    def _settle(self, event: str, sign: str, act: Act, change: Callable[[Connection, int, Member], None]) -> Member:
        with self.store.engine.begin() as connection:
            among = self._team(connection, event)
            who = _of(among.members if act is Act.REMOVE_FOR_GOOD else among.candidates, sign, event)
            change(connection, events.number_of(connection, event), who)
            message = _message(act, who, title_of(connection, self.store, event))
            told = tell(message, who.chat, connection, self.store.vault, self.store.contents, self.clock.now())
            self._record(connection, event, act, who.chat, (_DID[act], *(("TellPerson",) if told else ())))
        return who

    def _team(self, connection: Connection, event: str) -> Team:
        _expect(connection, event, new=False)
        team.lock(connection, events.number_of(connection, event))
        return team.of_event(connection, self.store.vault, event, self.clock.now())

    def record_import(self, connection: Connection, imported: Imported) -> None:
        """Write down, in the transaction of the import, that this revision was taken in."""
        self._record(connection, imported.event_code, _IMPORT, imported.number, ("Import",))

    def _record(self, connection: Connection, event: str, act: str, item: int, did: tuple[str, ...]) -> None:
        audit.append(connection, self.store.vault, Entry(self.clock.now(), OPERATOR, event, act, item, did))


def title_of(connection: Connection, store: Store, event: str) -> Words:
    """What the event is called; its code as long as nothing is published."""
    revision = events.latest(connection, event)
    return store.contents.content(connection, revision).title if revision is not None else event


def unknown(codes: tuple[str, ...], event: str) -> str:
    """What is said of an event that is not among these."""
    known = ", ".join(codes) or "none yet; suivi import PACK takes one in"
    return f"there is no event {event!r}. Known: {known}"


def _expect(connection: Connection, event: str, *, new: bool) -> None:
    codes = events.all_codes(connection)
    if not new and event not in codes:
        raise ConfigError(f"{unknown(codes, event)}. To begin one: suivi invite {event} --role coordinator --new")
    if new and event in codes:
        raise ConfigError(f"there is an event {event!r} already: leave --new out")
    from bot.workbook.event_sheet import CODE  # noqa: PLC0415 # a running bot does without

    if new and not CODE.fullmatch(event):
        raise ConfigError(f"{event!r} cannot be the code of an event: use 2 to 20 small letters, digits, - or _")


def _of(members: Sequence[Member], sign: str, event: str) -> Member:
    letters = sign.upper()
    fitting = [each for each in members if each.sign == letters]
    if len(fitting) > 1:
        raise ConfigError(f"{len(fitting)} people go by {letters} for {event}: settle it in the chat, by /team")
    if not fitting:
        raise ConfigError(
            f"nobody goes by {letters} here. There is: {', '.join(each.sign for each in members) or 'nobody'}"
        )
    return fitting[0]


def _message(act: Act, who: Member, title: Words) -> Message:
    if act is Act.CONFIRM:
        return welcome(title, who.role)
    return not_confirmed() if act is Act.REFUSE else dismissed(title)
