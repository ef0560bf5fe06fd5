"""The scenes of the demonstration, told in both languages: the sandbox plays them on its page."""

from dataclasses import replace
from datetime import datetime
from itertools import chain

from bot.demo_steps import (
    JOINED,
    MOST_DAYS,
    OPEN,
    REFRESHER_CAME,
    SAVED,
    SURVEY_CAME,
    Actor,
    Json,
    answers_to,
    both,
    captioned,
    joins,
)
from conversations.messages import phrase, short
from conversations.model import Bilingual, Event, Language, Role
from conversations.schedule import Planned, plan
from conversations.timing import TouchpointKind
from locales.phrases import say


def scenes(event: Event, group: str, now: datetime) -> list[Json]:
    """All scenes that this event has something for; `group` is the title of the group that is linked to it."""
    coming = {kind: _first(event, kind, now) for kind in (TouchpointKind.SURVEY, TouchpointKind.REFRESHER)}
    survey, refresher = coming[TouchpointKind.SURVEY], coming[TouchpointKind.REFRESHER]
    has_digests = any(touchpoint.kind is TouchpointKind.DIGEST for touchpoint in event.schedule)
    return [
        _joining(event),
        *(_first_survey(event, survey, now) if survey else []),
        # The ladder asks for the first message first: to somebody new they are all alike.
        *([_refresher(event, refresher.name or event.messages[0].name)] if refresher else []),
        *(_other_language(event, survey, now) if survey else []),
        *([_digest(group)] if has_digests else []),
        _coordinator(event),
        _leaving(event),
    ]


def _joining(event: Event) -> Json:
    moussa = Actor("Moussa", Language.FR, "Africa/Dakar")
    return _scene(
        "join",
        Bilingual("Joining in French", "S’inscrire en français"),
        Bilingual(
            "Moussa, in Dakar, opens the invitation, agrees and confirms the local time.",
            "À Dakar, Moussa ouvre l’invitation, donne son accord et confirme son heure locale.",
        ),
        [moussa],
        [
            *joins(
                moussa,
                event,
                Bilingual(
                    "Moussa opens the invitation and reads what taking part means.",
                    "Moussa ouvre l’invitation et lit ce que participer veut dire.",
                ),
                Bilingual(
                    "Moussa agrees to all of it. Each line could be refused by itself.",
                    "Moussa accepte tout. Chaque ligne peut se refuser séparément.",
                ),
                Bilingual(
                    "Every question can be skipped. A country tells the local time, so that nothing comes at night.",
                    "On peut passer chaque question. Un pays donne l’heure locale : ainsi, rien n’arrive la nuit.",
                ),
                Bilingual("The time is right.", "L’heure est juste."),
            ),
            moussa.reads(JOINED, Bilingual("Moussa has joined.", "Moussa participe maintenant.")),
        ],
    )


def _first_survey(event: Event, survey: Planned, now: datetime) -> list[Json]:
    amina = Actor("Amina", Language.EN, "Africa/Nairobi")
    answers = answers_to(amina, event, survey.name, now)
    if answers is None:
        return []
    scene = _scene(
        "survey",
        Bilingual("The first questions", "Les premières questions")
        if survey.due <= now
        else Bilingual("A week later: the first questions", "Une semaine après : les premières questions"),
        Bilingual(
            "Amina, in Nairobi, joins in English; the first micro-survey comes, and takes a few taps.",
            "À Nairobi, Amina s’inscrit en anglais ; la première micro-enquête arrive, et quelques appuis suffisent.",
        ),
        [amina],
        [
            *joins(amina, event, Bilingual("Amina joins in English.", "Amina s’inscrit en anglais.")),
            _first_questions(amina, survey, now),
            amina.taps(
                OPEN,
                Bilingual(
                    "The message itself gives nothing away; the questions appear only after a tap.",
                    "Le message lui-même ne révèle rien ; les questions n’apparaissent que si l’on touche le bouton.",
                ),
            ),
            *chain.from_iterable(answers),
            amina.reads(SAVED, Bilingual("All is saved, under a code.", "Tout est enregistré, sous un code.")),
        ],
    )
    return [scene]


def _refresher(event: Event, message: str) -> Json:
    awa = Actor("Awa", Language.FR, "Africa/Dakar")
    return _scene(
        "refresher",
        Bilingual("A refresher", "Un rappel"),
        Bilingual(
            "Awa joins in French; days later, a question brings a key message of the event back.",
            "Awa s’inscrit en français ; quelques jours après, une question ravive un message clé de la rencontre.",
        ),
        [awa],
        [
            *joins(awa, event, Bilingual("Awa joins in French.", "Awa s’inscrit en français.")),
            awa.lives_until(REFRESHER_CAME, Bilingual("A few days go by.", "Quelques jours passent.")),
            awa.taps(
                OPEN,
                Bilingual(
                    "A neutral line; a tap reveals the question.", "Une ligne neutre ; le bouton révèle la question."
                ),
            ),
            # Not the first button: the welcome above has one as well, and the question may not be there yet.
            awa.does("tap", Bilingual("Awa answers from memory.", "Awa répond de mémoire."), place=2),
            awa.reads(
                event.message(message).text,
                Bilingual("Right or wrong, the reason follows at once.", "Juste ou non, l’explication suit aussitôt."),
            ),
        ],
    )


def _other_language(event: Event, survey: Planned, now: datetime) -> list[Json]:
    joy = Actor("Joy", Language.EN, "Africa/Kampala")
    in_french = replace(joy, language=Language.FR)
    answers, going_on = (answers_to(actor, event, survey.name, now) for actor in (joy, in_french))
    if answers is None or going_on is None:
        return []
    middle = len(answers) // 2
    scene = _scene(
        "language",
        Bilingual("Another language half-way", "Changer de langue en chemin"),
        Bilingual(
            "Joy begins the questions in English, goes on in French, and loses nothing.",
            "Joy commence les questions en anglais, continue en français et ne perd rien.",
        ),
        [joy],
        [
            *joins(joy, event, Bilingual("Joy joins in English.", "Joy s’inscrit en anglais.")),
            _first_questions(joy, survey, now),
            joy.taps(OPEN, Bilingual("Joy begins in English.", "Joy commence en anglais.")),
            *chain.from_iterable(answers[:middle]),
            joy.does("say", Bilingual("Joy asks for the language.", "Joy demande la langue."), text="/language"),
            joy.taps(
                short("button: switch to French", "Français"),
                Bilingual(
                    "From here on in French; what was answered stays.",
                    "La suite est en français ; les réponses données restent.",
                ),
            ),
            *chain.from_iterable(going_on[middle:]),
            in_french.reads(SAVED, Bilingual("Nothing was lost.", "Rien n’a été perdu.")),
        ],
    )
    return [scene]


def _digest(group: str) -> Json:
    news = say(phrase("What people answered, in words:"), Language.EN)
    steps: list[Json] = [
        {"do": "crowd", "people": 10}
        | captioned(Bilingual("Ten more people open the invitation.", "Dix autres personnes ouvrent l’invitation.")),
        {"do": "until", "chat": group, "text": news, "days": MOST_DAYS}
        | captioned(
            Bilingual(
                "They answer when their questions come. With fewer than ten answers, nothing is ever told.",
                "Elles répondent quand leurs questions arrivent. En dessous de dix réponses, rien n’est jamais dit.",
            )
        ),
        {"do": "wait"}
        | captioned(
            Bilingual(
                "The group reads words instead of numbers: no name, no count, nobody’s own answer.",
                "Le groupe lit des mots, pas des chiffres : ni nom, ni décompte, ni réponse d’une personne.",
            )
        ),
    ]
    return _scene(
        "digest",
        Bilingual("The digest reaches the group", "Le bilan arrive dans le groupe"),
        Bilingual(
            "Ten people answer, and their group reads in words what many of them said.",
            "Dix personnes répondent, et leur groupe lit avec des mots ce que beaucoup ont dit.",
        ),
        [],
        steps,
    )


def _coordinator(event: Event) -> Json:
    grace = Actor("Grace", Language.EN, "Africa/Nairobi", Role.COORDINATOR)
    circle = "Cercle francophone"
    linked = phrase("This group now gets the digests of {event}.", event=event.title)
    return _scene(
        "link",
        Bilingual("A coordinator links a group", "Relier un groupe à la rencontre"),
        Bilingual(
            "Grace becomes a coordinator and lets a group read the digests, in French.",
            "Grace assure la coordination et permet à un groupe de lire les bilans, en français.",
        ),
        [grace],
        [
            grace.does(
                "start",
                Bilingual(
                    "Grace opens a coordinator’s invitation, which works once.",
                    "Grace ouvre une invitation de coordination, valable une fois.",
                ),
            ),
            grace.reads(phrase("You are now a coordinator of {event}.", event=event.title)),
            grace.does(
                "group",
                Bilingual("A group, with the bot in it.", "Un groupe, avec le bot."),
                chat=circle,
                members=[grace.name, "Moussa"],
            ),
            grace.does(
                "say",
                Bilingual(
                    "One line links it, in the language of the group.",
                    "Une ligne suffit pour le relier, dans la langue du groupe.",
                ),
                chat=circle,
                text=f"/link {event.code} fr",
            ),
            grace.does("wait", chat=circle, text=say(linked, Language.FR)),
        ],
    )


def _leaving(event: Event) -> Json:
    awa = Actor("Awa", Language.FR, "Africa/Dakar")
    return _scene(
        "stop",
        Bilingual("STOP, and back again", "STOP, puis le retour"),
        Bilingual(
            "Awa leaves with one word, hears nothing for a month, and comes back.",
            "Awa part en un mot, ne reçoit rien pendant un mois, puis revient.",
        ),
        [awa],
        [
            *joins(awa, event, Bilingual("Awa joins.", "Awa s’inscrit.")),
            awa.does("say", Bilingual("One word is enough.", "Un mot suffit."), text="STOP"),
            awa.taps(short("button", "Yes, leave")),
            awa.reads(phrase("You have left. Nothing more will be sent to you.")),
            {"do": "advance", "days": 30}
            | captioned(Bilingual("A month goes by: nothing comes.", "Un mois passe : rien n’arrive.")),
            *joins(
                awa,
                event,
                Bilingual("The same invitation opens the way back.", "La même invitation permet de revenir."),
            ),
            awa.reads(JOINED, Bilingual("Awa is back.", "Awa participe de nouveau.")),
        ],
    )


def _first_questions(actor: Actor, survey: Planned, now: datetime) -> Json:
    if survey.due <= now:
        at_once = Bilingual("The first questions come at once.", "Les premières questions arrivent aussitôt.")
        return actor.reads(SURVEY_CAME, at_once)
    later = Bilingual("Time goes by until the first questions come.", "Le temps passe jusqu’aux premières questions.")
    return actor.lives_until(SURVEY_CAME, later)


def _first(event: Event, kind: TouchpointKind, now: datetime) -> Planned | None:
    """What comes first of that kind to somebody who joins now."""
    coming = plan(event, frozenset({kind}), now, event.timezone)
    return coming[0] if coming else None


def _scene(id_: str, name: Bilingual, about: Bilingual, cast: list[Actor], steps: list[Json]) -> Json:
    parts = [actor.part() for actor in cast]
    return {"id": id_, "name": both(name), "about": both(about), "cast": parts, "steps": steps}
