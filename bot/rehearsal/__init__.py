"""`suivi rehearse`: a pack's whole calendar, played with invented people on a local Telegram, and told on one page."""
