"""Names of time zones, as the IANA database has them."""

from functools import lru_cache
from zoneinfo import available_timezones

from bot.workbook.wording import nearest


def is_zone(name: str) -> bool:
    """Whether the IANA database knows the name."""
    return name in _known()


def nearest_zone(name: str) -> str:
    """What to write instead of an unknown name."""
    by_city = {zone.rpartition("/")[2].lower(): zone for zone in sorted(_known())}
    by_name = {**by_city, **{zone.lower(): zone for zone in _known()}}
    return by_name.get(nearest(name, by_name), "an IANA name such as Africa/Nairobi")


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    # Reads a few hundred names from disk: once is enough for a pack.
    return frozenset(available_timezones())
