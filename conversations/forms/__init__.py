"""A form while it is filled in: its tree, what its questions come to with the answers so far, and its words."""
