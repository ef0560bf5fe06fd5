"""Which columns each sheet has, and the headers of a file understood as these columns."""

import re
from dataclasses import dataclass

from bot.workbook.errors import Faults
from bot.workbook.sheets import Sheet
from bot.workbook.wording import nearest
from conversations.messages import phrase
from conversations.model import Phrase

ENGLISH = "English (en)"
FRENCH = "French (fr)"
LANGUAGES = {"en": ENGLISH, "fr": FRENCH}


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet's columns. `texts` stand twice, once for each language.

    `refused` are columns of XLSForm that change what a form does and that a chat does not carry; `elsewhere` are those
    of use to other tools or to the author alone. Any other column is a fault, since one that is misspelt or translated
    (`sensible` for `sensitive`) would lose its protection without a word. Only a sheet that is `open` may have columns
    of any name, as XLSForm has it for choices. Sheets that are not `ours` may speak further languages.
    """

    needed: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    optional_texts: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    ours: bool = False
    open: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column by its full header."""
        both = (bilingual for text in (*self.texts, *self.optional_texts) for bilingual in in_both(text))
        return (*self.needed, *self.optional, *both)

    @property
    def must_be_there(self) -> tuple[str, ...]:
        """The columns without which the sheet cannot be read."""
        return (*self.needed, *(bilingual for text in self.texts for bilingual in in_both(text)))


def in_both(text: str) -> tuple[str, str]:
    """The two headers of a bilingual column."""
    return f"{text}::{ENGLISH}", f"{text}::{FRENCH}"


_FOR_MEDIA = ("image", "big-image", "audio", "video", "media")
_FOR_THE_AUTHOR = ("note", "notes", "comment", "comments", "remarque", "remarques")

LAYOUTS = {
    "settings": Layout(optional=("form_title", "form_id", "version", "default_language"), open=True),
    "event": Layout(needed=("setting", "value"), texts=("text",), ours=True),
    "survey": Layout(
        needed=("type", "name"),
        optional=(
            *("required", "relevant", "constraint", "calculation", "default", "read_only"),
            *("choice_filter", "repeat_count", "appearance", "parameters"),
            *("stage", "group_ok", "sensitive", "indicator", "target"),
        ),
        texts=("label",),
        optional_texts=("hint", "constraint_message", "required_message"),
        refused=("trigger", "save_to"),
        elsewhere=(
            *("guidance_hint", "autoplay", "rows"),
            *_FOR_MEDIA,
            *_FOR_THE_AUTHOR,
        ),
    ),
    "choices": Layout(needed=("list_name", "name"), optional=("timezone", "counts_as"), texts=("label",), open=True),
    "messages": Layout(
        needed=("name", "choices", "right"),
        optional=("source", "sensitive", "measured"),
        texts=("text", "question", "explanation"),
        optional_texts=("source",),
        elsewhere=_FOR_THE_AUTHOR,
        ours=True,
    ),
    "variants": Layout(
        needed=("message", "choices", "right"),
        texts=("question",),
        optional_texts=("explanation",),
        elsewhere=_FOR_THE_AUTHOR,
        ours=True,
    ),
    "schedule": Layout(
        needed=("kind", "name", "anchor", "offset"),
        optional=("time", "weekdays", "every", "until", "window", "closes", "audience", "reminders"),
        elsewhere=_FOR_THE_AUTHOR,
        ours=True,
    ),
    "rest_days": Layout(
        needed=("first",),
        optional=("last", "countries", "hours"),
        elsewhere=_FOR_THE_AUTHOR,
        ours=True,
    ),
    "referrals": Layout(
        needed=("country", "approved_by", "checked"),
        texts=("name", "text"),
        elsewhere=_FOR_THE_AUTHOR,
        ours=True,
    ),
    "codes": Layout(
        needed=("question", "name"),
        texts=("label",),
        optional_texts=("description",),
        elsewhere=_FOR_THE_AUTHOR,
        ours=True,
    ),
}

_OTHER_SPELLINGS = {"calculate": "calculation", "readonly": "read_only", "relevance": "relevant"}
_CODE = re.compile(r"\(\s*([a-z]{2,3}(?:-[a-z]+)?)\s*\)$")


def understood(sheet: Sheet, layout: Layout, faults: Faults) -> tuple[str, ...]:
    """The sheet's headers in their full form, with a fault for each that is misspelt, doubled or missing."""
    headers: list[str] = []
    for written in sheet.header:
        header = _full(written, layout)
        fault = _fault(header, written, layout, sheet)
        if header and header in headers:
            fault = phrase("the column {column} is there twice", column=header), phrase("take one of the two out")
        if fault:
            faults.add(*fault, sheet=sheet.name, row=sheet.header_row, column=written)
        headers.append(header)
    guessed = {_meant(header, layout) for header in headers if header not in layout.columns}
    for column in layout.must_be_there:
        if column not in headers and column not in guessed:
            faults.add(
                phrase("the column {column} is missing", column=column),
                phrase("add a column with the header {column}", column=column),
                sheet=sheet.name,
                row=sheet.header_row,
                column=column,
            )
    return tuple(headers)


def _full(written: str, layout: Layout) -> str:
    base, colons, language = written.partition("::")
    base = "_".join(base.split()).lower()
    base = _OTHER_SPELLINGS.get(base, base)
    if not colons:
        return base
    code = _CODE.search(language.strip().lower())
    known = LANGUAGES.get(code[1]) if code and base in (*layout.texts, *layout.optional_texts) else None
    return f"{base}::{known or language.strip()}"


def _fault(header: str, written: str, layout: Layout, sheet: Sheet) -> tuple[Phrase, Phrase] | None:
    if not header or header in layout.columns:
        return None
    base, colons, language = header.partition("::")
    texts = (*layout.texts, *layout.optional_texts)
    if base in texts and not colons:
        english, french = in_both(base)
        problem = phrase("the column {column} does not say its language", column=base)
        return problem, phrase("have two columns, {english} and {french}", english=english, french=french)
    if base in texts and not _CODE.search(language.lower()):
        english, french = in_both(base)
        problem = phrase("the language of the column {column} is not clear", column=written)
        return problem, phrase("write {one} or {other}", one=english, other=french)
    if base in layout.elsewhere or (base in texts and not layout.ours):
        return None  # media and a third language are of use to other tools
    if header in layout.refused:
        index = sheet.header.index(written)
        used = any(len(row.cells) > index and row.cells[index] for row in sheet.rows)
        problem = phrase("a chat does not carry {column}", column=header)
        return (problem, phrase("take this column out")) if used else None
    problem = phrase("there is no column {column} in this sheet", column=written)
    meant = _meant(header, layout)
    if meant and meant not in sheet.header:
        return problem, phrase("rename it to {name}", name=meant)
    if layout.open:
        return None
    return problem, phrase("take it out: the columns are {columns}", columns=", ".join(layout.columns))


def _meant(header: str, layout: Layout) -> str:
    """The column that a header probably stands for; where any name is allowed, only a likely slip of the fingers."""
    return nearest(header, layout.columns, alike=0.75 if layout.open else 0.65)
