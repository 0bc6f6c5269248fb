"""Rounds: who takes part, who meets whom, and what is told of it."""
