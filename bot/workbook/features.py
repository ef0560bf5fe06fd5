"""Places on a map (.geojson) as a table: the features of a file, their properties as columns.

Source: RFC 7946; the ODK documentation, "Selects from GeoJSON": `id` names a feature, `title` is its label, `geometry`
its place, written as XForms writes a geopoint, geotrace or geoshape.
"""

import json
from collections.abc import Iterator
from typing import Any

VALUE, LABEL, GEOMETRY = "id", "title", "geometry"


def features(text: str) -> list[tuple[str, ...]]:
    """The rows of the table, its header first. ValueError for a file that is no collection of features."""
    try:
        found = json.loads(text)["features"]
        rows = [_row(feature) for feature in found]
    except (RecursionError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError("no collection of features") from error
    columns = tuple(dict.fromkeys((VALUE, LABEL, GEOMETRY, *(column for row in rows for column in row))))
    return [columns, *(tuple(row.get(column, "") for column in columns) for row in rows)]


def _row(feature: Any) -> dict[str, str]:  # noqa: ANN401 # JSON from anybody
    properties = {str(key): _text(value) for key, value in (feature.get("properties") or {}).items()}
    own = {VALUE: _text(feature["id"])} if "id" in feature else {}
    geometry = feature.get("geometry") or {}
    return {**properties, **own, GEOMETRY: "; ".join(_points(geometry.get("coordinates") or []))}


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _points(coordinates: list[Any]) -> Iterator[str]:
    """Each position as latitude, longitude, altitude, accuracy; of a polygon, those of its outer ring."""
    if coordinates and isinstance(coordinates[0], int | float):
        longitude, latitude, *height = coordinates
        yield f"{latitude:.10g} {longitude:.10g} {height[0] if height else 0:g} 0"
    elif coordinates and isinstance(coordinates[0][0], int | float):
        for position in coordinates:
            yield from _points(position)
    elif coordinates:
        yield from _points(coordinates[0])
