"""Passing on: key messages of an event as slides, a page or pictures, for people who were not there.

Which messages, in which language and as what is chosen one after another. The files are made when they are sent.
"""

from conversations.dialogues.passing_on.choosing import asked, restated, tapped, unclear

__all__ = ["asked", "restated", "tapped", "unclear"]
