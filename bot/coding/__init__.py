"""Answers in people's own words, on their way to coders and back."""
