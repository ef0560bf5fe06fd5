"""Options that the whole suite knows."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-transcripts", action="store_true", help="write what the bot says now into the transcripts"
    )
