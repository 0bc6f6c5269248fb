"""The words of a channel."""
