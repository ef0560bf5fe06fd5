"""Links as QR codes."""

import pytest
import segno
from PIL import ImageOps

from bot.drawing.qr import QUIET_ZONE, SMALLEST, qr_png
from tests.bot.pictures import modules, opened

LINK = "https://t.me/suivi_bot?start=Ab3-xYz_09lI1O0o"
LONGEST = f"https://t.me/{'b' * 32}?start={'W' * 64}"


@pytest.mark.parametrize("link", [LINK, LONGEST])
def test_the_picture_is_the_code_of_the_link_in_a_quiet_zone(link: str) -> None:
    code = segno.make_qr(link, error="m")
    across, _ = code.symbol_size(border=QUIET_ZONE)
    picture = opened(qr_png(link))
    assert picture.width == picture.height
    assert picture.width % across == 0, "each module is a whole number of pixels"
    zone = QUIET_ZONE * picture.width // across
    assert ImageOps.invert(picture).getbbox() == (zone, zone, picture.width - zone, picture.width - zone)
    assert modules(ImageOps.crop(picture, zone), across - 2 * QUIET_ZONE) == tuple(map(bytes, code.matrix))
    assert code.error in "MQH"


def test_it_fills_a_phone_and_is_black_on_white() -> None:
    picture = opened(qr_png(LINK))
    assert SMALLEST <= picture.width < 1.2 * SMALLEST
    assert {colour for _, colour in picture.getcolors() or ()} == {(0, 0, 0), (255, 255, 255)}


def test_the_same_link_gives_the_same_bytes() -> None:
    assert qr_png(LINK) == qr_png(LINK)
    assert qr_png(LINK) != qr_png(LINK.lower())


def test_what_no_code_holds_is_refused() -> None:
    assert qr_png("x" * 2_331)
    with pytest.raises(ValueError, match="too large"):
        qr_png("x" * 2_332)
