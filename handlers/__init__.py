"""The doors: acknowledge, parse, do, show."""
