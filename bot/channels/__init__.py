"""Channels: what hosts decide, and who comes and goes."""
