"""Files and places as answers, and a kind word for those that are none."""

import math

import pytest

from conversations.attachments import Attachment, Kind, Location
from conversations.model import QuestionType, Range
from conversations.reading import Misread, received
from locales.phrases import say
from tests.conversations.samples import question
from tests.conversations.typed import EN, answer, hint

PHOTO = Attachment(Kind.PHOTO, "AgAD")
VOICE = Attachment(Kind.VOICE, "AwAC", ".oga")
AUDIO = Attachment(Kind.AUDIO, "CQAC", ".mp3")
VIDEO = Attachment(Kind.VIDEO, "BAAC", ".mp4")
SCAN = Attachment(Kind.DOCUMENT, "BQAC", ".png")
SPREADSHEET = Attachment(Kind.DOCUMENT, "BQAD", ".xlsx")
PLACE = question("place", QuestionType.GEOPOINT)


@pytest.mark.parametrize(
    ("kind", "file", "stored"),
    [
        (QuestionType.IMAGE, PHOTO, "photo:AgAD"),
        (QuestionType.IMAGE, SCAN, "document:BQAC.png"),
        (QuestionType.AUDIO, VOICE, "voice:AwAC.oga"),
        (QuestionType.AUDIO, AUDIO, "audio:CQAC.mp3"),
        (QuestionType.VIDEO, VIDEO, "video:BAAC.mp4"),
        (QuestionType.FILE, PHOTO, "photo:AgAD"),
        (QuestionType.FILE, VOICE, "voice:AwAC.oga"),
        (QuestionType.FILE, SPREADSHEET, "document:BQAD.xlsx"),
    ],
)
def test_a_file_where_one_is_asked_for(kind: QuestionType, file: Attachment, stored: str) -> None:
    assert received(question("file", kind), file) == stored


@pytest.mark.parametrize(
    ("kind", "file", "instead"),
    [
        (QuestionType.IMAGE, VOICE, "Send a photo."),
        (QuestionType.IMAGE, SPREADSHEET, "Send a photo."),
        (QuestionType.AUDIO, VIDEO, "Send a voice note or a sound file."),
        (QuestionType.VIDEO, PHOTO, "Send a video."),
        (QuestionType.INTEGER, VOICE, "Type a whole number, such as 12."),
        (QuestionType.DATE, PHOTO, "Type a date, such as 12 March 2026 or 12/03/2026, or “today”."),
        (QuestionType.GEOPOINT, PHOTO, "Send a location, or type its latitude and longitude"),
        (QuestionType.TEXT, VOICE, "Please answer with a button or in writing."),
        (QuestionType.SELECT_ONE, PHOTO, "Please answer with a button or in writing."),
        (QuestionType.RANGE, PHOTO, "Type a whole number from 1 to 5."),
    ],
)
def test_any_other_file_gets_a_thank_you_and_what_to_do_instead(
    kind: QuestionType, file: Attachment, instead: str
) -> None:
    value = received(question("other", kind, range=Range("1", "5", "1")), file)
    assert isinstance(value, Misread)
    said = say(value.hint, EN)
    assert said.startswith("Thank you, but ")
    assert instead in said


def test_a_location_is_kept_where_a_place_is_asked_for() -> None:
    assert received(PLACE, Location(-1.2864, 36.8172, 12.5)) == "-1.2864 36.8172 0 12.5"
    assert isinstance(received(question("words", QuestionType.TEXT), Location(-1.2864, 36.8172)), Misread)


@pytest.mark.parametrize(
    "nowhere",
    [Location(90.1, 0), Location(0, -180.1), Location(math.nan, 0), Location(0, math.inf), Location(0, 0, -1)],
)
def test_a_location_that_is_nowhere_on_earth_is_asked_again(nowhere: Location) -> None:
    assert isinstance(received(PLACE, nowhere), Misread)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("-1.2864, 36.8172", "-1.2864 36.8172 0 0"),
        ("−1.2864 36.8172", "-1.2864 36.8172 0 0"),
        ("-1.2864,36.8172", "-1.2864 36.8172 0 0"),
        ("(-1.2864; 36.8172)", "-1.2864 36.8172 0 0"),
        ("-1,2864 36,8172", "-1.2864 36.8172 0 0"),
        ("-1,2864, 36,8172", "-1.2864 36.8172 0 0"),
        ("-1,2864 ; 36,8172", "-1.2864 36.8172 0 0"),
        ("-1.2864\n36.8172", "-1.2864 36.8172 0 0"),
        ("1.2864° S, 36.8172° E", "-1.2864 36.8172 0 0"),
        ("12,37 N 1,52 O", "12.37 -1.52 0 0"),
        ("48, 2", "48 2 0 0"),
    ],
)
def test_typed_coordinates(typed: str, stored: str) -> None:
    assert answer(PLACE, typed) == stored


@pytest.mark.parametrize(
    "typed",
    ["", "Nairobi", "1", "1,2,3", "1,2,3,4", "91, 0", "0, 181", "-1.2 S 36.8 E", "1 2 3", "1e1, 2", "1.5,5 2.5"],
)
def test_what_may_not_be_a_place_is_asked_again(typed: str) -> None:
    assert "such as -1.2864, 36.8172." in hint(PLACE, typed)


@pytest.mark.parametrize(
    ("kind", "instead"),
    [
        (QuestionType.IMAGE, "Send a photo."),
        (QuestionType.AUDIO, "Send a voice note or a sound file."),
        (QuestionType.VIDEO, "Send a video."),
        (QuestionType.FILE, "Send a file."),
    ],
)
def test_words_where_a_file_is_asked_for(kind: QuestionType, instead: str) -> None:
    said = hint(question("file", kind), "Here it is")
    assert said == f"Thank you, but this question cannot be answered in words. {instead}"
