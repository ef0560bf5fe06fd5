"""Answers of 102 people to the sample event from which the figures that were published come out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from benchmarks.answered import Answering, fill
from conversations.model import Value
from storage.vault import Vault

PACK = Path(__file__).parents[2] / "events" / "learning-and-sharing" / "pack.md"
LONG_AFTER = datetime(2027, 12, 1, tzinfo=UTC)
DUE = {
    (name, 0): datetime(2026, 11, 20, tzinfo=UTC) + timedelta(days=days)
    for name, days in (("week_1", 0), ("month_1", 30), ("month_3", 90), ("year_1", 360))
}
INVITED, ANSWERED = 102, 32
CONNECTED = {
    "share_information": 16,
    "explore_working_together": 14,
    "acknowledge_expertise": 14,
    "learn_about_work": 13,
    "informally": 13,
    "advice_mentoring": 12,
    "technical_assistance": 10,
    "follow_up_question": 10,
    "other_workshops": 8,
    "widen_networks": 8,
    "compare_contexts": 6,
    "organise_event": 5,
    "joint_proposals": 1,
    "none": 2,
    "other": 2,
}
"""Of 30 people: 53, 47, 47, 43, 43, 40, 33, 33, 27, 27, 20, 17, 3, 7 and 7 %."""
CHANGED = {
    "reflected": 17,
    "influenced": 15,
    "informed_decisions": 14,
    "brought_practice": 13,
    "wider_stakeholders": 13,
    "networks": 10,
}
"""Of 31 people: 55, 48, 45, 42, 42 and 32 %."""
PASSED_ON = {"internal_informal": 24, "internal_formal": 20, "external_informal": 5, "external_formal": 6}
"""Of 32 people; 31 of them inside the organisation in one way or the other, 7 outside."""


def chosen(numbers: dict[str, int], whole: int, person: int) -> tuple[str, ...]:
    """What a person of the whole chose: each option goes to the next so many people, round and round."""
    found, first = [], 0
    for name, number in numbers.items():
        if (person - first) % whole < number:
            found.append(name)
        first += number
    return tuple(found)


def sharing(person: int) -> tuple[str, ...]:
    ways = ["internal_informal"] * (person < 24) + ["internal_formal"] * (11 <= person < 31)
    ways += ["external_informal"] * (person < 5) + ["external_formal"] * (1 <= person < 7)
    return tuple(ways) or ("none",)


def connections(person: int) -> tuple[str, ...]:
    in_touch = {name: number for name, number in CONNECTED.items() if name != "none"}
    return chosen(in_touch, 28, person) if person < 28 else ("none",)


def agrees(question: str, agreeing: int, answered: int, person: int) -> dict[str, Value]:
    if person >= answered:
        return {}
    return {question: ("strongly_agree", "agree")[person % 2] if person < agreeing else "neutral"}


def answering(person: int) -> Answering:
    """One of the 102, of whom the first 32 answered."""
    profile = {
        "country": ("ke", "sn", "ug", "tz")[person % 4],
        "organisation": ("linking", "community", "resource")[person % 3],
        "event_role": "participant" if person % 2 else "presenter",
    }
    if person >= ANSWERED:
        return Answering(dict.fromkeys(DUE), profile)
    week: dict[str, Value] = {"prepared": "alone" if person < 20 else "no"}
    week |= agrees("made_sense", 21, 31, person)
    week |= agrees("understand_programmes", 28, 31, person) | agrees("understand_issues", 28, 31, person)
    month: dict[str, Value] = {"passed_on": sharing(person)}
    if person < 30:
        month["connections"] = connections(person)
    quarter: dict[str, Value] = agrees("applied", 28, 32, person)
    if person < 31:
        quarter["changes"] = chosen(CHANGED, 31, person)
    year: dict[str, Value] = agrees("relations_africa", 21, 31, person) | agrees("relations_country", 21, 31, person)
    return Answering(dict(zip(DUE, (week, month, quarter, year), strict=True)), profile)


def fill_in(connection: Connection, vault: Vault) -> None:
    """All of them join the only event, and answer."""
    fill(connection, vault, map(answering, range(INVITED)), DUE)
