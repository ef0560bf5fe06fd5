"""What keeps an export from being made."""


class ExportProblem(Exception):
    """An export that cannot be made as it was wished; the message says why, and what can be."""
