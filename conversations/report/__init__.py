"""The report on an event: its figures as values, worked out once and drawn by nobody here.

`values` says what a figure is, `hiding` which of its cells are not shown; each other file makes the figures of one
part.
"""
