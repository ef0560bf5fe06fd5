"""What people do in the sample event, told once: joining, opening, answering. The words are those on the screen."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.journeys.conftest import World
from tests.journeys.phones import Phone

OPEN = {"en": "Open", "fr": "Ouvrir"}
REFRESHER = {"en": "You have a new message.", "fr": "Vous avez un nouveau message."}
SURVEY = {"en": "A few short questions are ready for you.", "fr": "Quelques questions courtes vous attendent."}
SAVED = {"en": "Your answers are saved.", "fr": "Vos réponses sont enregistrées."}
CHANGE = {"en": "Change my answers", "fr": "Modifier mes réponses"}
TELL = {"en": "Tell others what worked", "fr": "Raconter ce qui a marché"}
SEND = {"en": "Send my answers", "fr": "Envoyer mes réponses"}
HELP = {"en": "I need help", "fr": "J’ai besoin d’aide"}
JOINED = {"en": "You have joined", "fr": "Vous participez maintenant"}
JOINING = {
    "en": ("Yes to all, join", "{country}", "Skip", "Skip", "Yes"),
    "fr": ("Oui à tout, je participe", "{country}", "Passer", "Passer", "Oui"),
}
COUNTRY = {"en": "Kenya", "fr": "Sénégal"}

AVOID = (
    *("Back", "Retour", "Skip", "Passer", "Later", "Plus tard", "English", "Français"),
    *("No, thank you", "Non merci", "No, another time", "Non, une autre heure", "Not this time", "Pas cette fois"),
    *("I don’t remember", "Je ne m’en souviens pas", "Pass it on", "Transmettre", "Stop asking", "Ne plus me demander"),
    *HELP.values(),
    *("Not now", "Pas maintenant", "Not this one", "Pas celles-ci", "☐ I am not sure", "☐ J’ai un doute"),
    *(*TELL.values(), *CHANGE.values(), *(f"✎\u00a0{number}" for number in range(1, 11))),
    *("☐ Send me short reminders", "☐ M’envoyer de courts rappels"),
    *("☐ Ask me a few quick questions", "☐ Me poser quelques questions rapides"),
    *("☐ Count my answers in group summaries", "☐ Inclure mes réponses au bilan du groupe"),
)
"""What simulated people never tap: they agree to all, and answer every question."""

FIRST_REFRESHER = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
WEEK_1 = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
MONTH_1 = datetime(2026, 12, 16, 16, 0, tzinfo=UTC)
MONTH_3 = datetime(2027, 2, 16, 16, 0, tzinfo=UTC)
YEAR_1 = datetime(2027, 11, 16, 16, 0, tzinfo=UTC)
"""Shortly after each has come to everybody who joined on the Monday, wherever they live in Africa."""

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@dataclass(frozen=True)
class Answered:
    """One question: what is typed, what is tapped instead (in English), and what is stored."""

    typed: str
    tapped: tuple[str, ...]
    stored: str | tuple[str, ...]


SURVEYS: dict[str, dict[str, Answered]] = {
    "week_1": {
        "prepared": Answered("2", ("Yes, with colleagues",), "together"),
        "understand_programmes": Answered("1", ("Strongly agree",), "strongly_agree"),
        "understand_issues": Answered("3", ("Neither agree nor disagree",), "neutral"),
        "made_sense": Answered("2", ("Agree",), "agree"),
    },
    "month_1": {
        "retained": Answered("Planning together.", (), "Planning together."),
        "passed_on": Answered("1, 3", ("Informal talk with colleagues", "Informal talk with other groups", "Done"), ()),
        "connections": Answered("1, 5", ("To share information", "Informally", "Done"), ()),
        "connected_where": Answered("3", ("Both",), "both"),
    },
    "month_3": {
        "applied": Answered("1", ("Strongly agree",), "strongly_agree"),
        "changes": Answered("2, 6", ("Influenced others", "Joined or founded a network", "Done"), ()),
        "barriers_internal": Answered("1", ("Leadership", "Done"), ("leadership",)),
        "barriers_external": Answered("1, 4", ("Hostile laws or policies", "Lack of time", "Done"), ()),
    },
    "year_1": {
        "change_lasted_year": Answered("2", ("Yes, some of them",), "some"),
        "changes_year": Answered("1, 2", ("I reflect on my own practice", "I influence others", "Done"), ()),
        "relations_africa": Answered("1", ("Strongly agree",), "strongly_agree"),
        "relations_country": Answered("4", ("Disagree",), "disagree"),
    },
}
_SEVERAL = {
    "passed_on": ("internal_informal", "external_informal"),
    "connections": ("share_information", "informally"),
    "changes": ("influenced", "networks"),
    "barriers_external": ("legal", "time"),
    "changes_year": ("reflected", "influenced"),
}


def stored(survey: str) -> dict[str, str | tuple[str, ...]]:
    """What is kept of somebody who gave the answers above."""
    return {name: _SEVERAL.get(name, each.stored) for name, each in SURVEYS[survey].items()}


async def joined(world: World, name: str, language: str, country: str | None = None) -> Phone:
    """Somebody new, who follows the invitation and agrees to everything."""
    phone = await world.phones.person(name, language)
    await phone.start(world.invitation())
    await join(phone, language, country)
    return phone


async def join(phone: Phone, language: str, country: str | None = None) -> None:
    """From the consent on screen to the welcome."""
    await phone.tap(*(label.format(country=country or COUNTRY[language]) for label in JOINING[language]))
    await phone.sees(JOINED[language])


async def opened(phone: Phone, announcement: str, language: str) -> None:
    """Open the newest nudge with these words, however many others came meanwhile."""
    message = await phone.sees(announcement)
    button = message["markup"]["inline_keyboard"][0][0]
    assert button["text"] == OPEN[language]
    await phone.tap_under(message["id"], button["callback_data"])


async def answer_survey(phone: Phone, survey: str, language: str) -> None:
    """Open the newest survey, type an answer to each question, and send them all."""
    await opened(phone, SURVEY[language], language)
    await phone.say(*(each.typed for each in SURVEYS[survey].values()))
    await phone.tap(SEND[language])
    await phone.sees(SAVED[language])
