"""The sheets of the workbook that goes out to a coder, and what stands in them."""

from bot.workbook.columns import Layout

ANSWERS, CODES, READ_ME = "answers", "codes", "read me"
NO_CODE = "-"
"""Stands in the column codes where an answer was read and no code applies."""

_OWN = ("notes", "comment", "comments", "remarque", "remarques")
LAYOUTS = {
    ANSWERS: Layout(needed=("id", "answer", "codes"), optional=("note",), elsewhere=_OWN, ours=True, open=True),
    CODES: Layout(
        needed=("name",), texts=("label",), optional_texts=("description",), elsewhere=("note", *_OWN), ours=True
    ),
}
