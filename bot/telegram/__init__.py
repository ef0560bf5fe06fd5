"""Telegram: the one package that imports its SDK."""

import os

# The library's durations as timedelta, as all its next versions give them; otherwise it warns at each one.
os.environ.setdefault("PTB_TIMEDELTA", "1")
