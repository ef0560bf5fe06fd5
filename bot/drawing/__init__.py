"""What is drawn for people: pictures and a page to print. Pure: the same values give the same bytes.

Nothing is added to a file beside what is to be seen. Each module brings in its library when it is imported, so
that is done where something is drawn, not when the bot starts.
"""
