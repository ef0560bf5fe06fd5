"""What organisers take away: all answers of an event as tables, in the formats that they analyse."""
