"""Answers made fit to be handed on for analysis: nobody stands alone in them, and nothing leads from one to another."""
