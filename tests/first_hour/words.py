"""What is told of the hour around what the bot says, in both languages."""

from conversations.model import Bilingual

WORDS = {
    "title": Bilingual("A coordinator’s first hour", "La première heure d’une coordination"),
    "intro": Bilingual(
        "Nadia has a phone, an hour, and a spreadsheet. This is what she taps, types and reads, word for word, on the page of "
        "`make run` (any phone is the same). *En français : [premiere-heure.md](premiere-heure.md).*",
        "Nadia a un téléphone, une heure et un tableur. Voici ce qu’elle touche, tape et lit, mot pour mot, sur la page de "
        "`make run` (un vrai téléphone montre la même chose). *In English: [first-hour.md](first-hour.md).*",
    ),
    "bot": Bilingual("Suivi", "Suivi"),
    "picture": Bilingual("On the phone", "Sur le téléphone"),
    "begin": Bilingual("Nadia comes in", "Nadia arrive"),
    "begin_why": Bilingual(
        "On the page: “People”, “Add a coordinator”, then START. For real, whoever runs the bot sends an invitation and confirms the "
        "four letters that Nadia reads out ([coordinators.md](coordinators.md)).",
        "Sur la page : « Personnes », « Ajouter une coordination », puis DÉMARRER. En vrai, la personne qui gère le bot envoie une "
        "invitation et confirme les quatre signes que Nadia lui lit ([coordination.md](coordination.md)).",
    ),
    "workbook": Bilingual("The workbook", "Le classeur"),
    "workbook_why": Bilingual(
        "Four questions, and the workbook comes with the answers in it.",
        "Quatre questions, et le classeur arrive avec les réponses dedans.",
    ),
    "fault": Bilingual("A first try, with a gap", "Un premier essai, avec un trou"),
    "fault_why": Bilingual(
        "In the spreadsheet Nadia writes what the team says of questions and worries, and forgets to write it in French.",
        "Dans le tableur, Nadia écrit ce que l’équipe dit des questions et des inquiétudes, et oublie de l’écrire en français.",
    ),
    "publish": Bilingual("Mended and published", "Corrigé et publié"),
    "publish_why": Bilingual(
        "She fills the cell, writes whom people can really turn to in place of the examples, and sends the workbook again.",
        "Elle remplit la cellule, écrit à qui l’on peut vraiment s’adresser à la place des exemples, et renvoie le classeur.",
    ),
    "invite": Bilingual("The invitation", "L’invitation"),
    "invite_why": Bilingual(
        "One link for everybody, as text to forward; a QR picture and a poster are a tap away.",
        "Un lien pour tout le monde, comme texte à transférer ; une image QR et une affiche sont à portée de doigt.",
    ),
    "join": Bilingual("Two people join", "Deux personnes rejoignent"),
    "join_why": Bilingual(
        "Nadia posts the link in the group chat. Amina opens it and joins, in English; Moussa does the same in French.",
        "Nadia poste le lien dans le groupe. Amina l’ouvre et rejoint, en anglais ; Moussa fait de même en français.",
    ),
    "broadcast": Bilingual("A broadcast", "Une annonce"),
    "broadcast_why": Bilingual(
        "Written in both languages, looked at, sent; for one minute it can be undone.",
        "Écrite dans les deux langues, regardée, envoyée ; pendant une minute, on peut l’annuler.",
    ),
    "status": Bilingual("How it goes", "Où l’on en est"),
    "status_why": Bilingual(
        "Ten more people have joined with the link (simulated ones), and the clock of the page stands on the day after the first survey. Figures "
        "come from ten people on, in steps of five, as they were at midnight, so that nobody’s answer shows.",
        "Dix autres personnes ont rejoint par le lien (simulées), et l’horloge de la page est au lendemain de la première enquête. Les chiffres "
        "sont donnés à partir de dix personnes, de cinq en cinq, tels qu’ils étaient à minuit, pour qu’aucune réponse ne se voie.",
    ),
    "stop": Bilingual("Should anything be wrong", "Si quelque chose ne va pas"),
    "stop_why": Bilingual(
        "One word and one tap stop everything; a coordinator lets it go on.",
        "Un mot et un geste arrêtent tout ; une personne qui coordonne laisse reprendre.",
    ),
    "spent": Bilingual(
        "{taps} taps and what is typed above take about {minutes} minutes by the keystroke-level model (Card, Moran and Newell, 1980), for "
        "somebody who is slow on a phone; thinking of what to write comes on top.",
        "{taps} gestes et ce qui est tapé plus haut prennent environ {minutes} minutes selon le modèle KLM (Card, Moran et Newell, 1980), "
        "pour une personne lente au téléphone ; le temps de réfléchir à ce que l’on écrit s’y ajoute.",
    ),
    "time": Bilingual("How long it takes", "Combien de temps cela prend"),
}
