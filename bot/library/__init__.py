"""Prompts as data: one TOML file per kind, read by `bot.prompt_library`."""
