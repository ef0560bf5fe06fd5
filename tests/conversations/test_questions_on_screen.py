"""How questions of each type look and are answered: numbers under long labels, pages, rankings, ranges, dates."""

from dataclasses import replace

import pytest

from conversations.attachments import Attachment, Kind, Location
from conversations.buttons import Choose, Go, Move
from conversations.cues import Said, Sent
from conversations.messages import Key, Message
from conversations.model import Bilingual, Choice, Group, Language, Question, QuestionType, Range
from conversations.questions import LONGEST_BUTTON, PAGE, View, Ways, ask, posed
from conversations.reading import LONG_LIST
from conversations.timing import TouchpointKind
from tests.conversations.deeds import begin_survey, choose, move, question_of, says, somebody_in
from tests.conversations.samples import both, choices, event_with, question, survey, touchpoint
from tests.conversations.world import World

DISTRICTS = tuple(
    Choice(f"d{number}", both(f"District {number:02}", f"Quartier {number:02}")) for number in range(1, 41)
)


def asked(*questions: Question) -> tuple[World, int]:
    """Somebody at the first of these questions."""
    row = touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None)
    world = somebody_in(event_with(row, surveys=(survey(*questions, question("end")),)))
    return world, begin_survey(world)


def keys(message: Message) -> list[Key]:
    return [key for row in message.keyboard for key in row]


def screen(shown: Question, language: Language = Language.EN, **more: object) -> Message:
    return ask(posed(shown), 1, Ways(), View(language, **more))  # type: ignore[arg-type]


def test_labels_that_a_button_would_cut_stand_numbered_in_the_text() -> None:
    long = question("why", options=choices(a=("Short", "x" * (LONGEST_BUTTON + 1)), b=("Other", "Autre")))
    assert [key.words for key in keys(screen(long))] == [each.label for each in long.choices]
    in_french = screen(long, Language.FR)
    assert [key.words for key in keys(in_french)] == ["1", "2"]
    assert len(in_french.keyboard) == 1, "short buttons stand side by side"
    assert [each.words.values[0][1] for each in in_french.paragraphs[1:]] == [1, 2]  # type: ignore[union-attr]


def test_a_long_list_is_turned_over_and_every_option_can_be_reached() -> None:
    long = question("where", options=DISTRICTS)
    pages = [screen(long, page=page) for page in range(len(DISTRICTS) // PAGE)]
    tapped = [key.button.index for page in pages for key in keys(page) if isinstance(key.button, Choose)]
    assert tapped == [*range(len(DISTRICTS))]
    assert [len(page.keyboard) for page in pages] == [PAGE + 1] * len(pages)
    assert len(keys(screen(question("few", options=DISTRICTS[:LONG_LIST])))) == LONG_LIST


def test_a_long_list_is_found_by_typing() -> None:
    world, nudge = asked(question("where", options=DISTRICTS))
    assert "Page 1 of 4" in world.said[-1]
    move(world, Move.NEXT)
    assert "Page 2 of 4" in world.said[-1]
    says(world, "quartier 3")
    found = [each for each in world.buttons[-20:] if isinstance(each, Choose)]
    assert question_of(world) == "where"
    assert [each.index for each in found if each.serial == world.conversation.serial] == [*range(29, 39)]
    move(world, Move.ALL)
    assert "Page 1 of 4" in world.said[-1]
    says(world, "district 17")
    assert world.answers[nudge] == {"where": "d17"}


def test_boxes_stay_ticked_while_pages_are_turned() -> None:
    world, nudge = asked(question("where", QuestionType.SELECT_MULTIPLE, options=DISTRICTS))
    choose(world, 3)
    move(world, Move.NEXT)
    choose(world, 12)
    assert "Your answer so far: District 04, District 13" in world.said[-1]
    move(world, Move.DONE)
    assert world.answers[nudge] == {"where": ("d4", "d13")}


def test_a_ranking_is_tapped_in_its_order() -> None:
    world, nudge = asked(question("rank", QuestionType.RANK, choices(a="A", b="B", c="C")))
    choose(world, 2)
    choose(world, 0)
    move(world, Move.DONE)
    assert question_of(world) == "rank", "an option without a place is missing"
    choose(world, 2)
    choose(world, 1)
    choose(world, 2)
    move(world, Move.DONE)
    assert world.answers[nudge] == {"rank": ("a", "b", "c")}


@pytest.mark.parametrize(
    ("range_", "index", "value"),
    [(Range("0", "10", "1"), 7, 7), (Range("0", "2", "0.5"), 3, "1.5"), (Range("10", "0", "-5"), 1, 5)],
)
def test_a_short_range_is_a_row_of_buttons(range_: Range, index: int, value: object) -> None:
    world, nudge = asked(question("scale", QuestionType.RANGE, range=range_))
    choose(world, index)
    assert world.answers[nudge] == {"scale": value}


def test_a_long_range_is_typed() -> None:
    world, nudge = asked(question("scale", QuestionType.RANGE, range=Range("0", "100", "5")))
    assert "in steps of 5" in says(world, "12")
    says(world, "15")
    assert world.answers[nudge] == {"scale": 15}


def test_today_is_one_tap_and_the_day_is_that_of_the_person() -> None:
    world, nudge = asked(question("when", QuestionType.DATE))
    # Nairobi is three hours ahead: there it is Tuesday already.
    world.now = world.now.replace(hour=22)
    move(world, Move.TODAY)
    assert world.answers[nudge] == {"when": "2026-11-17"}


def test_yesterday_in_words_and_a_day_that_is_none() -> None:
    world, nudge = asked(question("when", QuestionType.DATE))
    assert "no such day" in says(world, "31/02/2026")
    says(world, "hier")
    assert world.answers[nudge] == {"when": "2026-11-15"}


def test_an_acknowledgement_is_a_button_or_a_word() -> None:
    for answer in (lambda world: move(world, Move.DONE), lambda world: says(world, "compris")):
        world, nudge = asked(question("rules", QuestionType.ACKNOWLEDGE))
        answer(world)
        assert world.answers[nudge] == {"rules": "OK"}


PHOTO = Attachment(Kind.PHOTO, "AgACAgQAAxkBAAI")
KAMPALA = Location(0.3136, 32.5811, 12)


@pytest.mark.parametrize(
    ("kind", "what", "kept"),
    [
        (QuestionType.IMAGE, PHOTO, "photo:AgACAgQAAxkBAAI"),
        (QuestionType.AUDIO, Attachment(Kind.VOICE, "AwAC-1"), "voice:AwAC-1"),
        (QuestionType.FILE, Attachment(Kind.DOCUMENT, "BQ", ".pdf"), "document:BQ.pdf"),
        (QuestionType.GEOPOINT, KAMPALA, "0.3136 32.5811 0 12"),
        (QuestionType.TEXT, PHOTO, None),
        (QuestionType.IMAGE, KAMPALA, None),
        (QuestionType.GEOPOINT, None, None),
        (QuestionType.INTEGER, None, None),
    ],
)
def test_what_is_sent_is_kept_where_the_question_takes_it(
    kind: QuestionType, what: Attachment | Location | None, kept: str | None
) -> None:
    world, nudge = asked(question("sent", kind))
    world.happens(Sent(what))
    assert world.answers[nudge] == ({} if kept is None else {"sent": kept})
    if kept is None:
        assert question_of(world) == "sent"
        assert world.said[-1].startswith("Thank you, but")


def test_the_default_stands_until_another_answer_is_given() -> None:
    world, nudge = asked(question("people", QuestionType.INTEGER, default="12"))
    assert "Your answer so far: 12" in world.said[-1]
    move(world, Move.KEEP)
    assert world.answers[nudge] == {"people": 12}


def test_whoever_must_answer_is_told_so_in_the_words_of_the_form() -> None:
    words = Bilingual("We need this one.", "Celle-ci est indispensable.")
    must = question("ways", QuestionType.SELECT_MULTIPLE, required_when="true()", required_message=words)
    world, nudge = asked(must)
    assert not any(isinstance(each, Go) and each.move is Move.SKIP for each in world.buttons[-6:])
    move(world, Move.DONE)
    assert world.toasts[-1] == words.en
    assert world.answers[nudge] == {}


def test_words_of_an_earlier_answer_stand_in_a_label_and_are_never_filled_in_twice() -> None:
    name = question("place", QuestionType.TEXT)
    again = Question("again", QuestionType.TEXT, Bilingual("Why ${place}?", "Pourquoi ${place} ?"))
    world, _ = asked(name, again)
    told = says(world, "${again} & <b>Kampala</b>")
    assert "Why ${again} & <b>Kampala</b>?" in told


def test_a_repeated_group_is_gone_through_until_there_is_no_more() -> None:
    row = touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None)
    site = Group("site", both("Site", "Site"), repeated=True)
    form = survey(question("town", QuestionType.TEXT, group="site"), question("end"))
    world = somebody_in(event_with(row, surveys=(replace(form, groups=(site,)),)))
    nudge = begin_survey(world)
    for words in ("yes", "Kampala", "oui", "Gulu", "no", "no"):
        says(world, words)
    assert world.answers[nudge] == {
        "site[1]": "yes",
        "town[1]": "Kampala",
        "site[2]": "yes",
        "town[2]": "Gulu",
        "site[3]": "no",
        "end": "no",
    }
    world.happens(Said("3"))
    says(world, "no")
    assert world.answers[nudge] == {"site[1]": "yes", "town[1]": "Kampala", "site[2]": "no", "end": "no"}


def test_a_question_without_options_left_traps_nobody() -> None:
    towns = choices(kampala="Kampala", gulu="Gulu")
    must = question("town", options=towns, required=True, choice_filter="name = 'nowhere'")
    world, nudge = asked(must)
    move(world, Move.SKIP)
    assert question_of(world) == "end"
    assert world.answers[nudge] == {"town": ()}


def test_each_round_of_a_repeated_group_has_its_number() -> None:
    row = touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None)
    site = Group("site", both("Site", "Site"), repeated=True)
    form = replace(survey(question("town", QuestionType.TEXT, group="site"), question("end")), groups=(site,))
    world = somebody_in(event_with(row, surveys=(form,)))
    begin_survey(world)
    assert "Site: is there one to tell about?" in world.said[-1]
    assert "Site · 1" in says(world, "yes")
    assert "Site: is there one more?" in says(world, "Kampala")
    assert "Site · 2" in says(world, "yes")
    assert not any(isinstance(each, Go) and each.move is Move.SKIP for each in world.buttons[-40:-30])
    for words in ("Gulu", "no"):
        says(world, words)
    choose(world, 0)
    assert "2. town · 1\n▸ Kampala" in world.said[-1]
    assert "4. town · 2\n▸ Gulu" in world.said[-1]


def test_a_default_of_nought_can_be_kept() -> None:
    world, nudge = asked(question("people", QuestionType.INTEGER, default="0"))
    assert "Your answer so far: 0" in world.said[-1]
    move(world, Move.KEEP)
    assert world.answers[nudge] == {"people": 0}
