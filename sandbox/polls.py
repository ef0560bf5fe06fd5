"""Polls: what a bot asked, and who chose what. Source: https://core.telegram.org/bots/api#poll."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Poll:
    """A regular poll. `votes` maps the id of each voter to the positions of the options that they chose."""

    id: str
    question: str
    options: tuple[str, ...]
    anonymous: bool = True
    multiple: bool = False
    revoting: bool = True
    closed: bool = False
    votes: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def voted(self, voter: int, chosen: tuple[int, ...]) -> "Poll":
        """The poll after somebody chose these options, or took their vote back by choosing none."""
        votes = {person: options for person, options in self.votes.items() if person != voter}
        return replace(self, votes=votes | ({voter: chosen} if chosen else {}))

    def voters(self, option: int) -> list[int]:
        """Who chose an option."""
        return [person for person, options in self.votes.items() if option in options]

    def content(self) -> dict[str, Any]:
        """The Poll object."""
        return {
            "id": self.id,
            "question": self.question,
            "options": [
                {"persistent_id": str(place), "text": text, "voter_count": len(self.voters(place))}
                for place, text in enumerate(self.options)
            ],
            "total_voter_count": len(self.votes),
            "is_closed": self.closed,
            "is_anonymous": self.anonymous,
            "type": "regular",
            "allows_multiple_answers": self.multiple,
            "allows_revoting": self.revoting,
            "members_only": False,
        }

    def view(self) -> dict[str, Any]:
        """The poll for the page, with its voters even where bots do not get to know them."""
        options = [
            {"text": text, "voters": self.voters(place), "votes": len(self.voters(place))}
            for place, text in enumerate(self.options)
        ]
        return {
            "id": self.id,
            "question": self.question,
            "options": options,
            "total": len(self.votes),
            "closed": self.closed,
            "anonymous": self.anonymous,
            "multiple": self.multiple,
        }
