"""Names of time zones, as the IANA database has them."""

from functools import lru_cache
from zoneinfo import available_timezones

from bot.workbook.wording import nearest, to_write
from conversations.messages import phrase
from conversations.model import Phrase


def is_zone(name: str) -> bool:
    """Whether the IANA database knows the name."""
    return name in _known()


def zone_remedy(name: str) -> Phrase:
    """A remedy for an unknown name: the one that was meant, or how such names look."""
    by_city = {zone.rpartition("/")[2].lower(): zone for zone in sorted(_known())}
    by_name = {**by_city, **{zone.lower(): zone for zone in _known()}}
    meant = by_name.get(nearest(name, by_name))
    return to_write(meant) if meant else phrase("write an IANA name such as {example}", example="Africa/Nairobi")


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    # Reads a few hundred names from disk: once is enough for a pack.
    return frozenset(available_timezones())
