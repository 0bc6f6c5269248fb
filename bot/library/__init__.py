"""Prompts as data: one TOML file per kind, read by `bot.library.shelf`."""
