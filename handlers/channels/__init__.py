"""The doors of a channel: its settings, and who comes and goes."""
