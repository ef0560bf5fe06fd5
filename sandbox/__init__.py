"""A local Telegram: the Bot API over HTTP, phones in a browser page and a clock that can be moved.

It knows nothing of the bot that talks to it: any bot written with any client library works with it. See README.md.
"""
