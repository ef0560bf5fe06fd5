"""The survey that every survey bot of the benchmark asks. ``ten_questions_pack.md`` is the same as an event pack."""

from dataclasses import dataclass

THANKS = "Thank you. Your answers are kept."
"""The last message of every baseline survey bot."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its options, each a short name (what is stored) and a label (what the button says)."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


AGREEMENT = (
    ("strongly_agree", "Strongly agree"),
    ("agree", "Agree"),
    ("unsure", "Unsure"),
    ("disagree", "Disagree"),
    ("strongly_disagree", "Strongly disagree"),
)
OFTEN = (("never", "Never"), ("once", "Once"), ("sometimes", "A few times"), ("often", "Often"))
YES_NO = (("yes", "Yes"), ("no", "No"), ("soon", "Not yet, but planned"))

QUESTIONS = (
    Question("understand", "I understand the work with key populations better since the event.", AGREEMENT),
    Question("applied", "I have put something from the event into practice.", AGREEMENT),
    Question("colleagues", "How often have you told colleagues about it?", OFTEN),
    Question("others", "How often have you told people outside your organisation about it?", OFTEN),
    Question("notes", "Have you looked at the notes of the event again?", YES_NO),
    Question("changed", "Has your organisation changed something since?", YES_NO),
    Question(
        "barrier",
        "What was most in the way?",
        (
            ("money", "Money"),
            ("time", "Time"),
            ("leadership", "Leadership"),
            ("law", "The law"),
            ("nothing", "Nothing"),
        ),
    ),
    Question("connected", "How often have you been in touch with someone you met there?", OFTEN),
    Question("africa", "My working relationships across Africa are better than before.", AGREEMENT),
    Question("country", "My working relationships in my own country are better than before.", AGREEMENT),
)
