"""Rounds of three and more in a channel of up to 256 people. Start at plan.py."""
