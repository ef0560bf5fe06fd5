"""People do things in any order: old buttons, double taps, words where a tap was wanted, stop in the middle of it.

Whatever they do, in the sample event and in a survey full of branches: nothing breaks, nothing wrong is kept, and all
that is said can be shown. The checks themselves are in world.py.
"""

from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from conversations.attachments import Attachment, Kind, Location
from conversations.buttons import (
    Agenda,
    Arrange,
    Bring,
    Button,
    Choose,
    Contact,
    Go,
    Move,
    Often,
    Omit,
    Open,
    Pause,
    Reach,
    Recall,
    Refuse,
    Review,
    Seek,
    Shift,
    Span,
    Speak,
    StoryMove,
    Tale,
)
from conversations.conversation import Idle, Placing
from conversations.cues import Blocked, Returned, Said, Sent, Started, Tapped
from conversations.model import Choice, Group, Language, QuestionType, Range
from conversations.policy import Pace
from conversations.stories import Objection, StoryState
from conversations.timing import TouchpointKind
from tests.conversations.samples import both, choices, distance, event_with, question, sample_event, survey, touchpoint
from tests.conversations.storied import FIRST_NUMBER
from tests.conversations.world import World

BRANCHES = survey(
    question("welcome", QuestionType.NOTE),
    question("used", required=True),
    question("ways", QuestionType.SELECT_MULTIPLE, choices(talk="Talk", teach="Teach", other="Other")),
    question("people", QuestionType.INTEGER, relevant="${used} = 'yes' and selected(${ways}, 'teach')"),
    question("many", QuestionType.NOTE, relevant="${people} > 10"),
    question("story", QuestionType.TEXT, relevant="${people} > 10 or ${used} = 'no'", required=True),
    question("again", relevant="not(${story} = '')"),
    question("thanks", QuestionType.NOTE, relevant="${again} != 'no'"),
)
SMALL = event_with(
    touchpoint(TouchpointKind.SURVEY, "after", "1 hour", time=None, every=distance("1 day"), until=distance("9 days")),
    touchpoint(TouchpointKind.REFRESHER, "rights", "2 hours", time=None),
    surveys=(BRANCHES,),
)
SITES = tuple(
    Choice(f"s{number}", both(f"Site {number}"), columns=(("country", "ke" if number % 2 else "sn"),))
    for number in range(1, 31)
)
WAYS = choices(a="Alpha", b="Beta", c="Gamma", none="None of these")
EVERYTHING = replace(
    survey(
        question("country", options=choices(ke="Kenya", sn=("Senegal", "Sénégal"))),
        question("site", options=SITES, choice_filter="country = ${country}", required=True),
        question("when", QuestionType.DATE, constraint=". <= today()"),
        question("people", QuestionType.INTEGER, default="12"),
        question("tested", QuestionType.INTEGER, constraint=". <= ${people}", relevant="${people} > 0"),
        question("share", QuestionType.CALCULATE, calculation="round(${tested} div ${people} * 100)"),
        question("low", QuestionType.NOTE, relevant="${share} < 50"),
        question("ways", QuestionType.SELECT_MULTIPLE, WAYS),
        question(
            "rank", QuestionType.RANK, choices(a="Alpha", b="Beta", c="Gamma"), choice_filter="selected(${ways}, name)"
        ),
        question("rating", QuestionType.RANGE, range=Range("0", "5", "0.5")),
        question("lesson", QuestionType.TEXT, group="lessons"),
        question("ready", group="lessons", relevant="${lesson} != 'no'"),
        question("photo", QuestionType.IMAGE, group="end"),
        question("place", QuestionType.GEOPOINT, group="end", sensitive=True),
        question("agreed", QuestionType.ACKNOWLEDGE, group="end"),
        name="all",
    ),
    groups=(
        Group("lessons", both("Lesson", "Leçon"), repeated=True),
        Group("end", both("At the end", "Pour finir"), relevant="${rating} != 0"),
    ),
)
RICH = event_with(
    touchpoint(TouchpointKind.SURVEY, "all", "1 hour", time=None, closes=distance("20 days")),
    touchpoint(TouchpointKind.SURVEY, "all", "2 days", time=None),
    touchpoint(TouchpointKind.SURVEY, "after", "3 days", time=None, closes=distance("2 days")),
    surveys=(EVERYTHING, BRANCHES),
    code="rich",
)
EVENTS = {1: sample_event(), 2: SMALL, 3: RICH}

commands = st.sampled_from(
    [
        "stop",
        "/stop",
        "arrêt",
        "/help",
        "continuer",
        "/language",
        "/calendar",
        "pause",
        "/pass_on",
        "transmettre",
        "français",
        "English",
        "help me",
        "/story",
        "récit",
        "au secours",
    ]
)
yes_and_no = ["yes", "oui", "no", "non"]
dates = ["yesterday", "aujourd’hui", "12/03/2026", "14:30", "12h"]
readable = ["1", "2", "1, 3", "2,5", "12", "0", "4 489", "teach", "site 1", "send", "-1.28, 36.8", "Kenya", "Sénégal"]
troubled = ["They threatened me. We were arrested.", "J’ai envie de mourir"]
strange = ["hello", "?", "…", "\u202e\u200b", "<b>& {plus}</b> ${used}", "😀" * 3000, "x" * 5000]
typed = st.sampled_from([*yes_and_no, *readable, *dates, *strange, *troubled]) | st.text(max_size=12)
numbers = st.integers(0, 60)
sent = st.sampled_from(
    [None, Attachment(Kind.PHOTO, "AgAC-1"), Attachment(Kind.VOICE, "AwAC_2"), Location(0.31, 32.58, 12)]
) | st.builds(Location, st.floats(), st.floats(), st.floats())
forged = st.one_of(
    st.none(),
    st.builds(Choose, numbers, numbers),
    st.builds(Go, numbers, st.sampled_from(Move)),
    st.builds(Speak, st.sampled_from(Language), numbers),
    st.builds(Open, numbers),
    st.builds(Review, numbers),
    st.builds(Refuse, numbers),
    st.builds(Agenda),
    st.builds(Arrange, numbers),
    st.builds(Bring, numbers),
    st.builds(Shift, numbers, st.sampled_from([0, 3, 7, 14])),
    st.builds(Omit, numbers),
    st.builds(Pause, st.sampled_from(Span)),
    st.builds(Often, st.sampled_from(Pace)),
    st.builds(Recall, numbers, numbers),
    st.builds(Seek),
    st.builds(Contact, st.sampled_from(Reach), st.sampled_from([0, 500, 501, 502, 503])),
    st.builds(Tale, st.sampled_from(StoryMove), st.sampled_from([0, 500, 502, FIRST_NUMBER]), st.integers(0, 2)),
)


class AnyOrder(RuleBasedStateMachine):
    """A person who does whatever comes to mind."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(EVENTS)

    @initialize(
        code=st.sampled_from(["lse2026", "small", "rich", "rich", None]), joins=st.sampled_from([True, True, False])
    )
    def begins(self, code: str | None, joins: bool) -> None:
        self.world.happens(Started(code))
        if code is not None and joins:
            self._tap(Go(self.serial, Move.DONE))
            while not isinstance(self.world.conversation.step, Placing):
                self._tap(Go(self.serial, Move.SKIP))
            self._tap(Go(self.serial, Move.YES))

    @property
    def serial(self) -> int:
        return self.world.conversation.serial

    def _on_screen(self) -> list[Button]:
        return [each for each in self.world.buttons if isinstance(each, Choose | Go) and each.serial == self.serial]

    def _tap(self, button: Button) -> None:
        self.world.happens(Tapped(button))

    @rule(code=st.sampled_from(["lse2026", "small", "rich", "unknown", None]))
    def opens_a_link(self, code: str | None) -> None:
        self.world.happens(Started(code, Language.FR))

    @rule(text=typed)
    def types(self, text: str) -> None:
        self.world.happens(Said(text))

    @rule(command=commands, then=st.sampled_from([None, None, "oui", "non", "hello", "12"]))
    def gives_a_command(self, command: str, then: str | None) -> None:
        self.world.happens(Said(command))
        if then is not None:
            self.world.happens(Said(then))

    @rule(what=sent)
    def sends_something(self, what: Attachment | Location | None) -> None:
        self.world.happens(Sent(what))

    @precondition(lambda self: self.world.buttons)
    @rule(back=st.integers(1, 6), times=st.integers(1, 2))
    def taps_a_new_button(self, back: int, times: int) -> None:
        button = self.world.buttons[-min(back, len(self.world.buttons))]
        for _ in range(times):
            self.world.happens(Tapped(button))

    @rule(data=st.data(), steps=st.integers(1, 8))
    def goes_on(self, data: st.DataObject, steps: int) -> None:
        """What people do most: tap what is on screen, or open the next thing that comes."""
        for _ in range(steps):
            shown = self._on_screen()
            if self.world.awaits_words and data.draw(st.booleans()):
                self.world.happens(Said(data.draw(st.sampled_from(["12", "3", "yesterday", "On s’écoute mieux."]))))
                continue
            if isinstance(self.world.conversation.step, Idle) or not shown:
                self.world.next_nudge()
                shown = [each for each in self.world.buttons[-3:] if isinstance(each, Open | Recall)]
            if shown:
                self._tap(data.draw(st.sampled_from(shown)))

    @precondition(lambda self: self.world.buttons)
    @rule(data=st.data())
    def taps_an_old_button(self, data: st.DataObject) -> None:
        self._tap(data.draw(st.sampled_from(self.world.buttons)))

    @rule(button=forged)
    def forges_a_button(self, button: Button | None) -> None:
        self.world.happens(Tapped(button))

    @rule(hours=st.sampled_from([1, 3, 14, 24, 24 * 7, 24 * 40]))
    def waits(self, hours: int) -> None:
        self.world.time_passes(timedelta(hours=hours))

    @rule(steps=st.lists(st.sampled_from([Reach.ASK, Reach.SURE, *Reach]), min_size=1, max_size=4))
    def asks_for_help(self, steps: list[Reach]) -> None:
        """The way to help is on every screen, and what it leads to."""
        paused = self.world.wishes.paused_until
        self._tap(Seek())
        assert paused is None or (self.world.wishes.paused_until or paused) >= paused, "no pause is cut short"
        for reach in steps:
            asked = [each for each in self.world.buttons if isinstance(each, Contact) and each.reach is reach]
            if asked:
                self._tap(asked[-1])

    @rule(what=st.sampled_from(["takes", "writes", "writes", "ends"]), there=st.booleans())
    def a_helper_acts(self, what: str, there: bool) -> None:
        self.world.helper_is_there = there
        match what:
            case "takes":
                self.world.somebody_takes()
            case "writes" if self.world.helper_writes("How are you?"):
                event = next(each.event_id for each in self.world.requests.values() if each.helper is not None)
                self._tap(Contact(Reach.OPEN, event))
            case "ends":
                self.world.helper_ends()

    @rule(
        words=st.sampled_from(["We now listen first.", "Nous écoutons d’abord.", "call 077 123 45 67", "x" * 601]),
        moves=st.lists(st.sampled_from([Move.SUBMIT, Move.SUBMIT, Move.PREVIOUS, Move.NO, Move.BACK]), max_size=2),
    )
    def tells_a_story(self, words: str, moves: list[Move]) -> None:
        self._tap(Tale(StoryMove.BEGIN, 500))
        self.world.happens(Said(words))
        self._tap(Choose(self.serial, 0))
        for move in moves:
            self._tap(Go(self.serial, move))

    @rule(state=st.sampled_from(StoryState), translates=st.booleans())
    def a_team_reads_stories(self, state: StoryState, translates: bool) -> None:
        for number, story in list(self.world.stories.items()):
            if story.state is StoryState.WAITING:
                if translates:
                    self.world.team_translates(number, "In other words.")
                elif state is not StoryState.WITHDRAWN:
                    self.world.team_settles(number, state, Objection.RISK if state is StoryState.RETURNED else None)

    @rule(comes_back=st.booleans())
    def blocks_the_bot(self, comes_back: bool) -> None:
        self.world.happens(Blocked())
        if comes_back:
            self.world.happens(Returned())


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
