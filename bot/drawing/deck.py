"""A deck of slides to show with a projector and to change at will: all of it native text, charts and shapes.

Colours and letters are those of the deck's theme, so that whoever chooses another in PowerPoint has all in their own
style. Every text is marked as being of its language: so it is read aloud and spell-checked. Lengths are in points.

Importing this module loads python-pptx; import it where a deck is made. `deck_template.blank` begins a deck and
`deck_file.saved` ends it.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Final, Protocol

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import Font, TextFrame
from pptx.util import Pt

from bot.drawing.deck_template import BEGIN, CONTENT, FLOOR, MARGIN, ROOM, TITLE, TITLE_TOP, layout_of, place
from bot.drawing.lettering import LEADING, READABLE, SMALL, Box, Text, height_of, largest, lines_in, shortened, split
from bot.drawing.palette import SERIES, WHITE
from bot.drawing.paper import ACCENT, INK, SOFT, Colour
from conversations.model import Language

_BEGIN_SIZES: Final = (48, 44, 40, 36, 32, 28, 24)
_TITLE_SIZES: Final = (30, 28, 26, 24)
_MOST_TITLE_LINES: Final = 3
_KICKER: Final = Box(MARGIN, 22, ROOM, 22)
_BELOW_THE_TITLE: Final = 8.0
_BULLET: Final = 30.0
_BEFORE: Final = 0.2
"""Above each paragraph, in sizes of its letters."""
_STATEMENT_SIZES: Final = (44, 40, 36, 32, 28, 26, 24)
_LONG: Final = 22
_LANGUAGES: Final = {Language.EN: MSO_LANGUAGE_ID.ENGLISH_UK, Language.FR: MSO_LANGUAGE_ID.FRENCH}


def begin_slide(deck: Deck, title: str, lines: Sequence[Text], language: Language) -> Slide:
    """A slide to begin the deck with, or a part of it: large, and all in white on the accent."""
    slide: Slide = deck.slides.add_slide(layout_of(deck, BEGIN))
    heading, below = slide.placeholders[0], slide.placeholders[1]
    size = largest(title, ROOM - 40, 180, _BEGIN_SIZES, bold=True)
    title = shortened(title, int(180 / (size * LEADING)), ROOM - 40, size, bold=True)
    write(heading.text_frame, [Text(title, size, bold=True)], language)
    write(below.text_frame, [Text(each.words, each.size, each.bold, after=each.after) for each in lines], language)
    return slide


def topic_slide(deck: Deck, part: str, title: str, foot: str, language: Language) -> Slide:
    """A slide with a title, the part that it belongs to in its corner, a foot, and room from `top_below` to `FLOOR`.

    A title of more than three lines is cut.
    """
    slide: Slide = deck.slides.add_slide(layout_of(deck, TITLE))
    _put_head(slide, part, title, foot, language)
    return slide


def text_slides(deck: Deck, part: str, title: str, texts: Sequence[Text], foot: str, language: Language) -> list[Slide]:
    """Paragraphs below a title, on as many slides as they take."""
    slides: list[Slide] = []
    left = list(texts)
    while left or not slides:
        slide = deck.slides.add_slide(layout_of(deck, CONTENT))
        _put_head(slide, part, title, foot, language)
        top = top_below(title) + _BELOW_THE_TITLE
        body = slide.placeholders[1]
        place(body, Box(MARGIN, top, ROOM, FLOOR - top))
        taken, left = _taken(left, FLOOR - top)
        write(body.text_frame, taken, language)
        slides.append(slide)
    return slides


def statement_slides(deck: Deck, part: str, statement: str, source: str, foot: str, language: Language) -> list[Slide]:
    """One thing to remember, as large as it can be, and where it comes from; what is longer becomes a text."""
    width, high = ROOM, FLOOR - TITLE_TOP - 80
    size = largest(statement, width, high, _STATEMENT_SIZES, bold=True)
    if lines_in(statement, width, size, bold=True) * size * LEADING > high:
        lines = [Text(each, _LONG) for each in statement.splitlines() if each.strip()]
        return text_slides(deck, "", part, [*lines, Text(source, READABLE, colour=SOFT)], foot, language)
    slide: Slide = deck.slides.add_slide(layout_of(deck, TITLE))
    write(slide.placeholders[0].text_frame, [Text(statement, size, bold=True)], language)
    place(slide.placeholders[0], Box(MARGIN, TITLE_TOP + 40, ROOM, high))
    put(slide, _KICKER, [Text(part, 16, bold=True, colour=ACCENT)], language)
    put(slide, Box(MARGIN, FLOOR - 30, ROOM, 30), [Text(source, READABLE, colour=SOFT)], language, low=True)
    _put_foot(slide, foot, language)
    return [slide]


def _taken(texts: Sequence[Text], height: float) -> tuple[list[Text], list[Text]]:
    """Those that there is room for, and the rest; one that no slide has room for is taken in part."""
    for count, text in enumerate(texts):
        high = height_of(text, ROOM - _BULLET) + _BEFORE * text.size
        if high > height and not count:
            begun, rest = split(text, ROOM - _BULLET, height)
            return [begun], [rest, *texts[1:]]
        height -= high
        if height < 0:
            return list(texts[:count]), list(texts[count:])
    return list(texts), []


def top_below(title: str) -> float:
    """Where the room below a title begins."""
    text = _set_title(title)
    return TITLE_TOP + height_of(text, ROOM) + _BELOW_THE_TITLE


def _set_title(title: str) -> Text:
    size = largest(title, ROOM, _MOST_TITLE_LINES * _TITLE_SIZES[-1] * LEADING, _TITLE_SIZES, bold=True)
    return Text(shortened(title, _MOST_TITLE_LINES, ROOM, size, bold=True), size, bold=True)


def _put_head(slide: Slide, part: str, title: str, foot: str, language: Language) -> None:
    text = _set_title(title)
    write(slide.placeholders[0].text_frame, [text], language)
    place(slide.placeholders[0], Box(MARGIN, TITLE_TOP, ROOM, height_of(text, ROOM) + _BELOW_THE_TITLE))
    put(slide, _KICKER, [Text(part, 16, bold=True, colour=ACCENT)], language)
    _put_foot(slide, foot, language)


def _put_foot(slide: Slide, foot: str, language: Language) -> None:
    """The foot and the number of the slide, which python-pptx leaves out, as its layout has them."""
    for shape in list(slide.slide_layout.placeholders):
        kind = shape.placeholder_format.type
        if kind in {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}:
            slide.shapes.element.append(deepcopy(shape.element))
            copy = slide.shapes[-1]
            copy.element.xpath("./p:nvSpPr/p:cNvPr")[0].set("id", str(len(slide.shapes) + 1))
            if kind == PP_PLACEHOLDER.FOOTER and isinstance(copy, Shape):
                write(copy.text_frame, [Text(foot, SMALL, colour=SOFT)], language)


def put(slide: Slide, box: Box, texts: Sequence[Text], language: Language, *, low: bool = False) -> Shape:
    """A box of text; `low` when it stands on its floor."""
    shape = slide.shapes.add_textbox(*map(Pt, (box.left, box.top, box.width, box.height)))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM if low else MSO_ANCHOR.TOP
    write(frame, texts, language)
    return shape


def write(frame: TextFrame, texts: Sequence[Text], language: Language) -> None:
    """Fill a shape with paragraphs."""
    for number, text in enumerate(texts):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        if text.after:
            paragraph.space_after = Pt(text.after)
        if text.centred:
            paragraph.alignment = PP_ALIGN.CENTER
        run = paragraph.add_run()
        run.text = text.words
        style(run.font, text, language)


def style(letters: Font, text: Text, language: Language) -> None:
    """Letters as that text has them."""
    letters.language_id = _LANGUAGES[language]
    letters.size, letters.bold = Pt(text.size), text.bold
    if text.colour is not None:
        letters.fill.solid()
        paint(letters.fill.fore_color, text.colour)


class Paintable(Protocol):
    """A colour of python-pptx that can be set."""

    theme_color: MSO_THEME_COLOR
    rgb: RGBColor


def paint(colour_of: Paintable, colour: Colour) -> None:
    """In the theme's own colour where it has that one, so that it changes with the theme."""
    if colour in _THEME:
        colour_of.theme_color = _THEME[colour]
    else:
        colour_of.rgb = RGBColor(*colour)


_THEME: Final[dict[Colour, MSO_THEME_COLOR]] = {
    INK: MSO_THEME_COLOR.TEXT_1,
    WHITE: MSO_THEME_COLOR.BACKGROUND_1,
    **{colour: MSO_THEME_COLOR.from_xml(f"accent{number}") for number, colour in enumerate(SERIES, start=1)},
}


def describe(shape: BaseShape, words: str) -> None:
    """What is said of a chart, a table or a picture to those who do not see it (alternative text)."""
    shape.element.xpath("./*[1]/p:cNvPr")[0].set("descr", words)


def speak(slide: Slide, paragraphs: Sequence[str], language: Language) -> None:
    """The notes of a slide: what whoever shows it has before them."""
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None, "the notes of python-pptx have a place for text"  # noqa: S101
    write(frame, [Text(each, SMALL) for each in paragraphs], language)
