"""Pictures that a form shows with its questions: which files are taken, for whom, and what is said of the others."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from bot.workbook import Draft, RemarkKind, pictures, read_draft
from conversations.model import Picture, Question, QuestionType
from tests.sandbox.conftest import picture
from tests.workbook.conftest import GOOD, english

HEAD = "type | name | label::English (en) | label::French (fr)"
TEAL, RED = picture(40, 30), picture(30, 40, colour="red")


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def drafted(folder: Path, columns: str, *rows: str, **files: bytes) -> Draft:
    """A form with these columns and rows behind the labels; beside it a.png, b.png... for each of the files."""
    for name, content in files.items():
        (folder / f"{name}.png").write_bytes(content)
    body = "".join(f"| | text | q{number} | Why? | Pourquoi ? | {row} |\n" for number, row in enumerate(rows))
    (folder / "form.md").write_text(f"| survey |\n| | {HEAD} | {columns} |\n{body}", encoding="utf-8")
    draft = read_draft(folder / "form.md")
    assert draft.event is not None, draft.faults
    return draft


def asked(draft: Draft) -> tuple[Question, ...]:
    return draft.whole().surveys[0].questions


def told(draft: Draft) -> list[tuple[int | None, str, str]]:
    return [(each.row, each.column, english(each.problem)) for each in draft.remarks if each.kind is RemarkKind.MEDIA]


def test_each_language_has_its_picture(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "image::English (en) | image::French (fr)", "a.png | b.png", a=TEAL, b=RED)
    assert asked(draft)[0].picture == Picture(digest(TEAL), digest(RED))
    assert draft.files == {digest(TEAL): TEAL, digest(RED): RED}
    assert told(draft) == []


@pytest.mark.parametrize(
    "columns",
    [
        "image",
        "media::image",
        "media::image::English (en)",
        "image::French (fr)",
        "media::image::Swahili (sw)",
    ],
)
def test_one_picture_stands_for_both_languages(columns: str, tmp_path: Path) -> None:
    draft = drafted(tmp_path, columns, "a.png", a=TEAL)
    assert asked(draft)[0].picture == Picture(digest(TEAL), digest(TEAL))
    assert told(draft) == []


def test_a_picture_without_a_language_stands_where_one_is_missing(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "image::English (en) | image", "a.png | b.png", a=TEAL, b=RED)
    assert asked(draft)[0].picture == Picture(digest(TEAL), digest(RED))


def test_a_big_picture_stands_in_for_a_small_one_that_cannot_be_had(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "image | big-image", "a.png | b.png", "b.png | a.png", b=RED)
    assert [each.picture for each in asked(draft)] == [Picture(digest(RED), digest(RED))] * 2
    assert [(row, column) for row, column, _ in told(draft)] == [(3, "image")]


@pytest.mark.parametrize("folder", ["media", "form-media"])
def test_pictures_in_the_folders_where_other_tools_put_them(folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "a.png").write_bytes(TEAL)
    assert asked(drafted(tmp_path, "image", "a.png"))[0].picture is not None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_the_content_decides_what_is_a_picture(kind: str, tmp_path: Path) -> None:
    assert asked(drafted(tmp_path, "image", "a.png", a=picture(20, 20, kind)))[0].picture is not None


@pytest.mark.parametrize(
    ("draw", "problem"),
    [
        (lambda: None, "there is no such file"),
        (lambda: b"", "no whole JPEG, PNG, WebP or GIF"),
        (lambda: b"GIF89a", "no whole JPEG, PNG, WebP or GIF"),
        (lambda: TEAL[:-30], "no whole JPEG, PNG, WebP or GIF"),
        (lambda: picture(20, 20, "BMP"), "no whole JPEG, PNG, WebP or GIF"),
        (lambda: picture(2, 41), "2 × 41 pixels are too many, or too unequal"),
        (lambda: picture(9_000, 1_001, "GIF"), "9,000 × 1,001 pixels are too many, or too unequal"),
        (lambda: picture(12_000, 12_000, "GIF"), "no whole JPEG, PNG, WebP or GIF"),
        (lambda: TEAL + bytes(pictures.LARGEST_PICTURE), "larger than 1 MB"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_told_and_the_question_runs(
    draw: Callable[[], bytes | None], problem: str, tmp_path: Path
) -> None:
    content = draw()  # here, since drawing the large ones would keep every worker from beginning
    draft = drafted(tmp_path, "image::English (en)", "a.png", **({} if content is None else {"a": content}))
    (question,) = asked(draft)
    assert (question.picture, question.label.en, draft.files) == (None, "Why?", {})
    [(row, column, what)] = told(draft)
    assert (row, column) == (3, "image::English (en)")
    assert problem in what


@pytest.mark.parametrize(
    "name", ["../a.png", "/etc/a.png", "media/a.png", "..", "jr://images/a.png", "a.png\u202e", ".a.png", "x" * 200]
)
def test_only_plain_names_are_looked_up(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(TEAL)
    (tmp_path / ".a.png").write_bytes(TEAL)
    inner = tmp_path / "inner"
    (inner / "media").mkdir(parents=True)
    (inner / "media" / "a.png").write_bytes(TEAL)
    draft = drafted(inner, "image", name)
    assert asked(draft)[0].picture is None
    assert "not the plain name of a file" in told(draft)[0][2]


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "a.png").mkdir()
    assert told(drafted(tmp_path, "image", "a.png"))


def test_all_pictures_together_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_BYTES", len(TEAL) + len(RED) - 1)
    draft = drafted(tmp_path, "image", "a.png", "b.png", "a.png", "b.png", a=TEAL, b=RED)
    assert [each.picture is not None for each in asked(draft)] == [True, False, True, False]
    assert [row for row, _, _ in told(draft)] == [4, 6], "each row that goes without is told"
    assert list(draft.files) == [digest(TEAL)]


def test_sounds_and_the_pictures_of_options_stay_a_remark(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(TEAL)
    (tmp_path / "form.md").write_text(
        f"""
| survey |
| | {HEAD} | image | audio |
| | select_one l | q | Why? | Pourquoi ? | a.png | a.mp3 |
| choices |
| | list_name | name | label | media::image |
| | l | x | Ex | a.png |
| | l | y | Why | a.png |
""",
        encoding="utf-8",
    )
    draft = read_draft(tmp_path / "form.md")
    assert asked(draft)[0].picture is not None
    assert [(row, column) for row, column, _ in told(draft)] == [(7, "media::image"), (4, "audio")]


def test_a_note_may_be_a_picture_alone(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(TEAL)
    text = "| survey |\n| | type | name | label | image |\n| | note | n | | a.png |\n| | text | q | Why? | |\n"
    (tmp_path / "form.md").write_text(text, encoding="utf-8")
    draft = read_draft(tmp_path / "form.md")
    note, _ = asked(draft)
    assert (note.type, note.label.en, told(draft)) == (QuestionType.NOTE, "", [])
    assert note.picture is not None


def test_a_pack_has_pictures_too_but_not_in_its_profile(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(TEAL)
    head = "| relevant | stage | group_ok | sensitive |"
    lines = []
    for line in GOOD.replace(head, f"{head} media::image::French (fr) |").split("\n"):
        wanted = any(f"| {name} |" in line for name in ("select_one countries", "integer"))
        lines.append(f"{line} a.png |" if wanted else line)
    (tmp_path / "pack.md").write_text("\n".join(lines), encoding="utf-8")
    draft = read_draft(tmp_path / "pack.md")
    event = draft.whole()
    shown = [each.name for each in event.survey("week_1").questions if each.picture is not None]
    assert (shown, event.profile[0].picture) == (["number"], None)
    assert ["profile" in what for _, _, what in told(draft)] == [True]
