"""The time of the sandbox: real time plus an offset, or an instant at which it stands still.

This is the only module of the sandbox that reads the real date.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.errors import ControlError
from sandbox.signals import Signal

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
"""Dates of the Bot API count from here."""

LATEST = datetime(3000, 1, 1, tzinfo=UTC)
"""Far enough for any plan, and short of the end of what calendars can hold."""


def real_now() -> datetime:
    """The date and time of this computer, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place of the sandbox that may ask


class SandboxClock:
    """A clock that can be moved. Each change raises `version`, for which a bot can wait."""

    def __init__(self, real: Callable[[], datetime] = real_now) -> None:
        self._real = real
        self._offset = timedelta()
        self._stopped_at: datetime | None = None
        self.version = 1
        self.changed = Signal()

    @property
    def frozen(self) -> bool:
        """Whether time stands still."""
        return self._stopped_at is not None

    def now(self) -> datetime:
        """The date and time of the sandbox, in UTC."""
        return self._stopped_at or self._real() + self._offset

    def unix(self) -> int:
        """Whole seconds since 1970, the form of dates in the Bot API."""
        return int(self.now().timestamp())

    def freeze(self) -> None:
        """Let time stand still from now on."""
        self._stopped_at = self.now()
        self.touch()

    def resume(self) -> None:
        """Let time run again from where it stands."""
        self._offset = self.now() - self._real()
        self._stopped_at = None
        self.touch()

    def set(self, instant: datetime) -> None:
        """Put the clock at an instant, whether it runs or stands."""
        if self._stopped_at is not None:
            self._stopped_at = instant
        self._offset = instant - self._real()
        self.touch()

    def after(self, by: timedelta) -> datetime:
        """The instant that lies so far ahead.

        Raises:
            ControlError: it is later than the clock goes.
        """
        if by > LATEST - self.now():
            raise ControlError(f"the clock goes no further than {LATEST:%Y}")
        return self.now() + by

    def back_to_reality(self) -> None:
        """Show real time again, running."""
        self._offset = timedelta()
        self._stopped_at = None
        self.touch()

    def touch(self) -> None:
        """Announce a new version: whoever follows the clock has to look again."""
        self.version += 1
        self.changed.notify()


def parsed_instant(raw: object) -> datetime:
    """An ISO 8601 date and time with its offset from UTC.

    Raises:
        ControlError: it is no such thing, lacks the offset, or the clock does not go there.
    """
    try:
        instant = datetime.fromisoformat(str(raw))
    except ValueError as error:
        raise ControlError(f"not an ISO 8601 date and time: {raw!r}") from error
    if instant.tzinfo is None:
        raise ControlError(f"this date and time lacks its offset from UTC: {raw!r}")
    if not EARLIEST <= instant <= LATEST:
        raise ControlError(f"the clock goes from {EARLIEST:%Y} to {LATEST:%Y}: {raw!r}")
    return instant.astimezone(UTC)


def zone_in(raw: object) -> str | None:
    """The time zone of that IANA name; None stays None.

    Raises:
        ControlError: there is no such zone.
    """
    if raw is None:
        return None
    try:
        return ZoneInfo(str(raw)).key
    except (LookupError, ValueError, OSError) as error:
        raise ControlError(f"there is no time zone {raw!r}") from error
