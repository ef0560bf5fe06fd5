"""Looking at pictures that were drawn."""

import struct
from io import BytesIO

from PIL import Image


def chunks(content: bytes) -> set[bytes]:
    """What a PNG consists of (PNG 3, 5.3)."""
    at, names = 8, set()
    while at < len(content):
        length, name = struct.unpack_from(">I4s", content, at)
        names.add(name)
        at += length + 12
    return names


def opened(content: bytes) -> Image.Image:
    """The picture in full colour, once it is certain that its file holds nothing else."""
    assert chunks(content) <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
    picture = Image.open(BytesIO(content))
    assert picture.format == "PNG"
    return picture.convert("RGB")


def modules(picture: Image.Image, across: int) -> tuple[bytes, ...]:
    """Of a picture of a QR code that is so many modules wide: 1 for a dark module, looked at in its middle."""
    module = picture.width / across
    middles = [int((each + 0.5) * module) for each in range(across)]
    grey = picture.convert("L")
    return tuple(bytes(grey.getpixel((x, y)) < 128 for x in middles) for y in middles)
