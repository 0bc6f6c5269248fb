"""People: what they decide for themselves, and their own page."""
