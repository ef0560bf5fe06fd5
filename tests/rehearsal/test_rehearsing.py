"""A rehearsal with the real bot: what each persona lived through, what was held back, and that it can be repeated."""

import asyncio
import os
import re
import signal
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.rehearsal.outcomes import Fate, Life, Outcome, Rehearsal, moments
from bot.rehearsal.text import text
from conversations.model import Language
from conversations.policy import Reason
from conversations.timing import TouchpointKind
from locales.phrases import say
from tests.rehearsal.conftest import suivi


def told(life: Life) -> str:
    """Everything that the phone ever showed."""
    return "\n".join(look.text for bubble in life.talk for look in bubble.looks)


def sent(life: Life) -> list[str]:
    return [say(fate.title, Language.EN) for fate in life.fates if fate.sent]


def held(life: Life) -> dict[str, Reason | None]:
    return {say(fate.title, Language.EN): fate.reason for fate in life.fates if not fate.sent}


def test_who_answers_everything_gets_everything_and_is_right(lives: dict[str, Life]) -> None:
    moussa = lives["keen-fr"]
    assert sent(moussa) == [
        "Refresher: Safety first",
        "Survey: A week later",
        "Refresher: Rights matter",
        "Refresher: Safety first",
    ]
    assert {fate.outcome for fate in moussa.fates} == {Outcome.ANSWERED}
    assert moussa.figures.sent == moussa.figures.answered == 4
    assert "Oui. Demander à chacune" in told(moussa)
    assert "Merci\u00a0! Vos réponses sont enregistrées." in told(moussa)
    assert "✓ 12" in told(moussa)


def test_people_are_where_they_live_though_the_pack_does_not_know_the_place(lives: dict[str, Life]) -> None:
    """Dakar is no country of this pack: Moussa sets the time right that the bot supposes."""
    for key, place in (("keen-fr", "Africa/Dakar"), ("keen-en", "Africa/Nairobi"), ("late", "Africa/Kinshasa")):
        survey = next(fate for fate in lives[key].fates if fate.kind is TouchpointKind.SURVEY)
        assert survey.at.astimezone(ZoneInfo(place)).hour == 14, key


def test_a_tap_reveals_what_the_neutral_line_hid(lives: dict[str, Life]) -> None:
    bubble = next(bubble for bubble in lives["keen-en"].talk if bubble.nudge is not None)
    neutral, question, explained = bubble.looks
    assert (neutral.text, neutral.tapped) == ("You have a new message.", ("Open",))
    assert "A photo of all?" in question.text
    assert len(question.tapped) == 1
    assert "Each one decides." in explained.text
    assert [button.text for row in explained.rows for button in row] == ["Pass it on", "I need help"]


def test_of_a_list_of_boxes_they_choose_a_few_and_go_on(lives: dict[str, Life]) -> None:
    for key in ("keen-fr", "keen-en"):
        looks = [look for bubble in lives[key].talk for look in bubble.looks]
        [ways] = [
            look
            for look in looks
            if "avez-vous parlé" in look.text or "have you talked" in look.text
            if look.rows and not look.text.startswith(("Your answers", "Vos réponses"))
        ]
        *boxes, done = ways.tapped
        assert 1 <= len(boxes) <= 3
        assert all(box.startswith("☑") for box in boxes)
        assert done in ("Done", "Valider")


def test_what_was_due_at_night_comes_in_the_morning_and_says_why(lives: dict[str, Life]) -> None:
    amina = lives["keen-en"]
    rights = next(fate for fate in amina.fates if say(fate.title, Language.EN) == "Refresher: Rights matter")
    assert rights.due == datetime(2027, 3, 16, 22, 1, tzinfo=UTC)
    assert rights.at == datetime(2027, 3, 17, 5, 0, tzinfo=UTC)
    assert [delay.reason for delay in rights.put_off] == [Reason.QUIET_HOURS]
    assert rights.put_off[0].until == rights.at
    assert amina.figures.by_day
    assert amina.figures.earliest is not None
    assert amina.figures.earliest.hour == 8


def test_who_joins_late_gets_nothing_of_before(lives: dict[str, Life]) -> None:
    late, early = lives["late"], lives["keen-fr"]
    assert late.joined > early.joined
    assert all(bubble.at >= late.joined for bubble in late.talk)
    assert sent(late) == ["Survey: A week later", "Refresher: Rights matter", "Refresher: Safety first"]
    assert sent(early).count("Refresher: Safety first") == 2


def test_who_never_answers_sees_nothing_but_announcements(lives: dict[str, Life]) -> None:
    silent = lives["silent"]
    unasked = [bubble for bubble in silent.talk if bubble.nudge is not None]
    assert len(unasked) == 3
    for bubble in unasked:
        assert len(bubble.looks) == 1
        assert bubble.looks[0].tapped == ()
    assert [fate.outcome for fate in silent.fates if fate.sent] == [Outcome.UNOPENED] * 3
    assert [*held(silent).values()] == [Reason.UNHEEDED], "who leaves messages alone gets fewer"
    assert "Chaque personne décide" not in told(silent)


def test_who_blocks_the_bot_gets_nothing_after(lives: dict[str, Life]) -> None:
    joseph = lives["blocks"]
    assert joseph.blocked is not None
    assert all(bubble.at < joseph.blocked for bubble in joseph.talk)
    assert sent(joseph) == ["Refresher: Safety first", "Survey: A week later", "Refresher: Rights matter"]
    assert held(joseph) == {"Refresher: Safety first": Reason.UNREACHABLE}


def test_the_group_reads_a_digest_in_both_languages_and_reasons_for_the_others(rehearsal: Rehearsal) -> None:
    assert [group.language for group in rehearsal.groups] == [Language.EN, Language.FR]
    for group, words in zip(rehearsal.groups, ("Was it useful?", "Était-ce utile ?"), strict=True):
        posted = [fate for fate in group.fates if fate.sent]
        assert len(posted) == 1
        assert [fate.reason for fate in group.fates if not fate.sent] == [Reason.NOT_ENOUGH_ANSWERS] * 2
        digest = next(bubbles for at, title, bubbles in moments(group) if at == posted[0].at)
        assert words in digest[0].looks[0].text


def test_the_figures_are_those_of_the_talk(rehearsal: Rehearsal) -> None:
    for life in rehearsal.lives:
        arrived = [bubble for bubble in life.talk if bubble.nudge is not None]
        assert life.figures.sent == len(arrived) == len(sent(life)), life.persona.key
        assert 1 <= life.figures.most_a_week <= 2
        assert 0 < life.figures.mean_a_week <= life.figures.most_a_week


def test_everything_planned_has_an_end(rehearsal: Rehearsal) -> None:
    fates: list[Fate] = [fate for life in rehearsal.lives for fate in life.fates]
    fates += [fate for group in rehearsal.groups for fate in group.fates]
    assert len(fates) > 20
    assert all(fate.settled is not None and fate.reason is not None for fate in fates)
    assert all(fate.settled <= rehearsal.end for fate in fates if fate.settled)


def without_memories(told: str) -> list[str]:
    """The lines but those of a digest that say how many remember a key message.

    The options of a recall question stand in the order of its nudge's number. The others join at the same time, in
    whichever order, so that from one rehearsal to the next the same tap is another answer.
    """
    remembered = re.compile(r":\s.*(remember it|not yet|s’en souviennent|pas encore)$")
    return [line for line in told.strip().splitlines() if not remembered.search(line.rstrip())]


async def test_the_command_tells_the_same_for_the_same_seed(pack: Path, tmp_path: Path, rehearsal: Rehearsal) -> None:
    process = await suivi(tmp_path, "rehearse", str(pack), "--language", "both", "--progress")
    said, progress = await process.communicate()
    assert process.returncode == 0, progress.decode()
    assert without_memories(said.decode()) == without_memories(text(rehearsal, tuple(Language)))
    assert "Rehearsing: 100 %" in progress.decode()


async def test_ctrl_c_ends_it_with_a_word(pack: Path, tmp_path: Path) -> None:
    process = await suivi(tmp_path, "rehearse", str(pack), "--personas", "silent", "--crowd", "0", "--progress")
    assert process.stderr is not None
    first = await process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)
    async with asyncio.timeout(20):
        said, rest = await process.communicate()
    assert (process.returncode, said) == (130, b"")
    assert (first + rest).decode().splitlines()[-1] == "Stopped."
    assert "Traceback" not in rest.decode()
