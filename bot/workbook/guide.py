"""What each column of a pack is for, and how to write one, in both languages: the words of the template."""

from conversations.model import Bilingual

STEPS = (
    Bilingual(
        "This workbook holds one learning event and the year after it. Change the example rows, or write your own "
        "below them and take these out.",
        "Ce classeur contient une rencontre d’apprentissage et l’année qui la suit. Modifiez les lignes de l’exemple, "
        "ou écrivez les vôtres en dessous et supprimez celles-ci.",
    ),
    Bilingual(
        "Point at a header to read what its column is for. The same words stand in the list below.",
        "Placez le curseur sur un en-tête pour lire à quoi sert la colonne. La liste ci-dessous dit la même chose.",
    ),
    Bilingual(
        "Keep the names of the sheets and the headers as they are. The other words are yours.",
        "Gardez tels quels les noms des feuilles et les en-têtes. Tous les autres mots sont à vous.",
    ),
    Bilingual(
        "Write every text in English and in French. Write <br> where a new line should begin.",
        "Écrivez chaque texte en anglais et en français. Écrivez <br> là où une nouvelle ligne doit commencer.",
    ),
    Bilingual(
        "Do no harm: ask only what you need, write no real names, and mark what is delicate as sensitive.",
        "Ne pas nuire : ne demandez que le nécessaire, n’écrivez aucun nom réel et signalez ce qui est délicat dans la "
        "colonne sensitive.",
    ),
    Bilingual(
        "A group of the sheet survey is one short survey: four questions or fewer. The group profile is asked once, "
        "when somebody joins.",
        "Un groupe de la feuille survey est une mini-enquête : quatre questions au plus. Les questions du groupe "
        "profile sont posées une seule fois, à l’inscription.",
    ),
    Bilingual(
        "Then run: suivi check FILE. It lists every problem with its sheet, row and column.",
        "Lancez ensuite : suivi check FICHIER. La commande signale chaque problème avec la feuille, la ligne et la "
        "colonne.",
    ),
)

_SETTINGS = {
    "form_title": Bilingual("The title of the form.", "Le titre du formulaire."),
    "form_id": Bilingual(
        "The name of the form for other tools; a form without groups takes it as its name.",
        "Le nom du formulaire pour les autres outils ; un formulaire sans groupes porte ce nom.",
    ),
    "version": Bilingual("Your own version number.", "Votre propre numéro de version."),
    "default_language": Bilingual("English (en) or French (fr).", "English (en) ou French (fr)."),
}

_EVENT = {
    "setting": Bilingual(
        "What this row sets; all eleven are needed.",
        "Ce que règle cette ligne ; les onze sont nécessaires.",
    ),
    "value": Bilingual(
        "For code (2 to 20 small letters, digits, - or _), start and end (2027-03-09) and timezone (Africa/Nairobi).",
        "Pour code (de 2 à 20 minuscules, chiffres, - ou _), start et end (2027-03-09) et timezone (Africa/Nairobi).",
    ),
    "text": Bilingual(
        "For all the other rows: the words that people read.",
        "Pour toutes les autres lignes : les mots qui seront lus.",
    ),
}

_SURVEY = {
    "type": Bilingual(
        "begin_group, end_group, select_one LIST, select_multiple LIST, integer, text or note. LIST is a list_name of "
        "the sheet choices.",
        "begin_group, end_group, select_one LISTE, select_multiple LISTE, integer, text ou note. LISTE est un "
        "list_name de la feuille choices.",
    ),
    "name": Bilingual(
        "A short name without spaces or accents, used once. The export calls the question so.",
        "Un nom court sans espaces ni accents, utilisé une seule fois. L’export désigne ainsi la question.",
    ),
    "label": Bilingual("The question, or the title of the group.", "La question, ou le titre du groupe."),
    "hint": Bilingual(
        "Help below the question. In both languages, or in neither.",
        "Une aide sous la question. Dans les deux langues, ou dans aucune.",
    ),
    "required": Bilingual(
        "yes when the question cannot be passed over. Better empty.",
        "yes si l’on ne peut pas passer la question. Mieux vaut laisser vide.",
    ),
    "relevant": Bilingual(
        "When to ask, by an earlier question of the same group: ${changed} = 'yes', or selected(${why}, 'time').",
        "Quand poser la question, selon une question précédente du même groupe : ${changed} = 'yes', ou "
        "selected(${why}, 'time').",
    ),
    "constraint": Bilingual(
        "What an answer has to fulfil; the dot is the answer: . >= 0 and . <= 500. Empty for any.",
        "La condition que la réponse doit remplir ; le point est la réponse : . >= 0 and . <= 500. Vide pour aucune.",
    ),
    "constraint_message": Bilingual(
        "What is said of an answer that does not fulfil it, with an example of one that would.",
        "Ce que l’on répond si la condition n’est pas remplie, avec un exemple qui convient.",
    ),
    "stage": Bilingual(
        "The stage of learning: create, acquire, interpret, transfer, retain or apply. May be empty.",
        "L’étape de l’apprentissage : create (créer), acquire (acquérir), interpret (interpréter), transfer "
        "(transmettre), retain (retenir) ou apply (appliquer). Peut rester vide.",
    ),
    "group_ok": Bilingual(
        "yes when the group may hear a summary in words. Only for choices, six at most, never sensitive.",
        "yes si le groupe peut en lire un bilan en mots. Pour des choix seulement, six au plus, jamais sensibles.",
    ),
    "sensitive": Bilingual(
        "yes when an answer could harm somebody. The group never hears of it.",
        "yes si une réponse pourrait nuire à quelqu’un. Le groupe n’en saura jamais rien.",
    ),
}

_CHOICES = {
    "list_name": Bilingual(
        "The list that this option belongs to; the same in each of its rows.",
        "La liste à laquelle appartient cette option ; la même dans chacune de ses lignes.",
    ),
    "name": Bilingual(
        "A short name without spaces or accents. It is what is stored: do not change it later.",
        "Un nom court sans espaces ni accents. C’est lui qui est conservé : ne le changez plus ensuite.",
    ),
    "label": Bilingual(
        "What stands on the button: 60 characters at most.", "Le texte du bouton : 60 caractères au plus."
    ),
    "timezone": Bilingual(
        "For countries only: the time zone, or several with a space between, the main one first.",
        "Pour les pays seulement : le fuseau horaire, ou plusieurs séparés par un espace, le principal d’abord.",
    ),
}

_MESSAGES = {
    "name": Bilingual("A short name, used once.", "Un nom court, utilisé une seule fois."),
    "text": Bilingual("The key message itself, two or three sentences.", "Le message clé, en deux ou trois phrases."),
    "question": Bilingual(
        "A question that makes people recall the message.", "Une question qui fait retrouver le message de mémoire."
    ),
    "choices": Bilingual(
        "A list_name of the sheet choices, with 2 to 6 options.",
        "Un list_name de la feuille choices, avec de 2 à 6 options.",
    ),
    "right": Bilingual("The name of the right option.", "Le nom (name) de la bonne option."),
    "explanation": Bilingual(
        "What is shown after the answer, right or wrong.", "Ce qui s’affiche après la réponse, juste ou non."
    ),
    "source": Bilingual("Where the message comes from. May be empty.", "D’où vient le message. Peut rester vide."),
    "sensitive": Bilingual("yes when the topic is delicate.", "yes si le sujet est délicat."),
}

_SCHEDULE = {
    "kind": Bilingual("refresher, survey or digest.", "refresher (rappel), survey (enquête) ou digest (bilan)."),
    "name": Bilingual(
        "The name of the message or of the group of questions. Empty for a digest.",
        "Le nom du message ou du groupe de questions. Vide pour un bilan.",
    ),
    "anchor": Bilingual(
        "What to count from: enrolment (each person’s own), event_start, event_end, or a date such as 2027-03-09.",
        "Le point de départ : enrolment (l’inscription de chaque personne), event_start, event_end, ou une date comme "
        "2027-03-09.",
    ),
    "offset": Bilingual(
        "How long after it: 0 minutes, 7 days, 2 weeks, 1 month.",
        "Combien de temps après : 0 minutes, 7 days (jours), 2 weeks (semaines), 1 month (mois).",
    ),
    "time": Bilingual(
        "The local time of each person, from 08:00 and before 20:00.",
        "L’heure locale de chaque personne, à partir de 08:00 et avant 20:00.",
    ),
    "every": Bilingual(
        "To repeat it: the time between two, such as 1 week. Otherwise empty.",
        "Pour répéter : le temps entre deux envois, comme 1 week. Sinon vide.",
    ),
    "until": Bilingual(
        "When repeats end, counted from the anchor: 54 weeks.",
        "Quand cessent les répétitions, à compter du point de départ : 54 weeks.",
    ),
    "window": Bilingual(
        "How long it is still worth sending when it could not be sent in time: 3 days.",
        "Combien de temps l’envoi garde son utilité s’il a pris du retard : 3 days.",
    ),
}

COLUMNS: dict[str, dict[str, Bilingual]] = {
    "settings": _SETTINGS,
    "event": _EVENT,
    "survey": _SURVEY,
    "choices": _CHOICES,
    "messages": _MESSAGES,
    "schedule": _SCHEDULE,
}
"""For each sheet, its columns; one that stands in both languages stands here once, by its short name."""
