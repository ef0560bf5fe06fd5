"""The report on an event in each format: every one shows the values of `conversations.report.values` as they are.

`wording` is what all of them say alike; each other file writes one format, or draws one kind of thing. A module brings
in its library when it is imported, so import it where a report is made.
"""
