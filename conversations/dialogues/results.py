"""The report on an event, as a file: in which language, in which form, and then the file itself.

Small numbers are hidden and sensitive questions left out, always: a chat is no place for them. The operator has more,
on the command line.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from conversations.buttons import Manage
from conversations.conversation import Conversation
from conversations.desk import Duty, shown
from conversations.effects import Say, Toast, Turn
from conversations.messages import File, FileKind, Key, Message, counted, message, phrase, short, strong
from conversations.model import Language, Phrase
from conversations.report.making import report
from conversations.report.written import report_to_json
from conversations.results import FORMATS, LANGUAGES, Format, Results
from conversations.roles import Act, command
from conversations.scene import Scene

_FORMATS: Mapping[Format, Phrase] = {
    Format.SLIDES: short("button: form of a report", "Slides"),
    Format.SHEETS: short("button: form of a report", "Excel workbook"),
    Format.PAPER: short("button: form of a report", "PDF"),
    Format.PAGE: short("button: form of a report", "Web page"),
}
_LANGUAGES: tuple[Phrase, ...] = (
    short("button: language of a report", "In English"),
    short("button: language of a report", "In French"),
    short("button: language of a report", "In both"),
)
_MANY = 10
"""What the number of a language counts in the item of a button; that of the format counts one."""


def _asked(conversation: Conversation, button: Manage, scene: Scene, tap: bool) -> Turn:
    """Which language, and in which form. The item is the number of the language, from 1; 0 is that of the chat."""
    duty, results = _duty(scene), _results(scene)
    if results is None:
        return shown(conversation, _nothing(duty), tap=tap)
    own = list(Language).index(conversation.language)
    chosen = button.item - 1 if 0 < button.item <= len(LANGUAGES) else own
    return shown(conversation, _choices(duty, chosen), tap=tap)


def _choices(duty: Duty, chosen: int) -> Message:
    forms = tuple(
        (Key(_FORMATS[each], Manage(Act.RESULTS_FILE, duty.event_id, chosen * _MANY + place)),)
        for place, each in enumerate(FORMATS)
    )
    languages = tuple(
        Key(label, Manage(Act.RESULTS, duty.event_id, place + 1), ticked=place == chosen)
        for place, label in enumerate(_LANGUAGES)
    )
    return message(
        strong(phrase("Report on {event}", event=duty.title)),
        phrase(
            "All that may be told of the answers, in numbers: who answered, what people learnt, passed on and put into "
            "practice."
        ),
        phrase(
            "Small numbers are hidden, and sensitive questions are left out. The file stays in this chat: do not "
            "forward it to groups."
        ),
        keyboard=(languages, *forms),
    )


def _made(conversation: Conversation, button: Manage, scene: Scene, _tap: bool) -> Turn:
    """The file, drawn when it is sent."""
    results, (language, form) = _results(scene), divmod(button.item, _MANY)
    if results is None or language >= len(LANGUAGES) or form >= len(FORMATS):
        changed = phrase("This has changed meanwhile. See {command}.", command=command(Act.RESULTS))
        return Turn(conversation, (Toast(changed),))
    day = scene.now.astimezone(ZoneInfo(results.event.timezone)).date()
    made = report(results.event, results.counts, day, sensitive=False)
    if not made.figures:
        return Turn(conversation, (Toast(phrase("Nobody has been asked anything yet.")),))
    facts = (
        ("format", str(FORMATS[form])),
        ("languages", ",".join(LANGUAGES[language])),
        ("report", report_to_json(made)),
    )
    said = message(
        counted("The report has {count} finding.", "The report has {count} findings.", len(made.figures)),
        phrase("It can be shown, changed and translated as you need it. Please give it only to those who need it."),
    )
    return Turn(conversation, (Toast(), Say(replace(said, files=(File(FileKind.REPORT, facts),)))))


def _nothing(duty: Duty) -> Message:
    return message(phrase("Nothing of {event} is published yet. There is nothing to report.", event=duty.title))


def _duty(scene: Scene) -> Duty:
    assert scene.desk is not None and scene.desk.duty is not None  # noqa: S101, PT018 # as loaded
    return scene.desk.duty


def _results(scene: Scene) -> Results | None:
    return scene.desk.results if scene.desk is not None else None


DEEDS: Mapping[Act, Callable[[Conversation, Manage, Scene, bool], Turn]] = {
    Act.RESULTS: _asked,
    Act.RESULTS_FILE: _made,
}
