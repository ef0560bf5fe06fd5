"""The only place with input and output: channels, storage thread, scheduler, delivery, command line."""
