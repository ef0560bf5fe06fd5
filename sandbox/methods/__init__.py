"""The methods of the Bot API, one module for each family. A new module has to be imported here."""

from sandbox.methods import callbacks, chat_info, commands, editing, media, profile, reacting, receiving, sending
from sandbox.methods.registry import METHODS, Method

__all__ = [
    "METHODS",
    "Method",
    "callbacks",
    "chat_info",
    "commands",
    "editing",
    "media",
    "profile",
    "reacting",
    "receiving",
    "sending",
]
