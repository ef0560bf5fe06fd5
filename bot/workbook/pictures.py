"""The pictures that a form shows with its questions: files beside it, looked at before anybody gets them."""

import re
import warnings
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO

from bot.workbook.errors import Faults, RemarkKind
from bot.workbook.form_columns import language_of
from bot.workbook.form_lines import FormLine
from bot.workbook.lines import Line
from bot.workbook.tables import Shelf
from bot.workbook.wording import quoted
from conversations.messages import phrase
from conversations.model import Language, Phrase, Picture

LARGEST_PICTURE = 1_000_000
"""Bytes of one picture: phones that get it pay for it."""
MOST_BYTES = 5_000_000
"""Bytes of all the pictures of one form."""

_KINDS = ("image", "big-image")
_PLAIN = re.compile(r"\w[\w .,'’&()+-]{0,150}")
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_LONGEST_SIDES, _MOST_UNEQUAL = 10_000, 20
"""Pixels of width and height together, and how much longer than the other one may be (Bot API, "sendPhoto")."""


def picture_of(line: Line, shelf: Shelf) -> Picture | None:
    """The picture of a row, where one language has none that of the other; with a remark for each that cannot be had.

    A picture without a language, or in a language that is not ours, stands in for both.
    """
    found: dict[Language | None, str] = {}
    for kind in _KINDS:
        for language, header, file in _cells(line, kind):
            if language not in found and (digest := _kept(file, shelf, line, header)):
                found[language] = digest
    if not found:
        return None
    other = found.get(None) or next(iter(found.values()))
    return Picture(*(found.get(language, other) for language in Language))


def other_media(line: Line) -> str:
    """The header of the first sound or film beside a row of a form; empty without one."""
    media = line.media if isinstance(line, FormLine) else ()
    return next((header.written for header, _ in media if _kind(header.language) not in _KINDS), "")


def _cells(line: Line, kind: str) -> Iterator[tuple[Language | None, str, str]]:
    """The language, the header and the file of each cell with a picture of that kind."""
    if isinstance(line, FormLine):
        cells = [(header.language, header.written, file) for header, file in line.media]
    else:
        cells = [(header.removeprefix("media::"), header, file) for header, file in line.cells.items()]
    for name, header, file in cells:
        if _kind(name) == kind:
            yield language_of(name.partition("::")[2]), header, file


def _kind(name: str) -> str:
    return name.partition("::")[0].strip().lower()


def _kept(file: str, shelf: Shelf, line: Line, column: str) -> str:
    """The SHA-256 of the file, which is on the shelf now; empty, and a remark, when it cannot be shown."""
    if file not in shelf.seen:
        content, problem = _content(file, shelf)
        digest = sha256(content).hexdigest() if content else ""
        if content and sum(map(len, ({**shelf.pictures, digest: content}).values())) > MOST_BYTES:
            content = b""
            problem = phrase("the pictures are larger than {most} MB together", most=MOST_BYTES // 1_000_000)
        if content:
            shelf.pictures[digest] = content
        shelf.seen[file] = (digest if content else "", problem)
    digest, problem = shelf.seen[file]
    if problem:
        remedy = phrase("put a smaller JPEG or PNG file beside the form, or say in words what has to be known")
        said = phrase("the picture {file} is not shown: {problem}", file=quoted(file), problem=problem)
        line.remark(RemarkKind.MEDIA, column, said, remedy)
    return digest


def _content(file: str, shelf: Shelf) -> tuple[bytes, Phrase | None]:
    """The bytes of a picture, or what is wrong with it."""
    if not _PLAIN.fullmatch(file):
        return b"", phrase("this is not the plain name of a file")
    faults = Faults(file)
    content = shelf.content(file, LARGEST_PICTURE, faults)
    if content is None:
        return b"", faults.found[0].problem
    problem = _problem(content)
    return (b"", problem) if problem else (content, None)


def _problem(content: bytes) -> Phrase | None:
    from PIL import Image  # noqa: PLC0415 # only a form with pictures needs it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=_FORMATS) as image:
                short, long = sorted(image.size)
                if short + long > _LONGEST_SIDES or long > _MOST_UNEQUAL * short:
                    return phrase(
                        "{width} × {height} pixels are too many, or too unequal", width=image.width, height=image.height
                    )
                image.verify()
    except Exception:  # noqa: BLE001 # a broken picture can make its reader raise anything
        return phrase("this is no whole JPEG, PNG, WebP or GIF picture")
    return None
