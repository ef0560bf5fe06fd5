"""What a question asks about: things that tell who somebody is, or that could harm them if they came out."""

import re
from dataclasses import dataclass

from bot.readiness.folding import words_pattern
from conversations.messages import short
from conversations.model import Phrase, QuestionType

_TYPED = frozenset({QuestionType.TEXT, QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.BARCODE})
_ANY = frozenset(QuestionType) - {QuestionType.NOTE, QuestionType.REPEAT}


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with the words that tell it; `types` are those of questions that can ask for it.

    One that is `personal` counts only when the question is about the person who answers, or hardly more than a heading.
    """

    name: Phrase
    words: re.Pattern[str]
    types: frozenset[QuestionType]
    personal: bool = False


def _topic(
    name: Phrase, english: str, french: str, types: frozenset[QuestionType] = _ANY, *, personal: bool = False
) -> Topic:
    return Topic(name, words_pattern(f"{english}|{french}"), types, personal)


IDENTITY = (
    _topic(
        short("topic", "a name"),
        r"your (?:full |first |last |own |real )?names?|(?:full|first|last|family|middle|maiden) ?names?|surnames?"
        r"|names? of (?:the )?(?:respondent|participant|patient|client|child|interviewee|beneficiary|head)\w*"
        r"|(?:respondent|participant|patient|client|child|beneficiary|father|mother|partner)(?:'s)? names?|names?",
        r"votre (?:pre)?nom|vos (?:pre)?noms|prenoms?|nom (?:complet|de famille|et prenoms?)"
        r"|nom (?:du|de la|de l') ?(?:patient|participant|repondant|beneficiaire|enquete|enfant|client|chef)\w*|noms?",
        frozenset({QuestionType.TEXT}),
    ),
    _topic(
        short("topic", "a phone number"),
        r"(?:tele)?phone(?: ?numbers?| ?no)?|(?:mobile|cell|contact|whatsapp) ?(?:numbers?|no)|whatsapp|cell ?phone",
        r"(?:numeros?|n°|no) (?:de )?(?:telephone|tel|portable|mobile|whatsapp)|telephones?|contact telephonique",
        _TYPED,
    ),
    _topic(
        short("topic", "an address"),
        r"(?:home |street |postal |physical |e-?mail |your )?address|e-?mails?",
        r"adresses?|courriels?",
        frozenset({QuestionType.TEXT}),
    ),
    _topic(
        short("topic", "a date of birth"),
        r"dates? of birth|birth ?da(?:y|te)|dob|when were you born",
        r"dates? de naissance|ddn|(?:etes-vous|vous etes) nee?",
        _TYPED | {QuestionType.DATE},
    ),
    _topic(
        short("topic", "an identity number"),
        r"(?:national |identity |id |passport|insurance|medical record|patient|unique) ?(?:id|card|numbers?|no|identifier)",
        r"(?:numeros?|n°) (?:d'identite|de passeport|de cni|de dossier|d'assurance|d'identification)"
        r"|carte (?:nationale )?d'identite|identifiant unique",
        _TYPED,
    ),
)

DELICATE = (
    _topic(
        short("topic", "HIV status or treatment"),
        r"hiv[ -]?(?:sero)?(?:status|positive|negative)|(?:hiv )?test results?|results? of .{0,25}(?:hiv|test)"
        r"|(?:taking|on|started|take) (?:art|arvs?|antiretrovirals?|hiv treatment)|sero-?status|viral loads?"
        r"|(?:are you|you are) living with hiv|tested positive|(?:tested for|hiv) hiv|tested for hiv",
        r"statut (?:serologique|vih)|(?:etes-vous|vous etes) seropositi\w+|vivez-vous avec le vih|vous vivez avec le vih"
        r"|resultats? .{0,25}(?:vih|test|depistage)|charges? virales?|sous (?:tar|arv|traitement antiretroviral)"
        r"|(?:prenez|pris|prendre).{0,30} (?:arv|antiretrovira\w+)|fait .{0,20}(?:test|depistage) .{0,8}vih",
        personal=True,
    ),
    _topic(
        short("topic", "drug use"),
        r"(?:us(?:e|ed|ing)|inject(?:ed|ing)?|tak(?:e|en|ing)|took|smok(?:e|ed|ing)|shar(?:e|ed|ing)) .{0,25}"
        r"(?:drugs|needles?|syringes?)|inject(?:ed)? yourself|heroin|cocaine|cannabis|marijuana|methamphetamines?|opioids?",
        r"(?:consomm|utilis|inject|pren|pris|partag)\w* .{0,25}(?:drogues?|seringues?)|(?:vous )?injecte~|heroine|cocaine"
        r"|cannabis|chanvre|tramadol|methamphetamines?|opioides?",
        personal=True,
    ),
    _topic(
        short("topic", "sex work"),
        r"(?:sex|sexual\w*|intercourse) .{0,30}(?:money|gifts?|paid|payment|in exchange|for goods)|transactional sex"
        r"|(?:sell|sold|selling) sex|(?:your|you|as a?) .{0,20}sex work(?:ers?)?",
        r"(?:rapports? sexuels?|sexe|relations? sexuelles?) .{0,40}(?:argent|cadeaux?|echange|paye\w*|remuner\w+)"
        r"|(?:vous|votre|vos|comme) .{0,25}travail(?:leu\w+)? du sexe",
        personal=True,
    ),
    _topic(
        short("topic", "violence"),
        r"raped?|sexual(?:ly)? (?:abus\w+|assault\w*|violen\w+|harass\w+)|forced (?:you|to have sex)|physically (?:hurt|forced|abused)"
        r"|(?:beaten|beat you|slapped|punched|kicked)|domestic violence|(?:experienced|suffered) .{0,25}violence",
        r"violee?s?|agress\w+ sexuel\w*|(?:subi|victimes? d'|victimes? de) .{0,25}(?:violences?|agressions?|viols?)|violences? conjugales?"
        r"|(?:battue?s?|frappee?s?|giflee?s?)|forcee?s? a avoir",
        personal=True,
    ),
    _topic(
        short("topic", "sexuality or gender identity"),
        r"sexual orientation|gender identity|sex with (?:men|women|a man|a woman|another man)|sexual(?:ly)? (?:partners?|active"
        r"|intercourse|relations?|contact)|anal sex|had sex|have sex|condoms? .{0,30}(?:last|time|use)|(?:use|used) .{0,15}condoms?",
        r"orientation sexuelle|identite de genre|rapports? sexuels?|relations? sexuelles?|partenaires? sexuel\w*"
        r"|(?:utilis\w+) .{0,20}(?:preservatif|condom)s?",
        personal=True,
    ),
    _topic(
        short("topic", "acts against the law, arrest or prison"),
        r"(?:been|ever|were|you) (?:arrested|detained|convicted|imprisoned|charged)|been (?:in|to) (?:prison|jail)|(?:paid|pay|give|gave)"
        r" .{0,15}bribes?|broken? the law|(?:sell|sold|selling) drugs",
        r"(?:ete|etes|fait) (?:arrete|detenu|condamne|emprisonne|incarcere)~|en prison|pots?-de-vin|vend\w* .{0,10}drogues?",
        personal=True,
    ),
    _topic(
        short("topic", "immigration status"),
        r"(?:immigration|residence|migration|legal residence) (?:status|permits?)|undocumented|asylum (?:seekers?|status|claim|application)"
        r"|refugee (?:status|card|number)|work permits?",
        r"titres? de sejour|cartes? de sejour|situation irreguliere|statut (?:migratoire|d'immigration|de refugie|de sejour)"
        r"|demandes? d'asile|permis de travail",
    ),
)
"""Topics that could harm somebody."""

SELF_HARM = words_pattern(
    r"suicid\w+|self[ -]?harm\w*|(?:hurt|harm|kill|cut)(?:ing)? (?:yourself|themsel\w+|himself|herself|oneself)|better off dead"
    r"|end(?:ing|ed)? (?:your|their|his|her) (?:own )?li(?:fe|ves)|(?:wish\w*|want\w*) (?:to be|you were|to) (?:dead|die)|thoughts of death"
    r"|automutil\w+|(?:vous|se) (?:faire du mal|blesser volontairement|tuer|mutiler)|mettre fin a (?:vos|ses|tes|leurs) jours"
    r"|envie de mourir|pensees? de mort|vaudrait mieux .{0,15}mort~"
)
"""Words for self-harm and suicide in both languages."""

ABOUT_YOU = words_pattern(
    r"you|your|yours|yourself|respondents?|participants?|i|my|tu|ton|ta|tes|vous|votre|vos|repondant\w*|je|mon|ma|mes"
)
ABOUT_NUMBERS = words_pattern(
    r"number of|no\. of|how many (?:people|clients|patients|persons|cases)|nombre d(?:e|es|'\w+)"
)
"""Questions that count people or cases: an organisation's figures, not somebody's life."""
