"""Photos as Telegram keeps them: the picture again as JPEG, in several sizes."""

import io
import struct
from dataclasses import dataclass, field

from PIL import Image, ImageOps, UnidentifiedImageError

BOXES = (90, 320, 800, 1280)
"""The longest sides that Telegram makes, in pixels: https://core.telegram.org/api/files#image-thumbnail-types."""

LONGEST_SIDES = 10_000
MOST_UNEQUAL = 20
_QUALITY = 87
# Of what people and bots send as photos; other readers of the library start programs, or hold surprises.
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")

# What the library says of pictures that are none, are broken, or would fill the memory.
_BROKEN = (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, struct.error)


class UnreadablePhoto(Exception):
    """What was sent is no picture."""


class BadDimensions(Exception):
    """The picture is too large, or too much longer than wide."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One size of a photo: JPEG, width and height in pixels."""

    data: bytes = field(repr=False)
    width: int
    height: int


def sizes_of(data: bytes) -> list[Picture]:
    """The sizes of a photo, the smallest first; nothing is made larger than it was.

    Raises:
        UnreadablePhoto: this is no picture, or a broken one.
        BadDimensions: width and height exceed 10,000 pixels together, or one is more than 20 times the other
            (https://core.telegram.org/bots/api#sendphoto).
    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            width, height = image.size
            if width + height > LONGEST_SIDES or max(width, height) > MOST_UNEQUAL * min(width, height):
                raise BadDimensions
            upright = _on_white(ImageOps.exif_transpose(image))
    except _BROKEN as error:
        raise UnreadablePhoto from error
    longest = max(upright.size)
    return [_fitted(upright, box) for box in BOXES if box < longest or box == _first_not_below(longest)]


def _first_not_below(longest: int) -> int:
    """The box that holds the picture as it is."""
    return next((box for box in BOXES if box >= longest), BOXES[-1])


def _on_white(image: Image.Image) -> Image.Image:
    """The picture without transparency, which JPEG does not have."""
    layered = image.convert("RGBA")
    white = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(white, layered).convert("RGB")


def _fitted(image: Image.Image, box: int) -> Picture:
    copy = image.copy()
    copy.thumbnail((box, box), Image.Resampling.LANCZOS)
    jpeg = io.BytesIO()
    copy.save(jpeg, "JPEG", quality=_QUALITY)
    return Picture(jpeg.getvalue(), *copy.size)
