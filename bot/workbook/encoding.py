"""Text in UTF-8 or UTF-16, or as Excel for Windows saves its CSV in western Europe and much of Africa: Windows-1252."""

import re

from conversations.messages import phrase

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LETTER_OF_FRENCH = re.compile(r"[àâäçèéêëîïôöùûüÿœæ]", re.IGNORECASE)
_SIGNS_OF_FRENCH = frozenset("’‘“”«»–—…°€²·•\u00a0")
_UTF_8 = re.compile(rb"[\xc2\xc3\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]")

SAVE_AS_UTF_8 = phrase("save it again from Excel as “CSV UTF-8”, or from LibreOffice with the character set UTF-8")
READ_AS_1252 = phrase("the file is not in UTF-8: it is read as Windows-1252, as Excel in French saves it")
LOOK_AT_ACCENTS = phrase(
    "look whether its accents are right; if not, save it again from Excel as “CSV UTF-8”, or from LibreOffice with the "
    "character set UTF-8"
)


def text_of(content: bytes) -> tuple[str, bool]:
    """The text, and whether it was read as Windows-1252. Raises UnicodeDecodeError, of UTF-8, when it is neither."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16"), False
    try:
        return content.decode("utf-8-sig"), False
    except UnicodeDecodeError as error:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            raise error from None
        if not _reads_well(content, text):
            raise
        return text, True


def _reads_well(content: bytes, text: str) -> bool:
    """Whether accents come out as letters of French and nothing as a sign that no author types.

    Other code pages (Mac, DOS, Greek) give other signs there, and UTF-8 that is damaged gives pairs of them.
    """
    if _NO_TEXT.search(content) or _UTF_8.search(content):
        return False
    return all(
        sign.isascii() or sign in _SIGNS_OF_FRENCH or _LETTER_OF_FRENCH.fullmatch(sign) is not None
        for sign in set(text)
    )
