"""The pure core: a cue meets a conversation in a scene and gives a turn. No await, clock, SQL or chat SDK."""
