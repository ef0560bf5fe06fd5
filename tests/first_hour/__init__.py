"""A coordinator's first hour, played on the page alone and told in the docs, in both languages."""
