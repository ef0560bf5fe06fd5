"""What each column of a pack is for, and how to write one, in both languages: the words of the template."""

from conversations.model import Bilingual, QuestionType

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
        "What this row sets. Those from code to contact, eleven, are needed; the further ones may be left out.",
        "Ce que règle cette ligne. Les onze de code à contact sont nécessaires ; on peut omettre les autres.",
    ),
    "value": Bilingual(
        "For code (2 to 20 small letters, digits, - or _), start and end (2027-03-09), timezone (Africa/Nairobi), and "
        "the further settings.",
        "Pour code (de 2 à 20 minuscules, chiffres, - ou _), start et end (2027-03-09), timezone (Africa/Nairobi) et "
        "les réglages facultatifs.",
    ),
    "text": Bilingual(
        "For title, welcome, the rows of consent and contact: the words that people read.",
        "Pour title, welcome, les lignes consent et contact : les mots qui seront lus.",
    ),
}

_SURVEY = {
    "type": Bilingual(
        "begin_group, end_group, begin_repeat, end_repeat, or a type of question such as select_one LIST or date; all "
        "of them stand below. LIST is a list_name of the sheet choices.",
        "begin_group, end_group, begin_repeat, end_repeat, ou un type de question comme select_one LISTE ou date ; "
        "tous figurent plus bas. LISTE est un list_name de la feuille choices.",
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
        "yes when the question cannot be passed over, or a condition that decides. Better empty.",
        "yes si l’on ne peut pas passer la question, ou une condition qui en décide. Mieux vaut laisser vide.",
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
    "required_message": Bilingual(
        "What is said to somebody who tries to pass over a question that is required.",
        "Ce que l’on répond à qui veut passer une question obligatoire.",
    ),
    "calculation": Bilingual(
        "How the value of a row of type calculate is worked out: ${men} + ${women}.",
        "Comment se calcule la valeur d’une ligne de type calculate : ${men} + ${women}.",
    ),
    "default": Bilingual(
        "The answer that stands until another is given.",
        "La réponse retenue tant qu’aucune autre n’est donnée.",
    ),
    "read_only": Bilingual(
        "yes when the value is shown and cannot be changed.",
        "yes si la valeur est montrée sans pouvoir être changée.",
    ),
    "choice_filter": Bilingual(
        "Which options to offer, by a further column of the sheet choices: region = ${region}.",
        "Quelles options proposer, selon une colonne de plus de la feuille choices : region = ${region}.",
    ),
    "repeat_count": Bilingual(
        "For begin_repeat: how many times. When it is empty, people are asked each time whether there is one more.",
        "Pour begin_repeat : combien de fois. Si la cellule est vide, on demande à chaque fois s’il y en a encore.",
    ),
    "appearance": Bilingual(
        "How other tools show the question: likert, minimal, month-year. A chat shows it in its own way.",
        "Comment d’autres outils montrent la question : likert, minimal, month-year. La discussion la montre à sa "
        "façon.",
    ),
    "parameters": Bilingual(
        "For range: start=0 end=10 step=1. For choices in random order: randomize=true.",
        "Pour range : start=0 end=10 step=1. Pour des choix dans un ordre aléatoire : randomize=true.",
    ),
    "image": Bilingual(
        "The file name of a picture (JPEG, PNG, WebP or GIF, 1 MB at most) that lies beside the workbook; it is shown "
        "above the question and stays in the chat. image::English (en) and image::French (fr) give each language its "
        "own.",
        "Le nom du fichier d’une image (JPEG, PNG, WebP ou GIF, 1 Mo au plus) placée à côté du classeur ; elle "
        "s’affiche au-dessus de la question et reste dans la discussion. Avec image::English (en) et image::French "
        "(fr), chaque langue a la sienne.",
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
    "indicator": Bilingual(
        "For integer: the name of the indicator under which the report adds all these numbers up, such as People "
        "trained. The same in each question that belongs to it.",
        "Pour integer : le nom de l’indicateur sous lequel le rapport additionne tous ces nombres (Personnes formées). "
        "Le même dans chaque question qui en relève.",
    ),
    "target": Bilingual(
        "The number that the indicator is to reach, such as 10000. May be empty.",
        "Le nombre que l’indicateur doit atteindre, par exemple 10000. Peut rester vide.",
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
    "counts_as": Bilingual(
        "What the option counts as in the report: agree, neutral or disagree; none for “nothing of the kind”; internal "
        "or external (inside or outside the organisation), formal or informal. Several with a space between. May be "
        "empty.",
        "Ce que vaut l’option dans le rapport : agree (d’accord), neutral (neutre) ou disagree (pas d’accord) ; none "
        "pour « rien de tel » ; internal ou external (dans ou hors de l’organisation), formal ou informal. Plusieurs "
        "mots séparés par un espace. Peut rester vide.",
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
    "source": Bilingual(
        "Where the message comes from. May be empty. One column source will do where both languages name it alike.",
        "D’où vient le message. Peut rester vide. Une seule colonne source suffit si les deux langues disent pareil.",
    ),
    "sensitive": Bilingual("yes when the topic is delicate.", "yes si le sujet est délicat."),
    "measured": Bilingual(
        "yes when the survey recall_check asks this question; refreshers then keep to those of the sheet variants. "
        "When no message has yes, it asks for all of them.",
        "yes si l’enquête recall_check pose cette question ; les rappels s’en tiennent alors à celles de la feuille "
        "variants. Si aucun message ne porte yes, l’enquête porte sur tous.",
    ),
}

_VARIANTS = {
    "message": Bilingual(
        "The name of the message that this further question asks for.",
        "Le nom (name) du message sur lequel porte cette autre question.",
    ),
    "question": Bilingual(
        "The same message asked from another side, so that people remember it and not a question.",
        "Le même message sous un autre angle, pour que l’on retienne le message et non une question.",
    ),
    "choices": Bilingual(
        "A list_name of the sheet choices, with 2 to 6 options, for this question.",
        "Un list_name de la feuille choices, avec de 2 à 6 options, pour cette question.",
    ),
    "right": Bilingual(
        "The name of the right option of that list.",
        "Le nom (name) de la bonne option de cette liste.",
    ),
    "explanation": Bilingual(
        "What is shown after the answer. Empty in both languages for that of the message.",
        "Ce qui s’affiche après la réponse. Vide dans les deux langues pour reprendre celle du message.",
    ),
}

_SCHEDULE = {
    "kind": Bilingual("refresher, survey or digest.", "refresher (rappel), survey (enquête) ou digest (bilan)."),
    "name": Bilingual(
        "The name of the message or of the group of questions. A refresher without a name asks whichever messages are "
        "due for each person. The survey recall_check asks the measured messages. Empty for a digest.",
        "Le nom du message ou du groupe de questions. Un refresher sans nom porte sur les messages que chaque personne "
        "doit revoir. L’enquête recall_check porte sur les messages mesurés. Vide pour un bilan.",
    ),
    "anchor": Bilingual(
        "What to count from: enrolment (each person’s own), event_start, event_end, a date such as 2027-03-09, or the "
        "name of a group of questions or a message: when the person answered it.",
        "Le point de départ : enrolment (l’inscription de chaque personne), event_start, event_end, une date comme "
        "2027-03-09, ou le nom d’un groupe de questions ou d’un message : le moment où la personne y a répondu.",
    ),
    "offset": Bilingual(
        "How long after it: 0 minutes, 7 days, 2 weeks, 1 month.",
        "Combien de temps après : 0 minutes, 7 days (jours), 2 weeks (semaines), 1 month (mois).",
    ),
    "time": Bilingual(
        "The local time of each person, outside the quiet hours: 10:00. With 10:00-12:00 everybody has a time of their "
        "own between the two.",
        "L’heure locale de chaque personne, hors des heures de silence : 10:00. Avec 10:00-12:00, chacune a son heure "
        "entre les deux.",
    ),
    "weekdays": Bilingual(
        "The days on which it may come: mon-thu, or tue fri. Otherwise it waits for the next of them. Empty for all.",
        "Les jours où l’envoi peut arriver : lun-jeu, ou mar ven. Sinon il attend le suivant. Vide : tous.",
    ),
    "every": Bilingual(
        "To repeat it: the time between two, such as 1 week. For a digest also a cron expression in the event's zone: "
        "0 12 * * fri. Otherwise empty.",
        "Pour répéter : le temps entre deux envois, comme 1 week. Pour un bilan, aussi une expression cron, dans le "
        "fuseau de la rencontre : 0 12 * * fri. Sinon vide.",
    ),
    "until": Bilingual(
        "When repeats end, counted from the anchor: 54 weeks.",
        "Quand cessent les répétitions, à compter du point de départ : 54 weeks.",
    ),
    "window": Bilingual(
        "How long it is still worth sending when it could not be sent in time: 3 days.",
        "Combien de temps l’envoi garde son utilité s’il a pris du retard : 3 days.",
    ),
    "closes": Bilingual(
        "For a survey: how long after its time it takes answers, and changes of them: 30 days. Empty for ever.",
        "Pour une enquête : combien de temps elle accepte des réponses et leurs modifications : 30 days. Vide : "
        "toujours.",
    ),
    "audience": Bilingual(
        "Who gets it, by the group profile, the language of the chat and, where the sheet event has parts, the part: "
        "${country} = 'ke', ${language} = 'fr', ${part} = 'host'. Empty for everybody.",
        "Qui le reçoit, selon le groupe profile, la langue de la discussion et, si la feuille event a une ligne parts, "
        "le rôle : ${country} = 'ke', ${language} = 'fr', ${part} = 'host'. Vide : tout le monde.",
    ),
    "reminders": Bilingual(
        "For a survey: how long after it those who have not answered are reminded, twice at most: 2 days, 5 days, as "
        "when it is empty. none for no reminders.",
        "Pour une enquête : combien de temps après on relance qui n’a pas répondu, deux fois au plus : 2 days, 5 days, "
        "comme si la cellule est vide. none pour ne pas relancer.",
    ),
}

_REST_DAYS = {
    "first": Bilingual(
        "The first day on which nothing is sent: 2027-12-24.", "Le premier jour sans envoi : 2027-12-24."
    ),
    "last": Bilingual(
        "The last such day. Empty when it is one day.", "Le dernier de ces jours. Vide s’il n’y en a qu’un."
    ),
    "countries": Bilingual(
        "Codes of two letters (ISO 3166) with a space between: KE SN. Empty for everywhere.",
        "Les codes à deux lettres (ISO 3166), séparés par un espace : KE SN. Vide : partout.",
    ),
    "hours": Bilingual(
        "The only hours in which something is sent on these days: 10:00-16:00. Empty when nothing is sent at all.",
        "Les seules heures où l’on envoie quelque chose ces jours-là : 10:00-16:00. Vide si rien n’est envoyé.",
    ),
}

_REFERRALS = {
    "country": Bilingual(
        "The name of an option of the question about the country, one a row: ke. Empty for everybody else.",
        "Le nom (name) d’une option de la question sur le pays, une par ligne : ke. Vide : pour les autres personnes.",
    ),
    "name": Bilingual(
        "The service or partner that people can turn to: 100 characters at most.",
        "Le service ou le partenaire auquel on peut s’adresser : 100 caractères au plus.",
    ),
    "text": Bilingual(
        "How to reach it (phone, address, hours), in words that the partner approved and the bot never changes.",
        "Comment le joindre (téléphone, adresse, horaires), avec les mots qu’il a approuvés, tels quels.",
    ),
    "approved_by": Bilingual(
        "The partner that approved these words: an organisation, not a person.",
        "Le partenaire qui a approuvé ces mots : une organisation, pas une personne.",
    ),
    "checked": Bilingual(
        "The day on which somebody last made sure that all is right: 2026-11-10. It has to be done every 90 days.",
        "Le dernier jour où quelqu’un a vérifié que tout est exact : 2026-11-10. À refaire tous les 90 jours.",
    ),
}

_CODES = {
    "question": Bilingual(
        "The name of a question of the type text, one row for each of its codes.",
        "Le nom (name) d’une question de type text, une ligne pour chacun de ses codes.",
    ),
    "name": Bilingual(
        "A short name for the code, in Latin letters: listening.",
        "Un nom court pour le code, en lettres latines : listening.",
    ),
    "label": Bilingual(
        "What the code is called in the report: 100 characters at most.",
        "Ce que le rapport affiche pour ce code : 100 caractères au plus.",
    ),
    "description": Bilingual(
        "What belongs under the code and what does not, for whoever codes. It may stay empty.",
        "Ce qui relève du code et ce qui n’en relève pas, pour qui code les réponses. Peut rester vide.",
    ),
}

COLUMNS: dict[str, dict[str, Bilingual]] = {
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
"""For each sheet, its columns; one that stands in both languages stands here once, by its short name."""

TYPES: dict[str, Bilingual] = {
    "select_one LIST": Bilingual(
        "one button an option; the words or the number of an option can be typed",
        "un bouton par réponse ; on peut aussi écrire la réponse ou son numéro",
    ),
    "select_multiple LIST": Bilingual(
        "boxes to tick, then “Done”; numbers can be typed: 1, 3",
        "des cases à cocher, puis « Valider » ; on peut écrire les numéros : 1, 3",
    ),
    "select_one LIST or_other": Bilingual(
        "one option more, “Other”, and a question that asks which; also for select_multiple",
        "une option de plus, « Autre », et une question qui demande laquelle ; aussi pour select_multiple",
    ),
    "select_one_from_file FILE.csv": Bilingual(
        "the options stand in a file beside the workbook, in the columns name and label",
        "les options sont dans un fichier à côté du classeur, dans les colonnes name et label",
    ),
    "rank LIST": Bilingual("the options are put in order", "on met les options dans l’ordre"),
    "integer": Bilingual("a whole number, typed", "un nombre entier, écrit"),
    "decimal": Bilingual("a number, with a point or a comma", "un nombre, avec une virgule ou un point"),
    "range": Bilingual("a number between two ends, in steps", "un nombre entre deux bornes, par pas"),
    "text": Bilingual("words, typed; kept encrypted", "des mots écrits, gardés chiffrés"),
    "date": Bilingual("a day: today, yesterday, or typed", "un jour : aujourd’hui, hier, ou écrit"),
    "time": Bilingual("a time of day, typed", "une heure, écrite"),
    "dateTime": Bilingual("a day and a time, typed", "un jour et une heure, écrits"),
    "acknowledge": Bilingual("one button, to say that it is read", "un bouton, pour dire que c’est lu"),
    "image": Bilingual("a photo that is sent", "une photo à envoyer"),
    "audio": Bilingual("a voice message or a recording", "un message vocal ou un enregistrement"),
    "video": Bilingual("a video that is sent", "une vidéo à envoyer"),
    "file": Bilingual("a document that is sent", "un document à envoyer"),
    "geopoint": Bilingual(
        "where somebody is, sent from the phone. Think twice whether you need it.",
        "l’endroit où l’on se trouve, envoyé par le téléphone. Demandez-vous s’il le faut vraiment.",
    ),
    "barcode": Bilingual("the digits of a code, typed", "les chiffres d’un code, écrits"),
    "note": Bilingual("shown above the next question", "montrée au-dessus de la question suivante"),
    "calculate": Bilingual("a value that nobody sees", "une valeur que personne ne voit"),
    "hidden": Bilingual("a fixed value for the export", "une valeur fixe pour l’export"),
    "start, end, today": Bilingual(
        "when the answers were begun and sent, and on which day",
        "quand les réponses ont été commencées et envoyées, et quel jour",
    ),
    "begin_group, end_group": Bilingual(
        "one micro-survey each, with groups inside it; the group profile is asked once, on joining",
        "une mini-enquête chacun, avec des groupes à l’intérieur ; les questions du groupe profile sont posées une "
        "fois, à l’inscription",
    ),
    "begin_repeat, end_repeat": Bilingual(
        "questions that are asked several times, inside a group",
        "des questions posées plusieurs fois, à l’intérieur d’un groupe",
    ),
}
"""What a chat makes of each type."""

ASKED = tuple(
    kind
    for kind in QuestionType
    if kind not in (QuestionType.REPEAT, QuestionType.HIDDEN, QuestionType.START, QuestionType.END, QuestionType.TODAY)
)
"""The types that an author chooses among."""
