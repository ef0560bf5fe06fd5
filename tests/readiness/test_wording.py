"""Words that may hurt, in both languages, and those that only look like them."""

import pytest

from bot.readiness.wording import hurtful
from conversations.model import Language

EN, FR = Language.EN, Language.FR

HURTFUL = [
    (EN, "Do you know any drug addicts?", "drug addicts", "people who use drugs"),
    (EN, "Were you an ADDICT in 2020?", "ADDICT", "people who use drugs"),
    (EN, "Number of drug-abusers reached", "drug-abusers", "people who use drugs"),
    (EN, "Is substance abuse common here?", "substance abuse", "drug use"),
    (EN, "How many IDUs came?", "IDUs", "people who inject drugs"),
    (EN, "Did you share dirty needles?", "dirty needles", "used, or new"),
    (EN, "Are you a prostitute?", "prostitute", "sex workers"),
    (EN, "Reached CSWs", "CSWs", "sex workers"),
    (EN, "Were there homosexuals in the meeting?", "homosexuals", "gay men"),
    (EN, "What is your sexual preference?", "sexual preference", "sexual orientation"),
    (EN, "Are transsexuals welcome?", "transsexuals", "transgender people"),
    (EN, "AIDS patients seen", "AIDS patients", "people living with HIV"),
    (EN, "HIV-infected women", "HIV-infected women", "living with HIV"),
    (EN, "Is she suffering from HIV/AIDS?", "suffering from HIV/AIDS", "living with HIV"),
    (EN, "Did you have an AIDS test?", "AIDS test", "HIV test"),
    (EN, "Training on HIV / AIDS", "HIV / AIDS", "HIV, or AIDS"),
    (EN, "Which high-risk groups do you serve?", "high-risk groups", "key populations"),
    (EN, "Number of defaulters traced", "defaulters", "people who interrupted treatment"),
    (EN, "Are you an illegal immigrant?", "illegal immigrant", "migrants in an irregular situation"),
    (EN, "How many inmates attended?", "inmates", "people in prison"),
    (EN, "Is anyone handicapped or wheelchair-bound?", "handicapped", "people with a disability"),
    (EN, "Has anybody committed suicide?", "committed suicide", "die by suicide"),
    (FR, "Connaissez-vous des toxicomanes ?", "toxicomanes", "personnes qui consomment des drogues"),
    (FR, "Êtes-vous drogué·e ?", "drogué·e", "personnes qui consomment des drogues"),
    (FR, "Des drogué(e)s viennent-ils ?", "drogué(e)s", "personnes qui consomment des drogues"),
    (FR, "Usagers de drogues injectables touchés", "Usagers de drogues injectables", "personnes qui consomment"),
    (FR, "Vous arrive-t-il de vous prostituer ?", "prostituer", "exercer le travail du sexe"),
    (FR, "Combien de prostituées ?", "prostituées", "travailleuses"),
    (FR, "COMBIEN DE PROSTITUEES ?", "PROSTITUEES", "travail du sexe"),
    (FR, "Le vagabondage sexuel est-il fréquent ?", "vagabondage sexuel", "avoir plusieurs partenaires"),
    (FR, "Les homosexuels sont-ils reçus ?", "Les homosexuels", "hommes gays"),
    (FR, "Quelle est votre préférence sexuelle ?", "préférence sexuelle", "orientation sexuelle"),
    (FR, "Recevez-vous des transsexuelles ?", "transsexuelles", "personnes transgenres"),
    (FR, "Nombre de malades du sida", "malades du sida", "personnes vivant avec le VIH"),
    (FR, "Nombre de sidéens", "sidéens", "personnes vivant avec le VIH"),
    (FR, "Femmes infectées par le VIH", "infectées par le VIH", "personnes vivant avec le VIH"),
    (FR, "Avez-vous fait un test du SIDA ?", "test du SIDA", "test de dépistage du VIH"),
    (FR, "Formation sur le VIH/sida", "VIH/sida", "VIH, ou sida"),
    (FR, "Les groupes à haut risque", "groupes à haut risque", "populations clés"),
    (FR, "Êtes-vous un migrant clandestin ?", "migrant clandestin", "situation irrégulière"),
    (FR, "Combien de détenus ont participé ?", "détenus", "personnes détenues"),
    (FR, "Les handicapés sont-ils venus ?", "Les handicapés", "personnes handicapées"),
    (FR, "A-t-il commis un suicide ?", "commis un suicide", "mourir par suicide"),
]

INNOCENT = [
    (EN, "How many people who use drugs did you reach? People who inject drugs?"),
    (EN, "Sex workers, men who have sex with men, transgender people, people living with HIV, people in prison"),
    (EN, "Did his convictions address the family? Additional information, addition"),
    (EN, "Was the aid sufficient? Visual aids were used. AIDS response, national AIDS programme"),
    (EN, "What is the risk? Which groups take part? Did a suicide attempt happen?"),
    (EN, "Did the default value change?"),
    (FR, "Combien de personnes qui consomment des drogues avez-vous rencontrées ? L’usage de drogues est-il puni ?"),
    (FR, "Personnes détenues, personnes handicapées, personnes vivant avec le VIH, travailleuses du sexe"),
    (FR, "La réponse est invalide. Travestir n’est pas traduire. L’infirmier et l’infirmière étaient là."),
    (FR, "Comité national de lutte contre le sida ; des relations homosexuelles ; un risque"),
    (FR, "Elle est séropositive. Voulez-vous contaminer la pièce ? Le dispute est finie, la camée est un bijou"),
    (FR, "Combien de drogues différentes ? La droguerie du marché"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "written", "instead"), HURTFUL, ids=[each[1] for each in HURTFUL])
def test_a_hurtful_wording_is_quoted_as_written_with_another_one(
    language: Language, sentence: str, written: str, instead: str
) -> None:
    found = hurtful(sentence, language)
    assert written in [each[0] for each in found]
    assert any(instead in wording.instead for _, wording in found)


@pytest.mark.parametrize(("language", "sentence"), INNOCENT, ids=[each[1] for each in INNOCENT])
def test_words_that_only_look_alike_are_left_alone(language: Language, sentence: str) -> None:
    assert hurtful(sentence, language) == ()


def test_the_longest_of_two_that_overlap_is_told_alone() -> None:
    assert [written for written, _ in hurtful("Is she suffering from HIV/AIDS?", EN)] == ["suffering from HIV/AIDS"]


def test_a_language_is_searched_for_its_own_words_only() -> None:
    assert hurtful("toxicomanes", EN) == ()
    assert hurtful("drug addicts", FR) == ()
