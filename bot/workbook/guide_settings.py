"""What each further setting of the sheet `event` does, and how to write its value, in both languages."""

from conversations.model import Bilingual

SETTINGS: dict[str, Bilingual] = {
    "quiet_hours": Bilingual(
        "From when until when nothing is sent, by each person’s own clock: 20:00-08:00, as without the row.",
        "De quand à quand rien n’est envoyé, à l’heure de chaque personne : 20:00-08:00, comme sans cette ligne.",
    ),
    "weekdays": Bilingual(
        "The days on which something may be sent: mon-fri, or sun mon tue wed thu. Without the row, every day.",
        "Les jours où l’on peut envoyer quelque chose : lun-ven, ou dim lun mar mer jeu. Sans cette ligne, tous.",
    ),
    "public_holidays": Bilingual(
        "yes, as without the row, when nothing is sent on public holidays of each person’s country; no when they are "
        "days like others.",
        "yes, comme sans cette ligne, si rien n’est envoyé les jours fériés du pays de chaque personne ; no si ce sont "
        "des jours comme les autres.",
    ),
    "weekly_cap": Bilingual(
        "How many messages may come unasked in any seven days, from 1 to 7. Without the row, 2.",
        "Combien de messages peuvent arriver sans être demandés en sept jours, de 1 à 7. Sans cette ligne, 2.",
    ),
    "minimum_gap": Bilingual(
        "How many hours there are at least between two messages, from 1 to 168. Without the row, 20.",
        "Combien d’heures séparent au moins deux messages, de 1 à 168. Sans cette ligne, 20.",
    ),
    "catch_up": Bilingual(
        "What becomes of what was due by the event’s dates before somebody joined: skip (it is over, as without the "
        "row), compress (it comes as fast as the weekly cap allows) or as_planned (it comes at the planned distances).",
        "Ce que devient ce qui était prévu, selon les dates de la rencontre, avant une inscription tardive : skip "
        "(c’est passé, comme sans cette ligne), compress (tout vient aussi vite que weekly_cap le permet) ou "
        "as_planned (tout vient aux intervalles prévus).",
    ),
    "ladder": Bilingual(
        "The days from one recall of a message to the next, for refreshers without a name: 2 7 21 60. They get longer "
        "from rung to rung, 12 rungs at most. Without the row, 2 7 21 60 120 180.",
        "Les jours d’un rappel d’un message au suivant, pour les refresher sans nom : 2 7 21 60. Ils s’allongent "
        "d’échelon en échelon, douze au plus. Sans cette ligne, 2 7 21 60 120 180.",
    ),
    "horizon": Bilingual(
        "How long refreshers without a name go on: 12 months, as without the row.",
        "Combien de temps durent les refresher sans nom : 12 months, comme sans cette ligne.",
    ),
    "hold_back": Bilingual(
        "How many of a hundred people, from 0 to 50, get no refreshers before the last recall check, so that the "
        "effect of refreshers can be told. Say so in the consent text. Without the row, none.",
        "Combien de personnes sur cent, de 0 à 50, ne reçoivent aucun rappel avant le dernier recall_check, pour que "
        "l’effet des rappels se mesure. Dites-le dans le texte de consentement. Sans cette ligne, aucune.",
    ),
    "parts": Bilingual(
        "A list_name of the sheet choices: what people can be invited as, such as host, visitor and partner. Each part "
        "has invitations of its own. Without the row, all are invited alike.",
        "Un list_name de la feuille choices : ce que l’on peut être à la rencontre (hôte, en visite, partenaire). "
        "Chaque rôle a ses propres invitations. Sans cette ligne, tout le monde est invité de la même façon.",
    ),
    "smallest_cell": Bilingual(
        "From how many people on the report shows a number, from 3 to 30; smaller ones are hidden. Without the row, 5.",
        "À partir de combien de personnes le rapport montre un nombre, de 3 à 30 ; les plus petits sont masqués. Sans "
        "cette ligne, 5.",
    ),
}
"""By the name of the setting, in the order of `policy_settings.SETTINGS`, then `parts` and `smallest_cell`."""
