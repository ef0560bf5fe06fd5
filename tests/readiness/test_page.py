"""docs/checking.md tells what is so."""

from pathlib import Path

from conversations.findings import SECTIONS, Finding, Kind, Weight

PAGE = (Path(__file__).parents[2] / "docs" / "checking.md").read_text(encoding="utf-8")


def test_every_part_and_kind_is_explained() -> None:
    for title, kinds in SECTIONS:
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| {title.msgid} /"))
        assert all(f"`{kind}`" in row for kind in kinds)


def test_what_fails_a_strict_check_is_listed() -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| 1 |"))
    for kind in Kind:
        weighs = Finding(kind, "", "").weight is Weight.WEIGHTY
        assert (f"`{kind}`" in row) == weighs, kind
