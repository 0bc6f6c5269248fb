"""Rounds of two in a channel of 4 to 256 people. Start at plan.py."""
