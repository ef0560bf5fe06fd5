"""Files are read by the real process, and each of them once: to start it takes longer than most tests.

That the process stays harmless, and ends, is for tests/bot/test_workbook_reader.py and test_roster_reader.py.
"""

from bot.reader import read
from conversations.roles import Act

_KNOWN: dict[tuple[Act, str, bytes], str] = {}


async def read_once(act: Act, ending: str, content: bytes) -> str:
    """What the process says of that file; what it refused is tried anew."""
    file = act, ending, content
    if file not in _KNOWN:
        _KNOWN[file] = await read(act, ending, content)
    return _KNOWN[file]
