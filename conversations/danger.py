"""Words that ask for help, and words that may tell of danger, in English and in French, with or without accents.

Nothing is concluded from them: whoever types them is shown whom they can turn to, and that is all. The list is short on
purpose. It names what happens to somebody (hurt, arrested, threatened, thrown out, wanting to die), not the topics that
people of the field write about every day. That it is wrong now and then must do no harm.
"""

import re

from conversations.words import plain

_CALLS = frozenset(
    each.replace(" ", "")
    for each in (
        *("i need help", "i need some help", "need help", "help me", "can you help me", "could you help me"),
        *("j ai besoin d aide", "j ai besoin de l aide", "besoin d aide", "aidez moi", "aide moi", "au secours"),
        *("pouvez vous m aider", "peux tu m aider", "a l aide"),
    )
)
"""Without blanks: telephones write “jai besoin daide”."""
_SHORT = frozenset({"help", "aide"})
"""Alone these are commands; with something more they are a call."""
_MORE = re.compile(r"\b(?:please|pls|plz|now|svp|stp|vite|maintenant|s ?il (?:vous|te) plait)\b")
_SOS = "sos"

_SELF = "myself|himself|herself|themselves"
_THEM = "me|us|him|her|them"
_WAS = r"(?:was|were|been|got|am|is|are|being|get|getting) (?:\w+ )?"
_ENGLISH = (
    # Suicide and self-harm
    r"suicid\w*",
    rf"kill (?:{_SELF}|{_THEM})",
    r"(?:want|wants|wanted|wish|wishes|wished|ready) to (?:die|be dead)|wish i (?:was|were) dead",
    r"end (?:my|his|her|their) (?:own )?li(?:fe|ves)",
    rf"(?:hurt|hurting|harm|harming|cut|cutting) (?:{_SELF})|self harm\w*",
    r"(?:don ?t|do not|doesn ?t|does not) want to (?:live|be alive|wake up)|(?:no|any) reason to live|better off dead",
    # Violence
    rf"(?:beat|beaten|beating|beats|attack|attacks|attacked|stabbed|hits|hitting|raped?) (?:{_THEM})",
    rf"{_WAS}(?:beaten|attacked|raped|assaulted|stabbed|shot|threatened|tortured|kidnapped|abused|lynched)",
    rf"threaten(?:s|ed|ing)? (?:{_THEM}|to)|(?:want|wants|tried|trying|going) to kill|afraid for my life",
    r"(?:am|i ?m|are|we re|is|feel|feels|not) (?:really |very )?(?:unsafe|in danger|not safe|safe at home)",
    # Arrest
    rf"{_WAS}(?:arrested|detained|jailed|imprisoned|raided)",
    rf"arrest(?:s|ed|ing)? (?:{_THEM}|my|our)",
    r"(?:am|i?m|is|was|were|put|taken|sent) (?:to|in) (?:jail|prison|detention)",
    rf"police (?:came|come|comes|took|raided|raid|beat|are looking|is looking|are here|is here|want (?:{_THEM}))",
    # Blackmail, and being outed
    r"blackmail\w*|extort\w*|outed|(?:will|to|would) out me|expos(?:e|es|ed|ing) me(?! to)",
    # Being thrown out
    r"(?:thrown|threw|throw|kicked|kick|chased|chase) (?:(?:me|us|him|her|them) )?out|evict(?:ed|s)? (?:me|us)",
    r"(?:was|were|been|got|being) evicted|nowhere to (?:go|sleep|stay|live)",
)
_TO_ME = "m ?a|m ?ont|l a|l ?ont|nous a|nous ont|les a|les ont"
_DONE = f"ete|fait|font|{_TO_ME}"
_HURT = "frapp|batt|agress|viol|menac|tabass|tortur|kidnapp|poignard"
_FRENCH = (
    # Suicide et automutilation
    r"automutil\w*|(?:me|se|nous) (?:tuer|suicider|mutiler|faire du mal)|s ?est (?:tuee?|suicidee?|pendue?)",
    r"(?:envie|veux|veut|voudrais|voulais|prete?) (?:de )?mourir|envie d ?en finir|en finir avec (?:la|ma|sa) vie",
    r"mettre fin a (?:mes|ses|leurs|ma|sa) (?:jours|vie)|plus (?:envie|la force) de vivre|(?:veux|veut) plus vivre",
    # Violences. On « se bat » aussi pour ses droits.
    rf"(?:{_DONE}|me|nous) (?:{_HURT})(?:ee?s?|ues?|us?|ent|er)|je suis (?:{_HURT})(?:ee?|ue?)",
    r"(?:me|nous) bat|(?:elle|il) est battue?|(?:elles|ils|(?<!nous )nous) (?:sont|sommes) battue?s?",
    r"(?:a|ont|est|suis|etre) (?:\w+ )?victimes? d ?(?:e|une?)? ?\w*(?:violence|viol|agression|chantage)\w*",
    r"(?:veut|veulent|va|vont|voulu) (?:me|nous|le|la|les) tuer|peur pour ma vie|pas en securite|lynche\w*",
    r"(?:suis|est|sommes|sont|me sens|se sent|mis|mise) en danger",
    # Arrestation. Un projet aussi « a été arrêté ».
    rf"(?:j ?ai ete|avons ete|ont ete|il a ete|elle a ete|fait|font|{_TO_ME}|la) arrete(?:e|s|es|r)?",
    rf"(?:{_DONE}) (?:interpell|incarcer|emprisonn|embarqu)(?:ee?s?|er)|(?:ete|suis|est|sont) detenue?s?",
    r"(?:suis|est|sont|ete|mise?s?|jetee?s?) en (?:prison|garde a vue|detention|cellule)|descente de (?:la )?police",
    r"police (?:m a|nous a|l a|les a|me cherche|nous cherche|est la|est venue|arrive|vient)",
    # Chantage et révélation
    r"chantage|maitres? chanteurs?|extor(?:qu\w+|sion)|outee?s?|m outer|nous outer",
    # Mise à la porte
    r"(?:mise?s?|jetee?s?|foutue?s?|viree?s?|chassee?s?) (?:a la porte|dehors|a la rue)",
    r"(?:chassee?|viree?|mise?) de (?:chez|la maison|ma famille)|(?:ete|est|suis) expulsee?s?",
    r"nulle part ou (?:aller|dormir|vivre)",
)
_DANGER = re.compile(rf"\b(?:{'|'.join((*_ENGLISH, *_FRENCH))})\b")


def seeks_help(text: str) -> bool:
    """Whether the whole text asks for help, and says nothing else."""
    folded = _folded(text.removeprefix("/"))
    words = _MORE.sub("", folded).replace(" ", "")
    call = words.replace(_SOS, "")
    return call in _CALLS or (call in _SHORT and call != folded) or (not call and words != "")


def concerns_help(text: str) -> bool:
    """Whether either of the two may be the case."""
    return seeks_help(text) or tells_danger(text)


def tells_danger(text: str) -> bool:
    """Whether something in the text may tell of danger for whoever types it, or for others."""
    return _DANGER.search(_folded(text)) is not None


def _folded(text: str) -> str:
    """The text as the lists above have it: no signs, no accents, single blanks."""
    return " ".join(re.sub(r"[-+?]", " ", plain(text.replace("🆘", f" {_SOS} "))).split())
