"""The words that Suivi adds to an export are there for everything that can be."""

from bot.reports.layout import CONTACTS, FIRST, HISTORY, LAST, OF_REPEATS, STATUSES
from storage.dispositions import Contact, Status


def test_every_status_and_contact_has_a_label() -> None:
    assert [name for name, *_ in STATUSES] == list(Status)
    assert [name for name, *_ in CONTACTS] == list(Contact)


def test_both_languages_are_there_and_differ_where_they_can() -> None:
    for columns in (FIRST, LAST, OF_REPEATS, HISTORY):
        for each in columns:
            (title,) = each.titles
            assert title.en
            assert title.fr
    assert all(english != french for _, english, french in (*STATUSES, *CONTACTS))
