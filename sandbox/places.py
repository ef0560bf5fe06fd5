"""Places on the map, as people send them. Source of the limits: https://core.telegram.org/bots/api#location."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.errors import ControlError

_LARGEST_ACCURACY = 1500
# So many decimals tell places 11 cm apart, and are what apps send.
_DECIMALS = 6
_NEAR_DEGREES = 0.05


@dataclass(frozen=True, slots=True)
class Place:
    """A point in WGS 84 degrees, and the radius of uncertainty in metres where the app tells one."""

    latitude: float
    longitude: float
    accuracy: float | None = None

    def content(self) -> dict[str, Any]:
        """The Location object."""
        point: dict[str, Any] = {"latitude": self.latitude, "longitude": self.longitude}
        return point | ({} if self.accuracy is None else {"horizontal_accuracy": self.accuracy})

    def near(self, chance: random.Random) -> "Place":
        """Somewhere within some kilometres."""
        north, east = (chance.uniform(-_NEAR_DEGREES, _NEAR_DEGREES) for _ in "ab")
        return Place(round(self.latitude + north, _DECIMALS), round(self.longitude + east, _DECIMALS), self.accuracy)


KAMPALA = Place(0.3476, 32.5825, 20)
"""Where people are who were not told where."""


def place_in(body: Mapping[str, Any]) -> Place:
    """The place that the fields `latitude`, `longitude` and, perhaps, `horizontal_accuracy` name.

    Raises:
        ControlError: a field is missing or no such number.
    """
    accuracy = body.get("horizontal_accuracy")
    return Place(
        round(_within(body, "latitude", -90, 90), _DECIMALS),
        round(_within(body, "longitude", -180, 180), _DECIMALS),
        None if accuracy is None else _within(body, "horizontal_accuracy", 0, _LARGEST_ACCURACY),
    )


def _within(body: Mapping[str, Any], name: str, least: float, most: float) -> float:
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ControlError(f"{name!r} is a number from {least} to {most}, not {value!r}")
    return value
