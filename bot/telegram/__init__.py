"""Telegram: the one package that imports its SDK."""
