"""The bot's own phrases in English and French."""
