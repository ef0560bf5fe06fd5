"""Is a form ready for a chat? What blocks it, what is left out, what its author may want to think about again."""
