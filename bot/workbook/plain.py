"""An XLSForm without our sheets: one survey, sent as soon as somebody joins, with neutral words around it."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from bot.workbook.event_sheet import CODE, About
from conversations.model import Bilingual, Purpose, Survey
from conversations.timing import REMINDERS, Anchor, Offset, Touchpoint, TouchpointKind, Unit

UNDATED = date(2000, 1, 1)
"""A form has no dates, and nothing in its schedule counts from one."""
_ZONE = "Etc/UTC"
_WELCOME = Bilingual(
    "Welcome! This bot has a few short questions for you.",
    "Bienvenue ! Ce bot a quelques courtes questions à vous poser.",
)
_CONSENT = Bilingual(
    "You are free to take part or not, and you can leave at any time: send /stop.\n\n"
    "What we keep: your answers, your language, and the chat address that lets us write to you. The address and the "
    "words you type are encrypted.\n\n"
    "Who sees what: the team that asks sees answers under a code, not under your name.\n\n"
    "What we cannot hide: Telegram knows that you use this bot, and anyone who holds your unlocked phone can read this "
    "chat. Please write no names here.",
    "Vous êtes libre de participer ou non, et vous pouvez arrêter à tout moment : envoyez /stop.\n\n"
    "Ce que nous gardons : vos réponses, votre langue et l’adresse de discussion qui nous permet de vous écrire. Cette "
    "adresse et les mots que vous tapez sont chiffrés.\n\n"
    "Qui voit quoi : l’équipe qui pose les questions voit les réponses sous un code, et non sous votre nom.\n\n"
    "Ce que nous ne pouvons pas cacher : Telegram sait que vous utilisez ce bot, et toute personne qui a en main votre "
    "téléphone déverrouillé peut lire cette discussion. N’écrivez aucun nom ici.",
)
_CONSENT_LINES = {
    Purpose.NUDGES: Bilingual("Send me short reminders", "M’envoyer de courts rappels"),
    Purpose.SURVEYS: Bilingual("Ask me a few quick questions", "Me poser quelques questions rapides"),
    Purpose.DIGEST: Bilingual("Count my answers in group summaries", "Inclure mes réponses au bilan du groupe"),
}
_CONTACT = Bilingual(
    "Questions? Please turn to the person who sent you the invitation.",
    "Des questions ? Adressez-vous à la personne qui vous a envoyé l’invitation.",
)


def about_form(form_id: str, form_title: str) -> About:
    """What a form says of itself: its code from `form_id`, everything else neutral."""
    title = form_title or form_id
    return About(
        code=code_of(form_id),
        title=Bilingual(title, title),
        start=UNDATED,
        end=UNDATED,
        timezone=_ZONE,
        welcome=_WELCOME,
        consent=_CONSENT,
        consent_lines=dict(_CONSENT_LINES),
        contact=_CONTACT,
    )


def code_of(form_id: str) -> str:
    """The code of an event for a form of that id: the id itself where it can be one.

    What is made fit ends with six signs of the id's digest, so that two forms whose ids begin alike stay two events.
    """
    if CODE.fullmatch(form_id):
        return form_id
    plain = unicodedata.normalize("NFKD", form_id).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9_-]+", "_", plain).strip("_")
    return f"{slug[:13].strip('_') or 'form'}_{sha256(form_id.encode()).hexdigest()[:6]}"


def schedule_at_once(surveys: Iterable[Survey]) -> tuple[Touchpoint, ...]:
    """Each survey as soon as somebody has joined, with the usual reminders."""
    at_once = Offset(0, Unit.MINUTES)
    return tuple(
        Touchpoint(TouchpointKind.SURVEY, survey.name, Anchor.ENROLMENT, at_once, reminders=REMINDERS)
        for survey in surveys
    )
