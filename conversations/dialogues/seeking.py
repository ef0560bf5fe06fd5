"""Somebody needs help: whom they can turn to, at once, and a way to ask the team for contact.

No questions, no opinion on how they are: an emergency is for a trained person, never for a questionnaire.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from conversations.agenda import beginning, day_of, paused_until, today_of
from conversations.aid import MOST_A_DAY, ONCE_IN, REST, WAITS, Aid, HelpRequest, Place, RequestState
from conversations.aid_effects import AskForContact, NoteReferral
from conversations.buttons import Contact, Reach
from conversations.conversation import Conversation
from conversations.effects import PersonalEffect, Revise, Say, SetWishes, Toast, Turn
from conversations.letters import wanted
from conversations.messages import Key, message, phrase, short
from conversations.model import Phrase
from conversations.roles import Act
from conversations.scene import Scene
from conversations.team_effects import TellTeam
from conversations.turning_to import contacts

_ASKED = phrase("Here is who can help:")
_MAY_BE = phrase("In case you or somebody near you needs it:")


def sought(conversation: Conversation, scene: Scene, *, tap: bool, asked: bool = True) -> Turn:
    """Whom the person can turn to: they asked for help, by the button or in words, or their words tell of danger."""
    effects: list[PersonalEffect] = [Toast()] if tap else []
    return Turn(conversation, (*effects, *_shown(conversation, scene, asked=asked, back=True)))


def shown_lately(scene: Scene) -> bool:
    """Whether they were told within a day whom they can turn to: who did not ask is not told again."""
    referred = scene.aid.referred if scene.aid is not None else None
    return referred is not None and timedelta(0) <= scene.now - referred < ONCE_IN


def added(turn: Turn, scene: Scene, *, asked: bool) -> Turn:
    """The turn, and then whom they can turn to; unless they `asked`, in words that fit whatever was meant."""
    wishes = next((each.wishes for each in turn.effects if isinstance(each, SetWishes)), scene.wishes)
    after = replace(scene, wishes=wishes)
    return Turn(turn.conversation, (*turn.effects, *_shown(turn.conversation, after, asked=asked, back=False)))


def put_away(conversation: Conversation, scene: Scene) -> Turn:
    """Back to where they were; the contacts stay readable."""
    rests = _resting(paused_until(scene), conversation, scene)
    return Turn(conversation, (Toast(), Revise(message(*contacts(scene, _ASKED), *rests))))


def explained(conversation: Conversation, scene: Scene) -> Turn:
    """What contact with the team means, before anybody is told."""
    aid = scene.aid or Aid()
    staffed = [each for each in aid.places if each.staffed]
    if not staffed:
        return Turn(conversation, (Toast(phrase("There is no team that could be asked now.")),))
    mine = [each for each in (aid.request(place.event_id) for place in staffed) if _runs(each)]
    if len(mine) == len(staffed):
        return Turn(conversation, (Toast(phrase("You have asked already. You get word here.")),))
    free = [each for each in staffed if not _runs(aid.request(each.event_id))]
    asking = message(
        phrase("Somebody of the team can write to you here, and you can answer."),
        phrase("They see a code word and what you write: no name, no number, no account."),
        phrase("It can take a day or longer. If you are in danger, do not wait for it."),
        keyboard=(*_confirming(free, scene), (Key(short("button", "Back"), Contact(Reach.NOT)),)),
    )
    return Turn(conversation, (Toast(), Say(asking)))


def called_off(conversation: Conversation) -> Turn:
    """Nobody is told."""
    return Turn(conversation, (Toast(), Revise(message(phrase("Nobody was told.")))))


def confirmed(conversation: Conversation, event_id: int, scene: Scene) -> Turn:
    """The team is told that somebody asks for contact."""
    aid = scene.aid or Aid()
    place = next((each for each in aid.places if each.event_id == event_id and each.staffed), None)
    if place is None:
        return Turn(conversation, (Toast(phrase("There is no team that could be asked now.")),))
    if _runs(aid.request(event_id)):
        return Turn(conversation, (Toast(phrase("You have asked already. You get word here.")),))
    if (aid.lately or {}).get(event_id, 0) >= MOST_A_DAY:
        return Turn(conversation, (Toast(phrase("You asked several times today. Please try again tomorrow.")),))
    due = scene.now + WAITS
    request = HelpRequest(aid.number, event_id, aid.word, RequestState.OPEN, 0, None, scene.now, due)
    told = message(
        phrase("The team knows now that somebody asks for contact. They know you as {word}.", word=aid.word),
        phrase("When they write, this chat says “You have a new message.”"),
        keyboard=((Key(short("button", "Take it back"), Contact(Reach.END, event_id)),),),
    )
    return Turn(
        conversation,
        (
            Toast(),
            AskForContact(aid.number, event_id, aid.word, due),
            TellTeam(event_id, Act.HELP_TAKE, wanted(request)),
            Revise(told),
        ),
    )


def _runs(request: HelpRequest | None) -> bool:
    return request is not None and request.state is not RequestState.CLOSED


def _confirming(places: list[Place], scene: Scene) -> tuple[tuple[Key, ...], ...]:
    if len(places) == 1:
        return ((Key(short("button", "Yes, tell the team"), Contact(Reach.SURE, places[0].event_id)),),)
    return tuple((Key(scene.events[each.revision].title, Contact(Reach.SURE, each.event_id)),) for each in places)


def _shown(conversation: Conversation, scene: Scene, *, asked: bool, back: bool) -> tuple[PersonalEffect, ...]:
    """Whom they can turn to, and a week in which nothing comes unasked."""
    aid, until = scene.aid or Aid(), _rest(conversation, scene)
    effects: list[PersonalEffect] = [NoteReferral()]
    if until is not None and until != scene.wishes.paused_until:
        effects.append(SetWishes(replace(scene.wishes, paused_until=until)))
    asking = Key(short("button", "Ask for contact"), Contact(Reach.ASK))
    rows = [(asking,)] if any(each.staffed for each in aid.places) else []
    rows += [(Key(short("button", "Back"), Contact(Reach.BACK)),)] if back else []
    by_itself = phrase("This chat answers by itself: nobody of the team is told that you asked.")
    if not asked:
        by_itself = phrase("This comes by itself: nobody was called.")
    lines = (*contacts(scene, _ASKED if asked else _MAY_BE), by_itself, *_resting(until, conversation, scene))
    return (*effects, Say(message(*lines, keyboard=tuple(rows))))


def _resting(until: datetime | None, conversation: Conversation, scene: Scene) -> list[Phrase]:
    if until is None:
        return []
    day = day_of(until, conversation, scene)
    return [phrase("Until {day} nothing comes here unasked. To change that: /calendar", day=day)]


def _rest(conversation: Conversation, scene: Scene) -> datetime | None:
    """Until when (UTC) nothing comes unasked; a longer pause stays. None for whoever gets nothing anyway."""
    if not scene.enrolments:
        return None
    until = beginning(today_of(conversation, scene) + REST, conversation, scene)
    return max(until, scene.wishes.paused_until or until)
