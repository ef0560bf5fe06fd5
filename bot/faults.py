"""Faults of ours, told without a word of anybody's."""

from pathlib import Path
from traceback import walk_tb


def told(error: BaseException) -> str:
    """The error's type and where it came from, in one line (file:line function, the innermost first).

    Never its message, nor those of its causes: `int("...")` and many others repeat the value that they choke on.
    """
    frames = [
        f"{Path(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    return " < ".join([type(error).__name__, *reversed(frames)])
