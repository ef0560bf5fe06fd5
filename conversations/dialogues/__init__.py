"""One file each dialogue; they never import one another. `conversations.respond` chooses among them."""
