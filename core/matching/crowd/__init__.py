"""Rounds of hundreds to a million people, in groups of any size. Start at plan.py."""
