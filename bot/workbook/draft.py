"""What reading a file gives: the event if it runs, what blocks it, what else there is to say, where things stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.workbook.errors import ContentError, ContentErrors, Remark
from conversations.model import Event, Language


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a file stand, for reports that name rows.

    Rows are numbered as the author sees them. `rows` are those of all questions, notes and values; `questions` gives
    the row of each by its name (`Question.name`), those that a chat leaves out included, `groups` that of each group
    inside a survey by its name (`Group.name`), `surveys` that of each micro-survey of a pack; `lists` the list of
    choices that a question takes; `added` the questions that `or_other` adds, which have no words of their own;
    `choices` the row of each option by list and name; `recalls` the rows of the recall questions of each key message,
    the main one first, and `recall_lists` their lists of choices in the same order; `referrals` the row of each contact
    by its country, `codes` that of each code by question and name. `parts` is the list of choices that the event's
    parts are.
    `headers` gives the header as it is written of a text column, by sheet, text and language: ("survey", "label",
    Language.EN). A language without a column of its own is not in it. `languages` are those of ours that the survey is
    written in.
    """

    rows: frozenset[int] = frozenset()
    questions: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    surveys: Mapping[str, int] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)
    added: frozenset[str] = frozenset()
    choices: Mapping[tuple[str, str], int] = field(default_factory=dict)
    recalls: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    recall_lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    referrals: Mapping[str, int] = field(default_factory=dict)
    codes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    parts: str = ""
    headers: Mapping[tuple[str, str, Language], str] = field(default_factory=dict)
    languages: tuple[Language, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as far as it could be read.

    `event` is None as soon as there is any fault. `plain` tells a form without our sheets from a pack. `files` holds
    the pictures of its questions, by their SHA-256 as in `Picture`. `code` is what it says its event's code is, empty
    where it does not.
    """

    file: str
    event: Event | None
    faults: tuple[ContentError, ...]
    remarks: tuple[Remark, ...]
    plain: bool = False
    places: Places = field(default_factory=Places)
    files: Mapping[str, bytes] = field(default_factory=dict)
    code: str = ""

    def whole(self) -> Event:
        """The event. Raises ContentErrors when something blocks it."""
        if self.event is None:
            raise ContentErrors(self.faults)
        return self.event
