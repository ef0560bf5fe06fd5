"""Words that put people down, reduce them to one thing or frighten them, and what can be said instead.

Chosen after the terminology guidelines of UNAIDS (2015, updated 2024), "Words Matter!" of INPUD and ANPUD (2020), the
guidance of NIDA on words for addiction, WHO's words for tuberculosis ("End TB", people-centred language, Stop TB
Partnership, 2013), UNHCR and IOM on migration, the Convention on the Rights of Persons with Disabilities with the UN's
disability-inclusive language guidelines (2022), and the guidance of WHO on speaking of suicide (2023).
"""

from dataclasses import dataclass

from conversations.messages import phrase
from conversations.model import Language, Phrase

LABEL = phrase("It makes one thing about people their name. Person-first words leave room for the rest of them.")
BLAME = phrase("It carries blame or disgust, and whoever reads it about themselves may stop answering.")
ILLNESS = phrase("It turns people into carriers or victims of an illness. They live with it.")
FACT = phrase("It confuses HIV, the virus, with AIDS, a stage of illness that most people with HIV never reach.")
RISK = phrase("It says that people are a risk. What is risky are situations and what is done, not who somebody is.")
GENDER = phrase("It is not what trans and intersex people call themselves, and may out or hurt them.")
STATUS = phrase("It makes people illegal. Only an act can be; a person is in an irregular situation.")
DISABILITY = phrase("It calls people by what they cannot do, or pities them.")
SUICIDE = phrase("It makes suicide sound like a crime or an achievement, which keeps people from seeking help.")
BLUNT = phrase("It makes illness or treatment sound like a trial or a failure of the person.")


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording: a pattern for `folding.words_pattern`, small letters without accents unless they are `accented`."""

    language: Language
    pattern: str
    instead: str
    reason: Phrase
    accented: bool = False


def _en(pattern: str, instead: str, reason: Phrase) -> Wording:
    return Wording(Language.EN, pattern, instead, reason)


def _fr(pattern: str, instead: str, reason: Phrase, *, accented: bool = False) -> Wording:
    return Wording(Language.FR, pattern, instead, reason, accented)


_PWUD = "people who use drugs"
_PQUD = "personnes qui consomment des drogues"
_PVVIH = "personnes vivant avec le VIH"

WORDINGS = (
    # People who use drugs
    _en(r"(?:drug |heroin |opioid |crack )?(?:addicts?|junk(?:y|ies?)|druggies?)", _PWUD, BLAME),
    _en(r"(?:drug|substance)s?[ -](?:ab|mis)users?", _PWUD, BLAME),
    _en(r"(?:drug|substance)s?[ -](?:abuse|misuse)", "drug use", BLAME),
    _en(r"(?:injecting |intravenous |iv )?drug users?", _PWUD, LABEL),
    _en(r"i(?:v)?dus?", "people who inject drugs", LABEL),
    _en(r"(?:dirty|clean) (?:needles?|syringes?)", "used, or new, needles and syringes", BLAME),
    _en(r"(?:dirty|clean) urines?", "a positive, or negative, test", BLAME),
    _en(r"(?:get|got|been|stay|stayed) clean (?:from|of|off) drugs?", "stopped using drugs", BLAME),
    _fr(r"toxicomanes?|toxicos?|junkies?|camés?", _PQUD, BLAME, accented=True),
    _fr(r"drogué~", _PQUD, BLAME, accented=True),
    _fr(r"toxicomanies?", "usage de drogues", BLAME),
    _fr(r"abus de (?:drogues?|stupefiants?|substances?)", "usage de drogues", BLAME),
    _fr(r"(?:utilisateur|usager|consommateur)s? de drogues?(?: injectables?)?", _PQUD, LABEL),
    _fr(r"(?:seringue|aiguille)s? (?:sale|propre)s?", "seringues usagées, ou neuves", BLAME),
    # Sex workers
    _en(r"prostitut(?:es?|ed|ing)", "sex workers", BLAME),
    _en(r"prostitution", "sex work", BLAME),
    _en(r"(?:hookers?|whores?|call[ -]girls?|women of easy virtue|loose women)", "sex workers", BLAME),
    _en(r"commercial sex(?:ual)? work(ers?)?", "sex work, sex workers", LABEL),
    _en(r"csws?", "sex workers", LABEL),
    _fr(r"(?:se )?prostitu(?:ent|er)|se prostitue", "exercer le travail du sexe", BLAME),
    _fr(r"prostitué~", "travailleuses et travailleurs du sexe", BLAME, accented=True),
    _fr(r"prostituees?|prostitutions?", "travail du sexe, travailleuses du sexe", BLAME),
    _fr(r"putes?|putains?|filles? de joie|belles? de nuit", "travailleuses du sexe", BLAME),
    _fr(r"profession+el(?:le)?s? du sexe", "travailleuses et travailleurs du sexe", LABEL),
    _fr(r"vagabondages? sexuels?|mœurs legeres|promiscuite sexuelle", "avoir plusieurs partenaires", BLAME),
    _en(r"promiscu(?:ous|ity)", "having more than one partner", BLAME),
    # Gay men and other men who have sex with men, sexuality
    _en(r"homosexuals", "gay men, lesbian women; men who have sex with men", LABEL),
    _en(r"sodom(?:y|ites?)|faggots?|queers? and perverts?", "gay men and other men who have sex with men", BLAME),
    _en(r"sexual preferences?", "sexual orientation", BLAME),
    _en(r"gay lifestyles?|homosexual lifestyles?", "gay people, their lives", BLAME),
    _fr(r"(?:les|des|aux|d'|un) ?homosexuels", "hommes gays ; hommes ayant des rapports sexuels avec des hommes", LABEL),
    _fr(r"sodomites?|pédés?|tapettes?|gordjiguènes?|invertis", "hommes gays", BLAME, accented=True),
    _fr(r"preferences? sexuelles?", "orientation sexuelle", BLAME),
    # Transgender and intersex people
    _en(r"transsexuals?|transvestites?|transgenders|transgendered|tranny|trannies|she-?males?", "transgender people", GENDER),
    _en(r"hermaphrodites?", "intersex people", GENDER),
    _en(r"sex[ -]changes?", "transition", GENDER),
    _fr(r"transsexuel(?:le)?s?|travestis?|travelos?", "personnes transgenres", GENDER),
    _fr(r"hermaphrodites?", "personnes intersexes", GENDER),
    _fr(r"changements? de sexe", "transition", GENDER),
    # People living with HIV, tuberculosis, leprosy
    _en(r"(?:hiv|aids)[ -](?:victims?|sufferers?|carriers?|patients?|cases?)", "people living with HIV", ILLNESS),
    _en(r"hiv(?:/aids)?[ -]infected(?: (?:people|persons?|patients?|individuals?|women|men))?", "living with HIV", ILLNESS),
    _en(r"(?:suffer(?:s|ing)? from|infected with|victims? of) (?:hiv(?: ?/ ?aids)?|aids)", "living with HIV", ILLNESS),
    _en(r"full[ -]blown aids", "AIDS, advanced HIV disease", ILLNESS),
    _en(r"aids (?:virus|tests?|testing)", "HIV; HIV test", FACT),
    _en(r"hiv virus", "HIV", FACT),
    _en(r"hiv ?[/-] ?aids", "HIV, or AIDS where the illness itself is meant", FACT),
    _en(r"aids orphans?", "children orphaned by AIDS", ILLNESS),
    _en(r"high[ -]risk (?:groups?|populations?|people|individuals?)|risk groups?|marps?", "key populations", RISK),
    _en(r"most[ -]at[ -]risk populations?", "key populations", RISK),
    _en(r"tb suspects?|(?:treatment )?defaulters?|non-?compliant (?:patients?|clients?)", "people to be tested; people who interrupted treatment", BLUNT),
    _en(r"lepers?", "people affected by leprosy", ILLNESS),
    _fr(r"sid(?:eens?|eennes?|atiques?)|(?:malade|victime|porteur|porteuse)s? du (?:sida|vih(?: ?/ ?sida)?)", _PVVIH, ILLNESS),
    _fr(r"(?:les|des|aux|un|une) seroposit(?:ifs?|ives?)", _PVVIH, LABEL),
    _fr(r"(?:infecte~|contamine~|atteinte?s?) (?:par|du|au|avec)(?: le)? (?:vih(?: ?/ ?sida)?|sida|virus du sida)", _PVVIH, ILLNESS),
    _fr(r"souffr\w+ du (?:vih|sida)", _PVVIH, ILLNESS),
    _fr(r"(?:virus|tests?|depistage) (?:du |de )?sida", "VIH ; test de dépistage du VIH", FACT),
    _fr(r"virus du vih", "VIH", FACT),
    _fr(r"vih ?[/-] ?sida", "VIH, ou sida si c’est la maladie elle-même", FACT),
    _fr(r"orphelin~ du sida", "enfants rendus orphelins par le sida", ILLNESS),
    _fr(r"(?:groupe|population|personne)s? a (?:haut )?risques?", "populations clés", RISK),
    _fr(r"tuberculeux|tuberculeuses?", "personnes atteintes de tuberculose", ILLNESS),
    _fr(r"lepreux|lepreuses?", "personnes touchées par la lèpre", ILLNESS),
    # Migrants
    _en(r"illegal (?:im)?migrants?|illegal aliens?|illegals|clandestine migrants?", "migrants in an irregular situation", STATUS),
    _fr(r"(?:im)?migr(?:e|ee|es|ees|ant|ante|ants|antes) (?:illega(?:l|le|ux|les)|clandestin~)", "personnes migrantes en situation irrégulière", STATUS),
    _fr(r"(?:les|des|aux|un) clandestins?", "personnes migrantes en situation irrégulière", STATUS),
    # People in prison
    _en(r"inmates?|(?:ex-?)?convicts?|ex-?cons?|jailbirds?|ex-?offenders?|felons?", "people in prison; people who have been in prison", LABEL),
    _fr(r"(?<!personne )(?<!personnes )detenu~|taulards?|bagnards?|delinquant~", "personnes détenues", LABEL),
    # Disability and mental health
    _en(r"handicap(?:ped|s)?|crippled?|cripples|invalids|wheelchair[ -]bound|deaf (?:and|&) dumb|deaf[ -]mutes?", "people with a disability; people who use a wheelchair; deaf people", DISABILITY),
    _en(r"retard(?:s|ed)|mentally (?:retarded|handicapped)|lunatics?|the mentally ill|madm[ae]n|crazy people", "people with an intellectual disability; people with a mental health condition", DISABILITY),
    _en(r"suffer(?:s|ing)? from (?:a )?disabilit(?:y|ies)", "have a disability", DISABILITY),
    _fr(r"(?:les|des|aux|un|une) (?:handicape~|infirmes?|invalides?|impotents?|estropie~)", "personnes handicapées, en situation de handicap", DISABILITY),
    _fr(r"(?:debiles?|arriere~|attarde~) menta(?:l|le|ux|les)|sourde?s?[- ]muette?s?|cloue~ (?:a|dans|sur) un fauteuil", "personnes ayant un handicap intellectuel ; personnes sourdes ; personnes en fauteuil roulant", DISABILITY),
    _fr(r"malades? menta(?:l|le|ux|les)|(?:les|des|un|une) (?:fous?|folles?|aliene~)", "personnes vivant avec un trouble psychique", DISABILITY),
    # Suicide
    _en(r"commit(?:s|ted|ting)? suicide", "die by suicide; take one’s own life", SUICIDE),
    _en(r"(?:failed|unsuccessful|successful) (?:suicides?|suicide attempts?)|suicide attempts? failed", "suicide attempt; death by suicide", SUICIDE),
    _fr(r"comm(?:is|ettre|et|ettent) (?:un )?suicide", "mourir par suicide, se donner la mort", SUICIDE),
    _fr(r"(?:suicide|tentative de suicide)s? (?:reussie?|ratee?|manquee?|echouee?)s?", "tentative de suicide ; décès par suicide", SUICIDE),
)  # fmt: skip
