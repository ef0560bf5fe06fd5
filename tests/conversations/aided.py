"""A person's contact with a team, held in dictionaries as storage would hold it; the team is one invented helper."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from conversations.aid import SOMEBODY_ELSE, WAITS, Aid, HelpRequest, Letter, Place, RequestState, is_there
from conversations.aid_effects import AskForContact, DropLetters, ExpectAnswer, KeepLetter, NoteReferral, SettleRequest
from conversations.effects import PersonalEffect
from conversations.messages import Message
from conversations.team_effects import TellPerson, TellTeam
from tests.conversations.coming import Coming

PERSON, HELPER = 7007, 8008
"""Numbers of chats."""


@dataclass
class Aided(Coming):
    """Requests by their numbers, the letters that wait for either side, and all that the team was told."""

    requests: dict[int, HelpRequest] = field(default_factory=dict)
    letters: dict[tuple[int, bool], list[Letter]] = field(default_factory=dict)
    referred: datetime | None = None
    referrals: int = 0
    team_told: list[Message] = field(default_factory=list)
    staffed: bool = True
    helper_is_there: bool = False

    def number_of(self, event: str) -> int:
        """The number of an event, as buttons have it."""
        return 500 + [each.code for each in self.events.values()].index(event)

    def _aid(self) -> Aid:
        newest: dict[int, HelpRequest] = {}
        for each in self.requests.values():
            newest[each.event_id] = self._seen(each)
        recent = [each.event_id for each in self.requests.values() if self.now - each.asked < timedelta(days=1)]
        revisions = {event.code: number for number, event in self.events.items()}
        return Aid(
            places=tuple(
                Place(self.number_of(code), revisions[code], self.profile, self.staffed) for code in self.enrolments
            ),
            requests=tuple(newest.values()),
            lately={event: recent.count(event) for event in recent},
            number=len(self.requests) + 1,
            word=f"Baobab {len(self.requests) + 10}",
            referred=self.referred,
        )

    def _seen(self, request: HelpRequest) -> HelpRequest:
        same = [each.id for each in self.requests.values() if each.event_id == request.event_id]
        letters = tuple(letter for number in same for letter in self.letters.get((number, False), []))
        unopened = bool(self.letters.get((request.id, True)))
        there = self.helper_is_there and request.helper is not None
        return replace(request, letters=letters, unopened=unopened, there=there)

    def _help(self, effect: PersonalEffect) -> bool:
        """Whether it was about help, and was done."""
        match effect:
            case NoteReferral():
                self.referred = self.now
                self.referrals += 1
            case AskForContact(number, event, word, due):
                assert number not in self.requests
                running = [each.event_id for each in self.requests.values() if each.state is not RequestState.CLOSED]
                assert event not in running, "one request a team"
                self.requests[number] = HelpRequest(number, event, word, RequestState.OPEN, PERSON, None, self.now, due)
            case SettleRequest(number, state, due):
                before = self.requests[number]
                assert before.state is not RequestState.CLOSED, "what is over stays over"
                self.requests[number] = replace(before, state=state, helper=None, due=due)
                if state is RequestState.CLOSED:
                    self.letters.pop((number, True), None)
            case ExpectAnswer(number, due):
                self.requests[number] = replace(self.requests[number], due=due)
            case KeepLetter(number, letter, to_team):
                assert to_team or letter == SOMEBODY_ELSE, "the helper's words are put in by the tests"
                self.letters.setdefault((number, to_team), []).append(letter)
            case TellPerson(to) if to == PERSON:
                pass
            case DropLetters(number):
                event = self.requests[number].event_id
                for each in [one.id for one in self.requests.values() if one.event_id == event]:
                    self.letters.pop((each, False), None)
            case TellTeam(_, _, message) | TellPerson(_, message):
                self.team_told.append(message)
            case _:
                return False
        return True

    def somebody_takes(self) -> HelpRequest | None:
        """The helper takes what is open; gives it."""
        for number, each in self.requests.items():
            if each.state is RequestState.OPEN:
                self.requests[number] = replace(each, state=RequestState.TAKEN, helper=HELPER, due=self.now + WAITS)
                return self.requests[number]
        return None

    def helper_writes(self, words: str) -> bool:
        """The helper writes to whoever they took; whether it waits to be opened."""
        for number, each in self.requests.items():
            if each.helper is not None:
                self.requests[number] = replace(each, state=RequestState.BEGUN, due=None)
                there = is_there(self.conversation.step, each, self.heard, self.now, team=False)
                if not there:
                    self.letters.setdefault((number, False), []).append(Letter(words))
                return not there
        return False

    def helper_ends(self) -> None:
        """The helper ends it."""
        for number, each in self.requests.items():
            if each.helper is not None:
                self.requests[number] = replace(each, state=RequestState.CLOSED, helper=None, due=None)
