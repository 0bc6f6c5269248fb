"""Answering, while a check-in is open."""
