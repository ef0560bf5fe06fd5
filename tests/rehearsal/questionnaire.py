"""A questionnaire with a question of every type, as ordinary forms have them, none of which takes just any answer."""

_SURVEY = """
| survey | | | | | | | | | | | |
|---|---|---|---|---|---|---|---|---|---|---|---|
| | type | name | label::English (en) | label::French (fr) | required | relevant | constraint | choice_filter | parameters | appearance | repeat_count |
| | begin_group | all_types | All types | Tous les types | | | | | | | |
| | integer | age | How old are you? | Quel âge avez-vous ? | yes | | . >= 18 and . <= 75 | | | | |
| | integer | old | How old | Quel âge | yes | | . > 99 and . < 103 | | | | |
| | integer | year | In which year did you begin? | En quelle année avez-vous commencé ? | yes | | . > 1979 and . < 1983 | | | | |
| | decimal | weight | How heavy is the parcel, in kg? | Combien pèse le colis, en kg ? | yes | | . > 3 and . < 4.2 and . != int(.) | | | | |
| | date | visited | When did you visit? | Quand avez-vous fait la visite ? | yes | | . < today() | | | | |
| | date | next | When will you go again? | Quand y retournerez-vous ? | yes | | . > ${visited} and . >= today() | | | | |
| | date | born | In which month were you born? | Quel est votre mois de naissance ? | yes | | . < date('1999-01-01') | | | month-year | |
| | time | opens | When does it open? | Quand est-ce que cela ouvre ? | yes | | | | | | |
| | dateTime | met | When was the meeting? | Quand a eu lieu la réunion ? | yes | | . < now() | | | | |
| | text | phone | Your number? | Votre numéro ? | yes | | regex(., '^0[0-9]{9}$') | | | | |
| | text | code | The code on the card? | Le code sur la carte ? | yes | | string-length(.) = 6 | | | | |
| | barcode | label | The code of the box? | Le code de la boîte ? | yes | | | | | | |
| | range | scale | From 0 to 100? | De 0 à 100 ? | yes | | . >= 20 | | start=0 end=100 step=5 | | |
| | range | short | From 0 to 5? | De 0 à 5 ? | yes | | | | start=0 end=5 step=1 | | |
| | select_one country | country | Which country? | Quel pays ? | yes | | | | | | |
| | select_one town | town | Which town? | Quelle ville ? | yes | | | country = ${country} | | | |
| | select_one yesno | agreed | Do you agree? | Êtes-vous d’accord ? | yes | | . = 'yes' | | | | |
| | select_multiple many | seen | Which have you seen? | Lesquels avez-vous vus ? | yes | | | | | | |
| | select_multiple few | two | Which two? | Lesquels, deux en tout ? | yes | | count-selected(.) = 2 | | | | |
| | rank few | order | In which order? | Dans quel ordre ? | yes | | selected-at(., 0) = 'advice' | | | | |
| | rank few | again | In which order are these two? | Dans quel ordre vont ces deux ? | yes | | | selected(${two}, name) | | | |
| | image | photo | A picture of the place | Une image du lieu | yes | | | | | | |
| | image | poster | A picture of the poster | Une image de l’affiche | yes | | | | | | |
| | audio | voice | Say it aloud | Dites-le à voix haute | yes | | | | | | |
| | video | film | Show it | Montrez-le | yes | | | | | | |
| | file | paper | The paper | Le document | yes | | | | | | |
| | geopoint | place | Where is it? | Où est-ce ? | yes | | | | | | |
| | integer | present | How many came? | Combien de personnes sont venues ? | yes | | . > 0 | | | | |
| | integer | led | Of these ${present}, how many led? | Parmi ces ${present}, combien ont animé ? | yes | | . < ${present} | | | | |
| | begin_repeat | child | A child | Un enfant | | | | | | | |
| | integer | years | Their age? | Son âge ? | yes | | . < 5 | | | | |
| | end_repeat | | | | | | | | | | |
| | integer | rooms | How many rooms? | Combien de pièces ? | yes | | | | | | |
| | begin_repeat | room | A room | Une pièce | | | | | | | ${rooms} |
| | text | named | What is it for? | À quoi sert-elle ? | yes | | | | | | |
| | end_repeat | | | | | | | | | | |
| | acknowledge | understood | I have understood. | J’ai compris. | yes | | | | | | |
| | end_group | | | | | | | | | | |
"""  # noqa: E501 # a table is as wide as it is

MANY = 20
"""Options of the longest list: more than one page of them."""


def questionnaire() -> str:
    """The questionnaire as a form. In one of its countries nobody finds a town."""
    rows = [
        ("country", "nowhere", "No man’s land", "Nulle part", ""),
        ("country", "ke", "Kenya", "Kenya", ""),
        ("country", "sn", "Senegal", "Sénégal", ""),
        ("town", "nairobi", "Nairobi", "Nairobi", "ke"),
        ("town", "kisumu", "Kisumu", "Kisumu", "ke"),
        ("town", "dakar", "Dakar", "Dakar", "sn"),
        ("yesno", "no", "Not at all", "Pas du tout", ""),
        ("yesno", "yes", "Certainly", "Certainement", ""),
        *(("many", f"n{number}", f"Number {number}", f"Numéro {number}", "") for number in range(1, MANY + 1)),
        ("few", "peers", "Peers", "Des pairs", ""),
        ("few", "centre", "A drop-in centre", "Un centre d’accueil", ""),
        ("few", "advice", "Advice", "Des conseils", ""),
    ]
    head = ("list_name", "name", "label::English (en)", "label::French (fr)", "country")
    lines = [f"| | {' | '.join(row)} |" for row in (head, *rows)]
    settings = ["| settings | | | |", "| | form_title | form_id | default_language |", "| | All | all | English (en) |"]
    return "\n".join([_SURVEY, "| choices | | | | | |", *lines, "", *settings, ""])
