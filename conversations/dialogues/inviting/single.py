"""One invitation: its link to be passed on, as text, picture or poster; and its end."""

from dataclasses import replace

from conversations.buttons import Manage
from conversations.conversation import Conversation
from conversations.desk import Duty, link, shown
from conversations.dialogues.inviting.common import at_hand, back, can_invite, for_whom, gone, taken, to
from conversations.disclosure import FEWEST
from conversations.effects import Say, Toast, Turn
from conversations.inviting import Inviting, Issued, letter
from conversations.inviting_effects import ReplaceInvitation, WithdrawInvitation
from conversations.messages import File, FileKind, Key, Message, Paragraph, message, phrase, short, strong
from conversations.model import Words
from conversations.roles import Act
from conversations.scene import Scene

_SHOWN_OF_A_CODE = 4


def shown_alone(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """What it is, what became of it, and what can be done with it."""
    duty, inviting, issued = _named(button, scene)
    if inviting is None or issued is None:
        return gone(conversation)
    works = issued.works(scene.now) and can_invite(duty)
    keys = keys_of(duty, issued) if works else (back(duty),)
    return shown(conversation, message(*_told(issued, inviting, scene), keyboard=keys), tap=tap)


def as_letter(conversation: Conversation, button: Manage, scene: Scene, _tap: bool) -> Turn:
    """The message that can be forwarded as it is."""
    _, inviting, issued = _working(button, scene)
    if inviting is None or issued is None:
        return gone(conversation)
    return Turn(conversation, (Toast(), Say(_letter(issued, inviting, scene))))


def as_picture(conversation: Conversation, button: Manage, scene: Scene, _tap: bool) -> Turn:
    """Its link as a QR picture, to be scanned from this screen or from paper."""
    _, inviting, issued = _working(button, scene)
    if inviting is None or issued is None or scene.desk is None:
        return gone(conversation)
    file = File(FileKind.QR, (("link", link(scene.desk, issued.code)),))
    said = phrase("Invitation {number}: to join, scan this picture with a phone.", number=str(issued.number))
    return Turn(conversation, (Toast(), Say(replace(message(said), files=(file,)))))


def as_poster(conversation: Conversation, button: Manage, scene: Scene, _tap: bool) -> Turn:
    """A page to print and hang up."""
    _, inviting, issued = _working(button, scene)
    if inviting is None or issued is None or scene.desk is None:
        return gone(conversation)
    until, title = issued.until(inviting.event.timezone), inviting.event.title
    facts = {"title_en": title.en, "title_fr": title.fr, "link": link(scene.desk, issued.code)}
    facts |= {"until": until.isoformat()} if until is not None else {}
    facts |= {"places": str(issued.places)} if issued.places is not None else {}
    said = message(
        phrase("Invitation {number}: a poster to print (A4), in both languages.", number=str(issued.number)),
        phrase("Whoever passes can read it. It names nothing but the title of the event."),
    )
    poster = replace(said, files=(File(FileKind.POSTER, tuple(facts.items())),))
    return Turn(conversation, (Toast(), Say(poster)))


def withdrawing(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """Asks whether it really is to end."""
    duty, inviting, issued = _working(button, scene)
    if inviting is None or issued is None:
        return gone(conversation)
    really = message(
        strong(phrase("Revoke invitation {number}?", number=str(issued.number))),
        phrase("Its link, its picture and its posters stop working at once, even for people who are just joining."),
        phrase("Whoever has joined stays. “Revoke and replace” also makes a new link, with the places that are left."),
        keyboard=(
            (Key(short("button", "Yes, revoke"), to(Act.WITHDRAW_FOR_GOOD, duty, issued)),),
            (Key(short("button", "Revoke and replace"), to(Act.REPLACE, duty, issued)),),
            (Key(short("button", "Back"), to(Act.INVITE_THIS, duty, issued)),),
        ),
    )
    return shown(conversation, really, tap=tap)


def withdrawn(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """It ends, unless somebody else was faster."""
    duty, inviting, issued = _working(button, scene)
    if inviting is None or issued is None:
        return gone(conversation)
    said = phrase("Invitation {number} is revoked.", number=str(issued.number))
    done = message(said, keyboard=(back(duty),))
    return shown(conversation, done, WithdrawInvitation(duty.event_id, issued.number), tap=tap)


def replaced(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """It ends, and a new one follows on the same terms."""
    duty, inviting, issued = _working(button, scene)
    if inviting is None or issued is None:
        return gone(conversation)
    successor = replace(issued, number=inviting.following, code=inviting.fresh_code)
    done = message(
        phrase(
            "Invitation {number} is revoked. Invitation {new} takes its place.",
            number=str(issued.number),
            new=str(successor.number),
        ),
        phrase("The message below can be forwarded as it is."),
        keyboard=keys_of(duty, successor),
    )
    effect = ReplaceInvitation(duty.event_id, issued.number, successor.code)
    turn = shown(conversation, done, effect, tap=tap)
    return Turn(turn.conversation, (*turn.effects, Say(_letter(successor, inviting, scene))))


def keys_of(duty: Duty, issued: Issued) -> tuple[tuple[Key, ...], ...]:
    """What can be done with an invitation that works."""
    return (
        (Key(short("button", "Text to forward"), to(Act.INVITE_LETTER, duty, issued)),),
        (
            Key(short("button", "QR picture"), to(Act.INVITE_QR, duty, issued)),
            Key(short("button", "Poster (PDF, A4)"), to(Act.INVITE_POSTER, duty, issued)),
        ),
        (Key(short("button", "Revoke"), to(Act.WITHDRAW, duty, issued)),),
        back(duty),
    )


def _told(issued: Issued, inviting: Inviting, scene: Scene) -> list[Words | Paragraph]:
    until = issued.until(inviting.event.timezone)
    lines: list[Words | Paragraph] = [
        strong(phrase("Invitation {number}", number=str(issued.number))),
        phrase("{people}: {places}", people=for_whom(inviting, issued.part), places=taken(issued)),
    ]
    if issued.places is not None and issued.places < FEWEST:
        lines.append(phrase("How many of them are taken is told from ten places on."))
    if issued.revoked:
        lines.append(phrase("It is revoked."))
    elif until is not None and not issued.works(scene.now):
        lines.append(phrase("It worked until {day}.", day=until))
    elif until is not None:
        lines.append(phrase("It works until {day}.", day=until))
    # So that a link which turns up somewhere can be told from the others.
    lines.append(phrase("Its link ends with {letters}.", letters=issued.code[-_SHOWN_OF_A_CODE:]))
    return lines


def _letter(issued: Issued, inviting: Inviting, scene: Scene) -> Message:
    assert scene.desk is not None  # noqa: S101 # it held the invitations
    return letter(inviting.event.title, link(scene.desk, issued.code), issued.until(inviting.event.timezone))


def _named(button: Manage, scene: Scene) -> tuple[Duty, Inviting | None, Issued | None]:
    duty, inviting = at_hand(scene)
    return duty, inviting, inviting.invitation(button.item) if inviting is not None else None


def _working(button: Manage, scene: Scene) -> tuple[Duty, Inviting | None, Issued | None]:
    """The same; None for an invitation that has ended, whose buttons may still be on a screen."""
    duty, inviting, issued = _named(button, scene)
    works = issued is not None and issued.works(scene.now) and can_invite(duty)
    return duty, inviting, issued if works else None
