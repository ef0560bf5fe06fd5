"""What is kept: tables, encryption, inbox and outbox. Functions take a connection and never commit."""
