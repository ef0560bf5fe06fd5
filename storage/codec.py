"""Steps, events and broadcasts as JSON text, and back to values that are equal to the ones written."""

import json
from functools import cache
from typing import Annotated

from pydantic import Field, TypeAdapter

from conversations.broadcasts import Letter
from conversations.conversation import Step
from conversations.model import Event
from conversations.rosters import Roster


def step_to_json(step: Step) -> str:
    """The step as JSON, told apart by its `kind`."""
    return _steps().dump_json(step).decode()


def step_from_json(text: str) -> Step:
    """The step that was written; ValueError for anything else."""
    return _steps().validate_json(text)


def event_to_json(event: Event) -> str:
    """The event as JSON that is the same, byte for byte, for events that are equal."""
    plain = _events().dump_python(event, mode="json")
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def event_from_json(text: str) -> Event:
    """The event that was written; ValueError for anything else."""
    return _events().validate_json(text)


def letter_to_json(letter: Letter) -> str:
    """What a broadcast says, to whom and when, as JSON."""
    return _letters().dump_json(letter).decode()


def letter_from_json(text: str) -> Letter:
    """The letter that was written; ValueError for anything else."""
    return _letters().validate_json(text)


@cache
def _letters() -> TypeAdapter[Letter]:
    return TypeAdapter(Letter)


def roster_to_json(roster: Roster) -> str:
    """A list of people as JSON, with what is wrong with it as phrases."""
    return _rosters().dump_json(roster).decode()


def roster_from_json(text: str) -> Roster:
    """The list that was written; ValueError for anything else."""
    return _rosters().validate_json(text)


@cache
def _rosters() -> TypeAdapter[Roster]:
    return TypeAdapter(Roster)


@cache
def _steps() -> TypeAdapter[Step]:
    return TypeAdapter(Annotated[Step, Field(discriminator="kind")])


@cache
def _events() -> TypeAdapter[Event]:
    # Built when first needed: its schema takes longer to build than the rest of the start.
    return TypeAdapter(Event)
