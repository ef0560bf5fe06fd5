"""A report that shows every kind of chart, with figures that were published after two learning events."""

from datetime import date

from conversations.intervals import wilson
from conversations.messages import phrase
from conversations.model import Bilingual
from conversations.report.values import Cell, Chart, Figure, Report, Section, Series, Takeaway

ANSWERED = Bilingual("Of the 32 people who answered, out of 102.", "Parmi les 32 personnes qui ont répondu, sur 102.")
SHOWN = Bilingual("Share of people", "Part des personnes")


def cells(whole: int, *counts: int | None) -> tuple[Cell, ...]:
    return tuple(Cell(count, whole) for count in counts)


def measured(whole: int, *counts: int | None) -> tuple[Cell, ...]:
    return tuple(Cell(count, whole) if count is None else Cell(count, whole, *wilson(count, whole)) for count in counts)


def words(*pairs: tuple[str, str]) -> tuple[Bilingual, ...]:
    return tuple(Bilingual(en, fr) for en, fr in pairs)


CYCLE = Figure(
    name="cycle",
    section=Section.OVERVIEW,
    chart=Chart.CYCLE,
    title=Bilingual("From learning to practice", "De l’apprentissage à la pratique"),
    sentence=Bilingual("88 % put what they learnt into practice.", "88 % mettent en pratique ce qui a été appris."),
    base=ANSWERED,
    rows=words(
        ("Acquired", "Acquis"), ("Interpreted", "Interprété"), ("Passed on", "Transmis"), ("Applied", "Mis en pratique")
    ),
    series=(Series(SHOWN, cells(32, 29, None, 31, 28)),),
)
RESPONSE = Figure(
    name="response-by-organisation",
    section=Section.RESPONSE,
    chart=Chart.PARTS,
    title=Bilingual("Who answered, by type of organisation", "Qui a répondu, par type d’organisation"),
    sentence=Bilingual("31% answered.", "31\u00a0% ont répondu."),
    base=Bilingual("102 people were asked.", "102 personnes ont été interrogées."),
    rows=words(
        ("Linking organisations", "Organisations de liaison"),
        ("Community-based organisations", "Organisations à base communautaire"),
    ),
    series=(
        Series(Bilingual("Answered", "A répondu"), (Cell(20, 62), Cell(12, 40))),
        Series(Bilingual("Not reached", "Sans réponse"), (Cell(36, 62), Cell(28, 40))),
        Series(Bilingual("Declined", "A décliné"), (Cell(6, 62), Cell(None, 40))),
    ),
    notes=(phrase("You have a new message."),),
)
AGREEMENT = Figure(
    name="understand-programmes",
    section=Section.ACQUIRE,
    chart=Chart.PARTS,
    title=Bilingual(
        "Thanks to the event, I understand better how programmes with key populations work.",
        "Grâce à la rencontre, je comprends mieux comment fonctionnent les programmes avec les populations clés.",
    ),
    sentence=Bilingual("90% agree.", "90\u00a0% sont d’accord."),
    base=ANSWERED,
    rows=words(("One week later", "Une semaine après")),
    series=(
        Series(Bilingual("Strongly agree", "Tout à fait d’accord"), cells(31, 13), positive=True),
        Series(Bilingual("Agree", "D’accord"), cells(31, 15), positive=True),
        Series(Bilingual("Neither agree nor disagree", "Ni d’accord ni en désaccord"), cells(31, None)),
        Series(Bilingual("Disagree", "Pas d’accord"), cells(31, None), positive=False),
        Series(Bilingual("Strongly disagree", "Pas du tout d’accord"), cells(31, None), positive=False),
    ),
)
CONNECTIONS = Figure(
    name="connections",
    section=Section.TRANSFER,
    chart=Chart.BARS,
    title=Bilingual(
        "Since the event, have you been in touch with other participants? Why, or how?",
        "Depuis la rencontre, avez-vous été en contact avec d’autres participantes et participants ? Pourquoi ?",
    ),
    sentence=Bilingual("53% were in touch to share information.", "53\u00a0% pour partager des informations."),
    base=Bilingual(
        "Of 30 people; several answers were possible.", "Parmi 30 personnes ; plusieurs réponses possibles."
    ),
    rows=words(
        ("To share information", "Pour partager des informations"),
        ("To explore working together", "Pour envisager de travailler ensemble"),
        ("To acknowledge their expertise", "Pour saluer leur expertise"),
        ("To learn about their work", "Pour mieux connaître leur travail"),
        ("Informally", "De façon informelle"),
        ("For advice or mentoring", "Pour des conseils ou un mentorat"),
        ("For technical assistance", "Pour une assistance technique"),
        ("To ask a follow-up question", "Pour poser une question de suivi"),
        ("At other workshops", "Lors d’autres ateliers"),
        ("To widen our networks", "Pour élargir nos réseaux"),
        ("To compare our contexts", "Pour comparer nos contextes"),
        ("To organise an event", "Pour organiser un événement"),
        ("To write a joint proposal", "Pour une demande de fonds commune"),
    ),
    series=(Series(SHOWN, cells(30, 16, 14, 14, 13, 13, 12, 10, 10, 8, 8, 6, 5, None)),),
)
SQUARE = Figure(
    name="passed-on",
    section=Section.TRANSFER,
    chart=Chart.SQUARE,
    title=Bilingual("How have you passed on what you learnt?", "Comment avez-vous transmis ce que vous avez appris ?"),
    sentence=Bilingual("97% inside, 22% outside.", "97\u00a0% en interne, 22\u00a0% à l’extérieur."),
    base=ANSWERED,
    rows=words(("Informally", "De façon informelle"), ("Formally", "De façon formelle")),
    series=(
        Series(Bilingual("Inside the organisation", "En interne"), cells(32, 24, 18)),
        Series(Bilingual("Outside the organisation", "À l’extérieur"), cells(32, 7, None)),
    ),
)
RECALL = Figure(
    name="recall",
    section=Section.RETAIN,
    chart=Chart.INTERVALS,
    title=Bilingual("What people recall", "Ce dont on se souvient"),
    sentence=Bilingual("After 90 days 70% recall it.", "Après 90 jours, 70\u00a0% s’en souviennent."),
    base=Bilingual(
        "Of those who answered; bars show the 95% interval.", "Parmi les réponses ; intervalle à 95\u00a0%."
    ),
    rows=words(("Hide the place and the date", "Masquer le lieu et la date"), ("Decide together", "Décider ensemble")),
    series=(
        Series(Bilingual("At the event", "À la rencontre"), measured(40, 36, 30)),
        Series(Bilingual("After 90 days", "Après 90 jours"), measured(30, 21, None)),
    ),
)
CHANGE = Figure(
    name="applied-change",
    section=Section.APPLY,
    chart=Chart.PAIRS,
    title=Bilingual("I have used what I learnt", "J’ai mis en pratique ce que j’ai appris"),
    sentence=Bilingual("From 60% to 76% of the same people.", "De 60\u00a0% à 76\u00a0% des mêmes personnes."),
    base=Bilingual("25 people answered both times.", "25 personnes ont répondu les deux fois."),
    rows=words(("Agree", "D’accord"), ("Disagree", "Pas d’accord")),
    series=(
        Series(Bilingual("Three months later", "Trois mois après"), cells(25, 15, 6)),
        Series(Bilingual("One year later", "Un an après"), cells(25, 19, None)),
    ),
)
PROGRESS = Figure(
    name="indicators",
    section=Section.INDICATORS,
    chart=Chart.PROGRESS,
    title=Bilingual("Results against targets", "Les résultats et les objectifs"),
    sentence=Bilingual("4,489 people reached of 10,000.", "4 489 personnes touchées sur 10 000."),
    base=Bilingual("Numbers that partners reported, added up.", "Nombres déclarés par les partenaires, additionnés."),
    rows=words(
        ("People reached by mini trainings", "Personnes touchées par des mini-formations"),
        ("Sites", "Sites"),
        ("Staff trained", "Membres du personnel formés"),
    ),
    series=(Series(Bilingual("Achieved", "Atteint"), (Cell(4_489, 10_000), Cell(6, 16), Cell(140, None))),),
)
REPORT = Report(
    code="lse2026",
    title=Bilingual("Learning and Sharing Event 2026", "Rencontre d’apprentissage et de partage 2026"),
    start=date(2026, 11, 10),
    end=date(2026, 11, 13),
    day=date(2027, 11, 20),
    figures=(CYCLE, RESPONSE, AGREEMENT, CONNECTIONS, SQUARE, RECALL, CHANGE, PROGRESS),
    takeaways=(
        Takeaway(
            Bilingual(
                "Before you share a photo, ask each person in it, and hide the place and the date.",
                "Avant de partager une photo, demandez l’accord de chaque personne et masquez le lieu et la date.",
            ),
            Bilingual("Session 2 of the event", "Séance 2 de la rencontre"),
        ),
        Takeaway(
            Bilingual("A partnership decides together on the budget.", "Un partenariat décide ensemble du budget."),
            Bilingual("Session 4 of the event", "Séance 4 de la rencontre"),
        ),
    ),
    about=(
        Bilingual("Shares are rounded to whole percent.", "Les parts sont arrondies au pour cent entier."),
        Bilingual("Cells of fewer than five people are hidden.", "Les effectifs de moins de cinq sont masqués."),
    ),
    smallest=5,
)
