"""What people typed, made harmless for the programs that open an export."""

import re
import unicodedata

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_KEPT = "\n\u200d"
"""A line feed; and what joins symbols to one."""
_LOOKS_LIKE_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def escaped(text: str) -> str:
    """The text with each character that XML 1.0 cannot hold as `_xHHHH_`, which is how Excel writes them.

    What looks like that already is told apart, so that everything can be told back. See
    https://www.w3.org/TR/xml/#charsets and ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
    """
    return _FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", _LOOKS_LIKE_ESCAPE.sub("_x005F_", text))


def disarmed(text: str) -> str:
    """The text as no spreadsheet takes it for a formula when it opens a CSV file.

    An apostrophe comes before what begins with a sign that starts one, as OWASP recommends, full-width signs included:
    https://owasp.org/www-community/attacks/CSV_Injection.
    """
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def visible(text: str) -> str:
    """The text without signs that only steer: controls, what turns the direction of letters, halves of a sign."""
    return "".join(sign for sign in text if sign in _KEPT or not unicodedata.category(sign).startswith("C"))
