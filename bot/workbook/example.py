"""The small event that the template shows: every kind of row once, in both languages."""

from datetime import date

Cell = str | date
Rows = tuple[tuple[Cell, ...], ...]

_CHECKED = date(2026, 11, 2)
"""A day that does not move with the calendar: contacts that are examples get outdated, lest one goes out."""

_SETTINGS: Rows = (
    ("form_title", "form_id", "version", "default_language"),
    ("My learning event 2027", "myevent2027", "1", "English (en)"),
)

_EVENT: Rows = (
    ("setting", "value", "text::English (en)", "text::French (fr)"),
    ("code", "myevent2027", "", ""),
    ("title", "", "My learning event 2027", "Ma rencontre d’apprentissage 2027"),
    ("start", date(2027, 3, 9), "", ""),
    ("end", date(2027, 3, 11), "", ""),
    ("timezone", "Africa/Nairobi", "", ""),
    (
        "welcome",
        "",
        "Welcome! For one year, this bot helps you to keep what you learnt at the event.",
        "Bienvenue ! Pendant un an, ce bot vous aide à garder vivant ce que vous avez appris à la rencontre.",
    ),
    (
        "consent",
        "",
        (
            "You are free to take part or not. You can leave at any time: send /stop.<br><br>"
            "We keep your answers, your language and the chat address that lets us write to you. The organising team "
            "sees answers under a code, not under your name.<br><br>"
            "Telegram knows that you use this bot. Anyone who holds your unlocked phone can read this chat. Please "
            "write no names here."
        ),
        (
            "Vous êtes libre de participer ou non. Vous pouvez arrêter à tout moment : envoyez /stop.<br><br>"
            "Nous gardons vos réponses, votre langue et l’adresse de discussion qui nous permet de vous écrire. "
            "L’équipe d’organisation voit les réponses sous un code, et non sous votre nom.<br><br>"
            "Telegram sait que vous utilisez ce bot. Toute personne qui a en main votre téléphone déverrouillé peut "
            "lire cette discussion. N’écrivez aucun nom ici."
        ),
    ),
    ("consent_nudges", "", "Send me short reminders", "M’envoyer de courts rappels"),
    ("consent_surveys", "", "Ask me a few quick questions", "Me poser quelques questions rapides"),
    ("consent_digest", "", "Count my answers in group summaries", "Inclure mes réponses au bilan du groupe"),
    (
        "contact",
        "",
        "A question or a worry? Speak to the organising team.",
        "Une question ou une inquiétude ? Parlez-en à l’équipe d’organisation.",
    ),
    ("quiet_hours", "20:00-08:00"),
    ("weekdays", "mon-fri"),
    ("public_holidays", "yes"),
    ("weekly_cap", "2"),
    ("minimum_gap", "20"),
    ("catch_up", "skip"),
    ("ladder", "7 60"),
    ("horizon", "12 months"),
    ("hold_back", "0"),
    ("parts", "parts"),
    ("smallest_cell", "5"),
)

_SURVEY_HEADER = (
    "type",
    "name",
    "label::English (en)",
    "label::French (fr)",
    "hint::English (en)",
    "hint::French (fr)",
    "required",
    "relevant",
    "stage",
    "group_ok",
    "sensitive",
    "constraint",
    "constraint_message::English (en)",
    "constraint_message::French (fr)",
    "required_message::English (en)",
    "required_message::French (fr)",
    "calculation",
    "default",
    "read_only",
    "choice_filter",
    "repeat_count",
    "appearance",
    "parameters",
    "indicator",
    "target",
)
_SURVEY: Rows = (
    _SURVEY_HEADER,
    ("begin_group", "profile", "About you", "À propos de vous"),
    (
        "select_one countries",
        "country",
        "Which country do you work in?",
        "Dans quel pays travaillez-vous ?",
        "This also tells us your local time.",
        "Cela nous donne aussi votre heure locale.",
    ),
    ("end_group",),
    ("begin_group", "week_1", "One week later", "Une semaine après"),
    (
        "select_one agreement",
        "applied",
        "I have used what I learnt at the event.",
        "J’ai mis en pratique ce que j’ai appris à la rencontre.",
        "How far do you agree?",
        "Dans quelle mesure êtes-vous d’accord ?",
        "",
        "",
        "apply",
        "yes",
        "",
    ),
    (
        "select_multiple barriers",
        "barriers",
        "What has made it hard?",
        "Qu’est-ce qui a rendu cela difficile ?",
        "You can choose several answers. They are never shown to the group.",
        "Plusieurs réponses possibles. Elles ne sont jamais montrées au groupe.",
        "",
        "${applied} = 'partly' or ${applied} = 'disagree'",
        "apply",
        "",
        "yes",
    ),
    (
        "integer",
        "colleagues",
        "With how many colleagues have you shared it?",
        "Avec combien de collègues l’avez-vous partagé ?",
        "",
        "",
        "",
        "",
        "transfer",
        "",
        "",
        ". >= 0 and . <= 1000",
        "Please type a number from 0 to 1000, such as 12.",
        "Veuillez écrire un nombre de 0 à 1000, par exemple 12.",
    ),
    (
        "text",
        "retained",
        "What one thing has stuck with you, and why?",
        "Qu’avez-vous surtout retenu, et pourquoi ?",
        "Please write no names.",
        "N’écrivez aucun nom.",
        "",
        "",
        "retain",
        "",
        "",
    ),
    ("end_group",),
)

_CHOICES: Rows = (
    ("list_name", "name", "label::English (en)", "label::French (fr)", "timezone", "counts_as"),
    ("countries", "ke", "Kenya", "Kenya", "Africa/Nairobi"),
    ("countries", "sn", "Senegal", "Sénégal", "Africa/Dakar"),
    ("countries", "cd", "DR Congo", "RD Congo", "Africa/Kinshasa Africa/Lubumbashi"),
    ("countries", "other", "Another country", "Un autre pays", ""),
    ("parts", "host", "Hosts", "Hôtes", ""),
    ("parts", "visitor", "Visitors", "En visite", ""),
    ("parts", "partner", "Partners", "Partenaires", ""),
    ("agreement", "agree", "I agree", "Je suis d’accord", "", "agree"),
    ("agreement", "partly", "I partly agree", "Je suis en partie d’accord", "", "neutral"),
    ("agreement", "disagree", "I disagree", "Je ne suis pas d’accord", "", "disagree"),
    ("barriers", "time", "Time", "Le temps", ""),
    ("barriers", "money", "Money", "L’argent", ""),
    ("barriers", "law", "The law", "La loi", ""),
    ("barriers", "other", "Something else", "Autre chose", ""),
    ("photo_options", "post", "Post it in a closed group", "La publier dans un groupe fermé", ""),
    ("photo_options", "ask", "Ask each person in the photo", "Demander à chaque personne", ""),
    ("photo_options", "faces", "Hide the faces and post it", "Cacher les visages et publier", ""),
    ("address_options", "tell", "Send it to that person alone", "L’envoyer à cette personne seule", ""),
    ("address_options", "group", "Ask the support group first", "Consulter le groupe de parole", ""),
    ("paper_options", "lock", "Lock them away", "Les mettre sous clé", ""),
    ("paper_options", "destroy", "Destroy what nobody needs", "Détruire ce qui ne sert plus", ""),
)

_MESSAGES: Rows = (
    (
        "name",
        "text::English (en)",
        "text::French (fr)",
        "question::English (en)",
        "question::French (fr)",
        "choices",
        "right",
        "explanation::English (en)",
        "explanation::French (fr)",
        "source",
        "source::English (en)",
        "source::French (fr)",
        "sensitive",
        "measured",
    ),
    (
        "safety",
        "Safety comes first. Before you share anything, ask who could see it and what could happen next.",
        (
            "La sécurité passe avant tout. Avant de partager quoi que ce soit, demandez-vous qui pourrait le voir et "
            "ce qui pourrait arriver ensuite."
        ),
        "You would like to share a group photo. What comes first?",
        "Vous aimeriez partager une photo de groupe. Que faites-vous d’abord ?",
        "photo_options",
        "ask",
        (
            "Only the people in the photo can judge their own risk. Tell each of them where it will be seen, and "
            "respect a no."
        ),
        (
            "Seules les personnes sur la photo peuvent juger de leur propre risque. Dites à chacune où l’image sera "
            "vue, et respectez un refus."
        ),
        "",
        "My learning event, session on safety",
        "Ma rencontre d’apprentissage, séance sur la sécurité",
        "",
        "yes",
    ),
)

_VARIANTS: Rows = (
    (
        "message",
        "question::English (en)",
        "question::French (fr)",
        "choices",
        "right",
        "explanation::English (en)",
        "explanation::French (fr)",
    ),
    (
        "safety",
        "In a large chat group, someone asks where the support group meets. You know it. What do you do?",
        (
            "Dans un grand groupe de discussion, quelqu’un demande où se réunit le groupe de parole. Vous le savez. "
            "Que faites-vous ?"
        ),
        "address_options",
        "group",
        "You cannot tell where an address goes next. Those who meet there know who is expected.",
        "On ne sait jamais où une adresse ira ensuite. Les personnes qui s’y retrouvent savent qui est attendu.",
    ),
    (
        "safety",
        "A project is over. Its paper forms, with names, are still in a cupboard. What is safest?",
        "Un projet est fini. Ses fiches, avec des noms, sont toujours dans une armoire. Quel choix est le plus sûr ?",
        "paper_options",
        "destroy",
        "A key can change hands. Check what the law or a person’s care still requires, and destroy the rest.",
        "Une clé peut changer de mains. Vérifiez ce que la loi ou les soins exigent encore, et détruisez le reste.",
    ),
)

_SCHEDULE: Rows = (
    (
        *("kind", "name", "anchor", "offset", "time", "weekdays"),
        *("every", "until", "window", "closes", "audience", "reminders"),
    ),
    ("refresher", "", "enrolment", "0 days", "10:00-12:00"),
    ("survey", "recall_check", "event_end", "1 day", "10:00", "", "", "", "4 days", "14 days"),
    ("survey", "week_1", "event_end", "7 days", "14:00", "mon-thu", "", "", "10 days", "30 days", "", "2 days, 5 days"),
    ("refresher", "safety", "week_1", "2 months", "10:00", "", "", "", "3 days", "", "${language} = 'fr'"),
    ("survey", "recall_check", "event_end", "90 days", "10:00", "", "", "", "4 days", "14 days"),
    ("digest", "", "event_end", "2 weeks", "16:00", "", "1 week", "54 weeks", "3 days"),
)

_REST_DAYS: Rows = (
    ("first", "last", "countries", "hours"),
    (date(2027, 12, 24), date(2028, 1, 2), "", ""),
    (date(2027, 4, 4), "", "SN", "10:00-16:00"),
)

_REFERRALS: Rows = (
    (
        *("country", "name::English (en)", "name::French (fr)"),
        *("text::English (en)", "text::French (fr)", "approved_by", "checked"),
    ),
    (
        "ke",
        "Open Door (example)",
        "La Porte ouverte (exemple)",
        "This is an example. Somebody listens.<br>Write to open-door@example.org. Open from Monday to Friday.",
        "Ceci est un exemple. On vous écoute.<br>Écrivez à open-door@example.org. Ouvert du lundi au vendredi.",
        "Open Door (example)",
        _CHECKED,
    ),
    (
        "",
        "Help desk of the team (example)",
        "Permanence de l’équipe (exemple)",
        "This is an example. We look for a partner near you.<br>Write to help-desk@example.org.",
        "Ceci est un exemple. Nous cherchons un partenaire près de chez vous.<br>Écrivez à help-desk@example.org.",
        "The organising team (example)",
        _CHECKED,
    ),
)

_CODES: Rows = (
    (
        *("question", "name", "label::English (en)", "label::French (fr)"),
        *("description::English (en)", "description::French (fr)"),
    ),
    (
        *("retained", "listening", "Listening", "L’écoute"),
        "Listening, being heard, not judging.",
        "Écouter, se sentir entendu, ne pas juger.",
    ),
    ("retained", "rights", "Human rights", "Les droits humains", "", ""),
)

SHEETS: dict[str, Rows] = {
    "settings": _SETTINGS,
    "event": _EVENT,
    "survey": _SURVEY,
    "choices": _CHOICES,
    "messages": _MESSAGES,
    "variants": _VARIANTS,
    "schedule": _SCHEDULE,
    "rest_days": _REST_DAYS,
    "referrals": _REFERRALS,
    "codes": _CODES,
}
