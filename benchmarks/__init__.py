"""Load on whole bots, and on their transport. Ratios count here, never absolute figures: see README.md."""
