"""The words of what people decide for themselves."""
