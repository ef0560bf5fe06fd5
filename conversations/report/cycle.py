"""The stages of the organisational-learning cycle in one picture: a headline from each."""

from collections.abc import Iterator, Sequence

from conversations.messages import phrase, short
from conversations.model import Percent, Phrase, Stage, Words
from conversations.report.questions import SHARE, Told, agreeing, agreement_of, something_of
from conversations.report.values import Cell, Chart, Figure, Section, Series

STAGES: dict[Stage, Phrase] = {
    Stage.CREATE: short("stage of learning", "Created"),
    Stage.ACQUIRE: short("stage of learning", "Acquired"),
    Stage.INTERPRET: short("stage of learning", "Interpreted"),
    Stage.TRANSFER: short("stage of learning", "Passed on"),
    Stage.RETAIN: short("stage of learning", "Retained"),
    Stage.APPLY: short("stage of learning", "Applied"),
}


def cycle_figures(told: Sequence[Told], recall: Cell | None) -> Iterator[Figure]:
    """The picture; none while fewer than two stages have a headline."""
    found = [(stage, *headline) for stage in Stage if (headline := _headline(stage, told, recall)) is not None]
    if len(found) <= 1:
        return
    shown = [(stage, cell.share) for stage, cell, _ in found if cell.share is not None]
    sentence: Words = phrase("The numbers are too small to be shown.")
    if shown:
        (first, begin), (last, end) = shown[0], shown[-1]
        sentence = phrase(
            "From {first} ({begin}) to {last} ({end}).",
            first=STAGES[first],
            begin=Percent(begin),
            last=STAGES[last],
            end=Percent(end),
        )
    yield Figure(
        name="cycle",
        section=Section.OVERVIEW,
        chart=Chart.CYCLE,
        title=phrase("From learning to practice"),
        sentence=sentence,
        base=phrase("Each stage by one question; of those who answered it."),
        rows=tuple(STAGES[stage] for stage, _, _ in found),
        series=(Series(SHARE, tuple(cell for _, cell, _ in found)),),
        notes=tuple(phrase("{stage}: {what}", stage=STAGES[stage], what=what) for stage, _, what in found),
    )


def _headline(stage: Stage, told: Sequence[Told], recall: Cell | None) -> tuple[Cell, Words] | None:
    """The share that stands for a stage, and what it is a share of."""
    if stage is Stage.RETAIN and recall is not None:
        return recall, phrase("right answers in the last recall check (answers: {count})", count=recall.whole or 0)
    for each in (one for one in told if one.question.stage is stage):
        if agreeing(each.question):
            cell = agreement_of(each, each.waves[-1])
            return cell, phrase(
                "agree (people who answered: {count}): {question}", count=cell.whole or 0, question=each.question.label
            )
        if (found := something_of(each)) is not None:
            return found, phrase(
                "in one way or another (people who answered: {count}): {question}",
                count=found.whole or 0,
                question=each.question.label,
            )
    return None
