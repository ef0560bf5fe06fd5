"""The door of the core for a group: a cue meets a scene and gives a turn, as pure as `respond`."""

from typing import assert_never

from conversations.cues import Added, DigestDue, GroupCue, GroupTapped, LinkAsked, Moved, Removed, UnlinkAsked
from conversations.dialogues import group, retelling
from conversations.effects import GroupTurn, MoveGroup
from conversations.scene import GroupScene


def respond_in_group(cue: GroupCue, scene: GroupScene) -> GroupTurn:
    """What a group's cue does."""
    match cue:
        case Added():
            return group.added(scene)
        case LinkAsked():
            return group.link_asked(cue, scene)
        case UnlinkAsked():
            return group.unlink_asked(cue, scene)
        case GroupTapped(button):
            return group.tapped(button, scene)
        case Removed():
            return group.removed(scene)
        case Moved(address):
            return GroupTurn((MoveGroup(address),))
        case DigestDue():
            return retelling.with_stories(group.digest_due(scene), scene)
        case _:
            assert_never(cue)
